//! Bars along an axis of time: each from its start for as long as it took.

use super::Bar;
use super::svg::{Ink, Svg, WIDTH, shortened};

const ROW: u32 = 40;

/// The figure; `None` where no time is known.
pub(super) fn draw(title: &str, bars: &[Bar]) -> Option<String> {
    let end = bars.iter().map(|bar| bar.from_s + bar.high_s).fold(0.0, f64::max);
    if end <= 0.0 {
        return None;
    }
    let mut svg = Svg::default();
    for (index, bar) in (0..).zip(bars) {
        let y = index * ROW;
        let from = at(bar.from_s, end);
        let low = at(bar.from_s + bar.low_s, end).max(from + 2);
        let high = at(bar.from_s + bar.high_s, end).max(low);
        svg.text(Ink::Plain, 0, y + 13, &shortened(&bar.name, 28));
        svg.text_to(Ink::Soft, WIDTH, y + 13, &bar.time);
        svg.bar("track", [0, y + 19, WIDTH, 10]);
        // The lighter part says how much longer it can have been.
        svg.bar("maybe", [from, y + 19, high - from, 10]);
        svg.bar("sure", [from, y + 19, low - from, 10]);
    }
    let height = u32::try_from(bars.len()).ok()? * ROW;
    let words = bars.iter().map(|bar| format!("{}: {}", bar.name, bar.time));
    let words = words.collect::<Vec<_>>().join("; ");
    Some(svg.finish(height - 8, &format!("{title}, in the order of their start. {words}.")))
}

/// The place of a moment on the axis.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the share lies between 0 and 1, and a float is cut off, not wrapped"
)]
fn at(seconds: f64, end: f64) -> u32 {
    let share = (seconds / end).clamp(0.0, 1.0);
    (share * f64::from(WIDTH - 2)) as u32
}
