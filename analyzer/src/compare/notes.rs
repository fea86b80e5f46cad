//! What a comparison cannot know, and how to read its lines.

use super::Sides;
use crate::analyzer::Reading;
use crate::report::{Counts, Run};

/// The sentences; `n_told` changes are those that only the new input tells.
pub(super) fn notes(old: &Reading, new: &Reading, sides: &Sides<'_>, n_told: usize) -> Vec<String> {
    let mut notes: Vec<String> = lines(n_lines(old), n_lines(new)).into_iter().collect();
    notes.extend(lacking("old", old));
    notes.extend(lacking("new", new));
    if n_told > 0 {
        let what = if n_told == 1 { "One change is" } else { "Some changes are" };
        notes.push(
            [
                what,
                " told by the new input alone; what it compares with need not be the old input.",
            ]
            .concat(),
        );
    }
    if !sides.are_complete() {
        notes.push(
            "Not both inputs list a whole system, so that nothing is said of packages that went, \
             unless an input says so itself, and one that is named with its new version only need \
             not be new."
                .to_owned(),
        );
    }
    if sides.old.has_overflowed() || sides.new.has_overflowed() {
        notes.push("There are more store paths than can be compared.".to_owned());
    }
    notes
}

/// Lines that an input has; a report that came in a link has none.
pub(super) fn n_lines(reading: &Reading) -> u32 {
    let runs = &reading.report.runs;
    let is_of_link = !runs.is_empty() && runs.iter().all(|run| run.lines.0.is_empty());
    if is_of_link { 0 } else { reading.report.source.lines }
}

fn lines(old: u32, new: u32) -> Option<String> {
    match (old, new) {
        (0, 0) => None,
        (0, _) => Some("The lines are those of the new input.".to_owned()),
        (_, 0) => Some("The lines are those of the old input.".to_owned()),
        _ => Some(format!(
            "The lines of the old input come first (1 to {old}), then those of the new one ({} to \
             {}).",
            old.saturating_add(1),
            old.saturating_add(new)
        )),
    }
}

/// What an input that is a report does not hold of the log or listing that it was made of.
fn lacking(which: &str, reading: &Reading) -> Option<String> {
    let runs = &reading.report.runs;
    let counts = |run: &Run, of: fn(&Counts) -> bool| run.counts.as_ref().is_some_and(of);
    let has_counts_only =
        |run: &Run| run.changes.is_empty() && counts(run, |counts| counts.changes.is_some());
    let lacks_some =
        |run: &Run| counts(run, |counts| counts.derivations.is_some() || !counts.stores.is_empty());
    let is_listing = reading.report.source.listing.is_some();
    let what = if reading.report.source.truncated {
        "is not whole"
    } else if reading.listed.is_none() && is_listing {
        "is the report of a listing, without the store paths that it listed: give the listing \
         itself"
    } else if runs.iter().any(has_counts_only) {
        "says how many packages changed, and not which"
    } else if runs.iter().any(lacks_some) {
        "does not hold all that was built and fetched"
    } else {
        return None;
    };
    Some(["The ", which, " input ", what, "."].concat())
}
