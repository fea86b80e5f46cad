//! The clock of this device.

use js_sys::Date;

/// The time of day where the person is, as RFC 3339: `2025-03-13T20:14:00+01:00`.
pub fn now() -> String {
    let now = Date::new_0();
    let (year, month, day) = (now.get_full_year(), now.get_month() + 1, now.get_date());
    let (hours, minutes, seconds) = (now.get_hours(), now.get_minutes(), now.get_seconds());
    // The browser says by how much the time of Greenwich is ahead.
    #[expect(clippy::cast_possible_truncation, reason = "It is less than a day.")]
    let ahead = -now.get_timezone_offset() as i32;
    let sign = if ahead < 0 { '-' } else { '+' };
    let (offset_hours, offset_minutes) = (ahead.abs() / 60, ahead.abs() % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}\
         {sign}{offset_hours:02}:{offset_minutes:02}"
    )
}
