//! Reads times in front of a line, in the forms that programs write them.

use crate::timestamp::{DAY_MS, days_from_civil};

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
    /// A date without a year.
    Yearless {
        /// Name of the month, in whatever language.
        month: &'a str,
        /// Day of the month.
        day: i64,
        /// Milliseconds since midnight.
        of_day_ms: i64,
    },
    /// A time of day, or a time since the start in the same form.
    OfDay(i64),
    /// Milliseconds since the machine started.
    SinceBoot(i64),
}

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `2025-03-13T04:40:12.123+01:00`, with a blank for the `T` as well.
    Iso,
    /// `Mar 13 04:40:12`
    MonthDay,
    /// `Thu 2025-03-13 04:40:12 CET`
    Weekday,
    /// `04:40:12`
    OfDay,
    /// `1741840812.123456`
    Unix,
    /// `[  123.456789]`
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
        Form::MonthDay => month_day(text),
        Form::Weekday => weekday(text),
        Form::OfDay => of_day(text).map(|(ms, rest)| (Stamp::OfDay(ms), rest)),
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
    let is_name = name.len() <= 12 && name.chars().all(|c| c.is_alphabetic() || c == '.');
    let (day_ms, rest) = date(rest).filter(|_| is_name && !name.is_empty())?;
    let (of_day_ms, rest) = of_day(rest.strip_prefix(' ')?)?;
    let rest = rest.strip_prefix(' ')?;
    let (zone, _) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_zone =
        !zone.is_empty() && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-".contains(&b));
    let offset_min = matches!(zone, "UTC" | "GMT").then_some(0);
    let stamp = Stamp::Full { local_ms: day_ms + of_day_ms, offset_min };
    is_zone.then_some((stamp, &rest[zone.len()..]))
}

// Mar 13 04:40:12.123456
fn month_day(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (month, rest) = text.split_once(' ').filter(|(month, _)| is_month(month))?;
    let (day, rest) = number(rest.trim_start_matches(' '), 1, 2)?;
    let (of_day_ms, rest) = of_day(rest.strip_prefix(' ')?)?;
    (1..=31).contains(&day).then_some((Stamp::Yearless { month, day, of_day_ms }, rest))
}

/// `Mar`, `mars`, `juil.`, `3月`
fn is_month(word: &str) -> bool {
    let is_letters = word.chars().all(|c| c.is_alphabetic() || c == '.');
    (2..=12).contains(&word.len()) && (is_letters || word.ends_with('月'))
}

// 1741840812.123456
fn unix(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (seconds, rest) = number(text, 10, 10)?;
    let (fraction_ms, rest) = fraction(rest);
    let stamp = Stamp::Full { local_ms: seconds * 1000 + fraction_ms, offset_min: Some(0) };
    Some((stamp, rest))
}

// [  123.456789]
fn since_boot(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (seconds, rest) = number(text.strip_prefix('[')?.trim_start_matches(' '), 1, 10)?;
    let (fraction_ms, rest) = fraction(rest.starts_with('.').then_some(rest)?);
    Some((Stamp::SinceBoot(seconds * 1000 + fraction_ms), rest.strip_prefix(']')?))
}

/// `2025-03-13` as milliseconds since the epoch.
fn date(text: &str) -> Option<(i64, &str)> {
    let (year, rest) = number(text, 4, 4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 2, 2)?;
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

/// `.123456` as milliseconds; nothing is none.
fn fraction(text: &str) -> (i64, &str) {
    let Some(digits) = text.strip_prefix(['.', ',']) else { return (0, text) };
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    if len == 0 {
        return (0, text);
    }
    let millis = digits.bytes().take(len).chain([b'0'; 3]).take(3);
    let millis = millis.fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    (millis, &digits[len..])
}

/// `Z`, `+0100`, `+01:00` in minutes.
fn offset(text: &str) -> Option<(i16, &str)> {
    if let Some(rest) = text.strip_prefix('Z') {
        return Some((0, rest));
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = text[1..].split_at_checked(2)?;
    let (minutes, rest) = rest.strip_prefix(':').unwrap_or(rest).split_at_checked(2)?;
    let ((hours, ""), (minutes, "")) = (number(hours, 2, 2)?, number(minutes, 2, 2)?) else {
        return None;
    };
    let offset_min = i16::try_from(sign * (hours * 60 + minutes)).ok()?;
    (hours < 24 && minutes < 60).then_some((offset_min, rest))
}

/// A number of `min` to `max` digits, and what follows; no further digit follows.
fn number(text: &str, min: usize, max: usize) -> Option<(i64, &str)> {
    let len = text.bytes().take(max + 1).take_while(u8::is_ascii_digit).count();
    if len < min || len > max {
        return None;
    }
    Some((text[..len].parse().ok()?, &text[len..]))
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
            let stamp = Stamp::Yearless { month, day: 3, of_day_ms };
            assert_eq!(parse(Form::MonthDay, &text), Some((stamp, " host")));
        }
        let text = "Thu 2025-03-13 04:40:12 CET host";
        assert_eq!(parse(Form::Weekday, text), Some((full(MS, None), " host")));
        let text = "Thu 2025-03-13 04:40:12.5 UTC host";
        assert_eq!(parse(Form::Weekday, text), Some((full(MS + 500, Some(0)), " host")));
    }

    #[test]
    fn bare_counts_are_read() {
        assert_eq!(parse(Form::OfDay, "00:00:12 x"), Some((Stamp::OfDay(12_000), " x")));
        assert_eq!(parse(Form::OfDay, "[04:40:12.25] x"), Some((Stamp::OfDay(16_812_250), " x")));
        assert_eq!(parse(Form::Unix, "1741840812.5 x"), Some((full(MS + 500, Some(0)), " x")));
        let boot = Stamp::SinceBoot(123_456);
        assert_eq!(parse(Form::SinceBoot, "[  123.456789] h"), Some((boot, " h")));
        assert_eq!(parse(Form::SinceBoot, "[ 50%] h"), None);
    }
}
