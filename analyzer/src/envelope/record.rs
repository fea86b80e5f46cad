//! Logs in which each line, or each group of lines, is a record that holds a line.

use miniserde::json::{self, Number, Object, Value};

use crate::line::Position;
use crate::timestamp::Timestamp;

use super::Stripped;
use super::clock::Clock;
use super::layer::Layers;
use super::physical::Line;
use super::stamp::{self, Form};

/// Longer records are not read: a journal limits its messages to less.
const MAX_RECORD_LEN: usize = 1 << 20;

/// Takes lines out of records.
#[derive(Debug)]
pub(super) struct Records {
    kind: Kind,
    /// The record that is read.
    open: Open,
    clock: Clock,
    /// What wraps the messages themselves.
    inner: Layers,
    /// The text of the last message with colours.
    buffer: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// `journalctl -o json`, `json-seq`, `json-sse`.
    Json,
    /// `journalctl -o json-pretty`.
    JsonPretty,
    /// `journalctl -o verbose`.
    Verbose,
    /// `journalctl -o export`.
    Export,
    /// The files that Docker keeps.
    Docker,
}

/// What is known of a record.
#[derive(Debug, Default)]
struct Open {
    /// The object of `json-pretty`, as far as it is read.
    json: String,
    entry: Entry,
    /// Where its message stands.
    at: Option<Position>,
}

/// What a record says.
#[derive(Debug, Default)]
struct Entry {
    time: Option<Timestamp>,
    host: Option<String>,
    unit: Option<String>,
    message: Option<String>,
}

impl Records {
    /// Reads the first lines of a log; `None` if they are no records.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut lines = lines.filter(|line| !line.trim().is_empty() && !line.starts_with("-- "));
        let first = lines.next()?;
        let kind = Kind::of(first, lines)?;
        Some(Self {
            kind,
            open: Open::default(),
            clock: Clock::default(),
            inner: Layers::default(),
            buffer: Vec::new(),
        })
    }

    /// What wraps the lines.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names = self.inner.names();
        names.push(if self.kind == Kind::Docker { "container" } else { "journald" });
        names
    }

    /// Takes a line; calls `emit` for each line of a message that is complete with it. Whether
    /// the line holds a message, or something else than records.
    pub(super) fn line(
        &mut self,
        at: Position,
        text: &str,
        emit: &mut impl FnMut(Position, Stripped),
    ) -> bool {
        match self.kind {
            Kind::Json | Kind::Docker => self.json(at, text, emit),
            Kind::JsonPretty => self.pretty(at, text, emit),
            Kind::Verbose => self.verbose(at, text, emit),
            Kind::Export => self.export(at, text, emit),
        }
    }

    /// Takes the end of the log.
    pub(super) fn finish(&mut self, emit: &mut impl FnMut(Position, Stripped)) {
        self.close(emit);
    }

    fn json(
        &mut self,
        at: Position,
        text: &str,
        emit: &mut impl FnMut(Position, Stripped),
    ) -> bool {
        let object = text.strip_prefix("data: ").unwrap_or(text);
        if let Some(entry) = Entry::from_json(object) {
            self.open = Open { entry, at: Some(at), ..Open::default() };
            self.close(emit);
        } else if !text.is_empty() {
            self.emit(at, text, &Entry::default(), emit);
        }
        !text.is_empty()
    }

    fn pretty(
        &mut self,
        at: Position,
        text: &str,
        emit: &mut impl FnMut(Position, Stripped),
    ) -> bool {
        if self.open.json.len() < MAX_RECORD_LEN {
            self.open.json.push_str(text);
        }
        let is_message = text.trim_start().starts_with("\"MESSAGE\"");
        if is_message {
            self.open.at = Some(at);
        }
        if text == "}" {
            self.open.entry = Entry::from_json(&self.open.json).unwrap_or_default();
            self.close(emit);
        }
        is_message
    }

    // Sat 2025-11-22 06:26:01.000000 UTC [s=f1ed…;i=1;b=24cd…;m=4c4b40;t=6442900fa1040;x=8db2]
    //     MESSAGE=building the system configuration...
    fn verbose(
        &mut self,
        at: Position,
        text: &str,
        emit: &mut impl FnMut(Position, Stripped),
    ) -> bool {
        if let Some(stamp) = verbose_head(text) {
            self.close(emit);
            self.open.entry.time = Some(self.clock.moment(stamp));
            return false;
        }
        text.strip_prefix("    ").is_some_and(|field| self.field(at, field))
    }

    fn export(
        &mut self,
        at: Position,
        text: &str,
        emit: &mut impl FnMut(Position, Stripped),
    ) -> bool {
        if text.is_empty() {
            self.close(emit);
            return false;
        }
        self.field(at, text)
    }

    /// Takes a field and its value. Whether it is the message.
    fn field(&mut self, at: Position, text: &str) -> bool {
        let Some((name, value)) = text.split_once('=') else { return false };
        let is_message = name == "MESSAGE";
        if is_message {
            self.open.at = Some(at);
        }
        self.open.entry.take(name, value.to_owned());
        is_message
    }

    /// Emits the record that is open.
    fn close(&mut self, emit: &mut impl FnMut(Position, Stripped)) {
        let Open { entry, at, .. } = std::mem::take(&mut self.open);
        let (Some(at), Some(message)) = (at, &entry.message) else { return };
        if message.is_empty() {
            return self.emit(at, "", &entry, emit);
        }
        for line in message.lines() {
            self.emit(at, line, &entry, emit);
        }
    }

    fn emit(
        &mut self,
        at: Position,
        text: &str,
        entry: &Entry,
        emit: &mut impl FnMut(Position, Stripped),
    ) {
        let line = Line::read(text.as_bytes(), &mut self.buffer);
        self.inner.line(at, line, &mut |at, inner| {
            emit(
                at,
                Stripped {
                    time: entry.time.or(inner.time),
                    host: inner.host.or(entry.host.as_deref()),
                    unit: inner.unit.or(entry.unit.as_deref()),
                    ..inner
                },
            );
        });
    }
}

impl Kind {
    fn of<'a>(first: &str, mut others: impl Iterator<Item = &'a str>) -> Option<Self> {
        if first.starts_with("__CURSOR=") {
            return Some(Self::Export);
        }
        if verbose_head(first).is_some() {
            return Some(Self::Verbose);
        }
        if first == "{" {
            let is_journal = others.any(|line| line.starts_with("\t\"__REALTIME_TIMESTAMP\" : "));
            return is_journal.then_some(Self::JsonPretty);
        }
        let object = first.strip_prefix("data: ").unwrap_or(first);
        if !object.starts_with('{') || !object.ends_with('}') {
            return None;
        }
        if object.contains("\"__REALTIME_TIMESTAMP\":") {
            return Some(Self::Json);
        }
        let is_docker = object.starts_with("{\"log\":") && object.contains("\"time\":\"");
        is_docker.then_some(Self::Docker)
    }
}

/// The time at the head of an entry of `journalctl -o verbose`.
fn verbose_head(text: &str) -> Option<stamp::Stamp<'_>> {
    let (stamp, rest) = stamp::parse(Form::Weekday, text)?;
    rest.starts_with(" [s=").then_some(stamp)
}

impl Entry {
    fn from_json(text: &str) -> Option<Self> {
        if !text.starts_with('{') || text.len() > MAX_RECORD_LEN {
            return None;
        }
        let object: Object = json::from_str(text).ok()?;
        let mut entry = Self::default();
        for (name, value) in &object {
            if let Some(value) = text_of(value) {
                entry.take(name, value);
            }
        }
        Some(entry)
    }

    fn take(&mut self, name: &str, value: String) {
        match name {
            "MESSAGE" | "log" => self.message = Some(value),
            "_HOSTNAME" => self.host = Some(value),
            "SYSLOG_IDENTIFIER" => self.unit = Some(value),
            "__REALTIME_TIMESTAMP" => {
                let millis = value.parse::<i64>().ok().map(|micros| micros / 1000);
                self.time = millis.map(|it| Timestamp::from_millis_since_epoch(it, 0));
            }
            "time" => {
                let stamp = stamp::parse(Form::Iso, &value);
                self.time = stamp.map(|(stamp, _)| Clock::default().moment(stamp));
            }
            _ => {}
        }
    }
}

/// Text, which the journal writes as bytes where it holds colours.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(bytes) => {
            let byte = |value: &Value| match value {
                Value::Number(Number::U64(byte)) => u8::try_from(*byte).ok(),
                _ => None,
            };
            let bytes: Option<Vec<u8>> = bytes.iter().map(byte).collect();
            bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        }
        _ => None,
    }
}
