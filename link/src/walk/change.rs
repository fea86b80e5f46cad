//! Changes of versions.

use alloc::vec::Vec;

use super::TEXT;
use bits::{Kind, hash};

use crate::field::Field;
use crate::map::Pair;
use crate::names::{Scan, run_len};
use crate::report::Change;
use crate::step;
use crate::stream::{Stream, hash_text};
use crate::value::Value;
use crate::versions::Beside;

/// Values of a derivation's kind.
pub(super) const N_SUBJECTS: u32 = 7;

/// What names of systems begin with; a host follows.
const SYSTEM: &[u8] = b"nixos-system-";

/// Memory that a change takes; names and versions are kept for what may be like them, too.
const COST: usize = 2 * 184;

pub(super) fn changes(stream: &mut Stream<'_>, changes: &mut Value) {
    let changes = changes.items_mut();
    let len = stream.number(Field::Changes, [0, 0], changes.len() as u64);
    let mut scan = Scan::default();
    if !stream.is_reading() {
        for at in 0..changes.len() {
            let names = changes[at..].iter().map(|change| change.at(Change::Name).text());
            let run = if scan.is_done() { run_len(names) } else { 0 };
            stream.charge(COST);
            change(stream, &mut scan, run, &mut changes[at]);
        }
        return;
    }
    for _ in 0..len {
        stream.charge(COST);
        let mut it = Value::None;
        change(stream, &mut scan, 0, &mut it);
        if stream.fault().is_some() {
            break;
        }
        changes.push(it);
    }
}

/// What the parts of a change depend on.
struct Near {
    kind: u32,
    name: u32,
    /// The first word of the name: families often share it.
    beginning: u32,
}

fn change(stream: &mut Stream<'_>, scan: &mut Scan, run: u64, change: &mut Value) {
    stream.one_of(Field::ChangeSource, [0, 0], 6, change.at_mut(Change::Source));
    let name = change.at_mut(Change::Name).text_mut();
    stream.next_name(scan, run, name);
    let word = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let beginning = hash_text(name.get(..word).unwrap_or_default());
    let name = hash_text(name);
    let kind = stream.one_of(Field::ChangeKind, [0, 0], 8, change.at_mut(Change::Kind));
    let near = [beginning, name];
    stream.one_of(Field::Subject, near, N_SUBJECTS, change.at_mut(Change::Subject));
    let family = change.at_mut(Change::Family);
    if stream.flag(Field::HasFamily, near, family.is_there()) {
        stream.text_near(Field::Family, beginning, family.text_mut());
    }
    let near = Near { kind, name, beginning };
    versions(stream, &near, change);
    verdicts(stream, kind, change);
    details(stream, &near, change);
}

fn versions(stream: &mut Stream<'_>, near: &Near, change: &mut Value) {
    let Near { kind, beginning, .. } = *near;
    let name = change.at(Change::Name).text();
    let family = change.at(Change::Family);
    let family = if family.is_there() { hash_text(family.text()) } else { beginning };
    let known = stream.known_version(name);
    let mut like = stream.memory.versions.like(name, family);
    if name.starts_with(SYSTEM) {
        like.new.clone_from(&stream.memory.versions.label);
    }
    let last = stream.memory.versions.last.clone();
    let release = stream.memory.versions.of_known(known);
    let mut before = Vec::new();
    let olds = change.at_mut(Change::Old);
    stream.list(Field::OldVersions, [kind, beginning], TEXT, olds, &mut |stream, version| {
        let first = if before.is_empty() { &release.old } else { &before };
        let models: [&[u8]; 4] = [first, known, &last.old, &like.old];
        let version = version.text_mut();
        stream.version(&Beside { kind: Kind::Old, models, keys: [family, kind] }, version);
        before.clone_from(version);
    });
    let olds = change.at(Change::Old).items().to_vec();
    let old = first(&olds);
    let same = stream.memory.versions.of_old(old);
    let near = [kind << 4 | olds.len().min(15) as u32, beginning];
    let mut at = 0;
    let news = change.at_mut(Change::New);
    stream.list(Field::NewVersions, near, TEXT, news, &mut |stream, version| {
        let old = olds.get(at).or(olds.last()).map_or(&[][..], Value::text);
        let (like_it, last): (&[u8], _) =
            if old.is_empty() { (known, &last.new) } else { (old, &release.new) };
        let models: [&[u8]; 4] = [like_it, &same, last, &like.new];
        let keys = [hash(hash_text(old), kind), family];
        stream.version(&Beside { kind: Kind::New, models, keys }, version.text_mut());
        at += 1;
    });
    let new = first(change.at(Change::New).items()).to_vec();
    stream.memory.versions.learn(family, known, Pair { old: old.to_vec(), new });
}

fn first(versions: &[Value]) -> &[u8] {
    versions.first().map_or(&[], Value::text)
}

/// What follows from the versions, mostly.
fn verdicts(stream: &mut Stream<'_>, kind: u32, change: &mut Value) {
    let (old, new) = (change.at(Change::Old).items(), change.at(Change::New).items());
    let sides = (old.len().min(3) * 4 + new.len().min(3)) as u32;
    let step = step::of(first(old), first(new));
    let near = [hash(step, kind), hash(hash(step, kind), sides)];
    for (field, place, len) in
        [(Field::Level, Change::Level, 7), (Field::NixOrder, Change::NixOrder, 3)]
    {
        let it = change.at_mut(place);
        if stream.is_there(field, near, it) {
            stream.one_of(field, near, len, it);
        }
    }
}

fn details(stream: &mut Stream<'_>, near: &Near, change: &mut Value) {
    for (field, place, versions) in [
        (Field::OldCount, Change::OldCount, Change::Old),
        (Field::NewCount, Change::NewCount, Change::New),
    ] {
        let len = change.at(versions).items().len().min(15) as u32;
        let near = [len << 4 | near.kind, stream.memory.last(Field::OldCount)];
        let count = change.at_mut(place);
        if stream.is_there(field, [0, 0], count) {
            let read = stream.number(field, near, count.number());
            *count = Value::Number(read.min(u64::from(u32::MAX)));
        }
    }
    let delta = change.at_mut(Change::SizeDelta);
    if stream.is_there(Field::SizeDelta, [0, 0], delta) {
        stream.signed_value(Field::SizeDelta, near.kind, delta);
    }
    let selected = change.at_mut(Change::Selected);
    if stream.is_there(Field::Selected, [0, 0], selected) {
        stream.switch(Field::Selected, [near.name, 0], selected);
    }
    let renamed = change.at_mut(Change::RenamedFrom);
    if stream.is_there(Field::RenamedFrom, [0, 0], renamed) {
        stream.name(Field::RenamedFrom, renamed.text_mut());
    }
}
