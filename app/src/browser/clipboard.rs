//! The clipboard of the person.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

/// Puts text into the clipboard; says whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
    // There is none on a page that came by plain HTTP, whatever its type says.
    let Some(clipboard) = clipboard.filter(|it| !it.is_undefined()) else { return false };
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Puts a table into the clipboard, as HTML and as text, so that each program takes what it can;
/// says whether the browser allowed it.
pub async fn copy_table(html: &str, text: &str) -> bool {
    match both_written(html, text) {
        Some(written) => JsFuture::from(written).await.is_ok(),
        None => copy(text).await,
    }
}

/// `None` where the browser takes text alone.
fn both_written(html: &str, text: &str) -> Option<Promise> {
    let window = web_sys::window()?;
    let clipboard = window.navigator().clipboard();
    let item = Reflect::get(&window, &"ClipboardItem".into()).ok()?.dyn_into::<Function>().ok()?;
    if clipboard.is_undefined() {
        return None;
    }
    let forms = Object::new();
    for (media_type, form) in [("text/html", html), ("text/plain", text)] {
        Reflect::set(&forms, &media_type.into(), &blob(media_type, form)?).ok()?;
    }
    let item = Reflect::construct(&item, &Array::of1(&forms)).ok()?;
    Some(clipboard.write(&Array::of1(&item)))
}

fn blob(media_type: &str, text: &str) -> Option<JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    Blob::new_with_str_sequence_and_options(&parts, &options).ok().map(Into::into)
}
