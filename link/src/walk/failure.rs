//! What failed.

use super::How::{self, Count, Text};
use super::TEXT;
use crate::field::Field;
use crate::listed::Listed;
use crate::report::{Details, Failure, Run};
use crate::stream::Stream;
use crate::value::Value;

/// Memory that a failure takes.
const COST: usize = 392;

pub(super) fn failures(stream: &mut Stream<'_>, run: &mut Value) {
    let listed = Listed::of_changes(run);
    let failures = run.at_mut(Run::Failures);
    stream.list(Field::Failures, [0, 0], COST, failures, &mut |stream, it| {
        failure(stream, &listed, it);
    });
}

fn failure(stream: &mut Stream<'_>, listed: &Listed, failure: &mut Value) {
    let class = stream.one_of(Field::FailureClass, [0, 0], 20, failure.at_mut(Failure::Class));
    let root = stream.switch(Field::FailureRoot, [class, 0], failure.at_mut(Failure::Root));
    let near = [class, u32::from(root)];
    package(stream, listed, near, failure);
    let code = failure.at_mut(Failure::ExitCode);
    if stream.is_there(Field::ExitCode, near, code) {
        let read = stream.signed(Field::ExitCode, class, code.number().cast_signed());
        let read = i32::try_from(read).unwrap_or(i32::MAX);
        *code = Value::Number(i64::from(read).cast_unsigned());
    }
    stream.optional_text(Field::CausedBy, failure.at_mut(Failure::CausedBy));
    let unit = failure.at_mut(Failure::Unit);
    if stream.is_there(Field::FailureUnit, near, unit) {
        stream.name(Field::Unit, unit.text_mut());
    }
    let remedy = failure.at_mut(Failure::Remedy);
    if stream.is_there(Field::Remedy, near, remedy) {
        stream.text_near(Field::Remedy, class, remedy.text_mut());
    }
    stream.text_near(Field::Message, class, failure.at_mut(Failure::Message).text_mut());
    let excerpt: &How = &How::List(TEXT, Field::ExcerptLine, &Text);
    stream.value(Field::Excerpt, excerpt, failure.at_mut(Failure::Excerpt));
    details(stream, class, failure.at_mut(Failure::Details));
}

fn package(stream: &mut Stream<'_>, listed: &Listed, near: [u32; 2], failure: &mut Value) {
    let mut version = core::mem::take(failure.at_mut(Failure::Version));
    let name = failure.at_mut(Failure::Name);
    if stream.is_there(Field::FailureName, near, name) {
        stream.package(Field::FailureName, listed, name.text_mut(), &mut version);
    } else {
        // There may be one without a name.
        stream.optional_text(Field::FailureVersion, &mut version);
    }
    *failure.at_mut(Failure::Version) = version;
}

fn details(stream: &mut Stream<'_>, class: u32, details: &mut Value) {
    for (field, place, how) in [
        (Field::Specified, Details::Specified, &Text),
        (Field::Got, Details::Got, &Text),
        (Field::Signal, Details::Signal, &Text),
        (Field::Position, Details::Position, &Text),
        (Field::FailedDependencies, Details::Dependencies, &Count),
    ] {
        let it = details.at_mut(place);
        if stream.is_there(field, [class, 0], it) {
            stream.value(field, how, it);
        }
    }
}
