//! The frame of a section: heading, where its facts come from, and what stands below.

use std::ops::Deref;
use std::sync::Arc;

use analyzer::Report;
use analyzer::report::Run;
use leptos::prelude::*;

use crate::component::command::command;
use crate::component::fold_button::FoldButton;
use crate::component::icon::{Icon, icon};
use crate::component::markup::{Child, Markup, Text, element};
use crate::component::row_fields::{order_field, search_field};
use crate::component::term::explained;
use crate::summary::sections;
use crate::view::context::ViewContext;
use crate::view_state::{Section, ViewState};

/// The run that the report shows.
#[derive(Clone)]
pub struct ShownRun {
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
pub(super) fn panel(section: Section, source: Child, body: Child, note: Child) -> Markup {
    let heading = [section.slug(), "-title"].concat();
    // Lines of a log are long.
    let class = if section == Section::Log { "panel panel--wide" } else { "panel" };
    let title = element("h2", "")
        .attr("id", heading.clone())
        .attr("tabindex", "-1")
        .text(sections::title(section));
    let head = element("div", "panel__head")
        .child(title)
        .child(element("span", "panel__source").child(source));
    element("section", class)
        .attr("id", section.slug())
        .attr("aria-labelledby", heading)
        .child(element("div", "panel__main").child(head).child(body))
        .child(note)
}

/// The sentence that opens a section.
pub(super) fn lede(text: Option<String>) -> Child {
    text.map(|text| element("p", "panel__lede").child(explained(&text))).into()
}

/// What stands in a section that has nothing to show: why, and what would tell.
pub(super) fn nothing(
    title: &'static str,
    why: &'static str,
    would_tell: Option<&'static str>,
) -> Markup {
    element("div", "panel__nothing")
        .child(element("h3", "panel__nothing-title").child(icon(Icon::Nothing)).text(title))
        .child(element("p", "").child(explained(why)))
        .child(would_tell.map(|text| command(text, "command")))
}

/// A remark on something unknown, with the command that would tell.
pub(super) fn unknown(why: &'static str, would_tell: impl Into<String>) -> Markup {
    element("div", "panel__unknown")
        .child(element("p", "").child(explained(why)))
        .child(command(would_tell, "command"))
}

/// A part that opens on demand.
pub(super) fn fold(title: impl Into<Child>, body: impl Into<Child>, state: FoldState) -> Markup {
    let summary = element("summary", "").child(element("span", "").child(title));
    let fold = element("details", "fold").child(summary).child(body);
    match state {
        FoldState::Open => fold.attr("open", ""),
        FoldState::Closed => fold,
    }
}

/// Whether a part that opens on demand is open at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoldState {
    Open,
    Closed,
}

/// A part whose content is made when it is opened: it may have thousands of rows.
pub(super) fn late_fold(
    title: impl Into<Text>,
    make: impl Fn() -> Child + Send + Sync + 'static,
) -> AnyView {
    let title = element("span", "").text(title);
    late_part(title, FoldState::Closed, Box::new(make))
}

/// The same below a heading of several parts, open from the start or not.
pub(super) fn late_part(
    title: Markup,
    state: FoldState,
    make: Box<dyn Fn() -> Child + Send + Sync>,
) -> AnyView {
    let is_open_at_first = state == FoldState::Open;
    let is_made = RwSignal::new(is_open_at_first);
    let body = move || is_made.get().then(|| make().into_any());
    // It may have thousands of rows, and says in another form what the paper has already.
    view! {
        <details
            class="fold"
            data-left-folded=""
            open=is_open_at_first
            on:toggle=move |_| is_made.set(true)
        >
            <summary>{title.view()}</summary>
            {body}
        </details>
    }
    .into_any()
}

/// A button for a folded row or part, whose state is in the address.
pub(super) fn fold_button(
    view: ViewContext,
    key: &str,
    title: impl Into<Text>,
    detail: impl Into<Text>,
) -> FoldButton {
    let (state, key) = (view.state(), key.to_owned());
    let shown_key = key.clone();
    let is_open = Memo::new(move |_| state.with(|state| state.is_open(&shown_key)));
    let on_toggle = Callback::new(move |()| view.replace(|state| state.toggle_open(&key)));
    FoldButton { title: title.into(), detail: detail.into(), is_open: is_open.into(), on_toggle }
}

/// Search and order of the rows of a section, as the address has them.
#[derive(Clone, Copy)]
pub(super) struct RowChoice {
    section: Section,
    view: ViewContext,
    /// What the rows are searched for; empty while another section is looked at.
    pub(super) search: Signal<String>,
    /// How they are sorted; empty for the order of the report.
    pub(super) sort: Signal<String>,
}

impl RowChoice {
    pub(super) fn of(section: Section, view: ViewContext) -> Self {
        let state = view.state();
        let of_state = move |value: fn(&ViewState) -> &String| {
            let memo = Memo::new(move |_| {
                state.with(|state| {
                    if state.section == Some(section) {
                        value(state).clone()
                    } else {
                        String::new()
                    }
                })
            });
            memo.into()
        };
        let (search, sort) = (of_state(|state| &state.search), of_state(|state| &state.sort));
        Self { section, view, search, sort }
    }

    /// The fields for both. `label` says what is searched, `orders` are pairs of value and label.
    pub(super) fn fields(
        self,
        label: &'static str,
        placeholder: String,
        orders: &[(&'static str, &'static str)],
    ) -> Markup {
        let on_search =
            Callback::new(move |text| self.view.replace(|state| self.enter(state).search = text));
        let on_sort =
            Callback::new(move |slug| self.view.update(|state| self.enter(state).sort = slug));
        element("div", "panel__fields")
            .attr("role", "search")
            .attr("aria-label", sections::title(self.section))
            .child(search_field(label, placeholder, self.search, on_search))
            .child(order_field(orders, self.sort, on_sort))
    }

    /// Rows that are made anew when the choice changes; `make` gets search and order.
    pub(super) fn rows(
        self,
        make: impl Fn(&str, &str) -> Child + Send + Sync + 'static,
    ) -> AnyView {
        (move || make(&self.search.get(), &self.sort.get()).into_any()).into_any()
    }

    /// What `use_it` makes of search and order.
    pub(super) fn with<T>(self, use_it: impl FnOnce(&str, &str) -> T) -> T {
        use_it(&self.search.read(), &self.sort.read())
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
