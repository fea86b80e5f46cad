//! A moment that something in front of a line tells.

/// A moment, to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp {
    millis: i64,
    origin: Origin,
}

/// What the milliseconds of a [`Timestamp`] are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The Unix epoch; the stamp has this offset from UTC, in minutes.
    Epoch {
        /// Minutes east of Greenwich.
        offset_min: i16,
    },
    /// The epoch by a local clock whose offset from UTC is not told.
    LocalEpoch,
    /// Some moment: the stamp has no year, or no date. Only differences mean something.
    Unknown,
}

/// Milliseconds of a day.
pub(crate) const DAY_MS: i64 = 24 * 3_600_000;

impl Timestamp {
    /// A moment by UTC, with the offset of the clock that told it, in minutes.
    pub fn from_millis_since_epoch(millis: i64, offset_min: i16) -> Self {
        Self { millis, origin: Origin::Epoch { offset_min } }
    }

    /// A moment by a local clock whose offset is not told.
    pub fn from_local_millis(millis: i64) -> Self {
        Self { millis, origin: Origin::LocalEpoch }
    }

    /// A moment of which only the distance to others is known.
    pub fn from_millis_since_somewhere(millis: i64) -> Self {
        Self { millis, origin: Origin::Unknown }
    }

    /// Milliseconds since what [`Self::origin`] says.
    pub fn millis(self) -> i64 {
        self.millis
    }

    /// What the milliseconds are counted from.
    pub fn origin(self) -> Origin {
        self.origin
    }

    /// Seconds from `earlier` to this moment; negative if it is the later one.
    pub fn seconds_since(self, earlier: Self) -> f64 {
        self.millis.saturating_sub(earlier.millis) as f64 / 1000.0
    }

    /// Whether both count from the same moment, so that their distance means something.
    pub fn is_comparable(self, other: Self) -> bool {
        matches!(
            (self.origin, other.origin),
            (Origin::Epoch { .. }, Origin::Epoch { .. })
                | (Origin::LocalEpoch, Origin::LocalEpoch)
                | (Origin::Unknown, Origin::Unknown)
        )
    }

    /// The moment as RFC 3339, with an offset where it is known; `None` where the date is not.
    ///
    /// ```
    /// let time = analyzer::timestamp::Timestamp::from_millis_since_epoch(1_741_840_812_000, 60);
    /// assert_eq!(time.to_rfc3339().as_deref(), Some("2025-03-13T05:40:12+01:00"));
    /// ```
    pub fn to_rfc3339(self) -> Option<String> {
        let offset_min = match self.origin {
            Origin::Epoch { offset_min } => Some(offset_min),
            Origin::LocalEpoch => None,
            Origin::Unknown => return None,
        };
        let local = self.millis.saturating_add(i64::from(offset_min.unwrap_or(0)) * 60_000);
        let offset = offset_min.map(offset_text).unwrap_or_default();
        Some(format!("{}{offset}", civil_text(local)))
    }
}

impl Timestamp {
    /// Reads what [`Self::to_rfc3339`] writes; `None` for anything else.
    ///
    /// ```
    /// let text = "2025-03-13T05:40:12.500+01:00";
    /// let time = analyzer::timestamp::Timestamp::from_rfc3339(text).unwrap();
    /// assert_eq!(time.to_rfc3339().as_deref(), Some(text));
    /// ```
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let (date, rest) = (text.get(..10)?, text.get(10..)?.strip_prefix('T')?);
        let (of_day, rest) = (rest.get(..8)?, rest.get(8..)?);
        let digits = rest.strip_prefix('.').and_then(|rest| rest.get(..3));
        let (milli, offset) = match digits {
            Some(digits) => (digits.parse::<u16>().ok()?, rest.get(4..)?),
            None => (0, rest),
        };
        let of_day_ms = i64::from(seconds_of_day(of_day)?) * 1000 + i64::from(milli);
        let local = day_number(date)? * DAY_MS + of_day_ms;
        if offset.is_empty() {
            return Some(Self::from_local_millis(local));
        }
        let offset_min = offset_of(offset)?;
        Some(Self::from_millis_since_epoch(local - i64::from(offset_min) * 60_000, offset_min))
    }
}

/// Days from 1970-01-01 to a date as `2025-03-13`; `None` for anything else.
pub(crate) fn day_number(date: &str) -> Option<i64> {
    let [year, month, day] = numbers(date, '-')?;
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| days_from_civil(year.into(), month.into(), day.into()))
}

/// `05:40:12`
fn seconds_of_day(text: &str) -> Option<u32> {
    let [hour, minute, second] = numbers(text, ':')?;
    (hour < 24 && minute < 60 && second <= 60).then_some((hour * 60 + minute) * 60 + second)
}

/// `+01:00`
fn offset_of(text: &str) -> Option<i16> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let [hour, minute] = numbers(text.strip_prefix(['+', '-'])?, ':')?;
    let minutes = i16::try_from(hour.checked_mul(60)?.checked_add(minute)?).ok()?;
    Some(sign * minutes)
}

/// As many numbers as asked for, of digits alone.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[u32; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(separator);
    for number in &mut numbers {
        let digits = parts.next()?;
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        *number = digits.parse().ok().filter(|_| is_number && digits.len() <= 4)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// `2025-03-13T05:40:12`, with milliseconds if there are any.
fn civil_text(millis: i64) -> String {
    let (year, month, day) = civil_from_days(millis.div_euclid(DAY_MS));
    let of_day = millis.rem_euclid(DAY_MS);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1000 % 60, of_day % 1000);
    let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}")
}

fn offset_text(offset_min: i16) -> String {
    let sign = if offset_min < 0 { '-' } else { '+' };
    let minutes = offset_min.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar; a day past the end of its month
/// counts on into the next.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the leap day is the last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day from days since 1970-01-01.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_calendar_are_counted() {
        for ((year, month, day), days) in [
            ((1970, 1, 1), 0),
            ((1969, 12, 31), -1),
            ((2000, 2, 29), 11_016),
            ((2000, 3, 1), 11_017),
            ((2025, 3, 13), 20_160),
            ((2100, 3, 1), 47_541),
        ] {
            assert_eq!(days_from_civil(year, month, day), days, "{year}-{month}-{day}");
            assert_eq!(civil_from_days(days), (year, month, day), "{days}");
        }
    }

    #[test]
    fn every_day_comes_back() {
        for days in (-800_000..800_000).step_by(97) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn moments_are_written_as_far_as_known() {
        let millis = 1_741_840_812_000;
        for (time, expected) in [
            (Timestamp::from_millis_since_epoch(millis, 0), Some("2025-03-13T04:40:12+00:00")),
            (Timestamp::from_millis_since_epoch(millis, -570), Some("2025-03-12T19:10:12-09:30")),
            (
                Timestamp::from_millis_since_epoch(millis + 7, 0),
                Some("2025-03-13T04:40:12.007+00:00"),
            ),
            (Timestamp::from_local_millis(millis), Some("2025-03-13T04:40:12")),
            (Timestamp::from_millis_since_somewhere(millis), None),
        ] {
            assert_eq!(time.to_rfc3339().as_deref(), expected);
            assert_eq!(expected.and_then(Timestamp::from_rfc3339), expected.map(|_| time));
        }
    }

    #[test]
    fn what_is_no_moment_is_not_read() {
        for text in [
            "",
            "2025-03-13",
            "2025-03-13 05:40:12",
            "2025-13-01T05:40:12",
            "2025-03-13T24:40:12",
            "2025-03-13T05:40:12.5",
            "2025-03-13T05:40:12Z",
            "2025-03-13T05:40:12+1",
            "+025-03-13T05:40:12",
            "2025-03-13T05:40:1é",
        ] {
            assert_eq!(Timestamp::from_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_counts_from_the_same_moment_is_compared() {
        let utc = Timestamp::from_millis_since_epoch(0, 0);
        assert!(utc.is_comparable(Timestamp::from_millis_since_epoch(0, 60)));
        assert!(!utc.is_comparable(Timestamp::from_local_millis(0)));
        assert!(!utc.is_comparable(Timestamp::from_millis_since_somewhere(0)));
    }

    #[test]
    fn distances_are_seconds() {
        let at = Timestamp::from_local_millis;
        assert!((at(2500).seconds_since(at(1000)) - 1.5).abs() < 1e-9);
        assert!(at(0).seconds_since(at(1000)) < 0.0);
    }
}
