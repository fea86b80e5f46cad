//! Durations, sizes, counts and dates as text, for people who read English.
//!
//! Whole numbers only: the formatting of floating-point numbers in the standard library is
//! large, and nothing here needs more than three digits.

use analyzer::report::Lines;
use content::MONTHS;

/// Seconds in a minute, minutes in an hour.
const SIXTY: u64 = 60;

/// Size units with their exponent of 1,024, largest first.
const SIZE_UNITS: [(&str, u32); 5] = [("TiB", 4), ("GiB", 3), ("MiB", 2), ("KiB", 1), ("B", 0)];

/// A count with commas between thousands: `1,764`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The length of a list, as [`count`] writes it.
pub fn length<T>(list: &[T]) -> String {
    count(list.len() as u64)
}

/// A count with its noun: `1 path`, `312 paths`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    let mut text = count(n);
    text.push(' ');
    text.push_str(if n == 1 { one } else { many });
    text
}

/// A duration for running text: `12 min 22 s`, `1 h 4 min`, `0.4 s`.
pub fn duration(seconds: f64) -> String {
    let total = whole(seconds);
    let (hours, minutes, rest) = split_seconds(total);
    if hours > 0 {
        return join(&[(hours, "h"), (minutes, "min")]);
    }
    if minutes > 0 {
        return join(&[(minutes, "min"), (rest, "s")]);
    }
    let tenths = whole(seconds * 10.0);
    if tenths >= 100 || tenths.is_multiple_of(10) {
        return join(&[(total, "s")]);
    }
    decimal(tenths, 1) + " s"
}

/// A duration for tables and charts: `12:22`, `1:04:09`; below one second `0.4 s`.
pub fn clock(seconds: f64) -> String {
    if seconds > 0.0 && seconds < 0.95 {
        return duration(seconds.max(0.1));
    }
    let (hours, minutes, rest) = split_seconds(whole(seconds));
    if hours == 0 {
        return [minutes.to_string(), two_digits(rest)].join(":");
    }
    [hours.to_string(), two_digits(minutes), two_digits(rest)].join(":")
}

/// A size with three significant digits and its unit apart: `1.00` and `GiB`.
pub fn size_parts(bytes: u64) -> (String, &'static str) {
    let (unit, exponent) = SIZE_UNITS
        .into_iter()
        .find(|(_, exponent)| bytes >= rounds_up_to(*exponent))
        .unwrap_or(("B", 0));
    if exponent == 0 {
        return (count(bytes), unit);
    }
    let one = 1_u128 << (10 * exponent);
    let scaled = |places: u32| {
        u64::try_from((u128::from(bytes) * 10_u128.pow(places) + one / 2) / one).unwrap_or(u64::MAX)
    };
    let places = match scaled(2) {
        0..1_000 => 2,
        1_000..10_000 => 1,
        _ => 0,
    };
    (decimal(scaled(places), places as usize), unit)
}

/// A size in one piece: `5.08 GiB`.
pub fn size(bytes: u64) -> String {
    let (number, unit) = size_parts(bytes);
    [number.as_str(), unit].join(" ")
}

/// A difference of sizes with its sign: `+1.20 MiB`, `−512 KiB`, `0`.
pub fn size_delta(bytes: i64) -> String {
    match bytes {
        0 => "0".into(),
        1.. => "+".to_owned() + &size(bytes.unsigned_abs()),
        _ => "−".to_owned() + &size(bytes.unsigned_abs()),
    }
}

/// The share of `part` in `whole` with one decimal: `99.1 %`; `100 %` only if nothing is missing.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 || part >= whole {
        return "100 %".into();
    }
    let tenths = u64::try_from(u128::from(part) * 1_000 / u128::from(whole)).unwrap_or(0);
    decimal(tenths, 1) + " %"
}

/// The day of an RFC 3339 time or date: `13 March 2025`. `None` if it is neither.
pub fn date(rfc3339: &str) -> Option<String> {
    let (year, month, day) = date_parts(rfc3339)?;
    let month = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    Some([day.to_string().as_str(), month, &year.to_string()].join(" "))
}

/// Day and time of day of an RFC 3339 time: `13 March 2025, 20:14`. `None` if it has no time.
pub fn date_time(rfc3339: &str) -> Option<String> {
    let day = date(rfc3339)?;
    let time = rfc3339.get(11..16).filter(|time| time.as_bytes()[2] == b':')?;
    Some([day.as_str(), time].join(", "))
}

/// Days from one date to another, both `YYYY-MM-DD`; negative if the second is earlier.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    Some(day_number(to)? - day_number(from)?)
}

/// The lines of an evidence link: `446`, or `1690–1741` from the first to the last.
pub fn lines(lines: &Lines) -> Option<String> {
    let (first, last) = (lines.first()?, lines.last()?);
    if first == last {
        return Some(first.to_string());
    }
    Some([first.to_string(), last.to_string()].join("–"))
}

/// The same for a screen reader: `Line 446 of the log`.
pub fn lines_spoken(lines: &Lines) -> Option<String> {
    let (first, last) = (lines.first()?.to_string(), lines.last()?.to_string());
    if first == last {
        return Some(["Line ", &first, " of the log"].concat());
    }
    Some(["Lines ", &first, " to ", &last, " of the log"].concat())
}

/// Names in a sentence: `a`, `a and b`, `a, b and c`.
pub fn enumerate(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => [most.join(", ").as_str(), last].join(" and "),
    }
}

/// Rounds to the nearest whole number; what is below zero or no number is zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Clamped to zero first; a float cast saturates above."
)]
fn whole(value: f64) -> u64 {
    (value.max(0.0) + 0.5) as u64
}

/// A length of time in whole milliseconds.
pub fn milliseconds(seconds: f64) -> u64 {
    whole(seconds * 1000.0)
}

/// Hours, minutes and seconds of a number of seconds.
fn split_seconds(total: u64) -> (u64, u64, u64) {
    (total / (SIXTY * SIXTY), total / SIXTY % SIXTY, total % SIXTY)
}

/// Writes amounts with their units and leaves out the zeros behind the first.
fn join(parts: &[(u64, &str)]) -> String {
    let mut text = String::new();
    for (index, (amount, unit)) in parts.iter().enumerate() {
        if index > 0 && *amount == 0 {
            continue;
        }
        if index > 0 {
            text.push(' ');
        }
        text.push_str(&amount.to_string());
        text.push(' ');
        text.push_str(unit);
    }
    text
}

/// Writes `digits` with a point before the last `places` of them: `(124, 2)` is `1.24`.
fn decimal(digits: u64, places: usize) -> String {
    if places == 0 {
        return count(digits);
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (before, after) = padded.split_at(padded.len() - places);
    [before, after].join(".")
}

fn two_digits(n: u64) -> String {
    format!("{n:0>2}")
}

/// Least number of bytes that is written in the unit of `exponent`: sizes that would round to
/// `1,024` of the unit below are `1.00` of this one.
fn rounds_up_to(exponent: u32) -> u64 {
    let one = 1_u64 << (10 * exponent);
    one - (one >> 11)
}

/// Year, month and day at the start of `text`, if it has the form `YYYY-MM-DD`.
fn date_parts(text: &str) -> Option<(i64, i64, i64)> {
    let bytes = text.as_bytes();
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// Days since 1 March of the year 0, so that a leap day is the last of its year.
fn day_number(text: &str) -> Option<i64> {
    let (year, month, day) = date_parts(text)?;
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_commas_between_thousands() {
        for (n, expected) in [(0, "0"), (999, "999"), (1_764, "1,764"), (1_000_000, "1,000,000")] {
            assert_eq!(count(n), expected);
        }
    }

    #[test]
    fn durations_name_their_two_largest_units() {
        let cases = [
            (0.0, "0 s"),
            (0.44, "0.4 s"),
            (3.0, "3 s"),
            (9.96, "10 s"),
            (42.4, "42 s"),
            (59.7, "1 min"),
            (742.0, "12 min 22 s"),
            (3_600.0, "1 h"),
            (3_849.0, "1 h 4 min"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(duration(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn clocks_show_minutes_and_seconds() {
        let cases = [
            (0.0, "0:00"),
            (0.02, "0.1 s"),
            (0.4, "0.4 s"),
            (0.96, "0:01"),
            (6.0, "0:06"),
            (742.0, "12:22"),
            (3_849.0, "1:04:09"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(clock(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn sizes_have_three_digits() {
        let cases = [
            (0, "0 B"),
            (1_023, "1,023 B"),
            (1_024, "1.00 KiB"),
            (524_288, "512 KiB"),
            (1_048_575, "1.00 MiB"),
            (1_258_291, "1.20 MiB"),
            (224_395_264, "214 MiB"),
            (1_074_339_512, "1.00 GiB"),
            (20_714_870_000, "19.3 GiB"),
            (u64::MAX, "16,777,216 TiB"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(size(bytes), expected, "{bytes}");
        }
    }

    #[test]
    fn size_differences_have_a_sign() {
        for (bytes, expected) in [(0, "0"), (1_258_291, "+1.20 MiB"), (-524_288, "−512 KiB")] {
            assert_eq!(size_delta(bytes), expected);
        }
    }

    #[test]
    fn a_share_is_full_only_if_nothing_is_missing() {
        let cases = [((0, 0), "100 %"), ((1, 3), "33.3 %"), ((9_999, 10_000), "99.9 %")];
        for ((part, whole), expected) in cases {
            assert_eq!(percent(part, whole), expected);
        }
    }

    #[test]
    fn dates_are_read_from_times_and_dates() {
        let cases = [
            ("2025-03-13T20:14:03+00:00", Some("13 March 2025"), Some("13 March 2025, 20:14")),
            ("2025-03-01", Some("1 March 2025"), None),
            ("2025-13-01", None, None),
            ("20:14:03", None, None),
            ("", None, None),
        ];
        for (text, day, time) in cases {
            assert_eq!(date(text).as_deref(), day, "{text}");
            assert_eq!(date_time(text).as_deref(), time, "{text}");
        }
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let cases = [
            (("2025-03-06", "2025-03-13"), Some(7)),
            (("2024-02-28", "2024-03-01"), Some(2)),
            (("2023-12-31", "2024-01-01"), Some(1)),
            (("2025-03-13", "2025-03-06"), Some(-7)),
            (("2025-03-13", "yesterday"), None),
        ];
        for ((from, to), expected) in cases {
            assert_eq!(days_between(from, to), expected, "{from} to {to}");
        }
    }

    #[test]
    fn evidence_names_first_and_last_line() {
        let cases = [
            (Lines::default(), None, None),
            (Lines::one(446), Some("446"), Some("Line 446 of the log")),
            (Lines(vec![[3, 4], [9, 9]]), Some("3–9"), Some("Lines 3 to 9 of the log")),
        ];
        for (evidence, short, spoken) in cases {
            assert_eq!(lines(&evidence).as_deref(), short);
            assert_eq!(lines_spoken(&evidence).as_deref(), spoken);
        }
    }

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        let cases: [(&[&str], &str); 3] =
            [(&["a"], "a"), (&["a", "b"], "a and b"), (&["a", "b", "c"], "a, b and c")];
        for (names, expected) in cases {
            assert_eq!(enumerate(names), expected);
        }
    }
}
