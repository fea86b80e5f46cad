//! Flake inputs and channels.

use analyzer::report::{Input, InputKind, InputRevision, Lines};

use crate::link::field::Field;
use crate::link::moment;
use crate::link::stream::Stream;

const KINDS: [InputKind; 3] = [InputKind::Updated, InputKind::Added, InputKind::Removed];

/// Stands for the revision within a reference, and for the name of the input.
const REVISION: char = '\u{2}';
const NAME: char = '\u{3}';

/// Stands before a reference that has one of these signs itself, and is as it was.
const ESCAPED: char = '\u{4}';

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
            self::revision(stream, field, &input.name, it);
        });
    }
}

fn revision(stream: &mut Stream<'_>, side: Field, name: &str, revision: &mut InputRevision) {
    let side = side as u32;
    stream.optional(Field::Revision, &mut revision.rev, String::new, |stream, rev| {
        stream.revision(side, rev);
    });
    url(stream, name, revision);
    stream.optional(Field::InputDate, &mut revision.date, String::new, |stream, date| {
        self::date(stream, side, date);
    });
    stream.optional_text(Field::InputFollows, &mut revision.follows);
}

/// A reference mostly has the revision and the name of the input in it.
fn url(stream: &mut Stream<'_>, name: &str, revision: &mut InputRevision) {
    let rev = revision.rev.as_deref().unwrap_or_default();
    let parts = [(REVISION, rev), (NAME, name)].map(|(sign, part)| (sign.to_string(), part));
    let parts = parts.iter().filter(|(_, part)| !part.is_empty());
    let mut short = revision.url.clone();
    if let Some(url) = &mut short {
        let is_plain = !url.contains([REVISION, NAME, ESCAPED]);
        for (sign, part) in parts.clone().filter(|_| is_plain) {
            *url = url.replacen(part, sign, 1);
        }
        if !is_plain {
            url.insert(0, ESCAPED);
        }
    }
    stream.optional_text(Field::InputUrl, &mut short);
    if stream.is_reading() {
        if let Some(url) = &mut short
            && let Some(plain) = url.strip_prefix(ESCAPED)
        {
            *url = plain.to_owned();
        } else if let Some(url) = &mut short {
            for (sign, part) in parts.rev() {
                *url = url.replacen(sign.as_str(), part, 1);
            }
        }
        revision.url = short;
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
