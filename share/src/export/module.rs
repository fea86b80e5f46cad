//! The program that makes documents.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::exporting;

/// Takes a request as [`exporting`] describes it, and gives its answer.
#[wasm_bindgen]
pub fn run(request: &[u8]) -> Vec<u8> {
    exporting::answer(request)
}
