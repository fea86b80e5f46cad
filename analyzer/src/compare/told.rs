//! What the new input itself tells of the system before it, as the list of nvd in its log.

use std::collections::HashSet;

use super::{Sides, shifted};
use crate::analyzer::Reading;
use crate::report::{Change, ChangeKind, ChangeSource};
use crate::sorting;

/// Adds the changes that the new input tells of packages that the old one does not name, each with
/// its own source, and gives how many these are. What it says to be gone, and the old one has, is
/// gone as well.
pub(super) fn add(changes: &mut Vec<Change>, new: &Reading, sides: &Sides<'_>) -> usize {
    let named: HashSet<&str> = sides.old.items().map(|item| item.name).collect();
    let told = new.report.runs.iter().flat_map(|run| &run.changes);
    let mut n_added = 0;
    for change in told.filter(|change| change.source != ChangeSource::Plan) {
        let before = change.renamed_from.as_ref().unwrap_or(&change.name);
        let is_named = named.contains(change.name.as_str()) || named.contains(before.as_str());
        let known = changes.iter().position(|known| known.name == change.name);
        let told = Change { lines: shifted(&change.lines, sides.shift), ..change.clone() };
        match known {
            None if is_named && change.kind == ChangeKind::Removed => {
                changes.push(gone(told, sides));
            }
            None if !is_named => changes.push(told),
            Some(at) if !is_named && changes[at].source == ChangeSource::Plan => {
                changes[at] = told;
            }
            _ => continue,
        }
        n_added += usize::from(!is_named);
    }
    sorting::sort_by(changes, |left, right| left.name.cmp(&right.name));
    n_added
}

/// A package that is gone, with the versions that the old input names.
fn gone(told: Change, sides: &Sides<'_>) -> Change {
    let of_package = sides.old.items().filter(|item| item.name == told.name);
    let mut old: Vec<String> =
        of_package.filter_map(|item| item.version).map(str::to_owned).collect();
    sorting::sort(&mut old);
    old.dedup();
    Change {
        old,
        old_count: None,
        new_count: None,
        size_delta_bytes: None,
        source: ChangeSource::Compared,
        ..told
    }
}
