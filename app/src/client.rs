//! Starts the worker, sends it what is to be read, and turns what it answers into the session.

use js_sys::{Object, Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::browser::address;
use crate::browser::clock;
use crate::browser::document;
use crate::browser::files::Input;
use crate::browser::task::{Program, Tasks};
use crate::protocol::lines::LineIndex;
use crate::protocol::report::take_in_turns;
use crate::protocol::{self, BUILD_ID, Request, Response};
use crate::session::Session;

/// The page's side of the worker.
#[derive(Clone, Copy)]
pub struct Client {
    link: StoredValue<Link, LocalStorage>,
    session: RwSignal<Session>,
}

/// The worker and how far it can be trusted.
struct Link {
    worker: Option<Worker>,
    phase: Phase,
    /// How long the worker lives.
    life: Life,
    /// Counts what was to be read: what comes for an earlier one is too late.
    turn: u32,
    /// What waits for the worker to be ready.
    waiting: Option<Blob>,
    on_message: JsValue,
    on_error: JsValue,
    last: LastReport,
}

/// The report that is shown, as those get it who run beside the page.
#[derive(Clone, Default)]
pub struct LastReport {
    /// Its bytes, in the form of [`protocol`].
    pub bytes: Uint8Array,
    /// The text of the log that it is of, as UTF-8; `None` for a report without a log.
    pub text: Option<Blob>,
    /// Where its lines begin.
    pub index: LineIndex,
}

impl LastReport {
    /// A report and its log that were kept.
    pub fn of(bytes: &[u8], text: Blob, index: LineIndex) -> Self {
        Self { bytes: Uint8Array::from(bytes), text: Some(text), index }
    }
}

/// How long a worker lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    /// From the start, as lines of the log are asked for after it was read.
    Long,
    /// While something is read: no lines are asked for.
    Short,
}

/// A worker is used once it has said that it is of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It has not said anything yet.
    Starting(Attempt),
    /// It is of this build.
    Ready,
    /// None was needed yet.
    NotStarted,
    /// None could be had.
    Lost,
}

/// How the files of the worker are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    /// From wherever the browser has them.
    Cached,
    /// Past every cache, since what was there was of another build.
    Fresh,
}

const OTHER_BUILD: &str = "The site was updated while this page was open. Reload the page.";
const NOT_STARTED: &str = "The program that reads logs could not be started. Reload the page.";
const UNREADABLE: &str = "The browser could not read the file. Choose it again.";
const STOPPED: &str = "The program that reads logs stopped in the middle of this one. \
                       The log may be too large for this browser.";

impl Client {
    /// Gets ready to start the worker, which stays when it has read.
    pub fn start() -> Self {
        Self::new(Life::Long)
    }

    /// Has a worker only while something is read.
    pub fn idle() -> Self {
        Self::new(Life::Short)
    }

    fn new(life: Life) -> Self {
        let link = Link {
            worker: None,
            phase: Phase::NotStarted,
            life,
            turn: 0,
            waiting: None,
            on_message: JsValue::NULL,
            on_error: JsValue::NULL,
            last: LastReport::default(),
        };
        let client = Self { link: StoredValue::new_local(link), session: RwSignal::default() };
        client.listen();
        client
    }

    /// Starts the worker unless it was started before, so that it is ready when a log comes.
    pub fn warm_up(self) {
        if self.link.with_value(|link| link.phase == Phase::NotStarted) {
            self.spawn(Attempt::Cached);
        }
    }

    /// What is loaded.
    pub fn session(self) -> Signal<Session> {
        self.session.into()
    }

    /// The report that is shown, for those who run beside the page.
    pub fn last_report(self) -> LastReport {
        self.link.with_value(|link| link.last.clone())
    }

    /// Reads a log, a listing or a saved report; what was being read is given up.
    pub fn read(self, input: &Input) {
        let turn = self.begin_turn(Session::reading(&input.name));
        let input = input.clone();
        spawn_local(async move {
            let is_saved = input.is_saved_report().await;
            if !self.is_turn(turn) {
                return;
            }
            if is_saved { self.read_saved(&input, turn).await } else { self.read_text(&input.blob) }
        });
    }

    /// Reads what is at an address of this site.
    pub fn fetch(self, name: &'static str, address: String) {
        let turn = self.begin_turn(Session::reading(name));
        spawn_local(async move {
            let fetched = Input::fetch(name, &address).await;
            match fetched {
                _ if !self.is_turn(turn) => {}
                Ok(input) => self.read(&input),
                Err(_) => self.fail("The sample log could not be fetched."),
            }
        });
    }

    /// Gives up what is being read or shown.
    pub fn clear(self) {
        self.show(Session::Empty);
    }

    /// Takes over what did not come by the worker; what is being read or shown is given up.
    pub fn show(self, session: Session) {
        self.begin_turn(session);
    }

    /// As [`Client::show`], with the bytes of the report if there is one.
    pub fn show_report(self, session: Session, bytes: &[u8]) {
        self.show(session);
        self.link.update_value(|link| link.last.bytes = Uint8Array::from(bytes));
    }

    /// Gives up what was read before.
    fn begin_turn(self, session: Session) -> u32 {
        self.stop_reading();
        self.session.set(session);
        self.link.update_value(|link| link.last = LastReport::default());
        let turn = self.link.try_update_value(|link| {
            link.turn = link.turn.wrapping_add(1);
            link.turn
        });
        turn.unwrap_or_default()
    }

    fn is_turn(self, turn: u32) -> bool {
        self.link.try_with_value(|link| link.turn == turn) == Some(true)
    }

    fn read_text(self, blob: &Blob) {
        let phase = self.link.with_value(|link| link.phase);
        if phase == Phase::Ready {
            self.analyze(blob);
            return;
        }
        self.wait(blob);
        match phase {
            Phase::NotStarted => self.spawn(Attempt::Cached),
            Phase::Lost => self.spawn(Attempt::Fresh),
            Phase::Starting(_) | Phase::Ready => {}
        }
    }

    /// A program of its own reads saved reports, since few people have one.
    async fn read_saved(self, input: &Input, turn: u32) {
        let answer = async {
            let bytes = input.bytes().await.ok_or_else(|| UNREADABLE.to_owned())?;
            let tasks = Tasks::start().map_err(|error| error.to_string())?;
            let answer = tasks.run(Program::ReadReport, &bytes).await;
            answer.map_err(|error| error.to_string())
        };
        match answer.await {
            _ if !self.is_turn(turn) => {}
            Ok(answer) => self.take(answer),
            Err(message) => self.fail(&message),
        }
    }

    /// Takes over what was kept in this tab.
    pub fn show_restored(self, session: Session, last: LastReport) {
        self.begin_turn(Session::Opening);
        self.link.update_value(|link| link.last = last);
        self.session.set(session);
    }

    /// Takes over what a link held, with the bytes of the report.
    pub fn show_opened(self, session: Session, report: &[u8]) {
        let last = LastReport { bytes: Uint8Array::from(report), ..LastReport::default() };
        self.link.update_value(|link| link.last = last);
        self.show(session);
    }

    /// Says that a log could not be had.
    pub fn fail(self, message: &str) {
        let name = self.session.with_untracked(|session| session.name().to_owned());
        self.session.set(Session::Failed { name, message: message.to_owned() });
    }

    fn listen(self) {
        let on_message =
            Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| self.hear(&event.data()));
        let on_error = Closure::<dyn FnMut()>::new(move || self.on_error());
        self.link.update_value(|link| {
            link.on_message = on_message.into_js_value();
            link.on_error = on_error.into_js_value();
        });
    }

    fn spawn(self, attempt: Attempt) {
        let worker = worker_address(attempt).and_then(|address| {
            let options = WorkerOptions::new();
            options.set_type(WorkerType::Module);
            Worker::new_with_options(&address, &options).ok()
        });
        self.link.update_value(|link| {
            if let Some(worker) = &worker {
                worker.set_onmessage(link.on_message.dyn_ref());
                worker.set_onerror(link.on_error.dyn_ref());
            }
            link.phase = if worker.is_some() { Phase::Starting(attempt) } else { Phase::Lost };
            link.worker = worker;
        });
    }

    fn hear(self, message: &JsValue) {
        if let Ok(text) = get(message, "text").dyn_into::<Blob>() {
            let index = Uint8Array::new(&get(message, "index")).to_vec();
            self.link.update_value(|link| {
                link.last.index = protocol::from_bytes(&index).unwrap_or_default();
                link.last.text = Some(text);
            });
            return;
        }
        self.receive(message.dyn_ref().map(Uint8Array::to_vec).unwrap_or_default());
    }

    fn receive(self, message: Vec<u8>) {
        match self.link.with_value(|link| link.phase) {
            Phase::Ready => self.take(message),
            Phase::Starting(attempt) => match protocol::from_bytes(&message) {
                Some(Response::Ready { build_id }) if build_id == BUILD_ID => self.begin(),
                _ => self.replace_worker(attempt, OTHER_BUILD),
            },
            Phase::NotStarted | Phase::Lost => {}
        }
    }

    fn begin(self) {
        let waiting = self.link.try_update_value(|link| {
            link.phase = Phase::Ready;
            link.waiting.take()
        });
        if let Some(blob) = waiting.flatten() {
            self.analyze(&blob);
        }
    }

    /// Asks once for a fresh worker; after that, says why there is none.
    fn replace_worker(self, attempt: Attempt, message: &str) {
        self.end_worker();
        if attempt == Attempt::Cached {
            self.spawn(Attempt::Fresh);
            return;
        }
        let waits = self.link.try_update_value(|link| link.waiting.take().is_some());
        if waits == Some(true) {
            self.fail(message);
        }
    }

    fn take(self, message: Vec<u8>) {
        match protocol::from_bytes(&message) {
            Some(Response::Progress(now)) => self.session.update(|session| {
                if let Session::Reading { progress, .. } = session {
                    *progress = now;
                }
            }),
            Some(Response::Done) => {
                if self.link.with_value(|link| link.life == Life::Short) {
                    self.rest();
                }
                self.end(message);
            }
            Some(Response::Failed { message }) => self.fail(&message),
            Some(Response::Ready { .. }) | None => {}
        }
    }

    /// Shows what was read, unless it is given up meanwhile.
    fn end(self, done: Vec<u8>) {
        let turn = self.link.with_value(|link| link.turn);
        spawn_local(async move {
            let Some((Response::Done, report)) = protocol::take(&done) else { return };
            let read = take_in_turns(report, clock::next_task).await;
            // A long report is shown in a task of its own.
            clock::next_task().await;
            if !self.is_turn(turn) || !self.is_reading() {
                return;
            }
            let Some((read, _)) = read else { return self.fail(OTHER_BUILD) };
            self.link.update_value(|link| link.last.bytes = Uint8Array::from(report));
            let name = self.session.with_untracked(|session| session.name().to_owned());
            self.session.set(Session::read(name, read));
        });
    }

    fn on_error(self) {
        match self.link.with_value(|link| link.phase) {
            Phase::Starting(attempt) => self.replace_worker(attempt, NOT_STARTED),
            Phase::Ready => {
                self.end_worker();
                self.spawn(Attempt::Cached);
                if self.is_reading() {
                    self.fail(STOPPED);
                }
            }
            Phase::NotStarted | Phase::Lost => {}
        }
    }

    /// Does without a worker until there is something to read.
    fn rest(self) {
        self.end_worker();
        self.link.update_value(|link| link.phase = Phase::NotStarted);
    }

    /// A worker that is in the middle of a log hears nothing: it is ended, and another started.
    fn stop_reading(self) {
        let is_busy = self.is_reading() && self.link.with_value(|link| link.phase == Phase::Ready);
        self.link.update_value(|link| link.waiting = None);
        if is_busy {
            self.rest();
            if self.link.with_value(|link| link.life == Life::Long) {
                self.spawn(Attempt::Cached);
            }
        }
    }

    fn is_reading(self) -> bool {
        self.session.with_untracked(|session| matches!(session, Session::Reading { .. }))
    }

    fn wait(self, blob: &Blob) {
        self.link.update_value(|link| link.waiting = Some(blob.clone()));
    }

    fn end_worker(self) {
        self.link.update_value(|link| {
            if let Some(worker) = link.worker.take() {
                worker.terminate();
            }
            link.phase = Phase::Lost;
        });
    }

    fn analyze(self, blob: &Blob) {
        self.send(&Request::Analyze, Some(blob));
    }

    fn send(self, request: &Request, blob: Option<&Blob>) {
        let Some(bytes) = protocol::to_bytes(request) else { return };
        let message = Object::new();
        let bytes = Uint8Array::from(bytes.as_slice());
        // Setting a key of an object that was just made does not fail.
        let _ = Reflect::set(&message, &"request".into(), &bytes);
        if let Some(blob) = blob {
            let _ = Reflect::set(&message, &"blob".into(), blob);
        }
        self.link.with_value(|link| {
            if let Some(worker) = &link.worker {
                // Fails only for what cannot be cloned; bytes and blobs can.
                let _ = worker.post_message(&message);
            }
        });
    }
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// The page names the worker's file, whose name changes with its content.
fn worker_address(attempt: Attempt) -> Option<String> {
    let file = document::meta("rebuildscope-worker")?;
    let address = address::base() + &file;
    Some(match attempt {
        Attempt::Cached => address,
        Attempt::Fresh => format!("{address}?fresh={BUILD_ID}"),
    })
}
