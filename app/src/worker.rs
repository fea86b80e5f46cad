//! The worker program: reads logs beside the page, so that the page never waits.

mod chunks;
mod log;
mod reading;
mod unpacking;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use crate::protocol::{self, BUILD_ID, Request, Response};
use log::Read;

/// Listens to the page for as long as the worker lives.
pub fn serve() {
    std::panic::set_hook(Box::new(|panic| {
        post(&Response::Failed {
            message: format!("Reading stopped by a mistake of this program: {panic}"),
        });
    }));
    let on_message = Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
        let message = event.data();
        let bytes = Uint8Array::new(&get(&message, "request")).to_vec();
        if let Some(Request::Analyze) = protocol::from_bytes(&bytes) {
            spawn_local(analyze(get(&message, "blob").unchecked_into()));
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&Response::Ready { build_id: BUILD_ID.to_owned() });
}

async fn analyze(blob: Blob) {
    let outcome = reading::read(&blob, |progress| post(&Response::Progress(progress))).await;
    match outcome {
        Ok(Read { report, listed, text, index }) => {
            post_text(&text, &protocol::to_bytes(&index).unwrap_or_default());
            post_bytes(protocol::to_bytes(&(Response::Done, report, listed)));
        }
        Err(error) => post(&Response::Failed { message: error.to_string() }),
    }
}

/// The page hands the text to what reads its lines and looks for names in it.
fn post_text(text: &Blob, index: &[u8]) {
    let message = Object::new();
    // Setting a key of an object that was just made does not fail, and blobs can be cloned.
    let _ = Reflect::set(&message, &"text".into(), text);
    let _ = Reflect::set(&message, &"index".into(), &Uint8Array::from(index));
    let _ = scope().post_message(&message);
}

fn post(response: &Response) {
    post_bytes(protocol::to_bytes(response));
}

fn post_bytes(bytes: Option<Vec<u8>>) {
    let Some(bytes) = bytes else { return };
    let bytes = Uint8Array::from(bytes.as_slice());
    let handed_over = Array::of1(&bytes.buffer());
    // Fails only for what cannot be cloned or was handed over before.
    let _ = scope().post_message_with_transfer(&bytes, &handed_over);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}
