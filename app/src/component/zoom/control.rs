//! What mouse, fingers, wheel, keys and buttons do to a chart.

use std::time::Duration;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::super::markup::Child;
use super::{Mark, Zoom};
use crate::browser::document;
use crate::browser::pointer::{self, Turn};
use crate::chart::{Extent, Finger};
use crate::sorting::sort;
use crate::view_state::Window;

/// One step of zooming in.
const CLOSER: f64 = 0.5;

/// One step of moving, as a share of the width.
const ASIDE: f64 = 0.25;

/// A finger that moved less is tapping, in CSS pixels.
const TAP_PX: f64 = 4.0;

/// The address is written when nothing moved for so long: browsers allow few changes of it.
const SETTLED: Duration = Duration::from_millis(200);

type Settle = Box<dyn FnMut(Window)>;

type Detail = Box<dyn Fn(usize) -> Child + Send + Sync>;

/// What a chart shows, and what is done with it.
#[derive(Clone, Copy)]
pub(super) struct Control {
    extent: Extent,
    /// What is in view.
    pub(super) shown: RwSignal<Window>,
    /// The mark that is pointed at, by its index among the marks.
    pub(super) current: RwSignal<Option<usize>>,
    /// Whether that stays, whatever is pointed at.
    is_pinned: StoredValue<bool>,
    marks: StoredValue<Vec<Mark>>,
    detail: StoredValue<Option<Detail>>,
    hold: StoredValue<Hold>,
    settle: StoredValue<Settle, LocalStorage>,
}

/// The fingers on a chart, since the last one was put down or lifted.
struct Hold {
    /// What was in view then.
    window: Window,
    fingers: Vec<(i32, Finger)>,
    /// Whether any of them moved, since the first was put down.
    is_moved: bool,
}

impl Control {
    pub(super) fn start(zoom: &Zoom) -> Self {
        let (extent, chosen, on_choose) = (zoom.extent, zoom.chosen, zoom.on_choose);
        let shown = extent.shown(chosen.get_untracked());
        let settle = debounce(SETTLED, move |window| {
            // The chart may be gone meanwhile.
            let _ = on_choose.try_run(extent.chosen(window));
        });
        let control = Self {
            extent,
            shown: RwSignal::new(shown),
            current: RwSignal::new(None),
            is_pinned: StoredValue::new(false),
            marks: StoredValue::new(Vec::new()),
            detail: StoredValue::new(None),
            hold: StoredValue::new(Hold { window: shown, fingers: Vec::new(), is_moved: false }),
            settle: StoredValue::new_local(Box::new(settle)),
        };
        Effect::new(move || control.set_shown(extent.shown(chosen.get())));
        control
    }

    /// Keeps what was drawn.
    pub(super) fn take(self, marks: Vec<Mark>, detail: Detail) {
        self.marks.set_value(marks);
        self.detail.set_value(Some(detail));
    }

    /// The mark that is pointed at.
    pub(super) fn current_mark(self) -> Option<Mark> {
        self.mark(self.current.get()?)
    }

    fn mark(self, index: usize) -> Option<Mark> {
        self.marks.with_value(|marks| marks.get(index).copied())
    }

    /// What is said of the mark that is pointed at.
    pub(super) fn detail(self) -> Option<Child> {
        let index = self.current.get()?;
        self.detail.with_value(|detail| detail.as_ref().map(|detail| detail(index)))
    }

    /// Does what a button says.
    pub(super) fn act(self, action: &str) {
        let (extent, shown) = (self.extent, self.shown.get_untracked());
        self.choose(match action {
            "in" => extent.zoomed(shown, CLOSER, self.middle()),
            "out" => extent.zoomed(shown, 1.0 / CLOSER, self.middle()),
            "earlier" => extent.moved(shown, -ASIDE),
            "later" => extent.moved(shown, ASIDE),
            "to" => self.window_of_current().unwrap_or(shown),
            _ => extent.whole,
        });
    }

    /// Does what a key says.
    pub(super) fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "+" | "=" => self.act("in"),
            "-" => self.act("out"),
            "ArrowLeft" => self.act("earlier"),
            "ArrowRight" => self.act("later"),
            "0" => self.act("all"),
            "ArrowDown" => self.step(1),
            "ArrowUp" => self.step(-1),
            "Enter" if self.current.get_untracked().is_some() => self.act("to"),
            "Escape" if self.current.get_untracked().is_some() => self.point(None, false),
            _ => return,
        }
        event.prevent_default();
    }

    /// Turning the wheel with Ctrl zooms, and sideways it moves.
    pub(super) fn turn(self, event: &WheelEvent) {
        let Some(turn) = pointer::turn(event) else { return };
        let shown = self.shown.get_untracked();
        let new = match turn {
            Turn::Zoom(by) => {
                // The browser would zoom the page.
                event.prevent_default();
                self.extent.zoomed(shown, by, pointer::share_across(event).unwrap_or(0.5))
            }
            Turn::Move(by) => self.extent.moved(shown, by),
        };
        if new != shown {
            event.prevent_default();
            self.choose(new);
        }
    }

    pub(super) fn put_down(self, event: &PointerEvent) {
        let Some(share) = pointer::share_across(event).filter(|_| event.button() == 0) else {
            return;
        };
        self.hold_anew(|fingers| {
            fingers.push((event.pointer_id(), Finger { down: share, now: share }));
        });
    }

    pub(super) fn lift(self, event: &PointerEvent) {
        self.hold_anew(|fingers| fingers.retain(|(id, _)| *id != event.pointer_id()));
    }

    /// From now on, what is in view is held by these fingers where they are.
    fn hold_anew(self, change: impl FnOnce(&mut Vec<(i32, Finger)>)) {
        let window = self.shown.get_untracked();
        self.hold.update_value(|hold| {
            hold.is_moved &= !hold.fingers.is_empty();
            for (_, finger) in &mut hold.fingers {
                finger.down = finger.now;
            }
            change(&mut hold.fingers);
            hold.window = window;
        });
    }

    pub(super) fn drag(self, event: &PointerEvent) {
        let (Some(share), Some(width)) = (pointer::share_across(event), pointer::width(event))
        else {
            return;
        };
        let id = event.pointer_id();
        let dragged = self.hold.try_update_value(|hold| {
            let (_, finger) = hold.fingers.iter_mut().find(|(held, _)| *held == id)?;
            finger.now = share;
            let is_far = (finger.now - finger.down).abs() * width > TAP_PX;
            hold.is_moved |= is_far;
            let fingers: Vec<Finger> = hold.fingers.iter().map(|(_, finger)| *finger).collect();
            hold.is_moved.then(|| self.extent.dragged(hold.window, &fingers))
        });
        let Some(window) = dragged.flatten() else { return };
        // Not before it moved: what is tapped would not be told of the click.
        pointer::capture(event);
        self.choose(window);
    }

    pub(super) fn point_at(self, event: &MouseEvent) {
        let mark = document::clicked(event, "data-mark").and_then(|index| index.parse().ok());
        if mark.is_some() && !self.is_pinned.get_value() {
            self.point(mark, false);
        }
    }

    /// What is tapped stays pointed at, until something else is tapped.
    pub(super) fn tap(self, event: &MouseEvent) {
        if self.hold.with_value(|hold| hold.is_moved) {
            return;
        }
        let mark = document::clicked(event, "data-mark").and_then(|index| index.parse().ok());
        self.point(mark, mark.is_some());
    }

    fn point(self, mark: Option<usize>, is_pinned: bool) {
        self.is_pinned.set_value(is_pinned);
        self.current.maybe_update(|now| std::mem::replace(now, mark) != mark);
    }

    /// Points at the mark after this one or before it, from left to right.
    fn step(self, by: isize) {
        let mut order: Vec<usize> = (0..self.marks.with_value(Vec::len)).collect();
        self.marks.with_value(|marks| {
            sort(&mut order, &|a, b| {
                let [a, b] = [marks[a], marks[b]];
                a.x.0.total_cmp(&b.x.0).then(a.top.cmp(&b.top))
            });
        });
        let current = self.current.get_untracked();
        let at = order.iter().position(|index| Some(*index) == current);
        let next = match at {
            Some(at) => at.checked_add_signed(by),
            None if by > 0 => Some(0),
            None => order.len().checked_sub(1),
        };
        if let Some(next) = next.and_then(|next| order.get(next)) {
            self.point(Some(*next), true);
        }
    }

    /// What stays where it is when a button or key zooms: the mark that is pointed at.
    fn middle(self) -> f64 {
        let mark = self.current.get_untracked().and_then(|index| self.mark(index));
        mark.map_or(0.5, |mark| ((mark.x.0 + mark.width.0 / 2.0) / 100.0).clamp(0.0, 1.0))
    }

    /// What shows the mark that is pointed at as a whole, with some room around it.
    fn window_of_current(self) -> Option<Window> {
        let window = self.mark(self.current.get_untracked()?)?.window;
        Some(self.extent.zoomed(self.extent.shown(Some(window)), 1.25, 0.5))
    }

    /// Shows something else, and says so when it stays.
    fn choose(self, window: Window) {
        self.set_shown(window);
        self.settle.update_value(|settle| settle(window));
    }

    fn set_shown(self, window: Window) {
        if self.shown.get_untracked() != window {
            // What is drawn then has other marks.
            self.point(None, false);
            self.shown.set(window);
        }
    }
}
