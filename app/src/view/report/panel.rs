//! The frame of a section: heading, where its facts come from, and what stands below.

use std::ops::Deref;
use std::sync::Arc;

use analyzer::Report;
use analyzer::report::Run;
use leptos::prelude::*;

use crate::component::command::command;
use crate::component::icon::{Icon, icon};
use crate::summary::sections;
use crate::view::context::ViewContext;
use crate::view_state::{Section, ViewState};

/// The run that the report shows.
#[derive(Clone)]
pub(super) struct ShownRun {
    pub(super) report: Arc<Report>,
    /// Index of the run in the report; always within it.
    pub(super) index: usize,
}

impl Deref for ShownRun {
    type Target = Run;

    fn deref(&self) -> &Run {
        &self.report.runs[self.index]
    }
}

/// A section with its heading; `source` stands at the right of it, `note` beside it.
pub(super) fn panel(section: Section, source: AnyView, body: AnyView, note: AnyView) -> AnyView {
    let heading = [section.slug(), "-title"].concat();
    // Lines of a log are long.
    let class = if section == Section::Log { "panel panel--wide" } else { "panel" };
    view! {
        <section class=class id=section.slug() aria-labelledby=heading>
            <div class="panel__main">
                <div class="panel__head">
                    <h2 id=heading.clone() tabindex="-1">
                        {sections::title(section)}
                    </h2>
                    <span class="panel__source">{source}</span>
                </div>
                {body}
            </div>
            {note}
        </section>
    }
    .into_any()
}

/// The sentence that opens a section.
pub(super) fn lede(text: Option<String>) -> AnyView {
    text.map(|text| view! { <p class="panel__lede">{text}</p> }).into_any()
}

/// What stands in a section that has nothing to show: why, and what would tell.
pub(super) fn nothing(
    title: &'static str,
    why: impl Into<String>,
    would_tell: Option<&'static str>,
) -> AnyView {
    let why: String = why.into();
    view! {
        <div class="panel__nothing">
            <h3 class="panel__nothing-title">{icon(Icon::Nothing)} {title}</h3>
            <p>{why}</p>
            {would_tell.map(|text| command(text, "command"))}
        </div>
    }
    .into_any()
}

/// A remark on something unknown, with the command that would tell.
pub(super) fn unknown(why: &'static str, would_tell: &'static str) -> AnyView {
    view! {
        <div class="panel__unknown">
            <p>{why}</p>
            {command(would_tell, "command")}
        </div>
    }
    .into_any()
}

/// Search and order of the rows of a section, as the address has them.
#[derive(Clone, Copy)]
pub(super) struct RowChoice {
    section: Section,
    view: ViewContext,
    /// What the rows are searched for; empty while another section is looked at.
    pub(super) search: Memo<String>,
    /// How they are sorted; empty for the order of the report.
    pub(super) sort: Memo<String>,
}

impl RowChoice {
    pub(super) fn of(section: Section, view: ViewContext) -> Self {
        let state = view.state();
        let of_state = move |value: fn(&ViewState) -> &String| {
            Memo::new(move |_| {
                state.with(|state| {
                    if state.section == Some(section) {
                        value(state).clone()
                    } else {
                        String::new()
                    }
                })
            })
        };
        Self {
            section,
            view,
            search: of_state(|state| &state.search),
            sort: of_state(|state| &state.sort),
        }
    }

    /// Takes over what is typed into the search field.
    pub(super) fn on_search(self) -> Callback<String> {
        Callback::new(move |text| self.view.replace(|state| self.enter(state).search = text))
    }

    /// Takes over the order that is chosen.
    pub(super) fn on_sort(self) -> Callback<String> {
        Callback::new(move |slug| self.view.update(|state| self.enter(state).sort = slug))
    }

    /// Search and order belong to one section: those of another one are dropped.
    fn enter(self, state: &mut ViewState) -> &mut ViewState {
        if state.section != Some(self.section) {
            state.section = Some(self.section);
            state.search.clear();
            state.sort.clear();
            state.lines = None;
        }
        state
    }
}
