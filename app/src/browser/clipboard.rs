//! The clipboard of the person.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Puts text into the clipboard. Where the browser does not allow it, nothing happens: the text
/// stands on the page, to be selected.
pub fn write(text: &str) {
    let _ = written(text);
}

/// Puts text into the clipboard; says whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    let Some(written) = written(text) else { return false };
    JsFuture::from(written).await.is_ok()
}

fn written(text: &str) -> Option<Promise> {
    let clipboard = web_sys::window()?.navigator().clipboard();
    // There is none on a page that came by plain HTTP, whatever its type says.
    (!clipboard.is_undefined()).then(|| clipboard.write_text(text))
}
