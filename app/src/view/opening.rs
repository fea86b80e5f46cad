//! What is shown of a link before its report is there.

use leptos::prelude::*;

use crate::component::markup::element;

/// While the link is being opened.
pub(super) fn opening() -> AnyView {
    element("p", "panel__lede").attr("role", "status").text("Opening the shared report…").view()
}

/// Where the link is encrypted.
pub(super) fn locked() -> AnyView {
    element("p", "panel__lede").text("This report is encrypted.").view()
}
