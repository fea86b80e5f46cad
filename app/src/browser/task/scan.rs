//! Gives a program a log piece by piece.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, MessageChannel, MessageEvent};

use super::{Program, TaskError, Tasks};

/// What the port of an answer calls.
type OnMessage = Closure<dyn FnMut(MessageEvent)>;

impl Tasks {
    /// Gives a program a request and a log piece by piece, and waits for its answer; `tell` hears now and then
    /// how many bytes were read.
    ///
    /// # Errors
    ///
    /// The program cannot be had or stops, or the browser does not give the log.
    pub async fn scan(
        &self,
        program: Program,
        request: &[u8],
        log: &Blob,
        tell: Rc<dyn Fn(u64)>,
    ) -> Result<Vec<u8>, TaskError> {
        let mut on_message = None;
        let answer = Promise::new(&mut |resolve, reject| {
            let hear = hear(tell.clone(), resolve);
            if self.hand_over(program, (request, log), &hear, &reject).is_err() {
                // The promise is still waited for by nobody.
                let _ = reject.call0(&JsValue::NULL);
            }
            on_message = Some(hear);
        });
        let answer = Self::take(answer).await;
        drop(on_message);
        answer
    }

    fn hand_over(
        &self,
        program: Program,
        (request, log): (&[u8], &Blob),
        on_message: &OnMessage,
        on_error: &Function,
    ) -> Result<(), JsValue> {
        let channel = MessageChannel::new()?;
        channel.port2().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        self.0.add_event_listener_with_callback("error", on_error)?;
        let message = Object::new();
        Reflect::set(&message, &"name".into(), &program.name().into())?;
        Reflect::set(&message, &"request".into(), &Uint8Array::from(request))?;
        Reflect::set(&message, &"log".into(), log)?;
        Reflect::set(&message, &"port".into(), &channel.port1())?;
        self.0.post_message_with_transfer(&message, &Array::of1(&channel.port1()))
    }
}

/// A number is how many bytes were read; anything else is the answer.
fn hear(tell: Rc<dyn Fn(u64)>, resolve: Function) -> OnMessage {
    Closure::new(move |event: MessageEvent| match event.data().as_f64() {
        Some(bytes) => tell(whole(bytes)),
        None => {
            // What takes the answer does not throw.
            let _ = resolve.call1(&JsValue::NULL, &event);
        }
    })
}

/// Browsers count bytes in an `f64`, exactly up to 2^53.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length is neither")]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}
