//! The table of version changes: its rows, groups and order.

pub mod family;
pub mod pins;
#[cfg(feature = "page")]
pub mod selection;

use std::cmp::Ordering;

use analyzer::report::{
    Change, ChangeCounts, ChangeKind, ChangeSource, DerivationKind, Level, Run,
};

use crate::format;
use crate::sorting;
use crate::summary::evidence;
use crate::version_mark::{Marked, mark};
use pins::Pins;

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
    /// Other versions than before.
    Changed,
    /// There was none of it.
    Added,
    /// There is none of it any more.
    Removed,
    /// The same versions, built again or in another number of copies.
    Same,
    /// What is made from the configuration.
    Configuration,
}

impl Group {
    /// All groups, in order.
    pub const ALL: [Self; 7] = [
        Self::CaredFor,
        Self::Selected,
        Self::Changed,
        Self::Added,
        Self::Removed,
        Self::Same,
        Self::Configuration,
    ];

    /// The heading of the group.
    pub fn title(self) -> &'static str {
        match self {
            Self::CaredFor => "Things you care about",
            Self::Selected => "Named in your configuration",
            Self::Changed => "Changed",
            Self::Added => "New",
            Self::Removed => "Gone",
            Self::Same => "Same versions",
            Self::Configuration => "Configuration",
        }
    }

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::CaredFor => "cared-for",
            Self::Selected => "selected",
            Self::Changed => "changed",
            Self::Added => "new",
            Self::Removed => "gone",
            Self::Same => "same",
            Self::Configuration => "configuration",
        }
    }

    /// Whether it stands folded below the table: hardly anybody asks for it.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Same | Self::Configuration)
    }

    /// How many changes of this group there are, in words.
    pub fn counted(self, n: u64) -> String {
        match self {
            Self::Configuration => format::counted(
                n,
                "file or package made from the configuration",
                "files and packages made from the configuration",
            ),
            Self::Same => format::counted(
                n,
                "package with the same version",
                "packages with the same versions",
            ),
            _ => format::counted(n, "package", "packages"),
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

    /// The order with this name in addresses; the first for any other.
    pub fn from_slug(slug: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.slug() == slug).unwrap_or_default()
    }

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

/// The changes that the table lists: software that is not what it was.
pub fn listed(run: &Run) -> impl Iterator<Item = &Change> {
    run.changes.iter().filter(|change| !group(change).is_apart())
}

/// How many packages changed version; `None` where nothing in the log compares two systems.
/// What is new, gone, or there once more or less has no other version.
pub fn changed(run: &Run) -> Option<u64> {
    if let Some(all) = counted(run) {
        let others = [all.added, all.removed, all.same, all.configuration];
        let is_compared = run.closure.is_some() || others.iter().sum::<u32>() + all.versions > 0;
        return is_compared.then(|| all.versions.into());
    }
    let is_plan = run.changes.iter().any(|change| change.source == ChangeSource::Plan);
    // Beside a plan, old versions of earlier reports compare a part of it only.
    let is_of_plan = |change: &Change| match change.source {
        ChangeSource::Plan => true,
        ChangeSource::History => is_plan,
        _ => false,
    };
    let is_compared = run.closure.is_some() || run.changes.iter().any(|change| !is_of_plan(change));
    is_compared
        .then(|| run.changes.iter().filter(|change| is_version_change(change)).count() as u64)
}

/// What a link counts of the changes, where it does not name them.
pub fn counted(run: &Run) -> Option<ChangeCounts> {
    run.counts.as_ref()?.changes
}

fn is_version_change(change: &Change) -> bool {
    use ChangeKind::{Changed, Downgraded, Upgraded};
    change.source != ChangeSource::Plan && matches!(change.kind, Upgraded | Downgraded | Changed)
}

/// The changes that have `search` in their name, in order: the group that each stands in, and its
/// index in the run. What is pinned is among what people care about, whatever happened to it.
pub fn rows(run: &Run, search: &str, by: Order, pins: &Pins) -> Vec<(Group, usize)> {
    let group = |change: &Change| {
        if pins.has(&change.name) { Group::CaredFor } else { group(change) }
    };
    let rows: Vec<(Group, usize)> = run
        .changes
        .iter()
        .enumerate()
        .filter(|(_, change)| is_found(change, search))
        .map(|(index, change)| (group(change), index))
        .collect();
    sorting::sorted(&rows, |a, b| {
        compare((a.0, &run.changes[a.1]), (b.0, &run.changes[b.1]), by, pins)
    })
}

/// Whether its name, the name that it had, or that of its family has `search` in it.
fn is_found(change: &Change, search: &str) -> bool {
    let others = [&change.renamed_from, &change.family];
    sorting::contains(&change.name, search)
        || others.into_iter().flatten().any(|name| sorting::contains(name, search))
}

/// The group of a change.
pub fn group(change: &Change) -> Group {
    use ChangeKind::{Added, Deduplicated, Duplicated, Rebuilt, Removed};
    let has_same_versions = match change.kind {
        Rebuilt => true,
        Duplicated | Deduplicated => change.old == change.new,
        _ => false,
    };
    match change.kind {
        _ if change.subject == DerivationKind::Configuration => Group::Configuration,
        _ if has_same_versions => Group::Same,
        _ if care_rank(&change.name).is_some() => Group::CaredFor,
        _ if change.selected == Some(true) => Group::Selected,
        Added => Group::Added,
        Removed => Group::Removed,
        _ => Group::Changed,
    }
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

/// The letters that nvd prints before such a change: `[U*]`, `[A.]`, and `[C]` where the source
/// does not say which packages are named in the configuration. `None` for what nvd passes over.
pub fn nvd_letters(change: &Change) -> Option<String> {
    let kind = match change.kind {
        ChangeKind::Rebuilt => return None,
        ChangeKind::Upgraded => "U",
        ChangeKind::Downgraded => "D",
        ChangeKind::Added => "A",
        ChangeKind::Removed => "R",
        ChangeKind::Changed | ChangeKind::Duplicated | ChangeKind::Deduplicated => "C",
    };
    let selected = match change.selected {
        Some(true) => "*",
        Some(false) => ".",
        None => "",
    };
    Some(["[", kind, selected, "]"].concat())
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
    let counted = counted(run);
    if run.changes.is_empty() && counted.is_none() {
        return None;
    }
    let Some(changed) = changed(run) else {
        let n = counted.map_or_else(|| listed(run).count() as u64, |all| all.planned.into());
        return Some(
            format::counted(n, "package has a new version", "packages have a new version")
                + " in the plan. The log does not name the old ones.",
        );
    };
    let mut text = format::counted(changed, "version changed", "versions changed");
    let all: Vec<&Change> = run.changes.iter().collect();
    let ways = of_kinds(&all, &WAYS);
    if !ways.is_empty() {
        text += ": ";
        text += &ways.join(", ");
    }
    text.push('.');
    let listed: Vec<&Change> = listed(run).collect();
    let others = of_kinds(&listed, &OTHERS);
    if !others.is_empty() {
        text += " Besides: ";
        text += &others.join(", ");
        text.push('.');
    }
    Some(text)
}

/// How many old versions come from an earlier report.
pub fn of_history(run: &Run) -> u64 {
    run.changes.iter().filter(|change| change.source == ChangeSource::History).count() as u64
}

/// The sentences above the table of a plan; `taken` old versions come from the report `from`.
pub fn plan_lede(run: &Run, taken: u64, from: Option<&str>) -> String {
    let n = run.changes.len() as u64;
    let mut text = "The log compares nothing: this is what it built and fetched, ".to_owned();
    text += &format::counted(n, "package that has a version.", "packages that have a version.");
    let Some(from) = from else { return text };
    text += &if taken == 0 {
        [" No old version of them is known from ", from, "."].concat()
    } else {
        let known = format::counted(taken, "old version is", "old versions are");
        [" ", &known, " from ", from, "; packages with the same version are left out."].concat()
    };
    text
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
fn of_kinds(changes: &[&Change], words: &[(ChangeKind, &str)]) -> Vec<String> {
    let of_kind = |kind| changes.iter().filter(|change| change.kind == kind).count() as u64;
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
    evidence::of_all(run.changes.iter().map(|change| &change.lines))
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

fn compare(a: (Group, &Change), b: (Group, &Change), order: Order, pins: &Pins) -> Ordering {
    let by_name = || a.1.name.cmp(&b.1.name);
    match order {
        Order::Matters => {
            // Only these have a rank, and to look for it takes long among thousands of rows.
            let rank = |(group, change): (Group, &Change)| match group {
                Group::CaredFor => (!pins.has(&change.name), care_rank(&change.name)),
                _ => (true, None),
            };
            a.0.cmp(&b.0).then_with(|| rank(a).cmp(&rank(b))).then_with(by_name)
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
mod tests;
