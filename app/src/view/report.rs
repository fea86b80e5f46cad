//! The report: the verdict and what proves it.

mod builds;
pub(in crate::view) mod comparison;
mod downloads;
mod failures;
mod figures;
mod inputs;
mod keep;
mod panel;
mod reading_note;
mod rows;
mod switch;
mod time;
mod usual;
mod verdict;
mod versions;
mod warnings;

use std::sync::Arc;

use analyzer::Report;
use analyzer::report::Run;
use leptos::prelude::*;

use crate::browser::{clock, document};
use crate::component::markup::{Child, Markup, element, quoted};
use crate::component::printing::unfold_on_paper;
use crate::format;
use crate::link;
use crate::session::Origin;
use crate::summary::{left_out, sections, verdict as words};
use crate::values::Values;
use crate::view::article::MarginNote;
use crate::view::context::{ViewContext, use_view};
use crate::view::later::later;
use crate::view::parts;
use crate::view_state::Section;
pub use panel::ShownRun;
use panel::{lede, panel};
use reading_note::reading_note;
pub use time::{timeline, tree};

/// The report on a log.
#[component]
pub fn ReportView(
    /// What the log says.
    report: Arc<Report>,
    /// What the person knows the log by.
    name: String,
    /// Where the report comes from.
    origin: Origin,
) -> impl IntoView {
    let view = use_view();
    unfold_on_paper();
    on_cleanup(|| {
        document::set_title(words::START_TITLE);
        document::set_icon(words::START_ICON);
    });
    let state = view.state();
    let last = report.runs.len().saturating_sub(1);
    let index = Memo::new(move |_| state.with(|state| (state.run as usize).min(last)));
    move || {
        if report.runs.is_empty() {
            let file = state.with_untracked(|state| state.file);
            return no_run(&name, &report, file);
        }
        let run = ShownRun { report: report.clone(), index: index.get() };
        document::set_title(&words::title(&run));
        document::set_icon(words::icon(&run));
        one_run(&name, &run, &origin, view)
    }
}

fn one_run(name: &str, run: &ShownRun, origin: &Origin, view: ViewContext) -> AnyView {
    let order = sections::order(run);
    // The log comes last, and there is none behind a link.
    let order = if *origin == Origin::Log { &order[..] } else { &order[..order.len() - 1] };
    let main = element("div", "panel__main")
        .child(verdict::verdict(run))
        .child(figures::figures(run, origin))
        .child(usual::beside_usual(run, view))
        .child(notes(run));
    let verdict = element("div", "panel panel--verdict").child(main).child(reading_note(origin));
    let columns = element("div", "report__columns")
        .child(verdict)
        .child(rail(order, run, origin, view))
        .children(order.iter().enumerate().map(|at| section_soon(at, run, origin, view)));
    element("div", "report")
        .child(verdict::source_bar(name, run, origin, keep::keep(name, &run.report, view)))
        .child(warning(origin))
        .child(run_chooser(run))
        .child(columns)
        .view()
}

/// What is missing of a link that was cut.
fn warning(origin: &Origin) -> Child {
    let Origin::Link { warning: Some(warning), .. } = origin else { return Child::nothing() };
    element("p", "warning-line").attr("role", "alert").text(warning.to_string()).into()
}

/// The list of sections; a strip below the figures where there is no room beside.
fn rail(order: &[Section], run: &ShownRun, origin: &Origin, view: ViewContext) -> Markup {
    let lines = run.report.source.lines;
    let tally = if origin.is_cut() { sections::tally_of_part } else { sections::tally };
    let state = view.state();
    let item = |section: &Section| {
        let section = *section;
        let is_current =
            move || state.with(|state| state.section == Some(section)).then_some("true");
        let tally = element("span", "rail__tally").text(tally(section, run, lines));
        let link = view! {
            <a class="rail__link" href=link::to_section(section) aria-current=is_current>
                {sections::title(section)}
                {tally.view()}
            </a>
        };
        element("li", "").child(link.into_any())
    };
    element("nav", "rail")
        .attr("aria-label", "Sections of this report")
        .child(element("ul", "rail__list").children(order.iter().map(item)))
}

/// A section, made in a task and for a frame of its own: the verdict is painted before it, and the
/// browser lays sections out one by one and can answer between them.
fn section_soon(
    (place_in_order, section): (usize, &Section),
    run: &ShownRun,
    origin: &Origin,
    view: ViewContext,
) -> AnyView {
    let (section, run, is_cut) = (*section, run.clone(), origin.is_cut());
    later(move |place| {
        let run = run.clone();
        async move {
            for _ in 0..=place_in_order {
                clock::next_frame().await;
            }
            let section_now = if is_cut { section_of_part } else { section_view };
            Ok(place.show(|| section_now(section, &run, view).view()))
        }
    })
}

/// A section of a report of which a part is missing: nothing in it is no sign of nothing.
fn section_of_part(section: Section, run: &ShownRun, view: ViewContext) -> Markup {
    if !sections::has_content(section, run) {
        let missing = lede(Some("The link was cut, so what belongs here is not known.".into()));
        return panel(section, Child::nothing(), missing, Child::nothing());
    }
    let more = element("p", "soft").text("The link was cut: more than this may belong here.");
    section_with(section, run, more.into(), view)
}

fn section_view(section: Section, run: &ShownRun, view: ViewContext) -> Markup {
    section_with(section, run, Child::nothing(), view)
}

/// A section; `missing` says what is missing of it.
fn section_with(section: Section, run: &ShownRun, missing: Child, view: ViewContext) -> Markup {
    let numbers = left_out::sentence(section, run);
    let (source, body) = match section {
        _ if numbers.is_some() && section != Section::Switch => {
            (Child::nothing(), Child::nothing())
        }
        Section::Failures => (failures::source(run), failures::body(run, view)),
        Section::Versions => (versions::source(run), versions::body(run, view)),
        Section::Time => (time::source(run), time::body(run)),
        Section::Builds => (builds::source(run), builds::body(run, view)),
        Section::Downloads => (downloads::source(run), downloads::body(run, view)),
        Section::Switch => (switch::source(run), switch::body(run, view)),
        Section::Inputs => (inputs::source(run), inputs::body(run, view)),
        Section::Warnings => (warnings::source(run), warnings::body(run, view)),
        Section::Log => (Child::nothing(), log(run)),
    };
    // What explains a section is of no use where there is nothing.
    let note = sections::has_content(section, run).then(|| {
        let values = Values::of(run.report.clone(), run.index);
        view! { <MarginNote section values/> }.into_any()
    });
    panel(section, source, (lede(numbers), missing, body).into(), note.into())
}

fn log(run: &ShownRun) -> Child {
    let report = run.report.clone();
    later(move |place| parts::log(place, report.clone())).into()
}

/// Links to the other runs in the same log.
fn run_chooser(run: &ShownRun) -> Child {
    let runs = &run.report.runs;
    if runs.len() < 2 {
        return Child::nothing();
    }
    let item = |(index, other): (usize, &Run)| {
        let number = format::count(index as u64 + 1);
        let word = words::verdict(other).word.trim_end_matches('.');
        let host = other.host.as_ref().map(|host| [" on ", host.as_str()].concat());
        let link = element("a", "runs__link")
            .attr("href", link::to_run(index))
            .text([number.as_str(), ". ", word].concat())
            .child(host);
        let link = if index == run.index { link.attr("aria-current", "true") } else { link };
        element("li", "").child(link)
    };
    element("nav", "runs")
        .attr("aria-label", "Runs in this log")
        .child(element("ol", "runs__list").children(runs.iter().enumerate().map(item)))
        .into()
}

/// What could not be done with this input.
fn notes(run: &ShownRun) -> Child {
    let notes = &run.report.notes;
    if notes.is_empty() {
        return Child::nothing();
    }
    let notes = notes.iter().map(|note| element("li", "").text(note.clone()));
    element("ul", "notes").attr("aria-label", "Notes").children(notes).into()
}

/// A listing of store paths, which is compared with another and has no report.
fn no_run(name: &str, report: &Arc<Report>, file: u32) -> AnyView {
    document::set_title("A listing · Rebuildscope");
    let sentence = element("p", "panel__lede")
        .child(quoted(name.to_owned()))
        .text(": ")
        .text(report.notes.join(" "));
    let compare = element("a", "button button--first")
        .attr("href", link::to_comparison(file, None))
        .text("Compare it with another");
    let again = element("a", "button").attr("href", "./").text("Read another log");
    let listing = report.clone();
    let text = later(move |place| parts::log(place, listing.clone()));
    element("div", "report")
        .child(element("h1", "verdict__title").text("A listing of store paths"))
        .child(sentence)
        .child(element("p", "panel__fields").child(compare).child(again))
        .child(panel(Section::Log, Child::nothing(), text.into(), Child::nothing()))
        .view()
}
