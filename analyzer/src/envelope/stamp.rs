//! Reads times in front of a line, in the forms that programs write them.

mod number;
mod worded;
mod zone;

use crate::timestamp::{DAY_MS, days_from_civil};

use number::{fraction, number};
use zone::{offset, zone};

/// A time as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp<'a> {
    /// A date and a time of day.
    Full {
        /// Milliseconds since the epoch by the clock that wrote it.
        local_ms: i64,
        /// Minutes east of Greenwich, if written.
        offset_min: Option<i16>,
    },
    /// A date with the name of its month.
    Worded {
        /// The year, if written.
        year: Option<i64>,
        /// Name of the month, in whatever language.
        month: &'a str,
        /// Day of the month.
        day: i64,
        /// Milliseconds since midnight.
        of_day_ms: i64,
        /// Minutes east of Greenwich, if written.
        offset_min: Option<i16>,
    },
    /// A time of day, or a time since the start or since the line before in the same form.
    OfDay(i64),
    /// Milliseconds since the machine started.
    SinceBoot(i64),
}

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `2025-03-13T04:40:12.123+01:00`; a blank may stand for the `T`, and slashes in the date.
    Iso,
    /// `Mar 13 04:40:12`
    MonthDay,
    /// `Thu 2025-03-13 04:40:12 CET`
    Weekday,
    /// `Thu Mar 13 04:40:12 CET 2025`, `Thu, 13 Mar 2025 04:40:12 GMT`, `Mar 13 2025 04:40:12`
    Dated,
    /// `13/03/2025 04:40:12`, `03/13/25 04:40:12`, `13.03.2025 04:40:12`
    Numeric,
    /// `04:40:12`, `04:40:12 AM`
    OfDay,
    /// `0.000123`
    Seconds,
    /// `1741840812.123456`, `1741840812123`
    Unix,
    /// `[  123.456789]`, `[  123.456789 <    0.000123 >]`
    SinceBoot,
}

/// Reads a time at the start of `text`; gives it and what follows.
pub(super) fn parse(form: Form, text: &str) -> Option<(Stamp<'_>, &str)> {
    match form {
        Form::SinceBoot => since_boot(text),
        // [2025-03-13 04:40:12] as `ts '[%F %T]'` writes it.
        _ if text.starts_with('[') => {
            let (stamp, rest) = unbracketed(form, &text[1..])?;
            Some((stamp, rest.strip_prefix(']')?))
        }
        _ => unbracketed(form, text),
    }
}

fn unbracketed(form: Form, text: &str) -> Option<(Stamp<'_>, &str)> {
    match form {
        Form::Iso => iso(text),
        Form::MonthDay => worded::month_day(text),
        Form::Weekday => weekday(text),
        Form::Dated => worded::dated(text),
        Form::Numeric => numeric(text),
        Form::OfDay => of_day_of_twelve(text).map(|(ms, rest)| (Stamp::OfDay(ms), rest)),
        Form::Seconds => seconds(text),
        Form::Unix => unix(text),
        Form::SinceBoot => None,
    }
}

// 2025-03-13T04:40:12.1234567Z
// 2025-03-13 04:40:12 +0100
fn iso(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (day_ms, rest) = date(text)?;
    let (of_day_ms, rest) = of_day(rest.strip_prefix(['T', ' '])?)?;
    let (offset_min, rest) = match offset(rest.strip_prefix(' ').unwrap_or(rest)) {
        Some((offset_min, rest)) => (Some(offset_min), rest),
        None => (None, rest),
    };
    Some((Stamp::Full { local_ms: day_ms + of_day_ms, offset_min }, rest))
}

// Thu 2025-03-13 04:40:12 CET
fn weekday(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (name, rest) = text.split_once(' ')?;
    let (day_ms, rest) = date(rest).filter(|_| worded::is_name(name))?;
    let (of_day_ms, rest) = of_day(rest.strip_prefix(' ')?)?;
    let (offset_min, rest) = zone(rest.strip_prefix(' ')?)?;
    Some((Stamp::Full { local_ms: day_ms + of_day_ms, offset_min }, rest))
}

// 13/03/2025 04:40:12
// Which number is the month is not certain, so that only the midnights that pass are counted.
fn numeric(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (first, rest) = number(text, 2, 2)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '.'))?;
    let (second, rest) = number(&rest[1..], 2, 2)?;
    let rest = rest.strip_prefix(separator)?;
    let (_, rest) = number(rest, 4, 4).or_else(|| number(rest, 2, 2))?;
    let (ms, rest) = of_day_of_twelve(rest.strip_prefix(' ')?)?;
    let is_date = (1..=31).contains(&first) && (1..=31).contains(&second);
    is_date.then_some((Stamp::OfDay(ms), rest))
}

// 0.000123
fn seconds(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (seconds, rest) = number(text, 1, 7)?;
    let (_, after) = number(rest.strip_prefix('.')?, 6, 6)?;
    Some((Stamp::OfDay(seconds * 1000 + fraction(rest).0), after))
}

// 1741840812.123456
fn unix(text: &str) -> Option<(Stamp<'_>, &str)> {
    if let Some((local_ms, rest)) = number(text, 13, 13) {
        return Some((Stamp::Full { local_ms, offset_min: Some(0) }, rest));
    }
    let (seconds, rest) = number(text, 10, 10)?;
    let (fraction_ms, rest) = fraction(rest);
    let stamp = Stamp::Full { local_ms: seconds * 1000 + fraction_ms, offset_min: Some(0) };
    Some((stamp, rest))
}

// [  123.456789]
// [  123.456789 <    0.000123 >]
fn since_boot(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (seconds, rest) = number(text.strip_prefix('[')?.trim_start_matches(' '), 1, 10)?;
    let (fraction_ms, rest) = fraction(rest.starts_with('.').then_some(rest)?);
    let (delta, rest) = rest.split_once(']')?;
    // The address of a host in brackets is no time.
    let is_delta = (delta.is_empty() || delta.starts_with(' '))
        && delta.bytes().all(|byte| b" <>.0123456789".contains(&byte));
    is_delta.then_some((Stamp::SinceBoot(seconds * 1000 + fraction_ms), rest))
}

/// `2025-03-13`, `2025/03/13` as milliseconds since the epoch.
fn date(text: &str) -> Option<(i64, &str)> {
    let (year, rest) = number(text, 4, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/'))?;
    let (month, rest) = number(&rest[1..], 2, 2)?;
    let (day, rest) = number(rest.strip_prefix(separator)?, 2, 2)?;
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then_some((days_from_civil(year, month, day) * DAY_MS, rest))
}

/// `04:40:12.123` as milliseconds since midnight.
fn of_day(text: &str) -> Option<(i64, &str)> {
    let (hour, rest) = number(text, 2, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2, 2)?;
    let (second, rest) = number(rest.strip_prefix(':')?, 2, 2)?;
    let (fraction_ms, rest) = fraction(rest);
    // A minute may have a leap second.
    let is_time = hour < 24 && minute < 60 && second <= 60;
    is_time.then_some((((hour * 60 + minute) * 60 + second) * 1000 + fraction_ms, rest))
}

/// `04:40:12`, `04:40:12 PM` as milliseconds since midnight.
fn of_day_of_twelve(text: &str) -> Option<(i64, &str)> {
    const NOON_MS: i64 = DAY_MS / 2;
    let (ms, rest) = of_day(text)?;
    for (half, start_ms) in [(" AM", 0), (" PM", NOON_MS)] {
        let after =
            rest.strip_prefix(half).filter(|it| it.is_empty() || it.starts_with([' ', ']']));
        if let Some(after) = after {
            return Some((ms % NOON_MS + start_ms, after));
        }
    }
    Some((ms, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(local_ms: i64, offset_min: Option<i16>) -> Stamp<'static> {
        Stamp::Full { local_ms, offset_min }
    }

    const MS: i64 = 1_741_840_812_000;

    #[test]
    fn iso_stamps_are_read() {
        for (text, expected) in [
            ("2025-03-13T04:40:12 x", (full(MS, None), " x")),
            ("2025-03-13 04:40:12 x", (full(MS, None), " x")),
            ("2025-03-13T04:40:12.1234567Z x", (full(MS + 123, Some(0)), " x")),
            ("2025-03-13T04:40:12,5 x", (full(MS + 500, None), " x")),
            ("2025-03-13T04:40:12+0100 x", (full(MS, Some(60)), " x")),
            ("2025-03-13 04:40:12 -09:30", (full(MS, Some(-570)), "")),
            ("[2025-03-13 04:40:12] x", (full(MS, None), " x")),
        ] {
            assert_eq!(parse(Form::Iso, text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_stamp_is_refused() {
        for text in [
            "2025-13-13T04:40:12",
            "2025-03-13T24:40:12",
            "2025-03-13",
            "[2025-03-13 04:40:12 x",
            "20250-03-13",
        ] {
            assert_eq!(parse(Form::Iso, text), None, "{text}");
        }
        assert_eq!(parse(Form::MonthDay, "building 13 04:40:1"), None);
        assert_eq!(parse(Form::MonthDay, "[1/2 built] x"), None);
        assert_eq!(parse(Form::Unix, "17418408120 x"), None);
    }

    #[test]
    fn journal_stamps_are_read() {
        let of_day_ms = 16_812_000;
        for month in ["Mar", "mär", "juil.", "3月"] {
            let text = format!("{month}  3 04:40:12 host");
            let stamp = Stamp::Worded { year: None, month, day: 3, of_day_ms, offset_min: None };
            assert_eq!(parse(Form::MonthDay, &text), Some((stamp, " host")));
        }
        let text = "Thu 2025-03-13 04:40:12 CET host";
        assert_eq!(parse(Form::Weekday, text), Some((full(MS, Some(60)), " host")));
        let text = "Thu 2025-03-13 04:40:12 XYZT host";
        assert_eq!(parse(Form::Weekday, text), Some((full(MS, None), " host")));
        let text = "Thu 2025-03-13 04:40:12.5 UTC host";
        assert_eq!(parse(Form::Weekday, text), Some((full(MS + 500, Some(0)), " host")));
    }

    #[test]
    fn dates_in_words_are_read() {
        let stamp = |offset_min| Stamp::Worded {
            year: Some(2025),
            month: "Mar",
            day: 13,
            of_day_ms: 16_812_000,
            offset_min,
        };
        for (text, offset_min) in [
            ("Thu Mar 13 04:40:12 2025 x", None),
            ("Thu Mar 13 04:40:12 CET 2025 x", Some(60)),
            ("Thu Mar 13 04:40:12 AM CET 2025 x", Some(60)),
            ("Do 13. Mar 04:40:12 CET 2025 x", Some(60)),
            ("Thu, 13 Mar 2025 04:40:12 +0000 x", Some(0)),
            ("Thu, 13 Mar 2025 04:40:12 GMT x", Some(0)),
            ("Mar 13 2025 04:40:12 x", None),
            ("13 Mar 2025 04:40:12 x", None),
        ] {
            assert_eq!(parse(Form::Dated, text), Some((stamp(offset_min), " x")), "{text}");
        }
        assert_eq!(parse(Form::Dated, "Mar 13 04:40:12 x"), None);
        assert_eq!(parse(Form::Dated, "Mar 13 04:40:12 MAKE it"), None);
    }

    #[test]
    fn bare_counts_are_read() {
        assert_eq!(parse(Form::OfDay, "00:00:12 x"), Some((Stamp::OfDay(12_000), " x")));
        assert_eq!(parse(Form::OfDay, "[04:40:12.25] x"), Some((Stamp::OfDay(16_812_250), " x")));
        assert_eq!(parse(Form::Unix, "1741840812.5 x"), Some((full(MS + 500, Some(0)), " x")));
        let noon = Stamp::OfDay(43_260_000);
        assert_eq!(parse(Form::OfDay, "12:01:00 PM x"), Some((noon, " x")));
        assert_eq!(parse(Form::OfDay, "12:01:00 AM x"), Some((Stamp::OfDay(60_000), " x")));
        assert_eq!(parse(Form::Numeric, "13/03/2025 12:01:00 x"), Some((noon, " x")));
        assert_eq!(parse(Form::Numeric, "03/13/25 12:01:00 x"), Some((noon, " x")));
        assert_eq!(parse(Form::Seconds, "12.000345 x"), Some((Stamp::OfDay(12_000), " x")));
        assert_eq!(parse(Form::Seconds, "12.5 x"), None);
        assert_eq!(parse(Form::Unix, "1741840812500 x"), Some((full(MS + 500, Some(0)), " x")));
        let boot = Stamp::SinceBoot(123_456);
        assert_eq!(parse(Form::SinceBoot, "[  123.456789 <    0.1 >] h"), Some((boot, " h")));
        assert_eq!(parse(Form::SinceBoot, "[  123.456789] h"), Some((boot, " h")));
        assert_eq!(parse(Form::SinceBoot, "[ 50%] h"), None);
        assert_eq!(parse(Form::SinceBoot, "[192.0.2.1] h"), None);
    }
}
