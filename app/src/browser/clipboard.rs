//! The clipboard of the person.

/// Puts text into the clipboard. Where the browser does not allow it, nothing happens: the text
/// stands on the page, to be selected.
pub fn write(text: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
}
