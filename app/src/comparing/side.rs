//! One side of a comparison, and what it is in a few words.

use analyzer::Reading;
use analyzer::report::{Lines, Run, Tool};

use crate::comparison::Extent;
use crate::format;

/// What is compared.
pub(super) struct Input {
    pub(super) reading: Reading,
    pub(super) extent: Extent,
}

/// One side of a comparison.
pub(super) struct Side<'a> {
    pub(super) reading: &'a Reading,
    /// The run that is compared; `None` for a listing.
    pub(super) run: Option<&'a Run>,
    /// How much of its report there is.
    pub(super) extent: Extent,
    /// Lines of the other side that stand before its own.
    shift: u32,
}

impl<'a> Side<'a> {
    /// Both sides, each with the run that it is about.
    pub(super) fn both([old, new]: [&'a Input; 2]) -> [Self; 2] {
        let extents = [old.extent, new.extent];
        let (old, new) = (&old.reading, &new.reading);
        let (old_run, new_run) = chosen(&old.report.runs, &new.report.runs);
        let shift = old.report.source.lines;
        [
            Self { reading: old, run: old_run, extent: extents[0], shift: 0 },
            Self { reading: new, run: new_run, extent: extents[1], shift },
        ]
    }

    /// Lines of this side as lines of both.
    pub(super) fn lines(&self, lines: &Lines) -> Lines {
        let shifted = |range: &[u32; 2]| range.map(|line| line.saturating_add(self.shift));
        Lines(lines.0.iter().map(shifted).collect())
    }

    /// `Log, 312 lines, nixos-rebuild on laptop, 13 March 2025, 20:14`
    pub(super) fn describe(&self) -> String {
        let report = &self.reading.report;
        let lines = format::counted(report.source.lines.into(), "line", "lines");
        let Some(run) = self.run else {
            let paths = report.source.listing.as_ref().map_or(0, |listing| listing.paths);
            return ["Listing, ", &format::counted(paths.into(), "path", "paths")].concat();
        };
        let tool = run.tool.map(Tool::name);
        let by = [tool, run.host.as_deref().map(|_| "on"), run.host.as_deref()];
        let by = by.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let clock = run.time.from.as_deref().and_then(format::date_time);
        let words = [Some("Log".to_owned()), Some(lines), Some(by), clock];
        let words = words.into_iter().flatten().filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(", ")
    }
}

/// The last runs, or the last two of the same host where there are several.
fn chosen<'a>(old: &'a [Run], new: &'a [Run]) -> (Option<&'a Run>, Option<&'a Run>) {
    let of_host = |runs: &'a [Run], host: &str| {
        runs.iter().rev().find(|run| run.host.as_deref() == Some(host))
    };
    let pair = new.iter().rev().find_map(|run| Some((of_host(old, run.host.as_deref()?)?, run)));
    pair.map_or((old.last(), new.last()), |(old, new)| (Some(old), Some(new)))
}
