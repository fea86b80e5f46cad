//! Packages that belong together, as one line that opens.

use analyzer::report::{Change, ChangeKind};

use crate::export::document::Phrase;
use crate::export::english;

/// A family of fewer packages is not folded: the click would cost more than the rows.
const FEWEST: usize = 3;

/// Packages of one family.
pub(super) struct Family<'a> {
    pub(super) name: &'a str,
    pub(super) members: Vec<&'a Change>,
}

/// The changes that are of no large family, and the families, each in the given order.
pub(super) fn split<'a>(changes: &[&'a Change]) -> (Vec<&'a Change>, Vec<Family<'a>>) {
    let mut families: Vec<Family> = Vec::new();
    for change in changes {
        let Some(name) = change.family.as_deref() else { continue };
        match families.iter_mut().find(|family| family.name == name) {
            Some(family) => family.members.push(change),
            None => families.push(Family { name, members: vec![change] }),
        }
    }
    families.retain(|family| family.members.len() >= FEWEST);
    let is_folded = |change: &&&Change| {
        families.iter().any(|family| change.family.as_deref() == Some(family.name))
    };
    let alone = changes.iter().filter(|change| !is_folded(change)).copied().collect();
    (alone, families)
}

/// `python: 24 packages, 20 up, 4 down, python3 3.12.8 → 3.12.9`
pub(super) fn summary(family: &Family<'_>) -> Phrase {
    let members = &family.members;
    let count = english::count(members.len() as u64, "package", "packages");
    let kinds = KINDS.iter().filter_map(|(kind, word)| {
        let n = members.iter().filter(|change| change.kind == *kind).count();
        (n > 0).then(|| format!("{} {word}", english::number(n as u64)))
    });
    let kinds: Vec<String> = kinds.collect();
    let phrase = Phrase::log(family.name).and_own(format!(": {count}, {}", kinds.join(", ")));
    match members.iter().find_map(|change| step(change, family.name)) {
        Some([name, old, new]) => {
            phrase.and_own(", ").and_log(format!("{name} {old}")).and_own(" to ").and_log(new)
        }
        None => phrase,
    }
}

/// The step of the package that the family is named after, such as `python3`.
fn step<'a>(change: &'a Change, family: &str) -> Option<[&'a str; 3]> {
    let is_namesake = change.name.trim_end_matches(|c: char| c.is_ascii_digit()) == family;
    let ([old], [new]) = (&change.old[..], &change.new[..]) else { return None };
    is_namesake.then_some([&change.name, old, new])
}

const KINDS: [(ChangeKind, &str); 8] = [
    (ChangeKind::Upgraded, "up"),
    (ChangeKind::Downgraded, "down"),
    (ChangeKind::Changed, "neither up nor down"),
    (ChangeKind::Added, "new"),
    (ChangeKind::Removed, "gone"),
    (ChangeKind::Rebuilt, "built again"),
    (ChangeKind::Duplicated, "there once more"),
    (ChangeKind::Deduplicated, "there once less"),
];
