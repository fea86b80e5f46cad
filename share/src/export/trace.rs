//! Writes the times of a report as a trace, which opens in Perfetto and in `chrome://tracing`.
//!
//! The form is that of the "Trace Event Format" of Chrome's tracing project: an object with
//! `traceEvents`; each complete event (`X`) has its start `ts` and its length `dur` in
//! microseconds, a process `pid` and a thread `tid`; those of one thread lie apart or one within
//! the other; metadata events (`M`) give names.

mod lane;
mod slice;

use std::fmt;

use analyzer::Report;
use analyzer::report::Run;
use analyzer::timestamp::Timestamp;
use serde_json::{Value, json};

use crate::export::present::run_name;
use lane::lanes;
use slice::{Mark, Slice};

/// A report without a time that has a place: nothing can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTimes;

impl fmt::Display for NoTimes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(
            "A trace needs times, and this log has none: only the order of its lines is known. \
             Put a clock on every line, as `2>&1 | ts '%FT%T%z'` does, or read it from the journal.",
        )
    }
}

/// The times of a report as JSON, a process for each run.
///
/// # Errors
///
/// Nothing in the report has both a start and a length.
pub fn trace(report: &Report) -> Result<String, NoTimes> {
    let mut events = Vec::new();
    for (index, run) in report.runs.iter().enumerate() {
        let pid = index + 1;
        let offset_us = offset_us(report.runs.first(), run);
        let of_run = Process { pid, offset_us }.events(run);
        if !of_run.is_empty() {
            events.push(name("process_name", pid, 0, &run_name(run)));
            events.extend(of_run);
        }
    }
    if events.is_empty() {
        return Err(NoTimes);
    }
    let trace = json!({
        "displayTimeUnit": "ms",
        "otherData": { "made_by": concat!("rebuildscope ", env!("CARGO_PKG_VERSION")) },
        "traceEvents": events,
    });
    Ok(trace.to_string())
}

/// Microseconds from the start of the first run to that of another, where one clock tells both.
fn offset_us(first: Option<&Run>, run: &Run) -> u64 {
    let start = |run: &Run| Timestamp::from_rfc3339(run.time.from.as_deref()?);
    let both = first.and_then(start).zip(start(run));
    both.filter(|(first, run)| run.is_comparable(*first))
        .map_or(0, |(first, run)| slice::microseconds(run.seconds_since(first)))
}

/// Where the events of a run go.
#[derive(Clone, Copy)]
struct Process {
    pid: usize,
    offset_us: u64,
}

impl Process {
    fn events(self, run: &Run) -> Vec<Value> {
        let groups = [
            ("Run", slice::of_run(run)),
            ("Stages", slice::of_stages(run)),
            ("Builds", slice::of_builds(run)),
        ];
        let mut events = Vec::new();
        let mut tid = 0;
        for (title, slices) in groups {
            for (index, lane) in lanes(slices).into_iter().enumerate() {
                tid += 1;
                let number = if index == 0 { String::new() } else { format!(" {}", index + 1) };
                events.push(name("thread_name", self.pid, tid, &format!("{title}{number}")));
                events.push(self.metadata("thread_sort_index", tid, &json!({"sort_index": tid})));
                events.extend(lane.iter().flat_map(|slice| self.slice(tid, slice)));
            }
        }
        let marks = slice::marks(run);
        if !marks.is_empty() {
            tid += 1;
            events.push(name("thread_name", self.pid, tid, "Started, end not known"));
            events.extend(marks.iter().map(|mark| self.mark(tid, mark)));
        }
        events
    }

    fn metadata(self, what: &str, tid: usize, args: &Value) -> Value {
        json!({"ph": "M", "name": what, "pid": self.pid, "tid": tid, "args": args})
    }

    /// The event of a slice, and after it those within.
    fn slice(self, tid: usize, slice: &Slice) -> Vec<Value> {
        let own = json!({
            "ph": "X",
            "name": slice.name,
            "cat": slice.category,
            "pid": self.pid,
            "tid": tid,
            "ts": self.offset_us.saturating_add(slice.from_us),
            "dur": slice.to_us.saturating_sub(slice.from_us),
            "args": slice.args,
        });
        let within = slice.within.iter().flat_map(|slice| self.slice(tid, slice));
        std::iter::once(own).chain(within).collect()
    }

    fn mark(self, tid: usize, mark: &Mark) -> Value {
        json!({
            "ph": "i",
            "s": "t",
            "name": mark.name,
            "cat": "build",
            "pid": self.pid,
            "tid": tid,
            "ts": self.offset_us.saturating_add(mark.at_us),
            "args": mark.args,
        })
    }
}

fn name(what: &str, pid: usize, tid: usize, name: &str) -> Value {
    Process { pid, offset_us: 0 }.metadata(what, tid, &json!({"name": name}))
}
