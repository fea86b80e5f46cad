//! The sheet of the system that hands a link to other programs, as phones have it.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{Navigator, ShareData};

/// Whether there is one.
pub fn is_there() -> bool {
    navigator().is_some_and(|it| Reflect::has(&it, &JsValue::from_str("share")) == Ok(true))
}

/// Opens it with a link. What comes of it, the person sees there.
pub fn open(title: &str, link: &str) {
    let data = ShareData::new();
    data.set_title(title);
    data.set_url(link);
    if let Some(navigator) = navigator() {
        // It is also refused when the person closes the sheet.
        let _ = navigator.share_with_data(&data);
    }
}

fn navigator() -> Option<Navigator> {
    Some(web_sys::window()?.navigator())
}
