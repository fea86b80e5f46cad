//! A list of any length, of which only the rows around those in view are in the document.

mod motion;
mod viewport;

use leptos::ev::{KeyboardEvent, WheelEvent};
use leptos::html;
use leptos::prelude::*;

use crate::browser::layout;
pub use motion::Jump;
use motion::Motion;
pub use viewport::RowRange;
use viewport::{Heights, Viewport};

/// The height of a row that is not wrapped, in pixels; the same as in the styles.
const ROW_PX: f64 = 24.0;

/// A list of so few rows is in the document as a whole and scrolls by itself: where its rows are
/// wrapped, a bar that stands for rows of one line would end before they do.
const WHOLE: u32 = 24;

/// A list of rows in a box that scrolls.
#[component]
pub fn VirtualList(
    /// How many rows there are.
    #[prop(into)]
    n_rows: Signal<u32>,
    /// What the list is, for those who do not see it.
    label: &'static str,
    /// The row to bring into view; scrolled to whenever it is set.
    #[prop(into)]
    target: Signal<Option<Jump>>,
    /// Whether rows can be higher than one line.
    #[prop(into)]
    is_wrapped: Signal<bool>,
    /// Which rows are in the document.
    visible: RwSignal<RowRange>,
    /// The rows in the document, an element each.
    rows: ViewFn,
) -> impl IntoView {
    let list = List {
        frame: NodeRef::new(),
        rows: NodeRef::new(),
        n_rows,
        is_wrapped,
        visible,
        motion: StoredValue::default(),
    };
    Effect::new(move || {
        is_wrapped.track();
        n_rows.track();
        if list.frame.get().is_some() {
            if let Some(jump) = target.get() {
                list.motion.update_value(|motion| motion.go_to(jump));
            }
            // Asking how high the box is makes the browser lay out the whole page at once.
            request_animation_frame(move || list.show());
        }
    });
    let listener = window_event_listener(leptos::ev::resize, move |_| list.show());
    on_cleanup(move || listener.remove());
    let is_whole = move || n_rows.get() <= WHOLE;
    let height = move || {
        if is_whole() {
            return "auto".to_owned();
        }
        pixels(Viewport { n_rows: n_rows.get(), ..SIZE }.height_px())
    };
    let drawn = move || {
        // How high the rows are shows when they are in the document.
        request_animation_frame(move || list.show());
        rows.run()
    };
    view! {
        <div
            class="virtual-list"
            class:virtual-list--wrapped=is_wrapped
            class:virtual-list--whole=is_whole
            role="region"
            aria-label=label
            tabindex="0"
            node_ref=list.frame
            on:scroll=move |_| list.follow()
            on:keydown=move |event| list.take_key(&event)
            on:wheel=move |event| list.take_wheel(&event)
        >
            <div class="virtual-list__length" style:height=height>
                <div class="virtual-list__rows" node_ref=list.rows>
                    {drawn}
                </div>
            </div>
        </div>
    }
}

/// What is the same of every list.
const SIZE: Viewport = Viewport { n_rows: 0, row_px: ROW_PX, frame_px: 0.0 };

/// The parts of a list.
#[derive(Clone, Copy)]
struct List {
    frame: NodeRef<html::Div>,
    rows: NodeRef<html::Div>,
    n_rows: Signal<u32>,
    is_wrapped: Signal<bool>,
    visible: RwSignal<RowRange>,
    motion: StoredValue<Motion>,
}

impl List {
    /// The box, and how high what is in it is; `None` once the list was left.
    fn layout(self) -> Option<(Viewport, Heights)> {
        let n_rows = self.n_rows.try_get_untracked()?;
        let frame_px = f64::from(self.frame.try_get_untracked()??.client_height());
        let rows = self.rows.try_get_untracked()??;
        let first = self.visible.try_get_untracked()?.first;
        let px = layout::heights_of_children(&rows);
        Some((Viewport { n_rows, frame_px, ..SIZE }, Heights { first, px, least_px: ROW_PX }))
    }

    /// Puts the rows where they belong.
    fn show(self) {
        let Some((viewport, heights)) = self.layout() else { return };
        if viewport.n_rows <= WHOLE {
            self.show_whole(viewport, &heights);
            return;
        }
        let place = self.motion.with_value(|motion| motion.place(viewport, &heights));
        let drawn = viewport.drawn(place);
        self.visible.maybe_update(|now| std::mem::replace(now, drawn) != drawn);
        let Some(frame) = self.frame.get_untracked() else { return };
        if let Some(rows) = self.rows.get_untracked() {
            layout::shift_down(&rows, -heights.down_to(place));
        }
        let wanted = viewport.scroll_px(place, &heights);
        if self.motion.with_value(|motion| motion.moves_the_bar(viewport)) {
            layout::scroll_to(&frame, wanted);
        }
        let at = f64::from(frame.scroll_top());
        self.motion.update_value(|motion| motion.stand_at(at));
    }

    /// Has all rows in the document, and the one that was gone to in view.
    fn show_whole(self, viewport: Viewport, heights: &Heights) {
        let all = RowRange { first: 0, end: viewport.n_rows };
        self.visible.maybe_update(|now| std::mem::replace(now, all) != all);
        let (Some(frame), Some(rows)) = (self.frame.get_untracked(), self.rows.get_untracked())
        else {
            return;
        };
        layout::shift_down(&rows, 0.0);
        if let Some(px) = self.motion.with_value(|motion| motion.goal_px(viewport, heights)) {
            layout::scroll_to(&frame, px);
        }
        let at = f64::from(frame.scroll_top());
        self.motion.update_value(|motion| motion.stand_at(at));
    }

    /// Follows the scroll bar, or a finger.
    fn follow(self) {
        let (Some(frame), Some((viewport, heights))) = (self.frame.get_untracked(), self.layout())
        else {
            return;
        };
        let at = f64::from(frame.scroll_top());
        if viewport.n_rows <= WHOLE {
            self.motion.update_value(|motion| motion.leave_to(at));
            return;
        }
        let is_exact = viewport.is_short() && !self.is_wrapped.get_untracked();
        let moved = self.motion.try_update_value(|it| it.follow(at, is_exact, viewport, &heights));
        if moved == Some(true) {
            self.show();
        }
    }

    fn take_key(self, event: &KeyboardEvent) {
        let Some((viewport, heights)) = self.layout() else { return };
        if viewport.n_rows <= WHOLE {
            return;
        }
        let Some(key) = layout::scroll_key(event) else { return };
        event.prevent_default();
        self.motion.update_value(|motion| motion.take_key(key, viewport, &heights));
        self.show();
    }

    /// A browser scrolls by pixels of the bar; where those stand for more, rows are moved instead.
    fn take_wheel(self, event: &WheelEvent) {
        let Some((viewport, heights)) = self.layout() else { return };
        let is_exact = viewport.is_short() && !self.is_wrapped.get_untracked();
        if is_exact || viewport.n_rows <= WHOLE {
            return;
        }
        let Some(by_px) = layout::wheel_px(event, ROW_PX, viewport.frame_px) else { return };
        let moved = self.motion.try_update_value(|motion| motion.step(by_px, viewport, &heights));
        // At an end the page moves on.
        if moved == Some(true) {
            event.prevent_default();
            self.show();
        }
    }
}

/// Whole pixels: the code that prints fractions is larger than this component.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
fn pixels(length: f64) -> String {
    let mut text = (length.round() as i32).to_string();
    text.push_str("px");
    text
}
