//! What the host usually takes, where reports of it are kept on this device.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::component::markup::{Child, element, soft};
use crate::keeping;
use crate::kept::usual::{Usual, usual};
use crate::view::context::ViewContext;
use crate::view::report::panel::ShownRun;

/// The times of this run beside the usual ones; nothing where too little is kept.
pub(super) fn beside_usual(run: &ShownRun, view: ViewContext) -> Child {
    let found: RwSignal<Vec<Usual>> = RwSignal::default();
    let own = view.state().with_untracked(|state| state.kept);
    let run = run.clone();
    spawn_local(async move {
        let usual = usual(&run, &keeping::known().await, own);
        if !usual.is_empty() {
            found.try_set(usual);
        }
    });
    let list = move || {
        let found = found.get();
        let item = |usual: &Usual| {
            let link = element("a", "").attr("href", "history/").child(soft(usual.reason()));
            element("li", "").text(usual.sentence()).text(" ").child(link)
        };
        (!found.is_empty()).then(|| {
            element("ul", "usual")
                .attr("aria-label", "Beside what is usual here")
                .children(found.iter().map(item))
                .view()
        })
    };
    view! { {list} }.into_any().into()
}
