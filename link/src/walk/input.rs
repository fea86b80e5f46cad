//! What a link has from the second level on: flake inputs and channels, and changes.

use alloc::vec::Vec;

use super::How::{By, List};
use super::{Step, change};
use crate::field::Field;
use crate::moment;
use crate::report::{Input, Revision, Run};
use crate::stream::Stream;
use crate::value::Value;

pub(super) const CHANGES: &[Step] = &[
    Step(Run::Inputs as u8, Field::Inputs, List(248, Field::InputKind, &By(input))),
    Step(Run::Changes as u8, Field::Changes, By(change::changes)),
];

/// Stands for the revision within a reference, and for the name of the input.
const REVISION: u8 = 2;
const NAME: u8 = 3;

/// Stands before a reference that has one of these signs itself, and is as it was.
const ESCAPED: u8 = 4;

fn input(stream: &mut Stream<'_>, input: &mut Value) {
    stream.one_of(Field::InputKind, [0, 0], 3, input.at_mut(Input::Kind));
    let name = input.at_mut(Input::Name).text_mut();
    stream.text(Field::InputName, name);
    let name = name.clone();
    for (field, place) in [(Field::InputOld, Input::Old), (Field::InputNew, Input::New)] {
        let it = input.at_mut(place);
        if stream.is_there(field, [0, 0], it) {
            revision(stream, field as u32, &name, it);
        }
    }
}

fn revision(stream: &mut Stream<'_>, side: u32, name: &[u8], revision: &mut Value) {
    let rev = revision.at_mut(Revision::Rev);
    if stream.is_there(Field::Revision, [0, 0], rev) {
        stream.revision(side, rev.text_mut());
    }
    let rev = rev.text().to_vec();
    url(stream, [(REVISION, &rev), (NAME, name)], revision.at_mut(Revision::Url));
    let date = revision.at_mut(Revision::Date);
    if stream.is_there(Field::InputDate, [0, 0], date) {
        self::date(stream, side, date.text_mut());
    }
    stream.optional_text(Field::InputFollows, revision.at_mut(Revision::Follows));
}

/// A reference mostly has the revision and the name of the input in it.
fn url(stream: &mut Stream<'_>, parts: [(u8, &[u8]); 2], url: &mut Value) {
    if url.is_there() && !stream.is_reading() {
        shorten(url.text_mut(), parts);
    }
    stream.optional_text(Field::InputUrl, url);
    if url.is_there() && stream.is_reading() {
        lengthen(url.text_mut(), parts);
    }
}

fn shorten(url: &mut Vec<u8>, parts: [(u8, &[u8]); 2]) {
    if url.iter().any(|byte| (REVISION..=ESCAPED).contains(byte)) {
        url.insert(0, ESCAPED);
        return;
    }
    for (sign, part) in parts {
        replace(url, part, &[sign]);
    }
}

fn lengthen(url: &mut Vec<u8>, parts: [(u8, &[u8]); 2]) {
    if url.first() == Some(&ESCAPED) {
        *url = url.split_off(1);
        return;
    }
    for (sign, part) in parts.into_iter().rev() {
        if !part.is_empty() {
            replace(url, &[sign], part);
        }
    }
}

/// Puts another part in the place of the first one, if it is there and not empty.
fn replace(text: &mut Vec<u8>, part: &[u8], other: &[u8]) {
    if part.is_empty() {
        return;
    }
    let Some(at) = text.windows(part.len()).position(|window| window == part) else { return };
    let rest = text.split_off(at);
    text.extend_from_slice(other);
    text.extend_from_slice(rest.get(part.len()..).unwrap_or_default());
}

/// A date is mostly near the one before it, on its side.
fn date(stream: &mut Stream<'_>, side: u32, date: &mut Vec<u8>) {
    let day = if stream.is_reading() { None } else { moment::day(date) };
    if !stream.flag(Field::IsDate, [0, 0], day.is_some()) {
        return stream.text(Field::InputDate, date);
    }
    let last = stream.memory.day;
    let shift = stream.signed(Field::InputDate, side, day.unwrap_or(0).wrapping_sub(last));
    stream.memory.day = last.wrapping_add(shift);
    if stream.is_reading() {
        *date = moment::date_of(stream.memory.day);
    }
}
