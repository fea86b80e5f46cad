//! How much of a chart is in view, and what zooming and moving make of it.

use analyzer::report::Lines;

use crate::format;
use crate::view_state::Window;

/// The shortest part of a run that is worth a look, in milliseconds: clocks of logs seldom tell
/// less than a second.
const LEAST_MS: u32 = 2_000;

/// The fewest lines of a log that are worth a look.
const LEAST_LINES: u32 = 26;

/// Two fingers closer than this share of the width say nothing about how far to zoom.
const CLOSE: f64 = 0.02;

/// All that a chart can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// From its start to its end.
    pub whole: Window,
    /// How little may be in view.
    least: u32,
}

impl Extent {
    /// A run of so many seconds.
    pub fn of_time(total_s: f64) -> Self {
        Self::new(0, whole_number(total_s * 1_000.0 + 0.5), LEAST_MS)
    }

    /// Lines of a log; `None` where there are none.
    pub fn of_lines(lines: &Lines) -> Option<Self> {
        Some(Self::new(lines.first()?, lines.last()?.saturating_add(1), LEAST_LINES))
    }

    fn new(from: u32, to: u32, least: u32) -> Self {
        let whole = Window { from, to: to.max(from.saturating_add(1)) };
        Self { whole, least: least.min(whole.length()) }
    }

    /// What is in view where this was chosen: it lies within the whole.
    pub fn shown(self, chosen: Option<Window>) -> Window {
        chosen.map_or(self.whole, |window| self.fit(window.from.into(), window.length().into()))
    }

    /// What was chosen where this is in view: nothing, if it is the whole.
    pub fn chosen(self, shown: Window) -> Option<Window> {
        (shown != self.whole).then_some(shown)
    }

    /// `by` times as much; what stands at the share `at` of the width stays there.
    pub fn zoomed(self, shown: Window, by: f64, at: f64) -> Window {
        let length = f64::from(shown.length());
        let new = (length * by).clamp(self.least.into(), self.whole.length().into());
        self.fit(f64::from(shown.from) + (length - new) * at, new)
    }

    /// Moved by a share of the width; to what comes later if positive.
    pub fn moved(self, shown: Window, by: f64) -> Window {
        let length = f64::from(shown.length());
        self.fit(f64::from(shown.from) + length * by, length)
    }

    /// Dragged by one finger or zoomed by two: what was under each where it was put down, in
    /// shares of the width, is under it where it is now.
    pub fn dragged(self, held: Window, fingers: &[Finger]) -> Window {
        match fingers {
            [] => held,
            [finger] => self.moved(held, finger.down - finger.now),
            [one, other, ..] => self.pinched(held, *one, *other),
        }
    }

    fn pinched(self, held: Window, one: Finger, other: Finger) -> Window {
        let (down, now) = (other.down - one.down, other.now - one.now);
        if down.abs() < CLOSE || now.abs() < CLOSE || (down < 0.0) != (now < 0.0) {
            return held;
        }
        let by = down / now;
        let length = f64::from(held.length());
        let new = (length * by).clamp(self.least.into(), self.whole.length().into());
        self.fit(f64::from(held.from) + length * one.down - new * one.now, new)
    }

    /// The window of this length that begins here, or as near to it as the whole allows.
    fn fit(self, from: f64, length: f64) -> Window {
        let length = whole_number(length + 0.5).clamp(self.least, self.whole.length());
        let last = f64::from(self.whole.to - length);
        let from =
            whole_number(from.min(last) + 0.5).clamp(self.whole.from, self.whole.to - length);
        Window { from, to: from + length }
    }
}

/// What part of a chart of time is in view: `2:40 to 11:44 of 12:22`.
pub fn window_words(extent: Extent, shown: Window) -> String {
    let clock = |ms: u32| format::clock((f64::from(ms) / 1_000.0).round());
    let whole = clock(extent.whole.to);
    if shown == extent.whole {
        return ["All of ", &whole].concat();
    }
    [clock(shown.from).as_str(), " to ", &clock(shown.to), " of ", &whole].concat()
}

/// What part of a chart of lines is in view: `lines 4 to 90 of 1,764`.
pub fn lines_words(extent: Extent, shown: Window) -> String {
    let line = |line: u32| format::count(line.into());
    let whole = line(extent.whole.length());
    if shown == extent.whole {
        return ["All ", &whole, " lines"].concat();
    }
    ["Lines ", &line(shown.from), " to ", &line(shown.to - 1), " of ", &whole].concat()
}

/// A finger, or the pressed mouse, by shares of the width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finger {
    /// Where it was put down.
    pub down: f64,
    /// Where it is.
    pub now: f64,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "A cast of a float saturates."
)]
fn whole_number(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Window = Window { from: 0, to: 100_000 };

    fn window(from: u32, to: u32) -> Window {
        Window { from, to }
    }

    fn extent() -> Extent {
        Extent::of_time(100.0)
    }

    #[test]
    fn what_is_in_view_lies_within_the_whole() {
        let cases = [
            (None, WHOLE),
            (Some(window(10_000, 30_000)), window(10_000, 30_000)),
            (Some(window(90_000, 130_000)), window(60_000, 100_000)),
            (Some(window(50_000, 50_001)), window(50_000, 52_000)),
            (Some(window(0, u32::MAX)), WHOLE),
        ];
        for (chosen, shown) in cases {
            assert_eq!(extent().shown(chosen), shown, "{chosen:?}");
        }
        assert_eq!(extent().chosen(WHOLE), None);
        assert_eq!(extent().chosen(window(0, 9)), Some(window(0, 9)));
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let zoomed = extent().zoomed(WHOLE, 0.5, 0.25);
        assert_eq!(zoomed, window(12_500, 62_500));
        assert_eq!(extent().zoomed(zoomed, 2.0, 0.25), WHOLE);
    }

    #[test]
    fn zooming_ends_at_the_least_and_at_the_whole() {
        let mut shown = WHOLE;
        for _ in 0..30 {
            shown = extent().zoomed(shown, 0.5, 1.0);
        }
        assert_eq!(shown, window(98_000, 100_000));
        for _ in 0..30 {
            shown = extent().zoomed(shown, 2.0, 0.0);
        }
        assert_eq!(shown, WHOLE);
    }

    #[test]
    fn moving_ends_at_the_edges_and_keeps_the_length() {
        let shown = window(10_000, 30_000);
        assert_eq!(extent().moved(shown, 0.5), window(20_000, 40_000));
        assert_eq!(extent().moved(shown, -1.0), window(0, 20_000));
        assert_eq!(extent().moved(shown, 9.0), window(80_000, 100_000));
        assert_eq!(extent().moved(WHOLE, 0.5), WHOLE);
    }

    #[test]
    fn one_finger_drags_and_two_zoom() {
        let held = window(20_000, 40_000);
        let finger = |down, now| Finger { down, now };
        let cases: [(&[Finger], Window); 5] = [
            (&[], held),
            (&[finger(0.5, 0.25)], window(25_000, 45_000)),
            // The fingers move apart: half as much is in view, around where they were put down.
            (&[finger(0.4, 0.3), finger(0.6, 0.7)], window(25_000, 35_000)),
            (&[finger(0.7, 0.8), finger(0.3, 0.2)], window(23_333, 36_666)),
            // They lie on each other.
            (&[finger(0.4, 0.5), finger(0.6, 0.5)], held),
        ];
        for (fingers, expected) in cases {
            assert_eq!(extent().dragged(held, fingers), expected, "{fingers:?}");
        }
    }

    #[test]
    fn lines_have_an_extent_too() {
        let extent = Extent::of_lines(&Lines::range(5, 8)).unwrap();
        assert_eq!(extent.whole, window(5, 9));
        assert_eq!(extent.zoomed(extent.whole, 0.1, 0.5), extent.whole);
        assert_eq!(Extent::of_lines(&Lines::default()), None);
    }

    #[test]
    fn what_is_in_view_is_said() {
        let part = Window { from: 160_000, to: 704_000 };
        let extent = Extent::of_time(742.0);
        assert_eq!(window_words(extent, extent.whole), "All of 12:22");
        assert_eq!(window_words(extent, part), "2:40 to 11:44 of 12:22");
        let lines = Extent::of_lines(&Lines::range(1, 1_764)).unwrap();
        assert_eq!(lines_words(lines, lines.whole), "All 1,764 lines");
        assert_eq!(lines_words(lines, Window { from: 4, to: 91 }), "Lines 4 to 90 of 1,764");
    }
}
