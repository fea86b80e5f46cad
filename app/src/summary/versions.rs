//! The table of version changes: its rows, groups and order.

use std::cmp::Ordering;

use analyzer::report::{Change, ChangeKind, ChangeSource, Level, Run};

use crate::format;
use crate::sorting;
use crate::summary::evidence;
use crate::version_mark::{Marked, mark};

/// Names, or starts of names that end in `-`, of what people look for first, in this order.
const CARED_FOR: [&str; 40] = [
    "linux",
    "linux-",
    "systemd",
    "systemd-boot",
    "grub",
    "limine",
    "refind",
    "lanzaboote",
    "glibc",
    "openssl",
    "openssh",
    "nix",
    "lix",
    "nvidia-x11",
    "nvidia-",
    "mesa",
    "plasma-desktop",
    "plasma-workspace",
    "kwin",
    "gnome-shell",
    "mutter",
    "cosmic-",
    "hyprland",
    "sway",
    "niri",
    "xorg-server",
    "firefox",
    "firefox-",
    "librewolf",
    "chromium",
    "ungoogled-chromium",
    "google-chrome",
    "brave",
    "vivaldi",
    "tor-browser",
    "thunderbird",
    "docker",
    "podman",
    "postgresql",
    "nginx",
];

/// A part of the table with a heading of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Kernel, system and what else people look for first.
    CaredFor,
    /// Named in the configuration itself.
    Selected,
    /// Everything else.
    Rest,
}

impl Group {
    /// All groups, in order.
    pub const ALL: [Self; 3] = [Self::CaredFor, Self::Selected, Self::Rest];

    /// The heading of the group.
    pub fn title(self) -> &'static str {
        match self {
            Self::CaredFor => "Things you care about",
            Self::Selected => "Named in your configuration",
            Self::Rest => "Everything else",
        }
    }
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// In groups, what matters first.
    #[default]
    Matters,
    /// By name.
    Name,
    /// By change of size, largest first.
    Size,
    /// By how much the version moved, most first.
    Level,
}

impl Order {
    /// All orders, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Matters, Self::Name, Self::Size, Self::Level];

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Matters => "",
            Self::Name => "name",
            Self::Size => "size",
            Self::Level => "level",
        }
    }

    /// Its name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Matters => "what matters",
            Self::Name => "name",
            Self::Size => "size",
            Self::Level => "level",
        }
    }
}

/// The changes that the table lists: all but packages that were only built again.
pub fn listed(run: &Run) -> impl Iterator<Item = &Change> {
    run.changes.iter().filter(|change| change.kind != ChangeKind::Rebuilt)
}

/// How many packages changed version; `None` where nothing in the log compares two systems.
/// What is new, gone, or there once more or less has no other version.
pub fn changed(run: &Run) -> Option<u64> {
    let is_compared = run.closure.is_some()
        || run.changes.iter().any(|change| change.source != ChangeSource::Plan);
    is_compared
        .then(|| run.changes.iter().filter(|change| is_version_change(change)).count() as u64)
}

fn is_version_change(change: &Change) -> bool {
    use ChangeKind::{Changed, Downgraded, Upgraded};
    change.source != ChangeSource::Plan && matches!(change.kind, Upgraded | Downgraded | Changed)
}

/// The changes that have `search` in their name, in order: the group that each stands in, and its
/// index in the run.
pub fn rows(run: &Run, search: &str, by: Order) -> Vec<(Group, usize)> {
    let rows: Vec<(Group, usize)> = run
        .changes
        .iter()
        .enumerate()
        .filter(|(_, change)| change.kind != ChangeKind::Rebuilt)
        .filter(|(_, change)| sorting::contains(&change.name, search))
        .map(|(index, change)| (group(change), index))
        .collect();
    sorting::sorted(&rows, |a, b| compare((a.0, &run.changes[a.1]), (b.0, &run.changes[b.1]), by))
}

/// The group of a change.
pub fn group(change: &Change) -> Group {
    if care_rank(&change.name).is_some() {
        return Group::CaredFor;
    }
    if change.selected == Some(true) { Group::Selected } else { Group::Rest }
}

/// The word for how much a version moved, and whether it asks for attention.
pub fn level_word(change: &Change) -> (&'static str, Emphasis) {
    match (change.kind, change.level) {
        (ChangeKind::Added, _) => ("new", Emphasis::Normal),
        (ChangeKind::Removed, _) => ("removed", Emphasis::Normal),
        (ChangeKind::Downgraded, _) => ("downgrade", Emphasis::Strong),
        (ChangeKind::Deduplicated, None) => ("one less", Emphasis::Normal),
        (ChangeKind::Duplicated, None) => ("one more", Emphasis::Normal),
        (ChangeKind::Rebuilt, _) => ("rebuilt", Emphasis::Normal),
        (_, Some(Level::Major)) => ("major", Emphasis::Strong),
        (_, Some(Level::Minor)) => ("minor", Emphasis::Normal),
        (_, Some(Level::Patch)) => ("patch", Emphasis::Normal),
        (_, Some(Level::Prerelease)) => ("pre-release", Emphasis::Normal),
        (_, Some(Level::Date)) => ("date", Emphasis::Normal),
        (_, Some(Level::Revision)) => ("revision", Emphasis::Normal),
        (_, Some(Level::Scheme)) => ("scheme", Emphasis::Normal),
        (_, None) => ("changed", Emphasis::Normal),
    }
}

/// Whether a word is printed bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// As the rest.
    Normal,
    /// Bold.
    Strong,
}

/// The letters that nvd prints before a change; `None` where the change has another source.
pub fn nvd_letters(change: &Change) -> Option<String> {
    if change.source != ChangeSource::Nvd {
        return None;
    }
    let kind = match change.kind {
        ChangeKind::Upgraded => 'U',
        ChangeKind::Downgraded => 'D',
        ChangeKind::Added => 'A',
        ChangeKind::Removed => 'R',
        _ => 'C',
    };
    let selected = if change.selected == Some(true) { '*' } else { '.' };
    Some(['[', kind, selected, ']'].into_iter().collect())
}

/// What the versions of a side read as: `0.78.2`, `0.78.2 ×2`, `1.1, 1.2`.
pub fn side(versions: &[String], count: Option<u32>) -> String {
    let text = versions.join(", ");
    match count {
        Some(count) if count > 1 && versions.len() == 1 => {
            [text.as_str(), " ×", &count.to_string()].concat()
        }
        _ => text,
    }
}

/// Old and new versions beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was there.
    pub old: Vec<Piece>,
    /// What is there.
    pub new: Vec<Piece>,
}

/// A piece of a version, or of a list of versions.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// On both sides.
    Same(String),
    /// On one side only.
    Changed(String),
}

/// Old and new versions with what differs: one by one if there are as many of each, as of a kernel
/// and its modules, else in one list.
pub fn steps(change: &Change) -> Vec<Step> {
    let (old, new) = (&change.old, &change.new);
    if old.len() == 1 && new.len() == 1 {
        let (old, new) = (side(old, change.old_count), side(new, change.new_count));
        return vec![marked(&old, &new)];
    }
    if old.len() == new.len() {
        let moved = old.iter().zip(new).filter(|(old, new)| old != new);
        return moved.map(|(old, new)| marked(old, new)).collect();
    }
    vec![Step { old: listed_beside(old, new), new: listed_beside(new, old) }]
}

fn marked(old: &str, new: &str) -> Step {
    let (old, new) = mark(old, new);
    let pieces = |version: Marked| {
        let pieces = [
            Piece::Same(version.before.to_owned()),
            Piece::Changed(version.changed.to_owned()),
            Piece::Same(version.after.to_owned()),
        ];
        pieces.into_iter().filter(|piece| !piece.text().is_empty()).collect()
    };
    Step { old: pieces(old), new: pieces(new) }
}

/// A list of versions in which those are marked that the other side does not have.
fn listed_beside(versions: &[String], other: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for version in versions {
        if !pieces.is_empty() {
            pieces.push(Piece::Same(", ".to_owned()));
        }
        let is_same = other.contains(version);
        pieces.push(if is_same {
            Piece::Same(version.clone())
        } else {
            Piece::Changed(version.clone())
        });
    }
    pieces
}

impl Piece {
    fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Changed(text) => text,
        }
    }
}

/// Where the changes were read from, as the heading of the section says it.
pub fn source_words(run: &Run) -> &'static str {
    match run.changes.first().map(|change| change.source) {
        Some(ChangeSource::Nvd) => "from the diff that nvd printed",
        Some(ChangeSource::Dix) => "from the diff that dix printed",
        Some(ChangeSource::DiffClosures) => "from the diff of closures",
        Some(ChangeSource::Compared) => "from a comparison",
        Some(ChangeSource::History) => "from earlier reports",
        Some(ChangeSource::Plan) => "from the plan",
        None => "not in this log",
    }
}

/// The sentence above the table; `None` where there is no table.
pub fn lede(run: &Run) -> Option<String> {
    let n = listed(run).count() as u64;
    if n == 0 {
        return None;
    }
    let Some(changed) = changed(run) else {
        return Some(
            format::counted(n, "package has a new version", "packages have a new version")
                + " in the plan. The log does not name the old ones.",
        );
    };
    let mut text = format::counted(changed, "version changed", "versions changed");
    let ways = of_kinds(run, &WAYS);
    if !ways.is_empty() {
        text += ": ";
        text += &ways.join(", ");
    }
    text.push('.');
    let others = of_kinds(run, &OTHERS);
    if !others.is_empty() {
        text += " Besides: ";
        text += &others.join(", ");
        text.push('.');
    }
    let rebuilt = run.changes.len() as u64 - n;
    if rebuilt > 0 {
        text.push(' ');
        text += &format::counted(
            rebuilt,
            "more was built again at the same version and is not listed.",
            "more were built again at the same version and are not listed.",
        );
    }
    Some(text)
}

/// Ways in which a version changes.
const WAYS: [(ChangeKind, &str); 3] = [
    (ChangeKind::Upgraded, "up"),
    (ChangeKind::Downgraded, "down"),
    (ChangeKind::Changed, "neither up nor down"),
];

/// What else may differ between two systems.
const OTHERS: [(ChangeKind, &str); 4] = [
    (ChangeKind::Added, "new"),
    (ChangeKind::Removed, "gone"),
    (ChangeKind::Duplicated, "there once more"),
    (ChangeKind::Deduplicated, "there once less"),
];

/// How many changes there are of each kind, such as `48 up`.
fn of_kinds(run: &Run, words: &[(ChangeKind, &str)]) -> Vec<String> {
    let of_kind = |kind| listed(run).filter(|change| change.kind == kind).count() as u64;
    words
        .iter()
        .map(|(kind, word)| (of_kind(*kind), *word))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| [format::count(n).as_str(), word].join(" "))
        .collect()
}

/// The sentence on the size of the system, where the log says anything of it.
pub fn closure_sentence(run: &Run) -> Option<String> {
    let closure = run.closure.as_ref()?;
    let sizes = match (closure.old_bytes, closure.new_bytes, closure.delta_bytes) {
        (Some(old), Some(new), _) => Some([format::size(old), format::size(new)].join(" to ")),
        (_, _, Some(delta)) => Some(format::size_delta(delta)),
        _ => None,
    };
    let added = closure.paths_added.map(|n| format::counted(n, "path added", "paths added"));
    let removed =
        closure.paths_removed.map(|n| format::counted(n, "path removed", "paths removed"));
    let parts: Vec<String> = [sizes, added, removed].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The lines of all changes together.
pub fn lines(run: &Run) -> analyzer::report::Lines {
    evidence::of_all(listed(run).map(|change| &change.lines))
}

/// Where a name stands in [`CARED_FOR`]; the exact name comes before a start of it.
fn care_rank(name: &str) -> Option<usize> {
    let name = name.to_ascii_lowercase();
    // A package set or its documentation is not the thing itself.
    if name.starts_with("linux-headers") || name.starts_with("linux-manual") {
        return None;
    }
    CARED_FOR
        .iter()
        .position(|known| name == *known || (known.ends_with('-') && name.starts_with(known)))
}

fn compare(a: (Group, &Change), b: (Group, &Change), order: Order) -> Ordering {
    let by_name = || a.1.name.cmp(&b.1.name);
    match order {
        Order::Matters => {
            let rank = |change: &Change| care_rank(&change.name).unwrap_or(usize::MAX);
            a.0.cmp(&b.0).then_with(|| rank(a.1).cmp(&rank(b.1))).then_with(by_name)
        }
        Order::Name => by_name(),
        Order::Size => size(b.1).cmp(&size(a.1)).then_with(by_name),
        Order::Level => level_rank(a.1).cmp(&level_rank(b.1)).then_with(by_name),
    }
}

/// Unknown sizes come last.
fn size(change: &Change) -> (bool, u64) {
    let size = change.size_delta_bytes;
    (size.is_some(), size.unwrap_or(0).unsigned_abs())
}

/// Downgrades first, then from major to the smallest.
fn level_rank(change: &Change) -> (bool, u8) {
    let level = match change.level {
        Some(Level::Major) => 0,
        Some(Level::Minor) => 1,
        Some(Level::Patch) => 2,
        Some(Level::Prerelease) => 3,
        Some(Level::Date) => 4,
        Some(Level::Revision) => 5,
        Some(Level::Scheme) => 6,
        None => 7,
    };
    (change.kind != ChangeKind::Downgraded, level)
}

#[cfg(test)]
mod tests {
    use analyzer::report::{Closure, Lines};

    use super::*;
    use crate::testing;

    fn run_of(changes: Vec<Change>) -> Run {
        Run { changes, ..testing::run() }
    }

    #[track_caller]
    fn check(run: &Run, search: &str, order: Order, expected: &[&str]) {
        let names: Vec<_> =
            rows(run, search, order).iter().map(|(_, index)| &run.changes[*index].name).collect();
        assert_eq!(names, expected);
    }

    fn sample() -> Run {
        let mut zlib = testing::change("zlib", "1.3", "1.3.1");
        zlib.size_delta_bytes = Some(-4_000);
        let mut ollama = testing::change("ollama", "0.5.13", "0.6.0");
        ollama.selected = Some(true);
        ollama.level = Some(Level::Minor);
        let mut mesa = testing::change("mesa", "24.3.4", "25.0.1");
        mesa.size_delta_bytes = Some(1_000);
        mesa.level = Some(Level::Major);
        let mut rebuilt = testing::change("bash", "5.2", "5.2");
        rebuilt.kind = ChangeKind::Rebuilt;
        run_of(vec![zlib, ollama, mesa, testing::change("linux", "6.12.18", "6.12.19"), rebuilt])
    }

    #[test]
    fn what_people_look_for_comes_first() {
        check(&sample(), "", Order::Matters, &["linux", "mesa", "ollama", "zlib"]);
        assert_eq!(group(&testing::change("linux-headers", "6.1", "6.2")), Group::Rest);
        assert_eq!(group(&testing::change("linux-zen", "6.1", "6.2")), Group::CaredFor);
        assert_eq!(group(&testing::change("nixfmt", "0.6", "1.0")), Group::Rest);
    }

    #[test]
    fn rows_are_sorted_and_searched() {
        let run = sample();
        check(&run, "", Order::Name, &["linux", "mesa", "ollama", "zlib"]);
        check(&run, "", Order::Size, &["zlib", "mesa", "linux", "ollama"]);
        check(&run, "", Order::Level, &["mesa", "ollama", "linux", "zlib"]);
        check(&run, " LL", Order::Matters, &["ollama"]);
        check(&run, "nothing", Order::Matters, &[]);
    }

    #[test]
    fn packages_built_again_are_counted_apart() {
        assert_eq!(changed(&sample()), Some(4));
        assert_eq!(
            lede(&sample()).unwrap(),
            "4 versions changed: 4 up. 1 more was built again at the same version and is not listed."
        );
    }

    #[test]
    fn what_is_new_or_gone_is_no_version_change() {
        let mut run = sample();
        run.changes[0].kind = ChangeKind::Added;
        assert_eq!(changed(&run), Some(3));
        assert!(
            lede(&run).unwrap().starts_with("3 versions changed: 3 up. Besides: 1 new. 1 more")
        );
    }

    #[test]
    fn a_plan_alone_compares_nothing() {
        let mut planned = testing::change("ollama", "", "0.6.0");
        planned.source = ChangeSource::Plan;
        let run = run_of(vec![planned]);
        assert_eq!(changed(&run), None);
        assert_eq!(
            lede(&run).unwrap(),
            "1 package has a new version in the plan. The log does not name the old ones."
        );
    }

    #[test]
    fn a_diff_without_changes_is_zero_and_no_diff_is_unknown() {
        let mut run = testing::run();
        assert_eq!((changed(&run), lede(&run)), (None, None));
        run.closure = Some(Closure { lines: Lines::one(9), ..Closure::default() });
        assert_eq!(changed(&run), Some(0));
    }

    #[test]
    fn levels_have_words() {
        let mut change = testing::change("a", "2", "1");
        change.level = Some(Level::Major);
        assert_eq!(level_word(&change), ("major", Emphasis::Strong));
        change.kind = ChangeKind::Downgraded;
        assert_eq!(level_word(&change), ("downgrade", Emphasis::Strong));
        change.kind = ChangeKind::Added;
        assert_eq!(level_word(&change), ("new", Emphasis::Normal));
    }

    #[test]
    fn letters_are_those_of_nvd_and_only_of_nvd() {
        let mut change = testing::change("a", "1", "2");
        assert_eq!(nvd_letters(&change).unwrap(), "[U.]");
        change.selected = Some(true);
        assert_eq!(nvd_letters(&change).unwrap(), "[U*]");
        change.source = ChangeSource::Dix;
        assert_eq!(nvd_letters(&change), None);
    }

    #[test]
    fn several_copies_are_counted() {
        let versions = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(side(&versions(&["0.78.2"]), Some(2)), "0.78.2 ×2");
        assert_eq!(side(&versions(&["0.78.2"]), Some(1)), "0.78.2");
        assert_eq!(side(&versions(&["1.1", "1.2"]), Some(2)), "1.1, 1.2");
    }

    /// `expected` has the changed pieces in brackets.
    #[track_caller]
    fn check_steps(old: &[&str], new: &[&str], expected: &[&str]) {
        let versions = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut change = testing::change("a", "", "");
        (change.old, change.new) = (versions(old), versions(new));
        let text = |pieces: &[Piece]| -> String {
            let text = |piece: &Piece| match piece {
                Piece::Same(text) => text.clone(),
                Piece::Changed(text) => format!("[{text}]"),
            };
            pieces.iter().map(text).collect()
        };
        let steps: Vec<_> =
            steps(&change).iter().map(|it| [text(&it.old), text(&it.new)].join(" to ")).collect();
        assert_eq!(steps, expected);
    }

    #[test]
    fn several_versions_are_paired_if_there_are_as_many_of_each() {
        check_steps(
            &["6.1", "6.1-modules"],
            &["6.2", "6.2-modules"],
            &["6.[1] to 6.[2]", "6.[1]-modules to 6.[2]-modules"],
        );
        check_steps(&["8.10.1", "8.9.1"], &["8.11.0", "8.9.1"], &["8.[10.1] to 8.[11.0]"]);
    }

    #[test]
    fn in_lists_of_different_length_whole_versions_are_marked() {
        check_steps(
            &["2.19.6", "2.19.7", "2.24.10"],
            &["2.19.6", "2.24.10"],
            &["2.19.6, [2.19.7], 2.24.10 to 2.19.6, 2.24.10"],
        );
    }

    #[test]
    fn the_size_of_the_system_is_said_as_far_as_known() {
        let mut run = testing::run();
        assert_eq!(closure_sentence(&run), None);
        let closure = Closure { delta_bytes: Some(44_669_337), ..Closure::default() };
        run.closure = Some(Closure { paths_added: Some(335), ..closure });
        assert_eq!(closure_sentence(&run).unwrap(), "+42.6 MiB, 335 paths added");
    }
}
