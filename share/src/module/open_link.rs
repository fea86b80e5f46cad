//! The program that opens a link.

use wasm_bindgen::prelude::wasm_bindgen;

use super::TABLES;
use crate::answer::Answer;

/// Takes a link, and gives the [`Answer`] in the form of postcard.
#[wasm_bindgen]
pub fn run(link: &[u8]) -> Vec<u8> {
    // What is no text is no link.
    let link = str::from_utf8(link).unwrap_or_default();
    postcard::to_allocvec(&Answer::of(link, TABLES.get())).unwrap_or_default()
}
