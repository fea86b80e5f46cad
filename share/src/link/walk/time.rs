//! Times: lengths, moments and how they are known.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths are below 1e12 seconds, in hundredths"
)]

use analyzer::report::{Axis, Binds, Grade, Span, Stage, StageTime, Timeline};

use crate::link::field::Field;
use crate::link::moment::Moment;
use crate::link::stream::Stream;

const GRADES: [Grade; 4] = [Grade::Stamped, Grade::Stated, Grade::Bounded, Grade::Unknown];

const STAGES: [Stage; 5] =
    [Stage::UpdateInputs, Stage::Evaluate, Stage::Fetch, Stage::Build, Stage::Activate];

/// Whose time it is: times of the same kind are like each other.
pub(super) type Owner = u32;

pub(super) fn blank_stage() -> StageTime {
    StageTime { stage: Stage::Evaluate, from_s: None, time: Span::unknown("") }
}

pub(super) fn stage(stream: &mut Stream<'_>, stage: &mut StageTime) {
    let last = stream.memory.last(Field::Stage);
    let owner = 2 + stream.one_of(Field::Stage, [last, 0], &STAGES, &mut stage.stage);
    seconds(stream, Field::StageFrom, owner, &mut stage.from_s);
    span(stream, owner, &mut stage.time);
}

pub(super) fn span(stream: &mut Stream<'_>, owner: Owner, span: &mut Span) {
    let grade = stream.one_of(Field::Grade, [owner, 0], &GRADES, &mut span.grade);
    let near = owner << 4 | grade;
    stream.text_near(Field::Because, near, &mut span.because);
    seconds(stream, Field::Total, near, &mut span.total_s);
    bound(stream, Field::Low, near, span.total_s, &mut span.low_s);
    bound(stream, Field::High, near, span.total_s, &mut span.high_s);
    moment(stream, Field::From, near, None, &mut span.from);
    let end = span.from.as_deref().and_then(Moment::parse);
    let end = end.map(|from| from.plus(span.total_s.map_or(0, |it| it.round() as i64)));
    moment(stream, Field::To, near, end, &mut span.to);
}

/// A bound is mostly the same as the best value.
fn bound(
    stream: &mut Stream<'_>,
    field: Field,
    near: u32,
    total: Option<f64>,
    bound: &mut Option<f64>,
) {
    let is_same = stream.flag(Field::BoundIsTotal, [field as u32, near], *bound == total);
    if is_same {
        *bound = total;
    } else {
        seconds(stream, field, near, bound);
    }
}

/// Codes a length as a number of hundredths, tenths or whole seconds.
pub(super) fn seconds(stream: &mut Stream<'_>, field: Field, near: u32, seconds: &mut Option<f64>) {
    stream.optional(
        field,
        seconds,
        || 0.0,
        |stream, seconds| {
            let unit = stream.choice(Field::TimeUnit, [near, field as u32], 2, unit(*seconds));
            let mut number = (*seconds * parts(unit)).round() as i64;
            stream.signed(field, near << 2 | unit, &mut number);
            *seconds = number as f64 / parts(unit);
        },
    );
}

/// The unit that a length is a whole number of: 0 for seconds, 1 for tenths, 2 for hundredths.
pub(super) fn unit(seconds: f64) -> u32 {
    let hundredths = (seconds.abs() * 100.0).round() as u64;
    match (hundredths % 100, hundredths % 10) {
        (0, _) => 0,
        (_, 0) => 1,
        _ => 2,
    }
}

/// How many of a unit a second has.
pub(super) fn parts(unit: u32) -> f64 {
    match unit {
        0 => 1.0,
        1 => 10.0,
        _ => 100.0,
    }
}

/// Codes a time of day; `like` is the moment that it is probably near.
fn moment(
    stream: &mut Stream<'_>,
    field: Field,
    near: u32,
    like: Option<Moment>,
    text: &mut Option<String>,
) {
    stream.optional(field, text, String::new, |stream, text| {
        let moment = Moment::parse(text);
        if !stream.flag(Field::IsMoment, [field as u32, 0], moment.is_some()) {
            return stream.text(field, text);
        }
        let like = like.or_else(|| stream.memory.moment.clone()).unwrap_or_default();
        let mut moment = moment.unwrap_or_default();
        let mut shift = moment.seconds.wrapping_sub(like.seconds);
        stream.signed(field, near, &mut shift);
        moment.seconds = like.seconds.wrapping_add(shift);
        stream.text(Field::MomentFraction, &mut moment.fraction);
        stream.text(Field::MomentOffset, &mut moment.offset);
        if stream.is_reading() {
            *text = moment.to_string();
        }
        stream.memory.moment = Some(moment);
    });
}

pub(super) fn timeline(stream: &mut Stream<'_>, timeline: &mut Timeline) {
    stream.one_of(Field::Axis, [0, 0], &[Axis::Time, Axis::Order], &mut timeline.axis);
    stream.optional(
        Field::Slots,
        &mut timeline.slots,
        || 0,
        |stream, slots| {
            stream.count(Field::Slots, slots);
        },
    );
    stream.switch(Field::ChainInferred, [0, 0], &mut timeline.chain_inferred);
    seconds(stream, Field::ChainSeconds, 0, &mut timeline.chain_s);
    bound(stream, Field::LowerBound, 0, timeline.chain_s, &mut timeline.lower_bound_s);
    stream.optional(
        Field::Binds,
        &mut timeline.binds,
        || Binds::Chain,
        |stream, binds| {
            stream.one_of(Field::Binds, [0, 0], &[Binds::Chain, Binds::Slots], binds);
        },
    );
}
