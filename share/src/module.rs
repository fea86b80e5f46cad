//! What a script sees that has loaded one of the programs of this crate.

#[cfg(feature = "make_link")]
pub mod make_link;
#[cfg(feature = "open_link")]
pub mod open_link;

use std::sync::OnceLock;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::link::Tables;

static TABLES: OnceLock<Tables> = OnceLock::new();

/// Takes the file of the tables, before anything is asked. Another file counts as none.
#[wasm_bindgen]
pub fn provide(file: &[u8]) {
    if let Some(tables) = Tables::parse(file) {
        // Those of before are the same.
        let _ = TABLES.set(tables);
    }
}
