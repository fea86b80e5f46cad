//! Changes of versions.

use analyzer::report::{Change, ChangeKind, ChangeSource, DerivationKind, Level, Lines, NixOrder};

use crate::link::field::Field;
use crate::link::memory::Pair;
use crate::link::model::Kind;
use crate::link::names::{Scan, run_len};
use crate::link::step;
use crate::link::stream::{Stream, hash, hash_text};
use crate::link::versions::Beside;

pub(super) const SUBJECTS: [DerivationKind; 7] = [
    DerivationKind::Software,
    DerivationKind::Configuration,
    DerivationKind::Source,
    DerivationKind::Patch,
    DerivationKind::KernelOrInitrd,
    DerivationKind::System,
    DerivationKind::Other,
];

const KINDS: [ChangeKind; 8] = [
    ChangeKind::Upgraded,
    ChangeKind::Downgraded,
    ChangeKind::Changed,
    ChangeKind::Added,
    ChangeKind::Removed,
    ChangeKind::Rebuilt,
    ChangeKind::Deduplicated,
    ChangeKind::Duplicated,
];

const LEVELS: [Level; 7] = [
    Level::Major,
    Level::Minor,
    Level::Patch,
    Level::Prerelease,
    Level::Date,
    Level::Revision,
    Level::Scheme,
];

const ORDERS: [NixOrder; 3] = [NixOrder::Greater, NixOrder::Less, NixOrder::Equal];

const SOURCES: [ChangeSource; 6] = [
    ChangeSource::Nvd,
    ChangeSource::Dix,
    ChangeSource::DiffClosures,
    ChangeSource::Compared,
    ChangeSource::History,
    ChangeSource::Plan,
];

/// What names of systems begin with; a host follows.
const SYSTEM: &str = "nixos-system-";

fn blank() -> Change {
    Change {
        name: String::new(),
        subject: DerivationKind::Software,
        kind: ChangeKind::Upgraded,
        level: None,
        old: Vec::new(),
        new: Vec::new(),
        old_count: None,
        new_count: None,
        size_delta_bytes: None,
        selected: None,
        family: None,
        renamed_from: None,
        nix_order: None,
        source: ChangeSource::Nvd,
        lines: Lines::default(),
    }
}

pub(super) fn changes(stream: &mut Stream<'_>, changes: &mut Vec<Change>) {
    /// Names and versions are kept for what may be like them, too.
    const COST: usize = 2 * size_of::<Change>();
    let len = stream.number(Field::Changes, [0, 0], changes.len() as u64);
    let mut scan = Scan::default();
    if !stream.is_reading() {
        for at in 0..changes.len() {
            let names = changes[at..].iter().map(|change| change.name.as_str());
            let run = if scan.is_done() { run_len(names) } else { 0 };
            stream.charge(COST);
            change(stream, &mut scan, run, &mut changes[at]);
        }
        return;
    }
    changes.clear();
    for _ in 0..len {
        stream.charge(COST);
        let mut it = blank();
        change(stream, &mut scan, 0, &mut it);
        if stream.fault().is_some() {
            break;
        }
        changes.push(it);
    }
}

fn change(stream: &mut Stream<'_>, scan: &mut Scan, run: u64, change: &mut Change) {
    stream.one_of(Field::ChangeSource, [0, 0], &SOURCES, &mut change.source);
    stream.next_name(scan, run, &mut change.name);
    let kind = stream.one_of(Field::ChangeKind, [0, 0], &KINDS, &mut change.kind);
    let beginning = beginning(&change.name);
    let name_key = hash_text(&change.name);
    stream.one_of(Field::Subject, [beginning, name_key], &SUBJECTS, &mut change.subject);
    family(stream, beginning, change);
    versions(stream, kind, beginning, change);
    verdicts(stream, kind, change);
    for (field, count, versions) in [
        (Field::OldCount, &mut change.old_count, change.old.len()),
        (Field::NewCount, &mut change.new_count, change.new.len()),
    ] {
        let near = [(versions.min(15) as u32) << 4 | kind, stream.memory.last(Field::OldCount)];
        stream.optional(
            field,
            count,
            || 0,
            |stream, count| {
                let read = stream.number(field, near, u64::from(*count));
                *count = u32::try_from(read).unwrap_or(u32::MAX);
            },
        );
    }
    stream.optional(
        Field::SizeDelta,
        &mut change.size_delta_bytes,
        || 0,
        |stream, delta| {
            stream.signed(Field::SizeDelta, kind, delta);
        },
    );
    stream.optional(
        Field::Selected,
        &mut change.selected,
        || false,
        |stream, selected| {
            stream.switch(Field::Selected, [name_key, 0], selected);
        },
    );
    stream.optional(Field::RenamedFrom, &mut change.renamed_from, String::new, |stream, name| {
        stream.name(Field::RenamedFrom, name);
    });
}

/// The first word of a name: families often share it.
fn beginning(name: &str) -> u32 {
    let end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    hash_text(&name[..end])
}

fn family(stream: &mut Stream<'_>, beginning: u32, change: &mut Change) {
    let near = [beginning, hash_text(&change.name)];
    let has_family = stream.flag(Field::HasFamily, near, change.family.is_some());
    if stream.is_reading() {
        change.family = has_family.then(String::new);
    }
    let Some(family) = &mut change.family else { return };
    stream.text_near(Field::Family, beginning, family);
}

fn versions(stream: &mut Stream<'_>, kind: u32, beginning: u32, change: &mut Change) {
    let family = change.family.as_deref().map_or(beginning, hash_text);
    let known = stream.known_version(&change.name);
    let near = [kind, beginning];
    let mut pair = stream.memory.versions.of_family.get(&family).cloned().unwrap_or_default();
    let last = stream.memory.versions.last.clone();
    let release = stream.memory.versions.of_known.get(&known).cloned().unwrap_or_default();
    if let Some(told) = stream.memory.versions.of_name.get(&change.name) {
        pair = told.clone();
    }
    if change.name.starts_with(SYSTEM) {
        pair.new.clone_from(&stream.memory.versions.label);
    }
    let models = [release.old.as_str(), &known, &last.old, &pair.old];
    let mut before = String::new();
    stream.list_near(
        Field::OldVersions,
        near,
        &mut change.old,
        &String::new(),
        |stream, version| {
            let models = if before.is_empty() {
                models
            } else {
                [before.as_str(), &known, &last.old, &pair.old]
            };
            stream.version(&Beside { kind: Kind::Old, models, keys: [family, kind] }, version);
            before.clone_from(version);
        },
    );
    let old = change.old.first().cloned().unwrap_or_default();
    let same = stream.memory.versions.of_old.get(&old).cloned().unwrap_or_default();
    let near = [kind << 4 | change.old.len().min(15) as u32, beginning];
    let mut at = 0;
    stream.list_near(
        Field::NewVersions,
        near,
        &mut change.new,
        &String::new(),
        |stream, version| {
            let old = change.old.get(at).or(change.old.last()).map_or("", String::as_str);
            let (like, last) =
                if old.is_empty() { (known.as_str(), &last.new) } else { (old, &release.new) };
            let models = [like, &same, last, &pair.new];
            let keys = [hash(hash_text(old), kind), family];
            stream.version(&Beside { kind: Kind::New, models, keys }, version);
            at += 1;
        },
    );
    let new = change.new.first().cloned().unwrap_or_default();
    stream.memory.versions.learn(family, &known, Pair { old, new });
}

/// What follows from the versions, mostly.
fn verdicts(stream: &mut Stream<'_>, kind: u32, change: &mut Change) {
    let old = change.old.first().map_or("", String::as_str);
    let new = change.new.first().map_or("", String::as_str);
    let sides = (change.old.len().min(3) * 4 + change.new.len().min(3)) as u32;
    let step = step::of(old, new);
    let near = [hash(step, kind), hash(hash(step, kind), sides)];
    stream.optional_near(
        Field::Level,
        near,
        &mut change.level,
        || Level::Major,
        |stream, it| {
            stream.one_of(Field::Level, near, &LEVELS, it);
        },
    );
    stream.optional_near(
        Field::NixOrder,
        near,
        &mut change.nix_order,
        || NixOrder::Equal,
        |stream, it| {
            stream.one_of(Field::NixOrder, near, &ORDERS, it);
        },
    );
}
