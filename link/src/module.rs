//! What a script sees that has loaded the program that opens links.

use alloc::vec::Vec;

use rlsf::SmallGlobalTlsf;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::answer;

#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// Takes a request and the file of the tables, and gives the [answer](mod@crate::answer), both in
/// the form of postcard; no bytes for what is no request.
#[wasm_bindgen(skip_jsdoc)]
pub fn run(request: &[u8], tables: &[u8]) -> Vec<u8> {
    answer(request, tables)
}
