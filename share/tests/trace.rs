//! Traces of whole logs, against the documented form of trace events.

#[path = "support/analyzed.rs"]
mod analyzed;
#[path = "support/fixtures.rs"]
mod fixtures;

use std::collections::BTreeMap;

use analyzer::report::{Axis, Grade, Report};
use serde_json::Value;
use share::export::trace;

/// Lines of a log that a clock stamps to the second.
const LOG: &str = "\
2025-03-13T04:40:00+0000 these 2 derivations will be built:
2025-03-13T04:40:00+0000   /nix/store/00000000000000000000000000000000-a-1.0.drv
2025-03-13T04:40:00+0000   /nix/store/11111111111111111111111111111111-b-2.0.drv
2025-03-13T04:40:01+0000 building '/nix/store/00000000000000000000000000000000-a-1.0.drv'...
2025-03-13T04:40:01+0000 a> Running phase: unpackPhase
2025-03-13T04:40:03+0000 a> Running phase: buildPhase
2025-03-13T04:40:11+0000 building '/nix/store/11111111111111111111111111111111-b-2.0.drv'...
2025-03-13T04:40:21+0000 /nix/store/22222222222222222222222222222222-b-2.0
";

fn traced(report: &Report) -> Option<Value> {
    trace(report).ok().map(|text| serde_json::from_str(&text).expect("JSON"))
}

fn events<'a>(trace: &'a Value, phase: &'a str) -> impl Iterator<Item = &'a Value> {
    let events = trace["traceEvents"].as_array().expect("a list");
    events.iter().filter(move |event| event["ph"] == phase)
}

/// Start and end of a complete event, in microseconds.
fn interval(event: &Value) -> (u64, u64) {
    let start = event["ts"].as_u64().expect("whole microseconds");
    (start, start + event["dur"].as_u64().expect("whole microseconds"))
}

/// Complains of an event that neither lies apart from those before it nor within one.
#[track_caller]
fn check_nesting(events: &[(u64, u64)]) {
    let mut open: Vec<(u64, u64)> = Vec::new();
    for &(start, end) in events {
        open.retain(|outer| outer.1 > start);
        assert!(open.last().is_none_or(|outer| end <= outer.1), "{start} to {end} in {open:?}");
        open.push((start, end));
    }
}

#[test]
fn times_are_in_microseconds_and_phases_lie_within_their_build() {
    let trace = traced(&analyzed::report(LOG.as_bytes())).expect("a trace");
    let shown: Vec<_> = events(&trace, "X")
        .filter(|event| event["cat"] != "stage")
        .map(|event| (event["name"].as_str().unwrap(), interval(event)))
        .collect();
    let second = 1_000_000;
    assert_eq!(shown[0], ("Run", (0, 21 * second)));
    let phase = shown.iter().find(|(name, _)| *name == "unpackPhase").expect("a phase");
    assert_eq!(phase.1, (second, 3 * second));
}

#[test]
fn events_of_every_log_have_the_documented_form() {
    let mut n_events = 0;
    for (path, report) in fixtures::reports() {
        let Some(trace) = traced(&report) else { continue };
        let mut lanes: BTreeMap<(u64, u64), Vec<(u64, u64)>> = BTreeMap::new();
        for event in events(&trace, "X") {
            let lane = (event["pid"].as_u64().unwrap(), event["tid"].as_u64().unwrap());
            lanes.entry(lane).or_default().push(interval(event));
            assert!(event["args"]["grade"].is_string(), "{}: {event}", path.display());
            assert!(!event["name"].as_str().unwrap().is_empty(), "{}", path.display());
            n_events += 1;
        }
        let named = |tid: u64, pid: u64| {
            events(&trace, "M")
                .any(|it| it["name"] == "thread_name" && it["tid"] == tid && it["pid"] == pid)
        };
        for (lane, events) in &lanes {
            check_nesting(events);
            assert!(named(lane.1, lane.0), "{}: no name for {lane:?}", path.display());
        }
    }
    assert!(n_events > 100, "only {n_events} events");
}

#[test]
fn a_log_without_times_has_no_trace_and_one_with_stamps_has() {
    let mut n_without = 0;
    for (path, report) in fixtures::reports() {
        let run = report.runs.first();
        let is_stamped = run.is_some_and(|run| run.time.grade == Grade::Stamped);
        let is_placed = report.runs.iter().any(|run| {
            run.time.total_s.or(run.time.low_s).is_some()
                || run.derivations.iter().any(|derivation| derivation.from_s.is_some())
                || run.timeline.axis == Axis::Time
        });
        let has_trace = trace(&report).is_ok();
        assert!(has_trace || !is_stamped, "{}", path.display());
        assert!(is_placed || !has_trace, "{}", path.display());
        n_without += usize::from(!has_trace);
    }
    assert!(n_without > 10, "only {n_without} logs");
}
