//! The chunks of a stream, one after the other.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// Reads a stream; the chunks share one piece of memory.
pub(super) struct Chunks {
    reader: ReadableStreamDefaultReader,
    buffer: Vec<u8>,
}

impl Chunks {
    pub(super) fn of(stream: &ReadableStream) -> Self {
        Self { reader: stream.get_reader().unchecked_into(), buffer: Vec::new() }
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// The stream breaks off.
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, JsValue> {
        let Some(chunk) = self.next_array().await? else { return Ok(None) };
        fill(&mut self.buffer, &chunk);
        Ok(Some(&self.buffer))
    }

    /// The next chunk where the browser has it; `None` at the end.
    ///
    /// # Errors
    ///
    /// The stream breaks off.
    pub(super) async fn next_array(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        let result = JsFuture::from(self.reader.read()).await?;
        if Reflect::get(&result, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        Ok(Some(Reflect::get(&result, &"value".into())?.dyn_into()?))
    }
}

/// Puts the bytes of `array` in place of those in `buffer`.
pub(super) fn fill(buffer: &mut Vec<u8>, array: &Uint8Array) {
    buffer.resize(array.length() as usize, 0);
    array.copy_to(buffer);
}
