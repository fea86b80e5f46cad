//! Logs on their way in: files, pasted and typed text, samples of the site.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
pub use web_sys::Blob;
use web_sys::{
    BlobPropertyBag, DataTransfer, FileList, HtmlAnchorElement, HtmlInputElement, Response, Url,
};

use crate::view_state::SharedLink;

/// A log that was handed in and not read yet.
#[derive(Clone, Debug)]
pub struct Input {
    /// What the person knows it by: a file name, or a word for where it came from.
    pub name: String,
    /// Its bytes, wherever the browser keeps them.
    pub blob: Blob,
    /// The link to a report that it is, of a text that is one.
    pub link: Option<SharedLink>,
}

impl Input {
    /// Text that was pasted or typed.
    pub fn from_text(name: &str, text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return None;
        }
        let blob = text_blob(text, "text/plain")?;
        Some(Self { link: SharedLink::in_text(text), ..Self::of_blob(name.to_owned(), blob) })
    }

    /// The file at an address of this site.
    ///
    /// # Errors
    ///
    /// The server does not answer, or has no such file.
    pub async fn fetch(name: &str, address: &str) -> Result<Self, FetchError> {
        let blob = fetch_blob(address).await.ok().flatten().ok_or(FetchError)?;
        Ok(Self::of_blob(name.to_owned(), blob))
    }

    /// Whether it is a report in its public form, by how it begins.
    pub async fn is_saved_report(&self) -> bool {
        let head = self.head().await;
        head.trim_start()
            .strip_prefix('{')
            .is_some_and(|rest| rest.trim_start().starts_with("\"schema\""))
    }

    /// Whether it is a listing of store paths, by how it begins. A packed one is not seen to be.
    pub async fn is_listing(&self) -> bool {
        let head = self.head().await;
        let head = head.trim_start();
        let is_json = head.starts_with(['{', '[']) && head.contains("/nix/store");
        is_json || head.starts_with("/nix/store/")
    }

    /// How it begins, as far as that is text.
    pub async fn head(&self) -> String {
        let slice = self.blob.slice_with_f64_and_f64(0.0, HEAD_LEN);
        let Ok(slice) = slice else { return String::new() };
        let text = JsFuture::from(slice.text()).await.ok();
        text.and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// All of it; `None` if the browser does not give it.
    pub async fn bytes(&self) -> Option<Vec<u8>> {
        let buffer = JsFuture::from(self.blob.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }

    /// Files that were dropped or pasted, or else the text that was.
    pub fn from_transfer(data: &DataTransfer) -> Vec<Self> {
        let files = data.files().map(|files| Self::from_list(&files)).unwrap_or_default();
        if !files.is_empty() {
            return files;
        }
        let text = data.get_data("text/plain").unwrap_or_default();
        Self::from_text("pasted text", &text).into_iter().collect()
    }

    /// Files that were picked; the picker is emptied, so that the same file can be picked again.
    pub fn from_picker(picker: &HtmlInputElement) -> Vec<Self> {
        let files = picker.files().map(|files| Self::from_list(&files)).unwrap_or_default();
        picker.set_value("");
        files
    }

    /// Its text.
    ///
    /// # Errors
    ///
    /// The browser cannot read it.
    pub async fn text(&self) -> Result<String, FetchError> {
        text(&self.blob).await
    }

    fn from_list(files: &FileList) -> Vec<Self> {
        let files = (0..files.length()).filter_map(|index| files.item(index));
        files.map(|file| Self::of_blob(file.name(), file.into())).collect()
    }

    fn of_blob(name: String, blob: Blob) -> Self {
        Self { name, blob, link: None }
    }
}

/// How much of an input is looked at to tell what it is, in bytes.
const HEAD_LEN: f64 = 4096.0;

/// A file could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchError;

/// The text at an address of this site.
///
/// # Errors
///
/// The server does not answer, or has no such file.
pub async fn fetch_text(address: &str) -> Result<String, FetchError> {
    let blob = fetch_blob(address).await.ok().flatten().ok_or(FetchError)?;
    text(&blob).await
}

async fn text(blob: &Blob) -> Result<String, FetchError> {
    let text = JsFuture::from(blob.text()).await.map_err(|_| FetchError)?;
    text.as_string().ok_or(FetchError)
}

/// `None` if the server answers with an error.
async fn fetch_blob(address: &str) -> Result<Option<Blob>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response = JsFuture::from(window.fetch_with_str(address)).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Ok(None);
    }
    let blob = JsFuture::from(response.blob()?).await?;
    blob.dyn_into().map(Some)
}

fn text_blob(text: &str, media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    Blob::new_with_str_sequence_and_options(&parts, &options).ok()
}

/// Text that is on its way into a file; the browser may read it until this is dropped.
#[must_use]
#[derive(Debug)]
pub struct Saving(String);

impl Drop for Saving {
    fn drop(&mut self) {
        // Fails for no address that the browser made.
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// The bytes of a file from one to another; `None` where the browser cuts no files.
pub fn slice(file: &Blob, from: u64, to: u64) -> Option<Blob> {
    file.slice_with_f64_and_f64(from as f64, to as f64).ok()
}

/// Files one after the other, as one; `None` if there are none.
pub fn joined(files: &[Blob]) -> Option<Blob> {
    match files {
        [] => None,
        [file] => Some(file.clone()),
        _ => Blob::new_with_blob_sequence(&files.iter().collect::<Array>()).ok(),
    }
}

/// Bytes that the browser keeps as a file.
pub fn of_bytes(bytes: &[u8]) -> Option<Blob> {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).ok()
}

/// How many bytes a file has. Browsers count them in an `f64`, exactly up to 2^53.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length is neither")]
pub fn size(file: &Blob) -> u64 {
    file.size() as u64
}

/// The address of an image, for a text that is an SVG file.
pub fn svg_address(svg: &str) -> String {
    ["data:image/svg+xml,", &String::from(js_sys::encode_uri_component(svg))].concat()
}

/// Hands text to the person as a file. `None` where the browser makes no files.
pub fn save(name: &str, media_type: &str, text: &str) -> Option<Saving> {
    let saving = Saving(Url::create_object_url_with_blob(&text_blob(text, media_type)?).ok()?);
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&saving.0);
    link.set_download(name);
    link.click();
    Some(saving)
}
