//! The program that compares two inputs for the page: it turns bytes into bytes.

use analyzer::{Reading, compare};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol;

/// Takes two readings, the old one first, and gives the report that compares them.
///
/// Bytes that are nothing of the kind give none.
#[wasm_bindgen]
pub fn run(request: &[u8]) -> Vec<u8> {
    let sides: Option<(Reading, Reading)> = protocol::from_bytes(request);
    let report = sides.map(|(old, new)| compare::compare(&old, &new));
    report.and_then(|report| protocol::to_bytes(&report)).unwrap_or_default()
}
