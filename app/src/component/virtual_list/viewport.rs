//! Which rows are in view, and how the scroll bar and steps of the person move them.

/// Browsers draw no element higher than some 17 million pixels. In a longer list the scroll bar
/// stands for more rows than it has pixels for.
const MAX_HEIGHT_PX: f64 = 15_000_000.0;

/// The rows in the document change in steps of this many, so that most movements only shift them.
const STEP: u32 = 8;

/// A box in which rows scroll.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Viewport {
    /// How many rows there are.
    pub(super) n_rows: u32,
    /// The least height of a row.
    pub(super) row_px: f64,
    /// The height of the box.
    pub(super) frame_px: f64,
}

/// Rows beside each other, the last one excluded. The first row is `0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowRange {
    /// The first row.
    pub first: u32,
    /// The row after the last.
    pub end: u32,
}

/// What is at the upper edge of the box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// A row.
    pub(super) row: u32,
    /// How much of it is above the edge.
    pub(super) above_px: f64,
}

/// How high rows are: those in the document as they are, all others as the least.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heights {
    /// The first row in the document.
    pub(super) first: u32,
    /// The heights of the rows in the document.
    pub(super) px: Vec<f64>,
    /// The least height of a row.
    pub(super) least_px: f64,
}

impl Heights {
    fn of(&self, row: u32) -> f64 {
        let drawn = row.checked_sub(self.first).and_then(|index| self.px.get(index as usize));
        drawn.map_or(self.least_px, |px| px.max(self.least_px))
    }

    /// How far below the first row in the document a place is.
    pub(super) fn down_to(&self, place: Place) -> f64 {
        (self.first..place.row).map(|row| self.of(row)).sum::<f64>() + place.above_px
    }
}

impl Viewport {
    /// The end of the list; [`Viewport::moved`] makes of it the place where the last row is the
    /// last in the box.
    pub(super) fn end(&self) -> Place {
        Place { row: self.n_rows, above_px: 0.0 }
    }

    /// The height of the whole list on the scroll bar.
    pub(super) fn height_px(&self) -> f64 {
        self.true_height_px().min(MAX_HEIGHT_PX)
    }

    /// Whether a pixel of the scroll bar stands for a pixel of rows that are not wrapped.
    pub(super) fn is_short(&self) -> bool {
        self.true_height_px() <= MAX_HEIGHT_PX
    }

    /// The rows to have in the document: those in view, and as many before and after them.
    pub(super) fn drawn(&self, place: Place) -> RowRange {
        let n_visible = whole((self.frame_px / self.row_px).ceil()) + 1;
        let first = place.row.saturating_sub(n_visible) / STEP * STEP;
        let end = place.row.saturating_add(2 * n_visible).div_ceil(STEP).saturating_mul(STEP);
        RowRange { first: first.min(self.n_rows), end: end.min(self.n_rows) }
    }

    /// The place some pixels further down, or up if they are negative; no farther than the ends.
    pub(super) fn moved(&self, place: Place, by_px: f64, heights: &Heights) -> Place {
        let moved = self.passed(place, by_px, heights);
        let missing_px = self.frame_px - self.rest_px(moved, heights);
        if missing_px > 0.0 { self.passed(moved, -missing_px, heights) } else { moved }
    }

    /// As [`Viewport::moved`], beyond the end if it must be.
    fn passed(&self, place: Place, by_px: f64, heights: &Heights) -> Place {
        let Place { mut row, above_px } = place;
        let mut above_px = above_px + by_px;
        while above_px < 0.0 && row > 0 {
            row -= 1;
            above_px += heights.of(row);
        }
        while row < self.n_rows && above_px >= heights.of(row) {
            above_px -= heights.of(row);
            row += 1;
        }
        Place { row, above_px: above_px.max(0.0) }
    }

    /// How much there is below a place, as far as the box shows it.
    fn rest_px(&self, place: Place, heights: &Heights) -> f64 {
        let mut rest_px = -place.above_px;
        let mut rows = place.row..self.n_rows;
        // What ends at the lower edge is not known to be the end without a look behind it.
        while rest_px <= self.frame_px {
            let Some(row) = rows.next() else { break };
            rest_px += heights.of(row);
        }
        rest_px
    }

    /// The place that a place of the scroll bar stands for.
    pub(super) fn place_at(&self, scroll_px: f64) -> Place {
        if scroll_px >= self.scroll_range_px() {
            return self.end();
        }
        let row = scroll_px.max(0.0) / self.scroll_range_px() * self.last_top();
        Place { row: whole(row), above_px: (row - row.floor()) * self.row_px }
    }

    /// The place of the scroll bar that stands for a place. The ends stand for the ends alone, so
    /// that there is always room to move on.
    pub(super) fn scroll_px(&self, place: Place, heights: &Heights) -> f64 {
        if place == Place::default() {
            return 0.0;
        }
        let range_px = self.scroll_range_px();
        if self.rest_px(place, heights) <= self.frame_px {
            return range_px;
        }
        let row = f64::from(place.row) + place.above_px / heights.of(place.row);
        let share = row / self.last_top().max(1.0);
        (share * range_px).round().clamp(1.0, (range_px - 1.0).max(1.0))
    }

    /// The scroll bar moves over this many pixels.
    pub(super) fn scroll_range_px(&self) -> f64 {
        (self.height_px() - self.frame_px).max(0.0)
    }

    fn true_height_px(&self) -> f64 {
        f64::from(self.n_rows) * self.row_px
    }

    /// The row at the upper edge at the end of the list, if no row is wrapped.
    fn last_top(&self) -> f64 {
        (f64::from(self.n_rows) - self.frame_px / self.row_px).max(0.0)
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
        Viewport { n_rows, row_px: 24.0, frame_px: 480.0 }
    }

    /// Rows that are all of the least height.
    fn even() -> Heights {
        Heights { least_px: 24.0, ..Heights::default() }
    }

    /// Rows from `first` on that are wrapped into `lines` lines each.
    fn wrapped(first: u32, lines: &[u32]) -> Heights {
        let px = lines.iter().map(|lines| f64::from(*lines) * 24.0).collect();
        Heights { first, px, least_px: 24.0 }
    }

    fn place(row: u32, above_px: f64) -> Place {
        Place { row, above_px }
    }

    #[test]
    fn rows_follow_the_scroll_bar_pixel_by_pixel() {
        let list = viewport(1000);
        for (scroll_px, expected) in [(0.0, place(0, 0.0)), (36.0, place(1, 12.0))] {
            let found = list.place_at(scroll_px);
            assert_eq!(found.row, expected.row);
            assert!((found.above_px - expected.above_px).abs() < 0.001, "{found:?}");
        }
        assert_eq!(list.moved(list.place_at(24_000.0 - 480.0), 0.0, &even()), place(980, 0.0));
    }

    #[test]
    fn steps_are_exact_however_long_the_list_is() {
        for n_rows in [1000, 12_000_000] {
            let list = viewport(n_rows);
            let start = place(n_rows / 2, 0.0);
            let down = list.moved(start, 24.0, &even());
            assert_eq!(down, place(n_rows / 2 + 1, 0.0));
            assert_eq!(list.moved(down, -24.0, &even()), start);
            assert_eq!(list.moved(start, 100.0, &even()), place(n_rows / 2 + 4, 4.0));
        }
    }

    #[test]
    fn steps_over_wrapped_rows_take_their_height() {
        let heights = wrapped(8, &[1, 5, 2]);
        let list = viewport(1000);
        assert_eq!(list.moved(place(8, 0.0), 72.0, &heights), place(9, 48.0));
        assert_eq!(list.moved(place(11, 0.0), -72.0, &heights), place(9, 96.0));
    }

    #[test]
    fn short_list_stays_where_it_is() {
        for n_rows in [0, 1, 3, 20] {
            let list = viewport(n_rows);
            assert_eq!(list.moved(list.end(), 0.0, &even()), Place::default());
            assert_eq!(list.moved(Place::default(), 500.0, &even()), Place::default());
        }
    }

    #[test]
    fn last_row_ends_at_the_lower_edge() {
        for n_rows in [100, 12_000_000] {
            let list = viewport(n_rows);
            assert_eq!(list.moved(list.end(), 0.0, &even()), place(n_rows - 20, 0.0));
            assert_eq!(list.place_at(list.scroll_range_px()), list.end());
        }
        let heights = wrapped(96, &[2, 10, 3, 6]);
        let list = viewport(100);
        assert_eq!(list.moved(list.end(), 0.0, &heights), place(96, 24.0));
    }

    #[test]
    fn scroll_bar_tells_where_rows_are_and_is_at_its_ends_at_theirs_alone() {
        for n_rows in [100, 5_000, 1_000_000, 12_000_000] {
            let list = viewport(n_rows);
            assert_eq!(list.scroll_px(Place::default(), &even()).to_string(), "0");
            assert_eq!(list.scroll_px(place(0, 0.5), &even()).to_string(), "1");
            let bottom = list.moved(list.end(), 0.0, &even());
            let range = list.scroll_range_px();
            assert_eq!(list.scroll_px(bottom, &even()).to_string(), range.to_string());
            let before = list.moved(bottom, -1.0, &even());
            assert!(list.scroll_px(before, &even()) < range);
        }
    }

    #[test]
    fn rows_before_and_after_those_in_view_are_drawn() {
        assert_eq!(viewport(3).drawn(Place::default()), RowRange { first: 0, end: 3 });
        let list = viewport(1000);
        for row in [0, 7, 8, 500, 980, 1000] {
            let drawn = list.drawn(place(row, 0.0));
            assert!(drawn.first <= row.saturating_sub(20), "{drawn:?}");
            assert!(drawn.end >= (row + 41).min(1000), "{drawn:?}");
            assert!(drawn.end - drawn.first <= 80, "{drawn:?}");
        }
    }
}
