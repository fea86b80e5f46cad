//! What the person chose once for all visits: a few words, kept by the browser on this device.

use web_sys::Storage;

/// What was kept under this name; `None` if nothing was, or storage is switched off.
pub fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a choice; says whether the browser does.
pub fn keep(name: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, value).is_ok())
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
