//! Small pieces that many lines are made of: quoted words, sizes, durations.

use crate::store_path::unquote;

/// The first quoted word anywhere behind `before`.
pub(crate) fn quoted_after<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    unquote(&text[start..]).map(|(word, _)| word)
}

/// `15.3 MiB` in bytes. The factor is 1024; `MB` and the like are taken the same way.
pub(crate) fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = decimal(&text[..end])?;
    let power = match text[end..].trim_start().as_bytes() {
        [] | [b'B' | b'b', ..] => 0,
        [first, ..] => b"KMGTPEZY".iter().position(|unit| unit == first)? + 1,
    };
    Some(to_bytes(number * 1024_f64.powi(i32::try_from(power).ok()?)))
}

/// Rounds; a size above what fits is the largest that does.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn to_bytes(number: f64) -> u64 {
    number.round() as u64
}

/// `9 minutes 3 seconds`, `1h 33min 5s`, `2m30s`, `48s`, `254ms`, `1,5s` in seconds.
pub(crate) fn seconds(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
        let end = end.unwrap_or(rest.len());
        let number = decimal(&rest[..end])?;
        rest = rest[end..].trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        total += number * unit_seconds(&rest[..end])?;
        rest = rest[end..].trim_start();
    }
    (!text.trim().is_empty()).then_some(total)
}

fn unit_seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "d" | "day" | "days" => 86_400.0,
        "h" | "hour" | "hours" => 3_600.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "ms" | "millis" => 0.001,
        _ => return None,
    })
}

/// `15`, `15.3`, `15,3`: digits, and perhaps a point or a comma and more digits.
///
/// The standard parser for floats reads far more forms than a log has, with tables that are a
/// tenth of what the page's worker may weigh.
fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    // More digits than these mean nothing, and a quotient of integers below 2^53 is exact.
    let fraction = &fraction[..fraction.len().min(6)];
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let fraction: u64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let whole: u64 = whole.parse().ok()?;
    Some((whole.checked_mul(scale)?.checked_add(fraction)?) as f64 / scale as f64)
}

/// The number that `text` begins with, and the rest.
pub(crate) fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Cuts `text` to at most `max` bytes, at a character.
pub(crate) fn clipped(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let mut end = max;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_word_may_stand_anywhere() {
        assert_eq!(quoted_after("builder for 'x' failed", "builder for "), Some("x"));
        assert_eq!(quoted_after("builder of 'x' failed", "builder for "), None);
    }

    #[test]
    fn sizes_are_in_powers_of_1024() {
        assert_eq!(bytes("0.8 KiB"), Some(819));
        assert_eq!(bytes("2 GiB"), Some(2 << 30));
        assert_eq!(bytes("5143.87 MiB"), Some(5_393_738_629));
        assert_eq!(bytes("0.123456789 KiB"), Some(126));
        assert_eq!(bytes("99999999999999999999 B"), None);
        assert_eq!(bytes("+"), None);
        assert_eq!(bytes("12 furlongs"), None);
    }

    #[test]
    fn durations_of_several_tools_are_read() {
        let cases = [
            ("9 minutes 3 seconds", 543.0),
            ("1 hours 2 minutes 3 seconds", 3723.0),
            ("1h 10min 52.5s", 4252.5),
            ("2m30s", 150.0),
            ("48s", 48.0),
        ];
        for (text, expected) in cases {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds(""), None);
    }

    #[test]
    fn clipping_keeps_characters_whole() {
        assert_eq!(clipped("aé", 2), "a");
        assert_eq!(clipped("abc", 3), "abc");
    }
}
