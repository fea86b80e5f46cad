//! Paper has no buttons: what is folded or shown in steps is on it as a whole, except what says the
//! same in another form.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::document::{self, Element};

/// Rows of a table that are printed at most: more would be hundreds of sheets.
pub const MOST_ROWS: usize = 2_000;

/// Whether the page is being printed.
#[derive(Clone, Copy)]
struct Printing(RwSignal<bool>);

/// Unfolds what is shown below this place while the page is printed.
pub fn unfold_on_paper() {
    let printing = RwSignal::new(false);
    let opened = StoredValue::new_local(Vec::<Element>::new());
    provide_context(Printing(printing));
    let before = window_event_listener(ev::beforeprint, move |_| {
        printing.set(true);
        opened.set_value(document::open_folds());
    });
    let after = window_event_listener(ev::afterprint, move |_| {
        printing.set(false);
        opened.with_value(|opened| document::close_folds(opened));
    });
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
}

/// Whether the page is being printed; never where nobody asked for that.
pub fn is_printing() -> Signal<bool> {
    use_context::<Printing>().map_or_else(|| Signal::stored(false), |Printing(it)| it.into())
}
