//! What the switch did, and what was warned of.

use analyzer::report::{Lines, Run, Warning, WarningClass};

use crate::link::field::Field;
use crate::link::stream::Stream;

const CLASSES: [WarningClass; 9] = [
    WarningClass::RenamedOption,
    WarningClass::Deprecated,
    WarningClass::DirtyTree,
    WarningClass::Download,
    WarningClass::Substituter,
    WarningClass::Setting,
    WarningClass::Collision,
    WarningClass::Configuration,
    WarningClass::Other,
];

pub(super) fn units(stream: &mut Stream<'_>, run: &mut Run) {
    let Some(activation) = &mut run.activation else { return };
    let units = &mut activation.units;
    for (field, list) in [
        (Field::UnitsFailed, &mut units.failed),
        (Field::UnitsStopped, &mut units.stopped),
        (Field::UnitsStarted, &mut units.started),
        (Field::UnitsRestarted, &mut units.restarted),
        (Field::UnitsReloaded, &mut units.reloaded),
        (Field::UnitsNotRestarted, &mut units.not_restarted),
        (Field::UnitsNew, &mut units.new),
    ] {
        stream.list(field, list, &String::new(), |stream, unit| stream.name(Field::Unit, unit));
    }
}

pub(super) fn warnings(stream: &mut Stream<'_>, warnings: &mut Vec<Warning>) {
    let (message, class) = (String::new(), WarningClass::Other);
    let blank = Warning { message, count: 1, class, lines: Lines::default() };
    stream.list(Field::Warnings, warnings, &blank, |stream, warning| {
        let class = stream.one_of(Field::WarningClass, [0, 0], &CLASSES, &mut warning.class);
        stream.text_near(Field::WarningMessage, class, &mut warning.message);
        stream.count(Field::WarningCount, &mut warning.count);
    });
}
