//! Reads what is written of time zones.

use super::number::number;

/// Hours of names that only one zone has. The time of `short-full` changes its name in spring and
/// in autumn, and by it the hour that a clock seems to lose or to gain.
const ZONES: [(&str, i16); 16] = [
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 1),
    ("CET", 1),
    ("CEST", 2),
    ("EET", 2),
    ("EEST", 3),
    ("MSK", 3),
    ("JST", 9),
    ("EST", -5),
    ("EDT", -4),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// `Z`, `+0100`, `+01:00` in minutes.
pub(super) fn offset(text: &str) -> Option<(i16, &str)> {
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

/// The name of a zone up to a blank, in minutes where that is certain.
pub(super) fn zone(text: &str) -> Option<(Option<i16>, &str)> {
    if let Some((offset_min, rest)) = offset(text) {
        return Some((Some(offset_min), rest));
    }
    let end = text.find(' ').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let is_zone = (2..=6).contains(&end) && name.bytes().all(is_of_zone);
    let known = || ZONES.iter().find(|(zone, _)| *zone == name);
    is_zone.then(|| (known().map(|(_, hours)| hours * 60), rest))
}

/// Zones without a name are written as `+03`.
fn is_of_zone(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"+-".contains(&byte)
}
