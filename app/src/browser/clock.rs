//! The clock of this device.

use js_sys::{Date, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Waits for a turn of its own, so that the browser can answer and paint before it.
pub async fn next_task() {
    // A promise that is only ever kept.
    let _ = JsFuture::from(after(0)).await;
}

/// Waits until the browser has painted, and then for a turn of its own. A page that is not in view
/// is not painted, and waits for the turn alone.
pub async fn next_frame() {
    let window = web_sys::window();
    let seen = window.filter(|it| it.document().is_some_and(|document| !document.hidden()));
    if let Some(window) = seen {
        let frame = Promise::new(&mut |resolve, _| {
            // Fails for no function.
            let _ = window.request_animation_frame(&resolve);
        });
        let _ = JsFuture::from(frame).await;
    }
    next_task().await;
}

/// A promise of nothing, after so many milliseconds.
pub(super) fn after(ms: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        let set = |window: web_sys::Window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms)
        };
        // Fails for no function and number.
        if web_sys::window().and_then(|window| set(window).ok()).is_none() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    })
}

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
