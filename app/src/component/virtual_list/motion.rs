//! Where a list stands, and what moves it.

use super::viewport::{Heights, Place, Viewport};
use crate::browser::layout::ScrollKey;

/// Where a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Motion {
    /// What the person went to. What is shown follows from it and from how high rows turn out to
    /// be, so that a row that was gone to stays in view while text comes.
    anchor: Place,
    /// How much of the box is above the anchor, as a share of its height.
    share_above: f64,
    /// Where the scroll bar is known to be.
    bar_px: f64,
    /// Whether the bar is moved by what has its hand on it.
    is_held: bool,
    /// Whether the list was told to go to a row and has not been put there yet.
    is_due: bool,
}

/// A row to go to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump {
    /// The row. The first row is `0`.
    pub row: u32,
    /// How much of the box is to be above it, as a share of its height.
    pub share_above: f64,
}

impl Jump {
    /// A row that was gone to has a quarter of the box above it.
    pub fn to(row: u32) -> Self {
        Self { row, share_above: 0.25 }
    }
}

impl Motion {
    /// What is at the upper edge of the box.
    pub(super) fn place(&self, viewport: Viewport, heights: &Heights) -> Place {
        viewport.moved(self.anchor, -self.share_above * viewport.frame_px, heights)
    }

    /// Whether the scroll bar is to be put where the rows are.
    pub(super) fn moves_the_bar(&self, viewport: Viewport) -> bool {
        let range_px = viewport.scroll_range_px();
        let room_px = self.bar_px.min(range_px - self.bar_px);
        // Near an end a bar that is held would end before the rows do.
        !self.is_held || (0.5..viewport.frame_px).contains(&room_px)
    }

    /// Notes where the scroll bar is, so that its own movement is not taken for a person's.
    pub(super) fn stand_at(&mut self, bar_px: f64) {
        (self.bar_px, self.is_due) = (bar_px, false);
    }

    /// Where a list that is in the document as a whole is to be scrolled to, as long as nobody has
    /// scrolled it.
    pub(super) fn goal_px(&self, viewport: Viewport, heights: &Heights) -> Option<f64> {
        let above_px = self.share_above * viewport.frame_px;
        (!self.is_held).then(|| heights.down_to(self.anchor) - above_px)
    }

    /// Takes over where a person has scrolled such a list to.
    pub(super) fn leave_to(&mut self, bar_px: f64) {
        if !self.is_due && (bar_px - self.bar_px).abs() >= 0.5 {
            (self.bar_px, self.is_held) = (bar_px, true);
        }
    }

    /// Goes to a row. What the bar did before, and is told of only now, does not lead away.
    pub(super) fn go_to(&mut self, Jump { row, share_above }: Jump) {
        self.stop_at(Place { row, above_px: 0.0 });
        (self.share_above, self.is_due) = (share_above, true);
    }

    /// Moves by some pixels; says whether there was room.
    pub(super) fn step(&mut self, by_px: f64, viewport: Viewport, heights: &Heights) -> bool {
        let from = self.place(viewport, heights);
        let to = viewport.moved(from, by_px, heights);
        self.stop_at(to);
        to != from
    }

    pub(super) fn take_key(&mut self, key: ScrollKey, viewport: Viewport, heights: &Heights) {
        // A row of the page before stays in view.
        let page_px = (viewport.frame_px - viewport.row_px).max(viewport.row_px);
        match key {
            ScrollKey::Start => self.stop_at(Place::default()),
            ScrollKey::End => self.stop_at(viewport.end()),
            ScrollKey::Lines(n) => _ = self.step(n * viewport.row_px, viewport, heights),
            ScrollKey::Pages(n) => _ = self.step(n * page_px, viewport, heights),
        }
    }

    /// Takes over where the scroll bar is now; says whether that is new. Small movements are
    /// those of a finger and move the rows as far; large ones are those of the bar itself.
    pub(super) fn follow(
        &mut self,
        bar_px: f64,
        is_exact: bool,
        viewport: Viewport,
        heights: &Heights,
    ) -> bool {
        let by_px = bar_px - self.bar_px;
        if self.is_due || by_px.abs() < 0.5 {
            return false;
        }
        self.bar_px = bar_px;
        let is_at_end = bar_px <= 0.0 || bar_px >= viewport.scroll_range_px() - 0.5;
        if is_exact || is_at_end || by_px.abs() >= viewport.frame_px {
            self.stop_at(if bar_px <= 0.0 { Place::default() } else { viewport.place_at(bar_px) });
        } else {
            self.step(by_px, viewport, heights);
        }
        self.is_held = true;
        true
    }

    fn stop_at(&mut self, anchor: Place) {
        (self.anchor, self.share_above, self.is_held) = (anchor, 0.0, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: u32 = 12_000_000;

    fn viewport(n_rows: u32) -> Viewport {
        Viewport { n_rows, row_px: 24.0, frame_px: 480.0 }
    }

    fn even() -> Heights {
        Heights { least_px: 24.0, ..Heights::default() }
    }

    fn at(row: u32) -> Motion {
        let mut motion = Motion::default();
        motion.stop_at(Place { row, above_px: 0.0 });
        let bar_px = viewport(LONG).scroll_px(motion.anchor, &even());
        motion.stand_at(bar_px);
        motion
    }

    #[test]
    fn keys_move_by_rows_and_pages_in_the_longest_log() {
        for (key, expected) in [
            (ScrollKey::Lines(1.0), 5_000_001),
            (ScrollKey::Lines(-1.0), 4_999_999),
            (ScrollKey::Pages(1.0), 5_000_019),
            (ScrollKey::Pages(-1.0), 4_999_981),
            (ScrollKey::Start, 0),
            (ScrollKey::End, LONG - 20),
        ] {
            let mut motion = at(5_000_000);
            motion.take_key(key, viewport(LONG), &even());
            assert_eq!(motion.place(viewport(LONG), &even()).row, expected, "{key:?}");
        }
    }

    #[test]
    fn finger_moves_rows_by_its_way_and_the_bar_by_its_share() {
        let list = viewport(LONG);
        let mut motion = at(5_000_000);
        let bar_px = motion.bar_px;
        assert!(motion.follow(bar_px + 48.0, false, list, &even()));
        assert_eq!(motion.place(list, &even()).row, 5_000_002);
        assert!(motion.follow(list.scroll_range_px() / 4.0, false, list, &even()));
        assert_eq!(motion.place(list, &even()).row.abs_diff((LONG - 20) / 4) / 2, 0);
        assert!(motion.follow(list.scroll_range_px(), false, list, &even()));
        assert_eq!(motion.place(list, &even()).row, LONG - 20);
    }

    #[test]
    fn whole_list_goes_to_a_row_until_somebody_scrolls() {
        let list = viewport(20);
        let heights = Heights { first: 0, px: vec![96.0; 20], least_px: 24.0 };
        let mut motion = Motion::default();
        motion.go_to(Jump::to(10));
        assert_eq!(motion.goal_px(list, &heights), Some(840.0));
        motion.stand_at(840.0);
        motion.leave_to(840.0);
        assert_eq!(motion.goal_px(list, &heights), Some(840.0));
        motion.leave_to(700.0);
        assert_eq!(motion.goal_px(list, &heights), None);
    }

    #[test]
    fn bar_that_still_moves_does_not_lead_away_from_a_row_that_is_gone_to() {
        let list = viewport(LONG);
        let mut motion = at(100);
        motion.go_to(Jump::to(5_000_000));
        assert!(!motion.follow(1000.0, false, list, &even()));
        motion.leave_to(900.0);
        assert_eq!(motion.place(list, &even()).row, 4_999_995);
        motion.stand_at(list.scroll_px(motion.place(list, &even()), &even()));
        let bar_px = motion.bar_px;
        assert!(motion.follow(bar_px + 48.0, false, list, &even()));
    }

    #[test]
    fn bar_that_was_moved_by_the_list_moves_nothing() {
        let mut motion = at(100);
        let bar_px = motion.bar_px;
        assert!(!motion.follow(bar_px, false, viewport(LONG), &even()));
        assert!(motion.moves_the_bar(viewport(LONG)));
    }

    #[test]
    fn row_that_is_gone_to_stays_in_view_when_the_rows_above_turn_out_higher() {
        let list = viewport(1000);
        let mut motion = Motion::default();
        motion.go_to(Jump::to(500));
        assert_eq!(motion.place(list, &even()).row, 495);
        let heights = Heights { first: 480, px: vec![96.0; 60], least_px: 24.0 };
        let place = motion.place(list, &heights);
        assert_eq!((place.row, place.above_px.to_string().as_str()), (498, "72"));
    }

    #[test]
    fn there_is_always_room_for_a_finger_near_the_ends() {
        let list = viewport(LONG);
        let mut motion = at(200);
        let bar_px = motion.bar_px;
        motion.follow(bar_px - 10.0, false, list, &even());
        assert!(motion.moves_the_bar(list));
    }
}
