//! Which inputs moved between two systems: flake inputs and channels that both sides name, and
//! Nixpkgs by the label of the system.

use super::{Sides, shifted};
use crate::analyzer::Reading;
use crate::report::{Input, InputKind, InputRevision, Lines, Run};
use crate::sorting;
use crate::timestamp::day_number;

/// What the label of a system tells the revision of.
const NIXPKGS: &str = "nixpkgs";

/// How the names of packages begin that are a whole system.
const SYSTEM_NAME: &str = "nixos-system-";

/// As few digits of a revision as tell it from others.
const MIN_DIGITS: usize = 7;

/// Where an input stood at the end of a log, or in a listed system.
struct Place {
    name: String,
    revision: InputRevision,
    lines: Lines,
}

/// The inputs that moved, by name. Where only the new side names one, what it says itself of its
/// move is taken over.
pub(super) fn moved(old: &Reading, new: &Reading, sides: &Sides<'_>) -> Vec<Input> {
    let (before, after) = (places(old), places(new));
    let mut moved: Vec<Input> = Vec::new();
    for place in &after {
        let was = before.iter().find(|before| before.name == place.name);
        moved.extend(was.and_then(|was| step(was, place, sides.shift)));
    }
    let own = new.report.runs.iter().flat_map(|run| &run.inputs);
    for input in own.filter(|input| before.iter().all(|before| before.name != input.name)) {
        moved.retain(|known| known.name != input.name);
        moved.push(Input { lines: shifted(&input.lines, sides.shift), ..input.clone() });
    }
    sorting::sort_by(&mut moved, |left, right| left.name.cmp(&right.name));
    moved
}

/// The move from one place to another; `None` if it is the same, or cannot be told.
fn step(old: &Place, new: &Place, shift: u32) -> Option<Input> {
    if !is_other(&old.revision, &new.revision) {
        return None;
    }
    let mut lines = old.lines.clone();
    lines.0.extend(shifted(&new.lines, shift).0);
    Some(Input {
        name: new.name.clone(),
        kind: InputKind::Updated,
        old: Some(old.revision.clone()),
        new: Some(new.revision.clone()),
        lines,
    })
}

/// Whether two revisions are certainly not the same. Either may be cut to its first digits.
fn is_other(old: &InputRevision, new: &InputRevision) -> bool {
    let differ = |old: &Option<String>, new: &Option<String>| {
        let (old, new) = (old.as_deref()?, new.as_deref()?);
        Some(!old.starts_with(new) && !new.starts_with(old))
    };
    differ(&old.rev, &new.rev)
        .or_else(|| differ(&old.date, &new.date))
        .or_else(|| differ(&old.follows, &new.follows))
        .unwrap_or(false)
}

/// Where each input stands at the end; the last run counts.
fn places(reading: &Reading) -> Vec<Place> {
    let mut places = Vec::new();
    if let Some(system) = listed_system(reading) {
        put(&mut places, system);
    }
    for run in &reading.report.runs {
        if let Some(system) = labelled(run) {
            put(&mut places, system);
        }
        for input in &run.inputs {
            let Some(revision) = &input.new else { continue };
            let (name, revision) = (input.name.clone(), revision.clone());
            put(&mut places, Place { name, revision, lines: input.lines.clone() });
        }
    }
    places
}

/// Keeps the last place of each input.
fn put(places: &mut Vec<Place>, place: Place) {
    places.retain(|known| known.name != place.name);
    places.push(place);
}

fn labelled(run: &Run) -> Option<Place> {
    let system = run.system.as_ref()?;
    place_of_label(system.label.as_deref()?, system.lines.clone())
}

fn listed_system(reading: &Reading) -> Option<Place> {
    let mut items = reading.listed.as_ref()?.items();
    items.find_map(|item| {
        let is_system = item.name.starts_with(SYSTEM_NAME);
        place_of_label(item.version.filter(|_| is_system)?, Lines::one(item.line))
    })
}

/// Nixpkgs by the label of a system: `24.11.20250313.abcdef0` has a date and a revision,
/// `24.11.717196.f6687779bf4c` of a channel a number in place of the date.
fn place_of_label(label: &str, lines: Lines) -> Option<Place> {
    let (rest, rev) = label.rsplit_once('.')?;
    let is_rev = rev.len() >= MIN_DIGITS && rev.bytes().all(|byte| byte.is_ascii_hexdigit());
    let revision = InputRevision {
        rev: is_rev.then(|| rev.to_owned()),
        date: rest.rsplit_once('.').and_then(|(_, date)| dashed(date)),
        ..InputRevision::default()
    };
    let name = NIXPKGS.to_owned();
    is_rev.then_some(Place { name, revision, lines })
}

/// `2025-03-13` of `20250313`.
fn dashed(digits: &str) -> Option<String> {
    let is_date = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (year, rest) = digits.split_at_checked(4).filter(|_| is_date)?;
    let (month, day) = rest.split_at(2);
    let date = [year, month, day].join("-");
    day_number(&date).map(|_| date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_date_and_revision_of_nixpkgs() {
        for (label, rev, date) in [
            ("24.11.20250313.abcdef0", Some("abcdef0"), Some("2025-03-13")),
            ("25.05pre.20250313.6607cf7", Some("6607cf7"), Some("2025-03-13")),
            ("24.11.717196.f6687779bf4c", Some("f6687779bf4c"), None),
            ("24.11.20251399.abcdef0", Some("abcdef0"), None),
            ("24.11.20250313.dirty", None, None),
            ("24.11", None, None),
            ("my-label", None, None),
        ] {
            let revision = place_of_label(label, Lines::one(1)).map(|place| place.revision);
            let found = revision.as_ref().map(|it| (it.rev.as_deref(), it.date.as_deref()));
            assert_eq!(found, rev.map(|rev| (Some(rev), date)), "{label}");
        }
    }

    #[test]
    fn a_revision_that_is_cut_is_the_same() {
        let revision = |rev: &str| InputRevision { rev: Some(rev.into()), ..Default::default() };
        assert!(!is_other(&revision("abcdef0123"), &revision("abcdef01")));
        assert!(is_other(&revision("abcdef0123"), &revision("abcdef1")));
        assert!(!is_other(&revision("abcdef0"), &InputRevision::default()));
    }
}
