//! Numbers, sizes, durations and lines in plain English.

use analyzer::report::{Grade, Lines, Span, Stage};

/// More ranges of lines than these are not written out.
const RANGES: usize = 3;

/// A count with commas between thousands: `1,764`.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// A count with its noun: `1 path`, `1,312 paths`.
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// Bytes with a binary unit and one decimal: `217.1 MiB`; plain below 1 KiB: `512 B`.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut units = UNITS.iter();
    let mut unit = units.next();
    // What would be written as 1024.0 is 1.0 of the next unit.
    while value >= 1023.95 && units.len() > 0 {
        value /= 1024.0;
        unit = units.next();
    }
    format!("{value:.1} {}", unit.unwrap_or(&"EiB"))
}

/// A difference of bytes with its sign: `+8.3 MiB`, `-512 B`.
pub(crate) fn size_delta(bytes: i64) -> String {
    let sign = if bytes < 0 { '-' } else { '+' };
    format!("{sign}{}", size(bytes.unsigned_abs()))
}

/// Seconds as a person says them: `0.4 s`, `48 s`, `12 min 22 s`, `1 h 5 min`.
pub(crate) fn duration(seconds: f64) -> String {
    if seconds < 9.95 {
        return format!("{seconds:.1} s").replace(".0 s", " s");
    }
    let whole = seconds.round();
    let (hours, minutes, rest) =
        ((whole / 3600.0).floor(), (whole / 60.0).floor() % 60.0, whole % 60.0);
    if hours > 0.0 {
        return format!("{hours} h {minutes} min");
    }
    if minutes > 0.0 {
        return format!("{minutes} min {rest} s");
    }
    format!("{rest} s")
}

/// A time with what bounds it: `48 s`, `at least 5 min 0 s`; `None` where nothing is known.
pub(crate) fn span(span: &Span) -> Option<String> {
    if let Some(total_s) = span.total_s {
        // What a tool printed is that of a part, where nothing bounds the rest.
        let is_part = span.grade == Grade::Stated && span.high_s.is_none();
        return Some(if is_part { at_least(total_s) } else { duration(total_s) });
    }
    match (span.low_s, span.high_s) {
        (None, None) => None,
        (Some(low_s), None) => Some(at_least(low_s)),
        (None, Some(high_s)) => Some(at_most(high_s)),
        (Some(low_s), Some(high_s)) if low_s < 1.0 => Some(at_most(high_s)),
        (Some(low_s), Some(high_s)) => {
            Some(format!("between {} and {}", duration(low_s), duration(high_s)))
        }
    }
}

fn at_least(seconds: f64) -> String {
    format!("at least {}", duration(seconds))
}

/// Stamps of whole seconds may be the same, and nothing takes no time at all.
fn at_most(seconds: f64) -> String {
    if seconds < 1.0 {
        "less than 1 s".to_owned()
    } else {
        format!("at most {}", duration(seconds))
    }
}

/// The word for how a time is known.
pub(crate) fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Stamped => "stamped",
        Grade::Stated => "stated",
        Grade::Bounded => "bounded",
        Grade::Unknown => "unknown",
    }
}

/// The name of a stage.
pub(crate) fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::UpdateInputs => "Update inputs",
        Stage::Evaluate => "Evaluate",
        Stage::Fetch => "Download",
        Stage::Build => "Build",
        Stage::Activate => "Switch",
    }
}

/// `ollama 0.6.0`, or the name alone.
pub(crate) fn versioned(name: &str, version: Option<&str>) -> String {
    version.map_or_else(|| name.to_owned(), |version| format!("{name} {version}"))
}

/// `line 12`, `lines 12–40`, `lines 3, 5–6 and 2 more`; empty where there are none.
pub(crate) fn lines(lines: &Lines) -> String {
    let range = |[first, last]: &[u32; 2]| match last.saturating_sub(*first) {
        0 => first.to_string(),
        _ => format!("{first}–{last}"),
    };
    let shown: Vec<_> = lines.0.iter().take(RANGES).map(range).collect();
    match (lines.0.as_slice(), lines.0.len().saturating_sub(RANGES)) {
        ([], _) => String::new(),
        ([[first, last]], _) if first == last => format!("line {first}"),
        (_, 0) => format!("lines {}", shown.join(", ")),
        (_, rest) => format!("lines {} and {rest} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T>(say: impl Fn(T) -> String, cases: impl IntoIterator<Item = (T, &'static str)>) {
        for (value, expected) in cases {
            assert_eq!(say(value), expected);
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        check(number, [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")]);
    }

    #[test]
    fn sizes_have_the_unit_that_fits() {
        check(
            size,
            [
                (1_023, "1023 B"),
                (1_024, "1.0 KiB"),
                (1_048_575, "1.0 MiB"),
                (227_608_166, "217.1 MiB"),
                (u64::MAX, "16.0 EiB"),
            ],
        );
        check(size_delta, [(0, "+0 B"), (-2_048, "-2.0 KiB"), (i64::MIN, "-8.0 EiB")]);
    }

    #[test]
    fn a_time_says_what_bounds_it() {
        let known = |grade, total_s, low_s, high_s| {
            let said = span(&Span { total_s, low_s, high_s, grade, ..Span::unknown("") });
            said.unwrap_or_default()
        };
        let seven = Some(7.0);
        assert_eq!(known(Grade::Unknown, None, None, None), "");
        assert_eq!(known(Grade::Stated, seven, seven, seven), "7 s");
        assert_eq!(known(Grade::Stated, seven, seven, None), "at least 7 s");
        assert_eq!(known(Grade::Bounded, None, None, seven), "at most 7 s");
        assert_eq!(known(Grade::Bounded, None, None, Some(0.0)), "less than 1 s");
        assert_eq!(known(Grade::Bounded, None, None, Some(0.4)), "less than 1 s");
    }

    #[test]
    fn durations_are_said_as_people_do() {
        check(
            duration,
            [
                (0.0, "0 s"),
                (0.44, "0.4 s"),
                (2.0, "2 s"),
                (9.96, "10 s"),
                (59.6, "1 min 0 s"),
                (742.0, "12 min 22 s"),
                (3_900.0, "1 h 5 min"),
            ],
        );
    }

    #[test]
    fn many_ranges_of_lines_are_counted() {
        check(
            |ranges: &[[u32; 2]]| lines(&Lines(ranges.to_vec())),
            [
                (&[][..], ""),
                (&[[4, 4]], "line 4"),
                (&[[4, 9]], "lines 4–9"),
                (&[[1, 1], [3, 4]], "lines 1, 3–4"),
                (&[[1, 1], [3, 3], [5, 5], [7, 7]], "lines 1, 3, 5 and 1 more"),
            ],
        );
    }
}
