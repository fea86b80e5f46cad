//! Folds the output of derivations: a row for each stretch of it, which opens on demand.

use std::rc::Rc;
use std::sync::Arc;

use analyzer::Report;
use analyzer::report::DerivationStatus;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::folds::{ALL, FAILED, Folds, NONE, Place, turned};
use super::{Panel, Source};
use crate::browser::{document, layout};
use crate::component::markup::{Child, Markup, element};
use crate::component::virtual_list::Jump;
use crate::format;
use crate::log_reader::LogReader;
use crate::protocol::lines::{Group, Printer};
use crate::sorting;

/// What is known of the output of derivations.
#[derive(Clone)]
pub(super) struct Output {
    /// Derivations that printed something.
    printers: Arc<Vec<Printer>>,
    /// What they printed, in groups; `None` until that was found out.
    groups: Option<Arc<Vec<Group>>>,
    /// Whether it is being found out.
    is_asked: bool,
    /// How far looking for them is, or why there are none.
    said: RwSignal<String>,
}

impl Output {
    pub(super) fn of(printers: Vec<Printer>) -> Self {
        Self {
            printers: Arc::new(printers),
            groups: None,
            is_asked: false,
            said: RwSignal::default(),
        }
    }
}

/// Derivations that printed something, of all runs, in the order of their names.
pub(super) fn printers(report: &Report) -> Vec<Printer> {
    let derivations = report.runs.iter().flat_map(|run| &run.derivations);
    let printing = derivations.filter(|it| it.log_lines > 0);
    let printer = |it: &analyzer::report::Derivation| Printer {
        name: it.name.clone(),
        drv: it.drv.clone(),
        is_failed: it.status == DerivationStatus::Failed,
    };
    let printers: Vec<Printer> = printing.map(printer).collect();
    sorting::sorted(&printers, |one, other| one.name.cmp(&other.name))
}

/// Folds as the address says, once it is known whose lines they are.
pub(super) fn follow_address(panel: Panel) {
    Effect::new(move || {
        panel.view.state().track();
        panel.text.track();
        fold(panel);
    });
}

/// Folds as the address says, unless it is folded so already.
fn fold(panel: Panel) {
    let value = panel.view.state().with_untracked(|state| state.in_log.fold.clone());
    let is_alone = panel.text.with_untracked(|text| text.numbers.is_some());
    let before = panel.folds.get_untracked();
    if value.is_empty() || is_alone {
        if before.is_some() {
            panel.show(None);
        }
        return;
    }
    if before.is_some_and(|folds| folds.value == value) {
        return;
    }
    match panel.source.with_value(|it| it.output.groups.clone()) {
        Some(groups) => panel.show(Some((groups, value))),
        None => ask(panel),
    }
}

/// Finds out whose lines they are.
fn ask(panel: Panel) {
    let asked =
        panel.source.try_update_value(|it| std::mem::replace(&mut it.output.is_asked, true));
    if asked == Some(false) {
        spawn_local(find_groups(panel));
    }
}

async fn find_groups(panel: Panel) {
    let Some(Source { reader, whole: text, output, .. }) = panel.source.try_get_value() else {
        return;
    };
    let Output { printers, said, .. } = output;
    let total = LogReader::n_bytes(&text).max(1);
    let tell = move |read: u64| {
        let share = format::count(read.saturating_mul(100) / total);
        let _ = said.try_set(["Looking whose lines they are… ", &share, " %"].concat());
    };
    tell(0);
    let found = reader.groups(&text, printers.to_vec(), Rc::new(tell)).await;
    let is_found = found.is_ok();
    let kept = panel.source.try_update_value(|it| {
        it.output.is_asked = false;
        it.output.groups = found.as_ref().ok().cloned().map(Arc::new);
    });
    // None if the panel was left meanwhile.
    let _ = said.try_set(found.err().unwrap_or_default());
    if kept.is_some() && is_found {
        fold(panel);
        if let Some(lines) = untrack(|| panel.target()) {
            panel.go_to_line(lines.first);
        }
    }
}

impl Panel {
    /// Shows what is folded, or the text as it is; what is in view stays there.
    fn show(self, folds: Option<(Arc<Vec<Group>>, String)>) {
        let range = self.visible.get_untracked();
        let middle = if range.first == 0 { 0 } else { u32::midpoint(range.first, range.end) };
        let at = self.text_row(middle);
        let n_lines = self.text.with_untracked(|text| text.n_lines);
        self.folds.set(folds.map(|(groups, value)| Arc::new(Folds::new(groups, n_lines, &value))));
        self.jump.set(Some(Jump { row: self.row_of(at), share_above: 0.5 }));
    }

    /// What is in a row.
    pub(super) fn place(self, row: u32) -> Place {
        self.folds.with(|folds| match folds {
            Some(folds) => folds.place(row),
            None => Place::Text(row),
        })
    }

    /// The row of the text that is in a row, or the first that is folded there.
    pub(super) fn text_row(self, row: u32) -> u32 {
        self.folds.with_untracked(|folds| match folds.as_ref().map(|it| (it, it.place(row))) {
            Some((folds, Place::Head(index))) => folds.groups[index].lines.first - 1,
            Some((_, Place::Text(row))) => row,
            None => row,
        })
    }

    /// The row in which a row of the text is.
    pub(super) fn row_of(self, row: u32) -> u32 {
        self.folds.with_untracked(|folds| folds.as_ref().map_or(row, |folds| folds.row_of(row)))
    }

    /// Brings a row of the text into view; opens the group in which it is folded.
    pub(super) fn go_to(self, row: u32) {
        let folded = self.folds.get_untracked().and_then(|folds| folds.closed_around(row));
        if let Some(first) = folded {
            self.turn(first);
        }
        self.jump.set(Some(Jump::to(self.row_of(row))));
    }

    /// Opens a group, or folds it.
    fn turn(self, first: u32) {
        let Some(folds) = self.folds.get_untracked() else { return };
        let value = turned(&folds.value, first);
        self.show(Some((folds.groups.clone(), value.clone())));
        self.view.replace(|state| state.in_log.fold = value);
    }

    /// Opens or folds the group whose head was clicked on, which stays where it is.
    pub(super) fn take_click(self, click: &MouseEvent) {
        let Some(clicked) = document::clicked(click, HEAD) else { return };
        let Ok(first) = clicked.parse() else {
            self.view.replace(|state| state.in_log.fold = clicked);
            return;
        };
        let share_above = layout::share_above(click, "[role='region']");
        self.turn(first);
        let row = self.folds.with_untracked(|folds| folds.as_ref()?.head_of(first));
        if let (Some(row), Some(share_above)) = (row, share_above) {
            self.jump.set(Some(Jump { row, share_above }));
        }
        // It is another element now.
        request_animation_frame(move || document::focus_marked(HEAD, &clicked));
    }
}

/// Where the head of a group has its first line, and a button what is to be folded.
const HEAD: &str = "data-fold";

/// The row above the lines of a group.
pub(super) fn head(panel: Panel, index: usize) -> Markup {
    let Some(folds) = panel.folds.get_untracked() else { return element("div", "log__row") };
    let group = &folds.groups[index];
    let name = panel.source.with_value(|it| {
        let printer = it.output.printers.get(group.printer as usize);
        printer.map_or(String::new(), |it| it.name.clone())
    });
    let others = if group.is_mixed { " and others in turn" } else { "" };
    let failed = if group.is_failed { " (failed)" } else { "" };
    let lines = format::counted(group.lines.count.into(), "line", "lines");
    let button = element("button", "log__fold")
        .attr("type", "button")
        .attr(HEAD, group.lines.first.to_string())
        .attr("aria-expanded", if folds.is_open(index) { "true" } else { "false" })
        .text([&name, others, failed, ": ", &lines].concat());
    element("div", "log__row").child(element("span", "log__number")).child(button)
}

/// What to fold; nothing where no line is certainly of a derivation.
pub(super) fn choice(panel: Panel) -> Child {
    if panel.source.with_value(|it| it.output.printers.is_empty()) {
        return Child::nothing();
    }
    let button = |label: &'static str, value: &'static str| {
        element("button", "button").attr("type", "button").attr(HEAD, value).text(label)
    };
    let others = Child::from([
        button("Fold all", ALL),
        button("Unfold all", NONE),
        button("Without folds", ""),
    ]);
    let is_plain = move || panel.folds.with(Option::is_none);
    let others = view! { <span class="log__folding" hidden=is_plain>{others}</span> }.into_any();
    let said = view! { <span role="status">{move || said(panel)}</span> }.into_any();
    (button("Fold output", FAILED), others, said).into()
}

fn said(panel: Panel) -> String {
    panel.folds.with(|folds| match folds {
        None => panel.source.with_value(|it| it.output.said).get(),
        Some(folds) if folds.groups.is_empty() => {
            "No lines of one derivation follow each other.".to_owned()
        }
        Some(folds) => {
            let groups = format::counted(folds.groups.len() as u64, "group", "groups");
            let hidden = format::counted(folds.n_hidden.into(), "line", "lines");
            [&groups, ", ", &hidden, " folded. Searching and “Copy” reach those, too."].concat()
        }
    })
}
