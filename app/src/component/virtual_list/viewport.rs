//! Which rows are in view at which place of the scroll bar.

/// Browsers draw no element higher than some 17 million pixels. In a longer list the scroll bar
/// stands for more rows than it has pixels for.
const MAX_HEIGHT_PX: f64 = 15_000_000.0;

/// A box in which rows scroll.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Viewport {
    /// How many rows there are.
    pub(super) n_rows: u32,
    /// The least height of a row.
    pub(super) row_px: f64,
    /// The height of the box.
    pub(super) frame_px: f64,
    /// Whether rows can be higher than `row_px`.
    pub(super) is_wrapped: bool,
}

/// Rows in view, the last one excluded. The first row is `0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowRange {
    /// The first row.
    pub first: u32,
    /// The row after the last.
    pub end: u32,
}

/// What is at the upper edge of the box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Top {
    /// The rows in view.
    pub(super) rows: RowRange,
    /// How far the first of them is moved out over the edge: zero or less.
    pub(super) offset_px: f64,
}

impl Viewport {
    /// The height of the whole list.
    pub(super) fn height_px(n_rows: u32, row_px: f64) -> f64 {
        (f64::from(n_rows) * row_px).min(MAX_HEIGHT_PX)
    }

    /// What is at the upper edge when the box is scrolled by `scroll_px`.
    pub(super) fn top(&self, scroll_px: f64) -> Top {
        let share = (scroll_px / self.scroll_range_px().max(1.0)).clamp(0.0, 1.0);
        let first = share * self.last_first();
        let row = whole(first);
        let n_visible = whole((self.frame_px / self.row_px).ceil()) + 1;
        Top {
            rows: RowRange { first: row, end: row.saturating_add(n_visible).min(self.n_rows) },
            offset_px: (f64::from(row) - first) * self.row_px,
        }
    }

    /// How far to scroll so that `row` is in view with a few rows above it.
    pub(super) fn scroll_px(&self, row: u32) -> i32 {
        let above = (self.frame_px / self.row_px / 4.0).floor();
        let first = (f64::from(row) - above).clamp(0.0, self.last_first());
        let share = first / self.last_first().max(1.0);
        i32::try_from(whole((share * self.scroll_range_px()).round())).unwrap_or(i32::MAX)
    }

    /// The scroll bar moves over this many pixels.
    fn scroll_range_px(&self) -> f64 {
        (Self::height_px(self.n_rows, self.row_px) - self.frame_px).max(0.0)
    }

    /// The row at the upper edge when the box is scrolled to its end.
    fn last_first(&self) -> f64 {
        // How many wrapped rows fill the box is not known, so the last one can go to the top.
        let n_last = if self.is_wrapped { 1.0 } else { self.frame_px / self.row_px };
        (f64::from(self.n_rows) - n_last).max(0.0)
    }
}

/// The whole part of a number that is not negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts of floats saturate, and rows are counted in 32 bits"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn viewport(n_rows: u32) -> Viewport {
        Viewport { n_rows, row_px: 24.0, frame_px: 480.0, is_wrapped: false }
    }

    #[track_caller]
    fn check(viewport: Viewport, scroll_px: f64, rows: (u32, u32), offset_px: f64) {
        let top = viewport.top(scroll_px);
        assert_eq!((top.rows.first, top.rows.end), rows);
        assert!((top.offset_px - offset_px).abs() < 0.001, "{}", top.offset_px);
    }

    #[test]
    fn rows_follow_the_scroll_bar_pixel_by_pixel() {
        check(viewport(1000), 0.0, (0, 21), 0.0);
        check(viewport(1000), 36.0, (1, 22), -12.0);
        check(viewport(1000), 24_000.0 - 480.0, (980, 1000), 0.0);
    }

    #[test]
    fn short_list_is_all_in_view() {
        check(viewport(3), 0.0, (0, 3), 0.0);
        check(viewport(0), 10.0, (0, 0), 0.0);
    }

    #[test]
    fn last_rows_of_ten_million_can_be_reached() {
        let long = viewport(10_000_000);
        check(long, MAX_HEIGHT_PX - 480.0, (9_999_980, 10_000_000), 0.0);
    }

    #[test]
    fn wrapped_rows_can_be_scrolled_to_the_last() {
        let wrapped = Viewport { is_wrapped: true, ..viewport(1000) };
        check(wrapped, 24_000.0 - 480.0, (999, 1000), 0.0);
    }

    #[test]
    fn row_that_is_gone_to_is_in_view() {
        for n_rows in [1, 10, 100, 5_000, 1_000_000, 4_000_000] {
            for is_wrapped in [false, true] {
                let viewport = Viewport { is_wrapped, ..viewport(n_rows) };
                for row in [0, n_rows / 3, n_rows - 1] {
                    let rows = viewport.top(f64::from(viewport.scroll_px(row))).rows;
                    assert!(rows.first <= row && row < rows.end, "{row} of {n_rows}: {rows:?}");
                }
            }
        }
    }
}
