//! The program that makes links.

use wasm_bindgen::prelude::wasm_bindgen;

use super::tables;
use crate::making;
use crate::mask::NameFinder;

/// Takes a [`making::Request`] with the report behind it, and the file of the tables, which is read
/// where links are made; gives the answer, or no bytes if there is none.
#[wasm_bindgen]
pub fn run(request: &[u8], file: &[u8]) -> Vec<u8> {
    making::answer(request, || tables(file)).unwrap_or_default()
}

/// Looks for names in the text of a log.
#[wasm_bindgen]
#[derive(Default)]
pub struct Scan(NameFinder);

#[wasm_bindgen]
impl Scan {
    /// Looks for none yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the log.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.0.feed(chunk);
    }

    /// The names, for [`making::Request::Find`].
    pub fn finish(self) -> Vec<u8> {
        postcard::to_allocvec(&self.0.finish()).unwrap_or_default()
    }
}
