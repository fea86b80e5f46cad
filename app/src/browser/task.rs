//! Programs that few visits need: each is loaded when it is asked for, and runs beside the page.

mod scan;

use std::fmt;

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{address, clock, document};

/// A worker that runs such programs and keeps those that it has loaded. Dropping it ends what runs.
#[derive(Debug)]
pub struct Tasks(Worker);

/// A program of `public/task_loader.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// Compares two inputs.
    Compare,
    /// Draws the figures of articles.
    Draw,
    /// Makes documents.
    Export,
    /// Makes links that hold a report, and finds what is private in it.
    MakeLink,
    /// Reads a report in its public form.
    ReadReport,
    /// Finds the versions in the plan of a log.
    Plan,
    /// Opens a link that holds a report.
    OpenLink,
    /// Reads lines of a log.
    ReadLines,
    /// Reads lines of a log and finds what matches, regular expressions too.
    SearchLines,
}

/// Why a program gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskError {
    /// Its files cannot be had: there is no network, or the site is of another build by now.
    NotLoaded,
    /// It stopped, as for want of memory; with what the browser says.
    Stopped(String),
    /// It gave no answer in the time that it had.
    TookTooLong,
}

impl Tasks {
    /// Starts the worker.
    ///
    /// # Errors
    ///
    /// The browser starts no worker.
    pub fn start() -> Result<Self, TaskError> {
        let file = document::meta("rebuildscope-tasks").ok_or(TaskError::NotLoaded)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&(address::base() + &file), &options);
        worker.map(Self).map_err(|_| TaskError::NotLoaded)
    }

    /// Gives a program its request, and waits for its answer.
    ///
    /// # Errors
    ///
    /// The program cannot be had, or stops.
    pub async fn run(&self, program: Program, request: &[u8]) -> Result<Vec<u8>, TaskError> {
        let answer = self.ask(program, request).map_err(|_| TaskError::NotLoaded)?;
        Self::take(answer).await
    }

    /// As [`Tasks::run`], for a request that may be made to take for ever: after so many
    /// milliseconds it is given up, and this is to be dropped.
    ///
    /// # Errors
    ///
    /// The program cannot be had, stops, or takes too long.
    pub async fn run_within(
        &self,
        limit_ms: i32,
        program: Program,
        request: &[u8],
    ) -> Result<Vec<u8>, TaskError> {
        let answer = self.ask(program, request).map_err(|_| TaskError::NotLoaded)?;
        let either = Promise::race(&Array::of2(&answer, &clock::after(limit_ms)));
        Self::take(either).await
    }

    async fn take(answer: Promise) -> Result<Vec<u8>, TaskError> {
        let event = JsFuture::from(answer).await.map_err(|_| TaskError::NotLoaded)?;
        let event: MessageEvent = event.dyn_into().map_err(|_| TaskError::TookTooLong)?;
        let answer = event.data();
        match (answer.dyn_ref::<Uint8Array>(), answer.as_string()) {
            (Some(bytes), _) => Ok(bytes.to_vec()),
            (None, Some(sentence)) => Err(TaskError::Stopped(sentence)),
            (None, None) => Err(TaskError::NotLoaded),
        }
    }

    /// A promise of the event that brings the answer.
    fn ask(&self, program: Program, request: &[u8]) -> Result<Promise, JsValue> {
        let channel = MessageChannel::new()?;
        let answer = Promise::new(&mut |resolve, reject| {
            channel.port2().set_onmessage(Some(&resolve));
            // Each request has its own listener, as several may wait.
            let _ = self.0.add_event_listener_with_callback("error", &reject);
        });
        let message = Object::new();
        Reflect::set(&message, &"name".into(), &program.name().into())?;
        Reflect::set(&message, &"request".into(), &Uint8Array::from(request))?;
        Reflect::set(&message, &"port".into(), &channel.port1())?;
        self.0.post_message_with_transfer(&message, &Array::of1(&channel.port1()))?;
        Ok(answer)
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoaded => f.write_str(
                "A part of this site could not be loaded. \
                 Look whether there is a connection, and reload the page.",
            ),
            Self::Stopped(sentence) => {
                write!(f, "This stopped by a mistake of the program: {sentence}")
            }
            Self::TookTooLong => f.write_str("This took too long and was ended."),
        }
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::Draw => "draw",
            Self::Export => "export",
            Self::MakeLink => "make_link",
            Self::ReadReport => "read_report",
            Self::Plan => "plan",
            Self::OpenLink => "open_link",
            Self::ReadLines => "read_lines",
            Self::SearchLines => "search_lines",
        }
    }
}
