//! Times: lengths, moments and how they are known.

use super::How::{self, Count, Flag, OneOf, Optional, Seconds};
use super::Step;
use crate::digits::round;
use crate::field::Field;
use crate::moment::Moment;
use crate::report::{Span, Stage, Timeline};
use crate::stream::Stream;
use crate::value::Value;

const TIMELINE: &[Step] = &[
    Step(Timeline::Axis as u8, Field::Axis, OneOf(2)),
    Step(Timeline::Slots as u8, Field::Slots, Optional(&Count)),
    Step(Timeline::ChainInferred as u8, Field::ChainInferred, Flag),
    Step(Timeline::ChainSeconds as u8, Field::ChainSeconds, Seconds),
];

/// Whose time it is: times of the same kind are like each other.
pub(super) type Owner = u32;

const RUN: Owner = 1;

/// The first of the stages'.
const STAGE: Owner = 2;

/// Parts of a second that lengths are a number of, by unit.
const PARTS: [f64; 4] = [1.0, 10.0, 100.0, 100.0];

pub(super) fn of_run(stream: &mut Stream<'_>, time: &mut Value) {
    span(stream, RUN, time);
}

pub(super) fn stage(stream: &mut Stream<'_>, stage: &mut Value) {
    let last = stream.memory.last(Field::Stage);
    let owner = STAGE + stream.one_of(Field::Stage, [last, 0], 5, stage.at_mut(Stage::Which));
    seconds(stream, Field::StageFrom, owner, stage.at_mut(Stage::From));
    span(stream, owner, stage.at_mut(Stage::Time));
}

pub(super) fn timeline(stream: &mut Stream<'_>, timeline: &mut Value) {
    stream.record(TIMELINE, timeline);
    let total = timeline.at(Timeline::ChainSeconds).clone();
    bound(stream, Field::LowerBound, 0, &total, timeline.at_mut(Timeline::LowerBound));
    let binds: &How = &Optional(&OneOf(2));
    stream.value(Field::Binds, binds, timeline.at_mut(Timeline::Binds));
}

pub(super) fn span(stream: &mut Stream<'_>, owner: Owner, span: &mut Value) {
    let grade = stream.one_of(Field::Grade, [owner, 0], 4, span.at_mut(Span::Grade));
    let near = owner << 4 | grade;
    stream.text_near(Field::Because, near, span.at_mut(Span::Because).text_mut());
    seconds(stream, Field::Total, near, span.at_mut(Span::Total));
    let total = span.at(Span::Total).clone();
    bound(stream, Field::Low, near, &total, span.at_mut(Span::Low));
    bound(stream, Field::High, near, &total, span.at_mut(Span::High));
    let from = moment(stream, Field::From, near, None, span.at_mut(Span::From));
    let end = from.map(|from| from.saturating_add(total.seconds().map_or(0, round)));
    moment(stream, Field::To, near, end, span.at_mut(Span::To));
}

/// A bound is mostly the same as the best value.
fn bound(stream: &mut Stream<'_>, field: Field, near: u32, total: &Value, bound: &mut Value) {
    let is_same = bound.seconds() == total.seconds();
    if stream.flag(Field::BoundIsTotal, [field as u32, near], is_same) {
        *bound = total.clone();
    } else {
        seconds(stream, field, near, bound);
    }
}

/// Codes a length as a number of hundredths, tenths or whole seconds.
pub(super) fn seconds(stream: &mut Stream<'_>, field: Field, near: u32, seconds: &mut Value) {
    if !stream.is_there(field, [0, 0], seconds) {
        return;
    }
    let given = seconds.seconds().unwrap_or(0.0);
    let unit = stream.choice(Field::TimeUnit, [near, field as u32], 2, unit(given));
    let number = round(given * parts(unit));
    let number = stream.signed(field, near << 2 | unit, number);
    *seconds = Value::Number((number as f64 / parts(unit)).to_bits());
}

/// The unit that a length is a whole number of: 0 for seconds, 1 for tenths, 2 for hundredths.
pub(super) fn unit(seconds: f64) -> u32 {
    let hundredths = round(seconds * 100.0).unsigned_abs();
    match (hundredths % 100, hundredths % 10) {
        (0, _) => 0,
        (_, 0) => 1,
        _ => 2,
    }
}

/// How many of a unit a second has.
pub(super) fn parts(unit: u32) -> f64 {
    PARTS.get(unit as usize).copied().unwrap_or(1.0)
}

/// Codes a time of day, and gives its seconds since 1970 if it is one; `like` are those that it is
/// probably near.
fn moment(
    stream: &mut Stream<'_>,
    field: Field,
    near: u32,
    like: Option<i64>,
    value: &mut Value,
) -> Option<i64> {
    if !stream.is_there(field, [0, 0], value) {
        return None;
    }
    let text = value.text_mut();
    let moment = if stream.is_reading() { None } else { Moment::parse(text) };
    if !stream.flag(Field::IsMoment, [field as u32, 0], moment.is_some()) {
        stream.text(field, text);
        return None;
    }
    let like = like.unwrap_or(stream.memory.moment);
    let mut moment = moment.unwrap_or_default();
    let shift = stream.signed(field, near, moment.seconds.wrapping_sub(like));
    moment.seconds = like.wrapping_add(shift);
    stream.text(Field::MomentFraction, &mut moment.fraction);
    stream.text(Field::MomentOffset, &mut moment.offset);
    if stream.is_reading() {
        *text = moment.text();
    }
    stream.memory.moment = moment.seconds;
    Some(moment.seconds)
}
