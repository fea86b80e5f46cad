//! A report in the order of a link: what matters most comes first, so that it is left of a link
//! that was cut.

mod change;
mod failure;
mod input;
mod rest;
mod time;
mod verdict;

use crate::field::Field;
use crate::level::Level;
use crate::report::Report;
use crate::stream::Stream;
use crate::value::Value;

/// Memory that a text takes by itself, in bytes.
const TEXT: usize = 24;

/// How a value is coded.
enum How {
    /// A number of 32 bits.
    Count,
    /// A number of 64 bits.
    Size,
    Flag,
    /// One of so many values.
    OneOf(u32),
    Text,
    OptionalText,
    /// A name by itself.
    Name,
    /// A length of time in seconds, which may be missing.
    Seconds,
    /// Whether it is there, and what it is.
    Optional(&'static How),
    /// How many there are, and each: the memory that one takes in bytes, its field, and how it is
    /// coded.
    List(usize, Field, &'static How),
    Record(&'static [Step]),
    By(fn(&mut Stream<'_>, &mut Value)),
}

/// A field of a record: its place in the record, the field of the link (of no matter for records
/// and code, whose parts have fields of their own), and how it is coded.
struct Step(u8, Field, How);

/// Codes a report that has what its level has.
pub(crate) fn report(stream: &mut Stream<'_>, level: Level, report: &mut Value) {
    stream.record(verdict::REPORT, report);
    let runs = report.at_mut(Report::Runs).items_mut();
    if level >= Level::Changes {
        for run in &mut *runs {
            stream.record(input::CHANGES, run);
        }
    }
    if level >= Level::Full {
        for run in runs {
            rest::rest(stream, run);
        }
    }
    rest::extensions(stream);
}

impl Stream<'_> {
    /// Codes some fields of a record.
    fn record(&mut self, steps: &[Step], record: &mut Value) {
        for Step(place, field, how) in steps {
            self.value(*field, how, record.at_mut(*place));
        }
    }

    fn value(&mut self, field: Field, how: &How, value: &mut Value) {
        match how {
            How::Count => self.count(field, value),
            How::Size => self.size(field, value),
            How::Flag => {
                self.switch(field, [0, 0], value);
            }
            How::OneOf(len) => {
                self.one_of(field, [0, 0], *len, value);
            }
            How::Text => self.text(field, value.text_mut()),
            How::OptionalText => self.optional_text(field, value),
            How::Name => self.name(field, value.text_mut()),
            How::Seconds => time::seconds(self, field, 0, value),
            How::Optional(how) => {
                if self.is_there(field, [0, 0], value) {
                    self.value(field, how, value);
                }
            }
            How::List(cost, each, how) => {
                self.list(field, [0, 0], *cost, value, &mut |stream, it| {
                    stream.value(*each, how, it);
                });
            }
            How::Record(steps) => self.record(steps, value),
            How::By(code) => code(self, value),
        }
    }
}
