//! Where a part of the page stands that loads when it is asked for.

use std::future::Future;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;

/// A part could not be loaded: there is no network, or the site is of another build by now.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// A part of the page, once it is loaded.
pub type Part = Result<AnyView, NotLoaded>;

/// Where a part is to be shown. It may be left while the part loads.
#[derive(Clone, Copy, Debug)]
pub struct Place(StoredValue<()>);

impl Place {
    /// Makes the part, unless its place was left: what it stands on is gone then.
    pub fn show(self, make: impl FnOnce() -> AnyView) -> AnyView {
        self.0.try_get_value().map(|()| make()).into_any()
    }
}

/// How many parts of the page are on their way.
#[derive(Clone, Copy)]
pub struct Arrivals(RwSignal<u32>);

impl Arrivals {
    /// None so far.
    pub fn start() -> Self {
        Self(RwSignal::new(0))
    }

    /// Whether a part is on its way.
    pub fn are_awaited(self) -> Signal<bool> {
        Signal::derive(move || self.0.get() > 0)
    }
}

/// Loads a part and shows it, or says that it cannot be had and offers to try again.
///
/// # Panics
///
/// Where there are no [`Arrivals`] in the context.
pub fn later<F>(load: impl Fn(Place) -> F + 'static) -> AnyView
where
    F: Future<Output = Part> + 'static,
{
    let Arrivals(n_awaited) = expect_context();
    let part = StoredValue::new_local(None::<Part>);
    let n_answers = RwSignal::new(0_u32);
    let place = Place(StoredValue::new(()));
    let load = StoredValue::new_local(load);
    let ask = move || {
        let Some(loading) = load.try_with_value(|load| load(place)) else { return };
        n_awaited.update(|n_awaited| *n_awaited += 1);
        spawn_local(ScopedFuture::new(async move {
            let loaded = loading.await;
            // What asked for it may be gone.
            part.try_update_value(|part| *part = Some(loaded));
            n_answers.try_update(|n_answers| *n_answers += 1);
            n_awaited.update(|n_awaited| *n_awaited -= 1);
        }));
    };
    ask();
    let shown = move || {
        n_answers.track();
        let part = part.try_update_value(Option::take).flatten()?;
        Some(part.unwrap_or_else(|NotLoaded| not_loaded(Box::new(ask))))
    };
    view! { {shown} }.into_any()
}

fn not_loaded(ask: Box<dyn Fn()>) -> AnyView {
    view! {
        <p class="warning-line" role="alert">
            "A part of this page could not be loaded. What you have loaded is still here. "
            <button class="button" type="button" on:click=move |_| ask()>
                "Try again"
            </button>
        </p>
    }
    .into_any()
}
