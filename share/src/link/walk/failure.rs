//! What failed.

use analyzer::report::{Failure, FailureClass, FailureDetails, Lines, Run};

use crate::link::field::Field;
use crate::link::listed::Listed;
use crate::link::stream::Stream;

const CLASSES: [FailureClass; 20] = [
    FailureClass::BuilderExit,
    FailureClass::HashMismatch,
    FailureClass::Killed,
    FailureClass::OutOfMemory,
    FailureClass::DiskFull,
    FailureClass::Timeout,
    FailureClass::Collision,
    FailureClass::Unfree,
    FailureClass::Insecure,
    FailureClass::Broken,
    FailureClass::Assertion,
    FailureClass::Evaluation,
    FailureClass::InfiniteRecursion,
    FailureClass::MissingAttribute,
    FailureClass::Network,
    FailureClass::Lock,
    FailureClass::Activation,
    FailureClass::UnitFailed,
    FailureClass::Dependency,
    FailureClass::Other,
];

fn blank() -> Failure {
    Failure {
        root: true,
        class: FailureClass::Other,
        drv: None,
        name: None,
        version: None,
        exit_code: None,
        caused_by: None,
        unit: None,
        remedy: None,
        message: String::new(),
        excerpt: Vec::new(),
        excerpt_lines: Vec::new(),
        error_line: None,
        output: Lines::default(),
        details: FailureDetails::default(),
        lines: Lines::default(),
    }
}

pub(super) fn failures(stream: &mut Stream<'_>, run: &mut Run) {
    let listed = Listed::of_changes(run);
    stream.list(Field::Failures, &mut run.failures, &blank(), |stream, it| {
        failure(stream, &listed, it);
    });
}

fn failure(stream: &mut Stream<'_>, listed: &Listed, failure: &mut Failure) {
    let class = stream.one_of(Field::FailureClass, [0, 0], &CLASSES, &mut failure.class);
    stream.switch(Field::FailureRoot, [class, 0], &mut failure.root);
    let near = [class, u32::from(failure.root)];
    let version = &mut failure.version;
    stream.optional_near(Field::FailureName, near, &mut failure.name, String::new, |stream, it| {
        stream.package(Field::FailureName, listed, it, version);
    });
    // There may be one without a name.
    if failure.name.is_none() {
        stream.optional_text(Field::FailureVersion, &mut failure.version);
    }
    stream.optional_near(
        Field::ExitCode,
        near,
        &mut failure.exit_code,
        || 0,
        |stream, code| {
            let mut read = i64::from(*code);
            stream.signed(Field::ExitCode, class, &mut read);
            *code = i32::try_from(read).unwrap_or(i32::MAX);
        },
    );
    stream.optional_text(Field::CausedBy, &mut failure.caused_by);
    stream.optional_near(Field::FailureUnit, near, &mut failure.unit, String::new, |stream, it| {
        stream.name(Field::Unit, it);
    });
    stream.optional_near(Field::Remedy, near, &mut failure.remedy, String::new, |stream, it| {
        stream.text_near(Field::Remedy, class, it);
    });
    stream.text_near(Field::Message, class, &mut failure.message);
    stream.list(Field::Excerpt, &mut failure.excerpt, &String::new(), |stream, line| {
        stream.text(Field::ExcerptLine, line);
    });
    details(stream, class, &mut failure.details);
}

fn details(stream: &mut Stream<'_>, class: u32, details: &mut FailureDetails) {
    for (field, text) in [
        (Field::Specified, &mut details.specified),
        (Field::Got, &mut details.got),
        (Field::Signal, &mut details.signal),
        (Field::Position, &mut details.position),
    ] {
        stream.optional_near(field, [class, 0], text, String::new, |stream, text| {
            stream.text(field, text);
        });
    }
    stream.optional_near(
        Field::FailedDependencies,
        [class, 0],
        &mut details.dependencies,
        || 0,
        |stream, it| stream.count(Field::FailedDependencies, it),
    );
}
