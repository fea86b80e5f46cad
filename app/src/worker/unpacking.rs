//! What `public/worker_loader.js` offers for packed files.

use js_sys::{Function, Uint8Array};
use unpack::Format;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Blob, ReadableStream};

/// More than this is not unpacked: a small file can hold endless zeros.
pub(super) const MAX_UNPACKED_BYTES: u32 = 1 << 30;

#[wasm_bindgen]
extern "C" {
    /// A stream of what a file packed by gzip holds, unpacked by the browser.
    #[wasm_bindgen(extends = ReadableStream)]
    pub(super) type Gunzip;

    #[wasm_bindgen(catch)]
    fn gunzip(blob: &Blob) -> Result<Gunzip, JsValue>;

    /// How many bytes of the file were read.
    #[wasm_bindgen(method, getter, js_name = bytesRead)]
    pub(super) fn bytes_read(this: &Gunzip) -> f64;

    /// What decodes one file: `unpack::module::Unpacker`, in a program of its own.
    pub(super) type Unpacker;

    #[wasm_bindgen(catch, js_name = loadUnpacker)]
    async fn load_unpacker(
        program: &str,
        format: &str,
        max_bytes: u32,
    ) -> Result<Unpacker, JsValue>;

    /// Takes bytes, and gives a sentence if something is wrong with them.
    #[wasm_bindgen(method, catch)]
    pub(super) fn feed(
        this: &Unpacker,
        chunk: &Uint8Array,
        sink: &Function,
    ) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn finish(this: &Unpacker, sink: &Function) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(method)]
    pub(super) fn description(this: &Unpacker) -> String;

    #[wasm_bindgen(method)]
    pub(super) fn note(this: &Unpacker) -> Option<String>;

    /// Gives its memory back.
    #[wasm_bindgen(method)]
    pub(super) fn free(this: &Unpacker);
}

/// What the browser itself unpacks.
///
/// # Errors
///
/// The browser is too old to do it.
pub(super) fn by_browser(blob: &Blob) -> Result<Gunzip, JsValue> {
    gunzip(blob)
}

/// Fetches the program that decodes this format.
///
/// # Errors
///
/// It cannot be had, as when there is no network, or the site is of another build by now.
pub(super) async fn load(format: Format) -> Result<Unpacker, JsValue> {
    let program = match format {
        Format::Gzip | Format::Zip | Format::Tar => "inflate",
        Format::Zstd | Format::Bzip2 | Format::Xz => format.name(),
    };
    load_unpacker(program, format.name(), MAX_UNPACKED_BYTES).await
}
