//! Flake inputs and channels.

use analyzer::report::{Input, InputKind, InputRevision, Lines};

use crate::link::field::Field;
use crate::link::moment;
use crate::link::stream::Stream;

const KINDS: [InputKind; 3] = [InputKind::Updated, InputKind::Added, InputKind::Removed];

/// Stands for the revision within a reference.
const REVISION: &str = "\u{2}";

pub(super) fn blank() -> Input {
    let (name, kind) = (String::new(), InputKind::Updated);
    Input { name, kind, old: None, new: None, lines: Lines::default() }
}

pub(super) fn input(stream: &mut Stream<'_>, input: &mut Input) {
    stream.one_of(Field::InputKind, [0, 0], &KINDS, &mut input.kind);
    stream.text(Field::InputName, &mut input.name);
    for (field, revision) in [(Field::InputOld, &mut input.old), (Field::InputNew, &mut input.new)]
    {
        stream.optional(field, revision, InputRevision::default, |stream, it| {
            self::revision(stream, field, it);
        });
    }
}

fn revision(stream: &mut Stream<'_>, side: Field, revision: &mut InputRevision) {
    let side = side as u32;
    stream.optional(Field::Revision, &mut revision.rev, String::new, |stream, rev| {
        stream.revision(side, rev);
    });
    url(stream, revision);
    stream.optional(Field::InputDate, &mut revision.date, String::new, |stream, date| {
        self::date(stream, side, date);
    });
    stream.optional_text(Field::InputFollows, &mut revision.follows);
}

/// A reference mostly has the revision in it.
fn url(stream: &mut Stream<'_>, revision: &mut InputRevision) {
    let rev = revision.rev.clone().filter(|rev| !rev.is_empty());
    let replace = |url: &str| match &rev {
        // What begins with the sign itself stays, and cannot be taken for it.
        Some(rev) if !url.contains(REVISION) => url.replacen(rev.as_str(), REVISION, 1),
        _ => url.to_owned(),
    };
    let mut short = revision.url.as_deref().map(replace);
    stream.optional_text(Field::InputUrl, &mut short);
    if stream.is_reading() {
        let restore = |url: String| match &rev {
            Some(rev) => url.replacen(REVISION, rev, 1),
            None => url,
        };
        revision.url = short.map(restore);
    }
}

/// A date is mostly near the one before it, on its side.
fn date(stream: &mut Stream<'_>, side: u32, date: &mut String) {
    let day = moment::day(date);
    if !stream.flag(Field::IsDate, [0, 0], day.is_some()) {
        return stream.text(Field::InputDate, date);
    }
    let last = stream.memory.day;
    let mut shift = day.unwrap_or(0).wrapping_sub(last);
    stream.signed(Field::InputDate, side, &mut shift);
    stream.memory.day = last.wrapping_add(shift);
    if stream.is_reading() {
        *date = moment::date_of(stream.memory.day);
    }
}
