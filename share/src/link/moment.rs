//! Times of day as numbers.

use std::fmt;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A time of day, as RFC 3339 writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment {
    /// Seconds since 1970, by the clock that wrote it, wherever that is.
    pub(super) seconds: i64,
    /// What stands after the seconds, such as `.25`.
    pub(super) fraction: String,
    /// What stands after that, such as `Z` or `+02:00`.
    pub(super) offset: String,
}

impl Moment {
    /// Reads a text; `None` if it would not come out the same.
    pub(super) fn parse(text: &str) -> Option<Self> {
        // 2025-03-13T04:40:12+00:00
        let (date, rest) = text.split_once('T')?;
        let (clock, rest) = rest.split_at_checked(8)?;
        let mut parts = clock.split(':').map(|part| part.parse::<i64>().ok());
        let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
        let digits = rest
            .strip_prefix('.')
            .map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_digit).count());
        let (fraction, offset) = rest.split_at(digits);
        let seconds = day(date)? * DAY + hour * 3600 + minute * 60 + second;
        let moment = Self { seconds, fraction: fraction.to_owned(), offset: offset.to_owned() };
        (moment.to_string() == text).then_some(moment)
    }

    pub(super) fn plus(self, seconds: i64) -> Self {
        Self { seconds: self.seconds.saturating_add(seconds), ..self }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, clock) = (self.seconds.div_euclid(DAY), self.seconds.rem_euclid(DAY));
        let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
        let (date, fraction, offset) = (date_of(date), &self.fraction, &self.offset);
        write!(f, "{date}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
    }
}

/// Days since 1970 of `2025-03-13`; `None` if it would not come out the same.
pub(super) fn day(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that the leap day is the last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * month + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    (date_of(days) == date).then_some(days)
}

/// `2025-03-13` of days since 1970; years have at least four digits.
pub(super) fn date_of(days: i64) -> String {
    // More would not be read back.
    let days = days.clamp(-10_000_000, 10_000_000) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_back() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2024-02-29T23:59:59.125+02:00", 1_709_251_199),
            ("2000-03-01T00:00:00", 951_868_800),
        ] {
            let moment = Moment::parse(text).unwrap();
            assert_eq!((moment.seconds, moment.to_string().as_str()), (seconds, text));
        }
        for text in ["2024-02-30T00:00:00Z", "2024-2-1T00:00:00Z", "2024-01-01 00:00:00", "", "T"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
