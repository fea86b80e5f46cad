//! What a script sees that has loaded one of the programs of this crate.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Archive, Format, UnpackError};

/// Decodes one file for a script.
#[wasm_bindgen]
pub struct Unpacker(crate::Unpacker);

#[wasm_bindgen]
impl Unpacker {
    /// A decoder for a format of this name, that hands over at most `max_bytes`; `undefined` if
    /// this program does not know the format.
    pub fn of(format: &str, max_bytes: u32) -> Option<Self> {
        crate::Unpacker::new(Format::named(format)?, max_bytes.into()).map(Self)
    }

    /// Takes the next bytes, and calls `sink` with each piece that they decode to; gives the
    /// sentence on what is wrong with the file, after which nothing more comes.
    pub fn feed(&mut self, chunk: &[u8], sink: &Function) -> Option<String> {
        said(self.0.feed(chunk, &mut |text| hand_over(sink, text)))
    }

    /// Takes the end of the file, and calls `sink` with the rest; gives the sentence as
    /// [`Unpacker::feed`] does.
    pub fn finish(&mut self, sink: &Function) -> Option<String> {
        said(self.0.finish(&mut |text| hand_over(sink, text)))
    }

    /// What the file is: `zstd`, or `zstd, tar`.
    pub fn description(&self) -> String {
        self.0.description()
    }

    /// The sentence on what of an archive was not read.
    pub fn note(&self) -> Option<String> {
        self.0.archive().and_then(Archive::note)
    }
}

fn hand_over(sink: &Function, text: &[u8]) {
    // What the script throws is its own affair.
    let _ = sink.call1(&JsValue::UNDEFINED, &Uint8Array::from(text));
}

fn said(result: Result<(), UnpackError>) -> Option<String> {
    result.err().map(|error| error.to_string())
}
