//! A list of any length, of which only the rows in view are in the document.

mod viewport;

use leptos::html;
use leptos::prelude::*;

pub use viewport::RowRange;
use viewport::Viewport;

/// The height of a row that is not wrapped, in pixels; the same as in the styles.
const ROW_PX: f64 = 24.0;

/// A list of rows in a box that scrolls.
#[component]
pub fn VirtualList(
    /// How many rows there are.
    n_rows: u32,
    /// What the list is, for those who do not see it.
    label: &'static str,
    /// The row to bring into view; scrolled to whenever it is set. The first row is `0`.
    #[prop(into)]
    target: Signal<Option<u32>>,
    /// Whether rows can be higher than one line.
    #[prop(into)]
    is_wrapped: Signal<bool>,
    /// Which rows are in view.
    visible: RwSignal<RowRange>,
    /// The rows in view.
    rows: ViewFn,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let offset_px = RwSignal::new(0.0);
    let viewport = move |frame_px: f64| Viewport {
        n_rows,
        row_px: ROW_PX,
        frame_px,
        is_wrapped: is_wrapped.get_untracked(),
    };
    let measure = move || {
        let Some(frame) = frame.get_untracked() else { return };
        let viewport = viewport(f64::from(frame.client_height()));
        let top = viewport.top(f64::from(frame.scroll_top()));
        offset_px.set(top.offset_px);
        visible.maybe_update(|now| std::mem::replace(now, top.rows) != top.rows);
    };
    Effect::new(move || {
        is_wrapped.track();
        if let (Some(frame), Some(row)) = (frame.get(), target.get()) {
            let viewport = viewport(f64::from(frame.client_height()));
            frame.set_scroll_top(viewport.scroll_px(row));
        }
        measure();
    });
    let listener = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || listener.remove());
    let height = pixels(Viewport::height_px(n_rows, ROW_PX));
    view! {
        <div
            class="virtual-list"
            class:virtual-list--wrapped=is_wrapped
            role="region"
            aria-label=label
            tabindex="0"
            node_ref=frame
            on:scroll=move |_| measure()
        >
            <div class="virtual-list__length" style:height=height>
                <div
                    class="virtual-list__rows"
                    style:transform=move || ["translateY(", &pixels(offset_px.get()), ")"].concat()
                >
                    {move || rows.run()}
                </div>
            </div>
        </div>
    }
}

/// Whole pixels: the code that prints fractions is larger than this component.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
fn pixels(length: f64) -> String {
    let mut text = (length.round() as i32).to_string();
    text.push_str("px");
    text
}
