//! What is said of a bar of the timeline that is pointed at.

use analyzer::report::{Derivation, Phase};

use super::super::builds::{timed, why};
use super::super::panel::ShownRun;
use super::time_of;
use crate::chart::{self, Bar, End};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, Markup, element, quoted, soft};
use crate::format;
use crate::summary::builds;
use crate::summary::evidence::beyond_plan;
use crate::summary::time::{self, Known, TimeText, derivation_label};

/// How many builds of a heap are named.
const NAMED: usize = 8;

/// What stands in a bar: name and time, or how many builds it stands for.
pub(super) fn label(run: &ShownRun, bar: &Bar) -> String {
    let [index] = bar.builds.as_slice() else {
        return format::counted(bar.builds.len() as u64, "build", "builds");
    };
    let sign = if bar.end == End::NotBefore { ", ≥ " } else { ", " };
    let name = derivation_label(&run.derivations[*index]);
    [&name, sign, &format::duration(bar.to_s - bar.from_s)].concat()
}

/// What is known of the builds of a bar.
pub(super) fn of_builds(run: &ShownRun, bar: &Bar) -> Child {
    match bar.builds.as_slice() {
        [index] => of_build(run, bar, &run.derivations[*index]),
        several => of_heap(run, bar, several),
    }
}

fn of_build(run: &ShownRun, bar: &Bar, derivation: &Derivation) -> Child {
    let host = derivation.host.as_ref().map(|host| [", on ", host.as_str()].concat());
    let is_step = run.timeline.chain.iter().any(|step| *step == *chart::step_name(derivation));
    let line = evidence(&beyond_plan(&derivation.lines, run.plan.as_ref()));
    let silence = derivation.silence.as_ref().map(|it| format::duration(it.seconds));
    let facts = [
        Some(fact("Time", timed(time_of(derivation)))),
        Some(fact("When", when(bar))),
        derivation.why_built.is_some().then(|| fact("Why here", why(derivation))),
        phases(&derivation.phases),
        is_step.then(|| fact("Chain", "a step of the longest chain")),
        derivation.drag_s.map(|seconds| fact("If fetched", time::drag_words(seconds))),
        silence.map(|silence| fact("Silence", silence)),
        Some(fact("Line", line)),
    ];
    let status = [builds::status_word(derivation.status), &host.unwrap_or_default()].concat();
    let head = head(quoted(derivation_label(derivation)), status);
    (head, element("dl", "facts").children(facts.into_iter().flatten())).into()
}

fn of_heap(run: &ShownRun, bar: &Bar, builds: &[usize]) -> Child {
    let count = format::counted(builds.len() as u64, "build", "builds");
    let head =
        head(element("span", "").text(count), "too close together to be told apart here".into());
    let first = builds.iter().take(NAMED).map(|index| derivation_label(&run.derivations[*index]));
    let mut names = first.collect::<Vec<_>>().join(", ");
    if builds.len() > NAMED {
        names += ", …";
    }
    let facts = [fact("When", when(bar)), fact("Names", quoted(names))];
    (head, element("dl", "facts").children(facts)).into()
}

fn head(name: Markup, aside: String) -> Markup {
    element("p", "zoom__title")
        .child(element("strong", "").child(name))
        .text(" ")
        .child(soft(aside))
        .text(" ")
        .child(
            element("button", "button button--small")
                .attr("type", "button")
                .attr("data-zoom", "to")
                .text("Zoom to it"),
        )
}

/// From when to when it ran, by the clock of the run.
fn when(bar: &Bar) -> String {
    let [from, to] = [bar.from_s, bar.to_s].map(format::clock);
    match bar.end {
        End::Known if from == to => ["at ", &from].concat(),
        End::Known => ["from ", &from, " to ", &to].concat(),
        End::NotBefore => ["from ", &from, " to ", &to, " or later"].concat(),
        End::Unknown if from == to => ["started at ", &from].concat(),
        End::Unknown => ["started from ", &from, " to ", &to].concat(),
    }
}

fn phases(phases: &[Phase]) -> Option<Markup> {
    if phases.is_empty() {
        return None;
    }
    let phase = |phase: &Phase| {
        let time =
            phase.time.as_ref().map(TimeText::of).filter(|time| time.known != Known::Unknown);
        let time = time.map(|time| [" ", &time.short].concat()).unwrap_or_default();
        [phase.name.trim_end_matches("Phase"), &time].concat()
    };
    Some(fact("Phases", phases.iter().map(phase).collect::<Vec<_>>().join(", ")))
}

fn fact(name: &'static str, value: impl Into<Child>) -> Markup {
    let value = element("dd", "").child(value);
    element("div", "facts__fact").child(element("dt", "").text(name)).child(value)
}
