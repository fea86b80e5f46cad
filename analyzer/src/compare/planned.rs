//! The versions of a run whose log compares nothing: the new ones from what it built and fetched,
//! the old ones from an earlier run of the same system.

use super::{Items, Sides, knowledge, package};
use crate::inventory::Inventory;
use crate::report::{Change, ChangeKind, ChangeSource, Lines, Outcome, Run};

/// The version changes that the plan of a run amounts to; none for a run that compares two
/// systems itself.
///
/// Where `earlier` is known to have had another version, that is the old one, and the source is
/// [`ChangeSource::History`]. Else only the new version is known, and the source is
/// [`ChangeSource::Plan`]. A package with the version that it had is left out.
///
/// That both runs are of the same system is for the caller to know. An earlier run that did not
/// come to its end says nothing of what was there.
pub fn planned_changes(run: &Run, earlier: Option<&Run>) -> Vec<Change> {
    let is_compared = run.closure.is_some()
        || run.changes.iter().any(|change| change.source != ChangeSource::Plan);
    if is_compared {
        return Vec::new();
    }
    let earlier = earlier.filter(|earlier| has_ended_well(earlier));
    let sides = Sides {
        old: &earlier.map_or_else(Inventory::default, knowledge::of_run),
        new: &knowledge::of_run(run),
        shift: SHIFT,
        is_cut: false,
    };
    let mut changes = package::changes(&sides, &Items::of(&sides).parts());
    changes.retain(|change| change.kind != ChangeKind::Rebuilt);
    for change in &mut changes {
        if change.source == ChangeSource::Compared {
            change.source = ChangeSource::History;
        }
        keep_new_lines(&mut change.lines);
    }
    changes
}

/// Lines of the earlier run stand before those of this one, which no log reaches.
const SHIFT: u32 = 1 << 31;

/// Takes the lines of the earlier run away: they are of another log.
fn keep_new_lines(lines: &mut Lines) {
    lines.0.retain(|[first, _]| *first > SHIFT);
    for range in &mut lines.0 {
        *range = range.map(|line| line - SHIFT);
    }
}

fn has_ended_well(run: &Run) -> bool {
    let is_compared = run.changes.iter().any(|change| change.source != ChangeSource::Plan);
    match run.outcome {
        Outcome::Succeeded => true,
        _ if run.activated == Some(true) => true,
        // Of a comparison alone no outcome is known.
        Outcome::Unknown => is_compared,
        Outcome::Failed | Outcome::Interrupted | Outcome::DryRun => false,
    }
}
