//! The figures below the verdict; each leads to its section.

use leptos::prelude::*;

use super::panel::ShownRun;
use crate::component::grade::grade;
use crate::component::icon::{Icon, icon};
use crate::link;
use crate::summary::figures::{self, Alert, Figure};

/// All figures of a run.
pub(super) fn figures(run: &ShownRun) -> AnyView {
    let figures = figures::figures(run);
    view! {
        <ul class="figures" aria-label="Figures">
            {figures.into_iter().map(figure).collect_view()}
        </ul>
    }
    .into_any()
}

fn figure(figure: Figure) -> AnyView {
    let sign = match figure.alert {
        Alert::None => ().into_any(),
        Alert::Failure => view! { <span class="danger">{icon(Icon::Failed)}</span> " " }.into_any(),
        Alert::Reboot => view! { <span class="warning">{icon(Icon::Turn)}</span> " " }.into_any(),
    };
    view! {
        <li class="figures__item">
            <a class="figure" href=link::to_section(figure.section)>
                <span class="figure__name">{figure.name}</span>
                <span class="figure__value">
                    {sign} {figure.value} " " <small class="figure__unit">{figure.unit}</small>
                </span>
                {figure.grade.map(|(of, word)| grade(of, word))}
                <span class="figure__detail">{figure.detail}</span>
            </a>
        </li>
    }
    .into_any()
}
