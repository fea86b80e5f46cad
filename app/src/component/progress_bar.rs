//! How much of something is done.

use leptos::prelude::*;

/// A bar that fills. Without a total it only says that something goes on.
#[component]
pub fn ProgressBar(
    /// What is counted, as in `Bytes read`.
    label: &'static str,
    /// How much is done.
    #[prop(into)]
    done: Signal<u64>,
    /// How much there is, if that is known.
    #[prop(into)]
    total: Signal<Option<u64>>,
) -> impl IntoView {
    // Without a `value` the element shows that its end is not known.
    let value = move || total.get().map(|_| done.get().to_string());
    let max = move || total.get().map(|total| total.max(1).to_string());
    view! { <progress class="progress-bar" aria-label=label value=value max=max></progress> }
}
