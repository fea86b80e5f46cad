//! Reads dates that name their month.

use super::number::number;
use super::zone::{offset, zone};
use super::{Stamp, of_day, of_day_of_twelve};

// Mar 13 04:40:12.123456
pub(super) fn month_day(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (month, day, rest) = month_then_day(text)?;
    let (of_day_ms, rest) = of_day(rest.strip_prefix(' ')?)?;
    Some((Stamp::Worded { year: None, month, day, of_day_ms, offset_min: None }, rest))
}

// Thu Mar 13 04:40:12 CET 2025
// Thu, 13 Mar 2025 04:40:12 GMT
// Mar 13 2025 04:40:12
pub(super) fn dated(text: &str) -> Option<(Stamp<'_>, &str)> {
    // `Mar 13` may be a month and a day, or a weekday and the day of the month that follows.
    dated_without_weekday(text).or_else(|| {
        let (name, rest) = text.split_once(' ')?;
        let is_weekday = is_name(name.strip_suffix(',').unwrap_or(name));
        dated_without_weekday(rest).filter(|_| is_weekday)
    })
}

fn dated_without_weekday(text: &str) -> Option<(Stamp<'_>, &str)> {
    let (month, day, rest) = month_then_day(text).or_else(|| day_then_month(text))?;
    let (year, rest) = match year(rest) {
        Some((year, rest)) => (Some(year), rest),
        None => (None, rest),
    };
    let (of_day_ms, rest) = of_day_of_twelve(rest.strip_prefix(' ')?)?;
    let (year, offset_min, rest) = match year {
        Some(year) => {
            let zone = rest.strip_prefix(' ').and_then(sure_zone);
            zone.map_or((year, None, rest), |(offset_min, rest)| (year, Some(offset_min), rest))
        }
        // The year stands last, perhaps behind a zone.
        None => zone_and_year(rest)?,
    };
    Some((Stamp::Worded { year: Some(year), month, day, of_day_ms, offset_min }, rest))
}

/// A name of a day or a month: `Mar`, `mars`, `juil.`
pub(super) fn is_name(word: &str) -> bool {
    !word.is_empty() && word.len() <= 12 && word.chars().all(is_letter)
}

/// Any character beyond ASCII may be a letter of some alphabet.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() || c == '.'
}

/// `Mar`, `mars`, `juil.`, `3月`
fn is_month(word: &str) -> bool {
    (2..=12).contains(&word.len()) && (is_name(word) || word.ends_with('月'))
}

// Mar 13
fn month_then_day(text: &str) -> Option<(&str, i64, &str)> {
    let (month, rest) = text.split_once(' ').filter(|(month, _)| is_month(month))?;
    let (day, rest) = number(rest.trim_start_matches(' '), 1, 2)?;
    (1..=31).contains(&day).then_some((month, day, rest))
}

// 13 Mar
// 13. Mär
fn day_then_month(text: &str) -> Option<(&str, i64, &str)> {
    let (day, rest) = number(text, 1, 2).filter(|(day, _)| (1..=31).contains(day))?;
    let rest = rest.strip_prefix('.').unwrap_or(rest).strip_prefix(' ')?;
    let end = rest.find(' ').filter(|end| is_month(&rest[..*end]))?;
    Some((&rest[..end], day, &rest[end..]))
}

fn year(text: &str) -> Option<(i64, &str)> {
    number(text.strip_prefix(' ')?, 4, 4)
}

fn zone_and_year(text: &str) -> Option<(i64, Option<i16>, &str)> {
    if let Some((year, rest)) = year(text) {
        return Some((year, None, rest));
    }
    let (offset_min, rest) = zone(text.strip_prefix(' ')?)?;
    let (year, rest) = year(rest)?;
    Some((year, offset_min, rest))
}

/// A zone that no word of a line is.
fn sure_zone(text: &str) -> Option<(i16, &str)> {
    let known = |(minutes, rest): (Option<i16>, _)| Some((minutes?, rest));
    offset(text).or_else(|| zone(text).and_then(known))
}
