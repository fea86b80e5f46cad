//! Reads stripped lines into messages: it knows which lines belong together.

mod drawn_errors;
mod fast_build;
mod opening;
mod spelled;
mod warning;
mod width;

use crate::ansi;
use crate::message::activation::{ActivationLine, Inhibitors};
use crate::message::diff::{self, DiffLine, Section};
use crate::message::error::{self, Block, Continuation};
use crate::message::internal_json::{self, Event, InternalJson, Reading};
use crate::message::plain::{self, Plain};
use crate::message::tool::ToolLine;
use crate::message::warning::{self as warnings, Shape};
use crate::message::{List, Message, activation, bar, lock, stdenv, tool};
use crate::moment::{At, Moment};
use crate::store_path::StorePath;
use drawn_errors::{DrawnErrors, Part};
use fast_build::FastBuilds;
use spelled::Spelled;
use warning::OpenWarning;
use width::Width;

/// Takes a message with the lines that it was read from.
pub(crate) type Sink<'s> = dyn FnMut(At, Message<'_>) + 's;

/// Turns lines into messages.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    open: Open,
    records: InternalJson,
    drawn_errors: DrawnErrors,
    fast_builds: FastBuilds,
    /// Number of the line that is read.
    line: u32,
    /// Whether a build may be printing: an unknown line is build output then, rather than the
    /// second line of a trace.
    is_building: bool,
    spelled: Spelled,
    /// How wide a progress bar was drawn.
    width: Width,
}

/// What may go on with the next line.
#[derive(Debug, Default)]
enum Open {
    #[default]
    Nothing,
    List(List),
    Inhibitors,
    History,
    Problem(At, Block),
    Warning(At, OpenWarning),
}

impl Reader {
    /// Takes the next line.
    pub(crate) fn read(&mut self, moment: Moment, text: &str, emit: &mut Sink<'_>) {
        self.line = moment.line;
        // ^Cerror: interrupted by the user
        // A terminal shows the key in front of what the key makes Nix say.
        let text = text.strip_prefix("^C").unwrap_or(text);
        let text = &self.spelled.plain(text);
        if internal_json::is_record(text) {
            // Messages come in the order of their lines.
            self.close_block(emit);
            return self.record(moment, text, emit);
        }
        if self.of_fast_build(moment, text, emit) {
            return;
        }
        match self.drawn_errors.take(text) {
            Part::Error(text) => self.human(moment, text, emit),
            Part::Frame => {
                self.close_block(emit);
                self.human(moment, text, emit);
            }
            Part::None => self.human(moment, text, emit),
        }
    }

    /// Whether nothing goes on, so that a line of a builder may be taken the short way.
    pub(crate) fn is_idle(&self) -> bool {
        matches!(self.open, Open::Nothing)
    }

    /// Takes a line of a builder, as [`is_of_builder`] tells it, the short way.
    pub(crate) fn builder_line(&mut self, line: u32, text: &str, emit: &mut Sink<'_>) {
        self.line = line;
        emit(At::one(Moment { line, time: None }), of_builder(text));
    }

    /// Takes records of which only the last ones are read.
    pub(crate) fn left_out(&mut self, (first, last): (u32, u32), emit: &mut Sink<'_>) {
        self.close_block(emit);
        let mut at = At::one(Moment { line: first, time: None });
        at.extend(Moment { line: last, time: None });
        emit(at, Message::Record(None));
    }

    /// Takes what a progress bar drew on the next line, one drawing over the other; the last one is
    /// empty where the bar was taken down. Whether `text`, which the line ends with, is one of them.
    ///
    /// Between the lines of an error they say nothing new.
    pub(crate) fn drawings(
        &mut self,
        moment: Moment,
        drawings: &[String],
        text: &str,
        emit: &mut Sink<'_>,
    ) -> bool {
        for drawing in drawings {
            self.width.see(drawing);
        }
        if matches!(self.open, Open::Problem(..) | Open::Warning(..)) {
            return false;
        }
        let mut is_read = false;
        for drawing in drawings {
            if drawing.is_empty() {
                emit(At::one(moment), Message::BarEnds);
            } else if let Some(bar) = self.width.read(drawing) {
                emit(At::one(moment), Message::Bar(bar));
                is_read = drawing == text;
            }
        }
        is_read
    }

    /// Takes a record; the text in it is what a human log would have.
    fn record(&mut self, moment: Moment, text: &str, emit: &mut Sink<'_>) {
        // A builder wrote it: @nix { "action": "setPhase", "phase": "buildPhase" }
        if stdenv::parse(text).is_some() {
            return emit(At::one(moment), Message::Unrecognized(text));
        }
        match self.records.read(text) {
            Reading::NoRecord => emit(At::one(moment), Message::Unrecognized(text)),
            Reading::Silent => emit(At::one(moment), Message::Record(None)),
            Reading::Event(Event::Text(text)) => {
                emit(At::one(moment), Message::Record(None));
                self.record_text(moment, &text, emit);
            }
            Reading::Event(event) => emit(At::one(moment), Message::Record(Some(event))),
        }
    }

    /// Takes the text of one record. An error is complete with it; a list goes on.
    fn record_text(&mut self, moment: Moment, text: &str, emit: &mut Sink<'_>) {
        for line in text.lines() {
            self.human(moment, &ansi::plain(line.as_bytes()), emit);
        }
        self.close_block(emit);
    }

    /// Emits an open error or warning; a list stays open.
    fn close_block(&mut self, emit: &mut Sink<'_>) {
        if matches!(self.open, Open::Problem(..) | Open::Warning(..)) {
            self.close(emit);
        }
    }

    /// Takes a line of a human log.
    fn human(&mut self, moment: Moment, text: &str, emit: &mut Sink<'_>) {
        let text = text.trim_end();
        if self.goes_on(moment, text, emit) {
            return;
        }
        self.close(emit);
        self.start(moment, text, emit);
    }

    /// Takes what a tool says, as it was already read from the next line.
    pub(crate) fn tool(&mut self, moment: Moment, line: ToolLine<'_>, emit: &mut Sink<'_>) {
        self.line = moment.line;
        self.close(emit);
        emit(At::one(moment), Message::Tool(line));
    }

    /// Takes the end of the log.
    pub(crate) fn finish(&mut self, emit: &mut Sink<'_>) {
        self.close(emit);
    }

    /// Gives the line to what is open. Whether it belongs to it.
    fn goes_on(&mut self, moment: Moment, text: &str, emit: &mut Sink<'_>) -> bool {
        match &mut self.open {
            Open::List(list) => match plain::listed(text) {
                Some(path) => {
                    emit(At::one(moment), Message::Listed(*list, path));
                    true
                }
                None => false,
            },
            Open::Inhibitors if is_inhibitor(text) => {
                emit(At::one(moment), Message::Inhibitor(text));
                true
            }
            Open::History => diff::history(text).is_some_and(|row| {
                emit(At::one(moment), Message::Diff(row));
                true
            }),
            Open::Nothing | Open::Inhibitors => false,
            Open::Problem(at, block) => match block.offer(moment.line, text) {
                Continuation::Taken => {
                    at.extend(moment);
                    true
                }
                Continuation::Blank => true,
                Continuation::Ended => false,
            },
            Open::Warning(at, warning) => {
                let taken = warning.offer(text, moment.line - at.first);
                if taken && !text.is_empty() {
                    at.extend(moment);
                }
                taken
            }
        }
    }

    /// Emits what is open.
    fn close(&mut self, emit: &mut Sink<'_>) {
        if matches!(self.open, Open::Nothing) {
            return;
        }
        match std::mem::take(&mut self.open) {
            Open::Nothing | Open::List(_) | Open::Inhibitors | Open::History => {}
            Open::Problem(at, block) => {
                let problem = error::parse(&block);
                emit(at, Message::Problem(Box::new(problem)));
                self.emit_blank(at.last, block.blank_lines(), emit);
            }
            Open::Warning(at, warning) => {
                let blank = warning.blank;
                emit(at, warning.message());
                self.emit_blank(at.last, blank, emit);
            }
        }
    }

    /// Emits the blank lines that followed a block. Those within a record are no lines of the log.
    fn emit_blank(&self, after: u32, count: u32, emit: &mut Sink<'_>) {
        for line in after + 1..=after.saturating_add(count).min(self.line) {
            emit(At::one(Moment { line, time: None }), Message::Blank);
        }
    }

    /// Reads the first line of something new.
    fn start(&mut self, moment: Moment, text: &str, emit: &mut Sink<'_>) {
        if text.is_empty() {
            return emit(At::one(moment), Message::Blank);
        }
        if !opening::is_of_message(text) {
            return emit(At::one(moment), of_builder(text));
        }
        if let Some(message) = plain::parse(text) {
            self.note(&message);
            return emit(At::one(moment), Message::Plain(message));
        }
        if let Some(message) = self.of_another_program(text) {
            match message {
                Message::Activation(ActivationLine::Inhibitors(Inhibitors::Changed), _) => {
                    self.open = Open::Inhibitors;
                }
                Message::Diff(DiffLine::Section(Section::History)) => self.open = Open::History,
                _ => {}
            }
            return emit(At::one(moment), message);
        }
        if self.opens_block(moment, text) {
            return;
        }
        emit(At::one(moment), single(text));
    }

    /// What later lines may mean after `message`.
    fn note(&mut self, message: &Plain<'_>) {
        match message {
            Plain::PlannedBuilds { .. } => self.open = Open::List(List::Builds),
            Plain::PlannedFetches { .. } => self.open = Open::List(List::Fetches),
            Plain::UnknownPaths => self.open = Open::List(List::Unknown),
            Plain::Building(_) => self.is_building = true,
            Plain::Step(_) => self.is_building = false,
            _ => {}
        }
    }

    /// Reads a line that shows that no build is printing.
    fn of_another_program<'a>(&mut self, text: &'a str) -> Option<Message<'a>> {
        let message = activation::parse(text)
            .map(|line| Message::Activation(line, text))
            .or_else(|| lock::parse(text).map(Message::Lock))
            .or_else(|| self.diff(text).map(Message::Diff))?;
        self.is_building = false;
        Some(message)
    }

    /// A row such as `zlib: 8.8 KiB` could be the output of anything.
    fn diff<'a>(&mut self, text: &'a str) -> Option<DiffLine<'a>> {
        let line = diff::parse(text)?;
        (!self.is_building || !line.is_weak()).then_some(line)
    }

    /// Whether `text` is the first line of an error or a warning; it is kept then.
    fn opens_block(&mut self, moment: Moment, text: &str) -> bool {
        let at = At::one(moment);
        let is_error =
            text.starts_with("error:") || error::is_bare_error(text) || error::is_headless(text);
        if is_error {
            self.open = Open::Problem(at, Block::open(moment.line, text));
            return true;
        }
        let Some(head) = warnings::parse(text) else { return false };
        if self.is_building
            && !warnings::is_nix_wording(head.message)
            && head.shape == Shape::OneLine
        {
            return false;
        }
        self.open = Open::Warning(at, OpenWarning::new(head));
        true
    }
}

/// Whether a line, without the blanks at its end, is what a builder printed: no parser knows it.
pub(crate) fn is_of_builder(text: &str) -> bool {
    !opening::is_of_message(text)
}

/// Whether a line can be the next one of a text that nothing marks.
fn is_loose(text: &str) -> bool {
    matches!(single(text), Message::Unrecognized(_) | Message::Blank)
        && activation::parse(text).is_none()
        && lock::parse(text).is_none()
        && !matches!(diff::parse(text), Some(line) if !line.is_weak())
        && plain::parse(text).is_none()
        && plain::orphan(text).is_none()
        && warnings::parse(text).is_none()
        && !text.starts_with("error:")
        && !error::is_bare_error(text)
}

/// Reads a line that stands for itself and is none of Nix.
fn single(text: &str) -> Message<'_> {
    if text.is_empty() {
        return Message::Blank;
    }
    if let Some(line) = tool::parse(text) {
        return Message::Tool(line);
    }
    if let Some(path) = plain::orphan(text) {
        return Message::Listed(List::BuildsWithoutHead, path);
    }
    if let Some(bar) = bar::parse(text) {
        return Message::Bar(bar);
    }
    of_builder(text)
}

/// Reads a line that no parser of messages knows.
fn of_builder(text: &str) -> Message<'_> {
    let (name, text) = match output(text) {
        None => return Message::Unrecognized(text),
        Some((_, Printer::Hook, _)) => return Message::Plain(Plain::Other),
        Some((name, Printer::Builder, text)) => (name, text),
    };
    match own_start(name, text) {
        Some(message) => Message::Plain(message),
        None => Message::Output { name, text },
    }
}

/// Who prints a line with a name in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Printer {
    /// `ollama> Running phase: buildPhase`
    Builder,
    /// What runs after a build: `nginx (post)> uploading paths to cache:`
    Hook,
}

/// A line with a name in front: the name, who prints the line, and the line.
fn output(text: &str) -> Option<(&str, Printer, &str)> {
    let end = text.bytes().position(|byte| !crate::store_path::is_name_byte(byte))?;
    let (name, rest) = text.split_at(end);
    let (printer, rest) = match rest.strip_prefix(" (post)>") {
        Some(rest) => (Printer::Hook, rest),
        None => (Printer::Builder, rest.strip_prefix('>')?),
    };
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
    (1..=crate::store_path::MAX_NAME_LEN).contains(&name.len()).then_some((name, printer, rest))
}

// git-wt-clean> building '/nix/store/…-git-wt-clean.drv'
/// How nix-output-monitor prints the start of a build. A builder that runs Nix starts other ones.
fn own_start<'a>(name: &str, text: &'a str) -> Option<Plain<'a>> {
    let message = text.starts_with("building '").then(|| plain::parse(text)).flatten()?;
    let Plain::Building(building) = message else { return None };
    let is_own = StorePath::parse(building.drv).is_some_and(|drv| drv.name().starts_with(name));
    is_own.then_some(message)
}

// dbus : dbus-1 -> dbus-broker-36
fn is_inhibitor(text: &str) -> bool {
    text.split_once(" -> ").is_some_and(|(left, _)| left.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(log: &str, expected: &[(u32, u32, &str)]) {
        let mut reader = Reader::default();
        let mut found: Vec<(u32, u32, String)> = Vec::new();
        let mut emit =
            |at: At, message: Message<'_>| found.push((at.first, at.last, short(&message)));
        for (number, text) in (1..).zip(log.lines()) {
            reader.read(Moment { line: number, time: None }, text, &mut emit);
        }
        reader.finish(&mut emit);
        let found: Vec<_> =
            found.iter().map(|(first, last, text)| (*first, *last, text.as_str())).collect();
        assert_eq!(found, expected);
    }

    fn short(message: &Message<'_>) -> String {
        match message {
            Message::Plain(_) => "plain".to_owned(),
            Message::Listed(list, path) => format!("{list:?} {path}"),
            Message::Problem(problem) => format!("problem {}", problem.message),
            Message::Warning(warning) => format!("warning {}", warning.text),
            Message::Output { name, text } => format!("output {name}|{text}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_list_ends_with_the_first_line_that_is_no_path() {
        check(
            "these 2 derivations will be built:\n  /a.drv\n  /b.drv\nhello",
            &[
                (1, 1, "plain"),
                (2, 2, "Builds /a.drv"),
                (3, 3, "Builds /b.drv"),
                (4, 4, "Unrecognized(\"hello\")"),
            ],
        );
    }

    #[test]
    fn a_block_is_one_message() {
        check(
            "error: a\n       b\n\nhello",
            &[(1, 2, "problem a"), (3, 3, "Blank"), (4, 4, "Unrecognized(\"hello\")")],
        );
    }

    #[test]
    fn a_trace_goes_on_to_the_next_message() {
        check(
            "trace: warning: one\ntwo\n\nthree\n\nbuilding the system configuration...",
            &[(1, 4, "warning one\ntwo\n\nthree"), (5, 5, "Blank"), (6, 6, "plain")],
        );
    }

    #[test]
    fn indented_lines_belong_to_an_evaluation_warning() {
        check(
            "evaluation warning: one\n                    two\nthree",
            &[(1, 2, "warning one\ntwo"), (3, 3, "Unrecognized(\"three\")")],
        );
    }

    #[test]
    fn a_download_warning_goes_on_to_the_retry() {
        check(
            "warning: unable to download 'u': HTTP error 500\n\nresponse body:\n\nerr; retrying in 2 ms\nx",
            &[
                (
                    1,
                    5,
                    "warning unable to download 'u': HTTP error 500\n\nresponse body:\n\nerr; retrying in 2 ms",
                ),
                (6, 6, "Unrecognized(\"x\")"),
            ],
        );
    }

    #[test]
    fn a_compiler_warning_is_build_output() {
        check(
            "building '/a.drv'...\nwarning: unused variable\nollama> x > y",
            &[
                (1, 1, "plain"),
                (2, 2, "Unrecognized(\"warning: unused variable\")"),
                (3, 3, "output ollama|x > y"),
            ],
        );
    }
}
