//! The worker program: reads logs beside the page, so that the page never waits.

mod chunks;
mod log;
mod log_index;
mod log_text;
mod reading;
mod unpacking;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use crate::protocol::{self, BUILD_ID, Request, Response};
use log::Read;
use log_text::LogText;

/// What was read last, for the lines that the page asks for.
type LastLog = Rc<RefCell<Option<Rc<LogText>>>>;

/// Listens to the page for as long as the worker lives.
pub fn serve() {
    std::panic::set_hook(Box::new(|panic| {
        post(&Response::Failed {
            message: format!("Reading stopped by a mistake of this program: {panic}"),
        });
    }));
    let last_log = LastLog::default();
    let on_message = Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
        let message = event.data();
        let bytes = Uint8Array::new(&get(&message, "request")).to_vec();
        match protocol::from_bytes(&bytes) {
            Some(Request::Analyze) => {
                spawn_local(analyze(get(&message, "blob").unchecked_into(), last_log.clone()));
            }
            Some(Request::Lines { first, count }) => {
                spawn_local(send_lines(last_log.clone(), first, count));
            }
            None => {}
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&Response::Ready { build_id: BUILD_ID.to_owned() });
}

async fn analyze(blob: Blob, last_log: LastLog) {
    last_log.replace(None);
    let outcome = reading::read(&blob, |progress| post(&Response::Progress(progress))).await;
    match outcome {
        Ok(Read { report, listed, text }) => {
            // The page hands it to what looks for names in it.
            let _ = scope().post_message(&text.blob);
            last_log.replace(Some(Rc::new(text)));
            post_bytes(protocol::to_bytes(&(Response::Done(Box::new(report)), listed)));
        }
        Err(error) => post(&Response::Failed { message: error.to_string() }),
    }
}

async fn send_lines(last_log: LastLog, first: u32, count: u32) {
    let text = last_log.borrow().clone();
    let Some(text) = text else { return };
    // A file that cannot be read any more has no lines, and is not asked for again.
    let texts = text.lines(first, count).await.unwrap_or_default();
    post(&Response::Lines { first, texts });
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
