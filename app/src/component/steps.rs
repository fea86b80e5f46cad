//! Lists that are shown in steps, so that the page answers while a long one grows.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

use super::markup::Child;
use super::printing;
use crate::format;

/// How far a list is shown.
#[derive(Clone, Copy)]
pub struct Steps {
    length: usize,
    n_at_first: usize,
    per_frame: usize,
    shown: RwSignal<usize>,
}

/// Makes a range of the elements of a list.
pub type MakeItems = Arc<dyn Fn(Range<usize>) -> Child + Send + Sync>;

impl Steps {
    /// A list of which so many elements are shown, and so many more in each frame once the rest is
    /// asked for. On paper the rest is there too.
    pub fn start(length: usize, n_at_first: usize, per_frame: usize) -> Self {
        let shown = RwSignal::new(length.min(n_at_first));
        let steps = Self { length, n_at_first, per_frame, shown };
        if length > n_at_first {
            steps.show_on_paper();
        }
        steps
    }

    fn show_on_paper(self) {
        let is_printing = printing::is_printing();
        Effect::new(move || {
            if is_printing.get() {
                let most = self.length.min(printing::MOST_ROWS);
                self.shown.update(|shown| *shown = (*shown).max(most));
            }
        });
    }

    /// The end of the elements that are shown together with the one at `start`.
    pub fn end(self, start: usize) -> usize {
        let n_together = if start == 0 { self.n_at_first } else { self.per_frame };
        (start + n_together).min(self.length)
    }

    /// What stands behind the element before `end`, as soon as it is asked for.
    pub fn then(self, end: usize, rest: impl Fn() -> Child + Send + 'static) -> Child {
        if end >= self.length {
            return Child::nothing();
        }
        let is_asked_for = Memo::new(move |_| self.shown.get() > end);
        let next = move || is_asked_for.get().then(|| rest().into_any());
        next.into_any().into()
    }

    /// The elements of a list that has nothing between them.
    pub fn items(self, make: MakeItems) -> Child {
        self.items_from(0, make)
    }

    fn items_from(self, start: usize, make: MakeItems) -> Child {
        let end = self.end(start);
        let items = make(start..end);
        (items, self.then(end, move || self.items_from(end, make.clone()))).into()
    }

    /// Shows the rest frame by frame.
    pub fn go_on(self) {
        // The list may be gone before its last element is added.
        let Some(before) = self.shown.try_get_untracked() else { return };
        let now = (before + self.per_frame).min(self.length);
        self.shown.set(now);
        if now < self.length {
            request_animation_frame(move || self.go_on());
        }
    }

    /// The button for the rest.
    pub fn button(self) -> Child {
        if self.shown.get_untracked() >= self.length {
            return Child::nothing();
        }
        let label = ["Show all ", &format::count(self.length as u64)].concat();
        let is_done = move || self.shown.get() == self.length;
        let button = view! {
            <button
                class="button button--small"
                type="button"
                hidden=is_done
                on:click=move |_| self.go_on()
            >
                {label}
            </button>
            " "
        };
        button.into_any().into()
    }
}
