//! What successive times mean.

use super::*;

/// Seconds from the first stamp to each.
fn check(stamps: &[Stamp], expected: &[f64]) {
    let mut clock = Clock::default();
    let moments: Vec<Timestamp> = stamps.iter().map(|stamp| clock.moment(*stamp)).collect();
    let seconds: Vec<f64> = moments.iter().map(|time| time.seconds_since(moments[0])).collect();
    assert_eq!(seconds, expected, "{stamps:?}");
}

fn yearless(month: &str, day: i64) -> Stamp<'_> {
    Stamp::Worded { year: None, month, day, of_day_ms: 0, offset_min: None }
}

#[test]
fn a_year_may_end() {
    check(&[yearless("Dec", 31), yearless("Jan", 1)], &[0.0, 86_400.0]);
    check(&[yearless("déc.", 31), yearless("janv.", 1)], &[0.0, 86_400.0]);
    check(&[yearless("Feb", 28), yearless("Mar", 1)], &[0.0, 2.0 * 86_400.0]);
}

#[test]
fn a_month_of_an_unknown_language_follows_the_one_before() {
    check(&[yearless("qqq", 31), yearless("www", 1)], &[0.0, 86_400.0]);
}

#[test]
fn a_day_may_end() {
    let at = |hour: i64| Stamp::OfDay(hour * 3_600_000);
    check(&[at(23), at(1)], &[0.0, 7200.0]);
}

#[test]
fn steps_from_line_to_line_are_added_up() {
    let seconds = [0, 0, 5, 0, 3, 1].map(|second| Stamp::OfDay(second * 1000));
    check(&seconds, &[0.0, 0.0, 5.0, 5.0, 8.0, 9.0]);
}

#[test]
fn offsets_are_taken_off() {
    let stamp = Stamp::Full { local_ms: 3_600_000, offset_min: Some(60) };
    let moment = Clock::default().moment(stamp);
    assert_eq!(moment.millis(), 0);
    assert_eq!(moment.to_rfc3339().as_deref(), Some("1970-01-01T01:00:00+01:00"));
}

#[test]
fn a_clock_that_is_set_back_a_little_goes_on() {
    let at = |second: i64| Stamp::OfDay(40_000_000 + second * 1000);
    check(&[at(20), at(10), at(15)], &[0.0, 0.0, 5.0]);
    let utc = |second: i64| Stamp::Full { local_ms: second * 1000, offset_min: Some(0) };
    check(&[utc(20), utc(10), utc(25)], &[0.0, 0.0, 5.0]);
}

#[test]
fn an_hour_may_be_lost_in_autumn() {
    let local = |minute: i64| Stamp::Full { local_ms: minute * 60_000, offset_min: None };
    check(&[local(175), local(125), local(130)], &[0.0, 600.0, 900.0]);
    let of_day = |minute: i64| Stamp::OfDay(minute * 60_000);
    check(&[of_day(175), of_day(125), of_day(130)], &[0.0, 600.0, 900.0]);
    let mut clock = Clock::default();
    assert!(clock.moment(local(175)).to_rfc3339().is_some());
    assert_eq!(clock.moment(local(125)).to_rfc3339(), None);
}

#[test]
fn a_zone_that_changes_its_offset_loses_nothing() {
    let at = |minute: i64, offset_min| Stamp::Full {
        local_ms: minute * 60_000,
        offset_min: Some(offset_min),
    };
    check(&[at(119, 60), at(180, 120)], &[0.0, 60.0]);
    check(&[at(179, 120), at(120, 60)], &[0.0, 60.0]);
}

#[test]
fn another_log_begins_with_an_earlier_time() {
    let at = |minute: i64| Stamp::Full { local_ms: minute * 60_000, offset_min: Some(0) };
    check(&[at(500), at(100), at(105)], &[0.0, -24_000.0, -23_700.0]);
}

#[test]
fn a_count_may_start_again() {
    let mut seconds: Vec<i64> = (0..20).collect();
    seconds.extend([0, 1]);
    let stamps: Vec<_> = seconds.iter().map(|second| Stamp::OfDay(second * 1000)).collect();
    let mut expected: Vec<f64> = (0..20).map(f64::from).collect();
    expected.extend([19.0, 20.0]);
    check(&stamps, &expected);
}

#[test]
fn steps_are_known_before_the_first_line_is_read() {
    let stamps = [2, 5, 0].map(|second| Stamp::OfDay(second * 1000));
    let mut clock = Clock::of(stamps.into_iter());
    let millis: Vec<i64> = stamps.iter().map(|stamp| clock.moment(*stamp).millis()).collect();
    assert_eq!(millis, [2000, 7000, 7000]);
}

#[test]
fn dates_with_a_year_are_dates() {
    let stamp = Stamp::Worded {
        year: Some(2025),
        month: "mars",
        day: 13,
        of_day_ms: 0,
        offset_min: Some(0),
    };
    let moment = Clock::default().moment(stamp);
    assert_eq!(moment.to_rfc3339().as_deref(), Some("2025-03-13T00:00:00+00:00"));
}
