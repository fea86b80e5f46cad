//! What wraps the lines of a log, one envelope within the other.

use crate::line::Position;
use crate::timestamp::Timestamp;

use super::clock::Clock;
use super::format::{Format, Prefix, Shape};
use super::physical::Line;
use super::{Stripped, markup};

/// Envelopes within each other: a CI service around a container around a journal around levels.
const MAX_LAYERS: usize = 4;

/// What wraps the lines, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Layers {
    stack: Vec<Layer>,
    /// The layer whose clock counts: two clocks may count from different moments.
    clock: Option<usize>,
    /// The layer whose host counts.
    host: Option<usize>,
    /// Whether the text is written as in HTML.
    is_escaped: bool,
    is_buildkite: bool,
    /// All that was found, also what has ended since.
    names: Vec<&'static str>,
}

#[derive(Debug)]
struct Layer {
    format: Format,
    clock: Clock,
    /// Length of the last prefix, in bytes: the journal indents the further lines of a message so.
    prefix_len: usize,
}

impl Layers {
    /// What wraps the first lines of a log.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Line<'static>>) -> Self {
        let heads: Vec<&str> = lines.map(Line::head).collect();
        let mut layers = Self::default();
        if markup::is_escaped(&heads) {
            layers.escaped();
            let plain: Vec<_> = heads.iter().map(|head| markup::unescaped(head)).collect();
            layers.add_all(plain.iter().map(AsRef::as_ref).collect());
        } else {
            layers.add_all(heads);
        }
        layers
    }

    fn add_all(&mut self, mut heads: Vec<&str>) {
        while self.stack.len() < MAX_LAYERS
            && let Some(format) = Format::of(&heads)
        {
            let stamps = heads.iter().filter_map(|head| format.parse(head)?.stamp);
            self.push(format, Clock::of(stamps));
            for head in &mut heads {
                *head = format.parse(head).map_or(*head, |prefix| prefix.rest);
            }
        }
        // The innermost clock is the nearest to what happened.
        self.clock = self.stack.iter().rposition(|layer| layer.format.has_clock());
        self.host = self.stack.iter().rposition(|layer| layer.format.has_host());
    }

    fn push(&mut self, format: Format, clock: Clock) {
        self.note(format.name());
        self.stack.push(Layer { format, clock, prefix_len: 0 });
    }

    fn escaped(&mut self) {
        self.is_escaped = true;
        self.note("html");
    }

    fn note(&mut self, name: &'static str) {
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// What wraps the lines.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.names.clone()
    }

    /// Whether nothing wraps the lines.
    pub(super) fn is_empty(&self) -> bool {
        self.stack.is_empty() && !self.is_escaped
    }

    /// Takes a line; calls `emit` for it.
    pub(super) fn line(
        &mut self,
        at: Position,
        mut line: Line,
        emit: &mut impl FnMut(Position, Stripped),
    ) {
        if !self.is_escaped && self.is_proof_of_html(line.text()) {
            self.escaped();
        }
        if self.is_escaped {
            line.unescape();
        }
        emit(at, self.strip(&line));
    }

    /// What wraps the lines stands in front; else the first letter is enough to say no.
    fn is_proof_of_html(&self, text: &str) -> bool {
        let is_bare = self.stack.is_empty();
        (!is_bare || text.starts_with(['b', 'c']))
            && memchr::memchr(b'&', text.as_bytes()).is_some()
            && markup::has_escaped_path(text)
    }

    fn strip<'a>(&mut self, line: &'a Line) -> Stripped<'a> {
        let mut stripped = Stripped {
            time: line.buildkite_ms().map(|ms| Timestamp::from_millis_since_epoch(ms, 0)),
            host: None,
            unit: None,
            text: line.text(),
            drawings: line.drawings(),
        };
        if stripped.time.is_some() && !self.is_buildkite {
            self.is_buildkite = true;
            self.note("buildkite");
        }
        let mut ended = None;
        for index in 0..self.stack.len() {
            if !self.strip_layer(index, line.overwritten(), &mut stripped) {
                ended = Some(index);
                break;
            }
        }
        if let Some(index) = ended {
            self.end_from(index);
        }
        self.adopt(&mut stripped);
        stripped
    }

    /// Takes off one layer. Whether it goes on.
    fn strip_layer<'a>(
        &mut self,
        index: usize,
        overwritten: Option<&'a str>,
        to: &mut Stripped<'a>,
    ) -> bool {
        let counts = Counts { time: self.clock == Some(index), host: self.host == Some(index) };
        let layer = &mut self.stack[index];
        let prefix = layer.format.parse(to.text);
        let is_overwritten = prefix.is_none();
        let head = overwritten.filter(|_| is_overwritten).and_then(|head| layer.format.parse(head));
        if head.is_some()
            && to.drawings.first().is_some_and(|first| Some(first.as_str()) == overwritten)
        {
            // It begins with a bracket, but is no bar.
            to.drawings = &to.drawings[1..];
        }
        if let Some(prefix) = prefix.or(head) {
            layer.take(&prefix, counts, is_overwritten, to);
            return true;
        }
        if layer.format.shape == Shape::Journal {
            to.text = without_indent(to.text, layer.prefix_len);
        }
        !layer.format.ends_with_a_misfit()
    }

    /// An envelope that ends takes those within it along.
    fn end_from(&mut self, index: usize) {
        self.stack.truncate(index);
        self.clock = self.clock.filter(|clock| *clock < index);
        self.host = self.host.filter(|host| *host < index);
    }

    /// Finds out whether an envelope begins with this line.
    fn adopt(&mut self, to: &mut Stripped) {
        while self.stack.len() < MAX_LAYERS
            && let Some(format) = Format::proven_by(to.text)
            && let Some(prefix) = format.parse(to.text)
        {
            let counts = Counts {
                time: self.clock.is_none() && !self.is_buildkite && format.has_clock(),
                host: self.host.is_none() && format.has_host(),
            };
            let index = self.stack.len();
            self.push(format, Clock::default());
            self.clock = self.clock.or(counts.time.then_some(index));
            self.host = self.host.or(counts.host.then_some(index));
            if let Some(layer) = self.stack.last_mut() {
                layer.take(&prefix, counts, false, to);
            }
        }
    }
}

/// What a layer says that others do not know better.
#[derive(Clone, Copy)]
struct Counts {
    time: bool,
    host: bool,
}

impl Layer {
    fn take<'a>(
        &mut self,
        prefix: &Prefix<'a>,
        counts: Counts,
        is_overwritten: bool,
        to: &mut Stripped<'a>,
    ) {
        if counts.time {
            to.time = prefix.stamp.map(|stamp| self.clock.moment(stamp));
        }
        if counts.host {
            to.host = prefix.host;
        }
        to.unit = prefix.unit.or(to.unit);
        if !is_overwritten {
            self.prefix_len = to.text.len() - prefix.rest.len();
            to.text = prefix.rest;
        }
    }
}

/// Takes an indent of at least `len` blanks off by as much.
fn without_indent(text: &str, len: usize) -> &str {
    let indent = text.bytes().take_while(|byte| *byte == b' ').count();
    if len > 0 && indent >= len { &text[len..] } else { text }
}
