//! Numbers and lists in plain English.

/// `1 path`, `2 paths`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Seconds as a person says them: `0.4 s`, `48 s`, `12 min 22 s`, `1 h 5 min`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
pub(crate) fn duration(seconds: f64) -> String {
    let tenths = (seconds * 10.0).round() as u64;
    if tenths < 100 && !tenths.is_multiple_of(10) {
        return format!("{}.{} s", tenths / 10, tenths % 10);
    }
    let whole = seconds.round() as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, 0, _) => format!("{h} h"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

/// Bytes as a person says them: `512 bytes`, `994.8 KiB`, `1.2 GiB`.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} bytes");
    }
    let mut unit = 0;
    let mut one: u64 = 1024;
    while bytes / 1024 >= one && unit + 1 < UNITS.len() {
        one *= 1024;
        unit += 1;
    }
    // Numbers with a fraction are written by hand: what prints any `f64` is large in a browser.
    let tenths = (u128::from(bytes) * 10 + u128::from(one / 2)) / u128::from(one);
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

/// `a`, `a and b`, `a, b and c`; more than `most` are counted: `a, b and 3 more`.
pub(super) fn list<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let shown: Vec<&str> = items.iter().take(most).map(AsRef::as_ref).collect();
    let rest = items.len() - shown.len();
    match (shown.as_slice(), rest) {
        ([], _) => String::new(),
        ([one], 0) => (*one).to_owned(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (all, _) => format!("{} and {rest} more", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_at_most_two_units() {
        let table = [
            (0.0, "0 s"),
            (0.42, "0.4 s"),
            (9.0, "9 s"),
            (48.4, "48 s"),
            (120.0, "2 min"),
            (742.0, "12 min 22 s"),
            (3600.0, "1 h"),
            (3911.0, "1 h 5 min"),
        ];
        for (seconds, text) in table {
            assert_eq!(duration(seconds), text);
        }
    }

    #[test]
    fn sizes_have_the_unit_that_fits() {
        let table = [
            (0, "0 bytes"),
            (1024, "1.0 KiB"),
            (1_018_675, "994.8 KiB"),
            (3 << 30, "3.0 GiB"),
            (u64::MAX, "16777216.0 TiB"),
        ];
        for (bytes, text) in table {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn lists_say_how_many_they_leave_out() {
        let table: [(&[&str], &str); 4] = [
            (&["a"], "a"),
            (&["a", "b"], "a and b"),
            (&["a", "b", "c"], "a, b and c"),
            (&["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
        ];
        for (items, text) in table {
            assert_eq!(list(items, 3), text);
        }
    }
}
