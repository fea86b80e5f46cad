//! The figures below the verdict; each leads to its section.

use super::panel::ShownRun;
use crate::component::grade::grade;
use crate::component::icon::{Icon, icon_in};
use crate::component::markup::{Markup, element};
use crate::link;
use crate::session::Origin;
use crate::summary::figures::{self, Alert, Figure};

/// All figures of a run.
pub(super) fn figures(run: &ShownRun, origin: &Origin) -> Markup {
    let figures =
        if origin.is_cut() { figures::figures_of_part(run) } else { figures::figures(run) };
    element("ul", "figures").attr("aria-label", "Figures").children(figures.into_iter().map(figure))
}

fn figure(figure: Figure) -> Markup {
    let sign = match figure.alert {
        Alert::None => None,
        Alert::Failure => Some(icon_in("danger", Icon::Failed)),
        Alert::Reboot => Some(icon_in("warning", Icon::Turn)),
    };
    let value = element("span", "figure__value")
        .child(sign)
        .text([" ", &figure.value, " "].concat())
        .child(element("small", "figure__unit").text(figure.unit));
    let link = element("a", "figure")
        .attr("href", link::to_section(figure.section))
        .child(element("span", "figure__name").text(figure.name))
        .child(value)
        .child(figure.known.map(grade))
        .child(element("span", "figure__detail").text(figure.detail));
    element("li", "figures__item").child(link)
}
