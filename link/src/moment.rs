//! Times of day as numbers.

use alloc::vec::Vec;

use crate::digits;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Where the clock's time stands in `2025-03-13T04:40:12`, and where it ends.
const CLOCK: usize = 11;
const CLOCK_END: usize = 19;

/// A time of day, as RFC 3339 writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Seconds since 1970, by the clock that wrote it, wherever that is.
    pub(crate) seconds: i64,
    /// What stands after the seconds, such as `.25`.
    pub(crate) fraction: Vec<u8>,
    /// What stands after that, such as `Z` or `+02:00`.
    pub(crate) offset: Vec<u8>,
}

impl Moment {
    /// Reads a text; `None` if it would not come out the same.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        // 2025-03-13T04:40:12+00:00
        let date = text.get(..CLOCK - 1)?;
        let clock = text.get(CLOCK..CLOCK_END)?;
        let rest = text.get(CLOCK_END..)?;
        let number = |at: usize| digits::read(clock.get(at..at + 2)?);
        let (hour, minute, second) = (number(0)?, number(3)?, number(6)?);
        let n_digits = rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
        let fraction_len = if rest.first() == Some(&b'.') { 1 + n_digits } else { 0 };
        let (fraction, offset) = rest.split_at_checked(fraction_len)?;
        let clock = hour * 3600 + minute * 60 + second;
        let seconds = day(date)? * DAY + clock.cast_signed();
        let moment = Self { seconds, fraction: fraction.to_vec(), offset: offset.to_vec() };
        (moment.text() == text).then_some(moment)
    }

    /// The moment as RFC 3339 writes it.
    pub(crate) fn text(&self) -> Vec<u8> {
        let (date, clock) = (self.seconds.div_euclid(DAY), self.seconds.rem_euclid(DAY));
        let clock = clock.cast_unsigned();
        let mut text = date_of(date);
        for (sign, number) in [(b'T', clock / 3600), (b':', clock / 60 % 60), (b':', clock % 60)] {
            text.push(sign);
            digits::put(&mut text, number, 2);
        }
        text.extend_from_slice(&self.fraction);
        text.extend_from_slice(&self.offset);
        text
    }
}

/// Days since 1970 of `2025-03-13`; `None` if it would not come out the same.
pub(crate) fn day(date: &[u8]) -> Option<i64> {
    let number = |from: usize, to: usize| Some(digits::read(date.get(from..to)?)?.cast_signed());
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
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
pub(crate) fn date_of(days: i64) -> Vec<u8> {
    // More would not be read back.
    let days = days.clamp(-10_000_000, 10_000_000) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + era * 400 + next;
    let mut text = Vec::new();
    if year < 0 {
        text.push(b'-');
    }
    // A sign takes the place of a digit.
    digits::put(&mut text, year.unsigned_abs(), 4 - u32::from(year < 0));
    for number in [month, day] {
        text.push(b'-');
        digits::put(&mut text, number.cast_unsigned(), 2);
    }
    text
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
            ("0000-03-01T00:00:00", -62_162_035_200),
        ] {
            let moment = Moment::parse(text.as_bytes()).unwrap();
            assert_eq!((moment.seconds, moment.text().as_slice()), (seconds, text.as_bytes()));
        }
        for text in [
            "2024-02-30T00:00:00Z",
            "2024-2-1T00:00:00Z",
            "2024-01-01 00:00:00",
            "2024-01-01T00:00:60",
            "2024-01-01T+1:00:00",
            "10000-01-01T00:00:00",
            "2024-01-01T00:00",
            "",
            "T",
        ] {
            assert_eq!(Moment::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn years_far_away_have_more_digits_or_a_sign() {
        for (days, date) in
            [(0, "1970-01-01"), (9_999_999, "29349-01-25"), (-730_000, "-029-05-01")]
        {
            assert_eq!(core::str::from_utf8(&date_of(days)), Ok(date));
        }
    }
}
