//! The report: the verdict and what proves it.

mod builds;
mod downloads;
mod failures;
mod figures;
mod inputs;
mod panel;
mod reading_note;
mod rows;
mod switch;
mod time;
mod verdict;
mod versions;
mod warnings;

use std::sync::Arc;

use analyzer::Report;
use leptos::prelude::*;

use crate::browser::document;
use crate::format;
use crate::link;
use crate::summary::{sections, verdict as words};
use crate::values::Values;
use crate::view::article::MarginNote;
use crate::view::context::{ViewContext, use_view};
use crate::view::log::LogPanel;
use crate::view_state::Section;
use panel::{ShownRun, panel};

/// The report on a log.
#[component]
pub fn ReportView(
    /// What the log says.
    report: Arc<Report>,
    /// What the person knows the log by.
    name: String,
) -> impl IntoView {
    let view = use_view();
    let state = view.state();
    let last = report.runs.len().saturating_sub(1);
    let index = Memo::new(move |_| state.with(|state| (state.run as usize).min(last)));
    move || {
        if report.runs.is_empty() {
            return no_run(&name);
        }
        let run = ShownRun { report: report.clone(), index: index.get() };
        document::set_title(&words::title(&run));
        one_run(&name, &run, view)
    }
}

fn one_run(name: &str, run: &ShownRun, view: ViewContext) -> AnyView {
    let order = sections::order(run);
    view! {
        <div class="report">
            {verdict::source_bar(name, run)}
            {run_chooser(run)}
            <div class="report__columns">
                <div class="panel panel--verdict">
                    <div class="panel__main">{verdict::verdict(run)} {figures::figures(run)} {notes(run)}</div>
                    {reading_note::reading_note()}
                </div>
                {rail(&order, run, view)}
                {order.map(|section| section_view(section, run, view)).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

/// The list of sections; a strip below the figures where there is no room beside.
fn rail(order: &[Section], run: &ShownRun, view: ViewContext) -> AnyView {
    let state = view.state();
    let current = Memo::new(move |_| state.with(|state| state.section));
    let lines = run.report.source.lines;
    let item = |section: &Section| {
        let section = *section;
        let is_current = move || (current.get() == Some(section)).then_some("true");
        view! {
            <li>
                <a class="rail__link" href=link::to_section(section) aria-current=is_current>
                    {sections::title(section)}
                    <span class="rail__tally">{sections::tally(section, run, lines)}</span>
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <nav class="rail" aria-label="Sections of this report">
            <ul class="rail__list">{order.iter().map(item).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn section_view(section: Section, run: &ShownRun, view: ViewContext) -> AnyView {
    let (source, body) = match section {
        Section::Failures => (failures::source(run), failures::body(run)),
        Section::Versions => (versions::source(run), versions::body(run, view)),
        Section::Time => (time::source(run), time::body(run)),
        Section::Builds => (builds::source(run), builds::body(run, view)),
        Section::Downloads => (downloads::source(run), downloads::body(run)),
        Section::Switch => (switch::source(run), switch::body(run)),
        Section::Inputs => (inputs::source(run), inputs::body(run)),
        Section::Warnings => (warnings::source(run), warnings::body(run)),
        Section::Log => {
            (().into_any(), view! { <LogPanel n_lines=run.report.source.lines/> }.into_any())
        }
    };
    let is_moot = section == Section::Failures && run.failures.is_empty();
    let note = (!is_moot).then(|| {
        let values = Values::of(run.report.clone(), run.index);
        view! { <MarginNote section values/> }
    });
    panel(section, source, body, note.into_any())
}

/// Links to the other runs in the same log.
fn run_chooser(run: &ShownRun) -> AnyView {
    if run.report.runs.len() < 2 {
        return ().into_any();
    }
    let shown = run.index;
    let item = |(index, run): (usize, &analyzer::report::Run)| {
        let verdict = words::verdict(run).word.trim_end_matches('.');
        let host = run.host.as_ref().map(|host| ["on ", host].concat());
        view! {
            <li>
                <a class="runs__link" href=link::to_run(index) aria-current=(index == shown).then_some("true")>
                    {format::count(index as u64 + 1)} ". " {verdict} " " {host}
                </a>
            </li>
        }
        .into_any()
    };
    let runs = run.report.runs.iter().enumerate();
    view! {
        <nav class="runs" aria-label="Runs in this log">
            <ol class="runs__list">{runs.map(item).collect_view()}</ol>
        </nav>
    }
    .into_any()
}

/// What could not be done with this input.
fn notes(run: &ShownRun) -> AnyView {
    let notes = &run.report.notes;
    if notes.is_empty() {
        return ().into_any();
    }
    let note = |note: &String| view! { <li>{note.clone()}</li> };
    view! { <ul class="notes" aria-label="Notes">{notes.iter().map(note).collect_view()}</ul> }
        .into_any()
}

/// A text that is read, and in which no rebuild was found.
fn no_run(name: &str) -> AnyView {
    document::set_title("No rebuild found · Rebuildscope");
    view! {
        <div class="report">
            <h1 class="verdict__title">"No rebuild found"</h1>
            <p class="panel__lede">
                <span class="quoted">{name.to_owned()}</span>
                " was read, and no line of it is of a rebuild, a build or a switch."
            </p>
            <p><a class="button" href="./">"Read another log"</a></p>
        </div>
    }
    .into_any()
}
