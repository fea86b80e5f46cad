//! The program that opens a link.

use wasm_bindgen::prelude::wasm_bindgen;

use super::TABLES;
use crate::answer::Answer;

/// Takes a [`Request`](crate::answer::Request) and gives the [`Answer`], both in the form of
/// postcard; no bytes for what is no request.
#[wasm_bindgen]
pub fn run(request: &[u8]) -> Vec<u8> {
    let request = postcard::from_bytes(request).ok();
    let answer = request.map(|request| Answer::to(&request, TABLES.get()));
    answer.and_then(|answer| postcard::to_allocvec(&answer).ok()).unwrap_or_default()
}
