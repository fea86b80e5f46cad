//! Takes off what programs put in front of lines: times, hosts, units, levels.

mod clock;
mod format;
mod stamp;

use std::borrow::Cow;

use crate::ansi;
use crate::line::Position;
use crate::timestamp::Timestamp;

use clock::Clock;
use format::{FORMATS, Format, Prefix, Shape};

/// Lines that are held back until it is decided what wraps them. A time that only a few of them
/// have is content, such as the journal of a unit that failed.
pub const DECIDING_LINES: usize = 32;

/// Bytes that are held back at most before it is decided, and one line more.
pub const DECIDING_BYTES: usize = 1 << 18;

/// Envelopes within each other: a CI service around `ts` around a journal.
const MAX_LAYERS: usize = 3;

/// A line without its envelopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stripped<'a> {
    /// When the line was written.
    pub time: Option<Timestamp>,
    /// The machine that wrote it.
    pub host: Option<&'a str>,
    /// The program or unit that wrote it, as the journal names it.
    pub unit: Option<&'a str>,
    /// The line itself.
    pub text: &'a str,
    /// What a progress bar drew on this line before, oldest first; the last one is empty where the
    /// bar was taken down.
    pub drawings: &'a [String],
}

/// Finds out what wraps the lines of a log, and takes it off.
///
/// Supported are `ts` with a date (ISO 8601 or its default), a time of day or a time since the
/// start (`-s`, `-i`); `journalctl -o` `short`, `short-precise`, `short-iso`, `short-full`,
/// `short-unix` and `short-monotonic`, with months in any language; GitHub Actions; GitLab CI;
/// and the `<5>` that Nix writes for systemd.
#[derive(Debug, Default)]
pub struct Unwrapper {
    state: State,
    /// The text of the last line with colours.
    buffer: Vec<u8>,
}

#[derive(Debug)]
enum State {
    Deciding { lines: Vec<(Position, Line<'static>)>, bytes: usize },
    Decided(Layers),
}

impl Default for State {
    fn default() -> Self {
        Self::Deciding { lines: Vec::new(), bytes: 0 }
    }
}

impl Unwrapper {
    /// Takes a physical line; calls `emit` for it, or for none or several lines while deciding.
    pub fn feed(&mut self, at: Position, line: &[u8], mut emit: impl FnMut(Position, Stripped)) {
        let len = line.len();
        let Self { state, buffer } = self;
        let line = Line::read(line, buffer);
        match state {
            State::Decided(layers) => emit(at, layers.strip(&line)),
            State::Deciding { lines, bytes } => {
                *bytes += len;
                lines.push((at, line.into_owned()));
                if lines.len() >= DECIDING_LINES || *bytes >= DECIDING_BYTES {
                    state.decide(&mut emit);
                }
            }
        }
    }

    /// Takes the end of the log; calls `emit` for the lines that were held back.
    pub fn finish(&mut self, mut emit: impl FnMut(Position, Stripped)) {
        self.state.decide(&mut emit);
    }

    /// What wraps the lines: `github-actions`, `gitlab-ci`, `journald`, `systemd-level`, `ts`; sorted.
    pub fn names(&self) -> Vec<&'static str> {
        let State::Decided(layers) = &self.state else { return Vec::new() };
        let mut names: Vec<_> = layers.0.iter().map(|layer| layer.format.name()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl State {
    fn decide(&mut self, emit: &mut impl FnMut(Position, Stripped)) {
        let Self::Deciding { lines, .. } = self else { return };
        let lines = std::mem::take(lines);
        let mut layers = Layers::of(lines.iter().map(|(_, line)| line.head()).collect());
        for (at, line) in &lines {
            emit(*at, layers.strip(line));
        }
        *self = Self::Decided(layers);
    }
}

/// A physical line as text.
#[derive(Debug)]
struct Line<'a> {
    /// What `ts` wrote before a progress bar went back to the first column and overwrote it.
    overwritten: Option<String>,
    text: Cow<'a, str>,
    /// Earlier frames that may be a progress bar.
    drawings: Vec<String>,
}

/// How Nix erases its bar.
const ERASED: &[u8] = b"\r\x1b[K";

/// What Nix 2.35 and later end a bar with.
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";

/// Drawings of one line that are kept; a bar is drawn twenty times a second at most.
const MAX_DRAWINGS: usize = 1 << 16;

impl<'a> Line<'a> {
    /// `buffer` holds the text of a line with colours, so that it need not be allocated.
    fn read(line: &'a [u8], buffer: &'a mut Vec<u8>) -> Self {
        match memchr::memchr2(b'\r', 0x1B, line).map(|index| line[index]) {
            None => return Self::of_one_frame(ansi::plain(line)),
            Some(b'\r') => {}
            Some(_) => {
                let text = ansi::without_colours(line, buffer);
                // What begins with a bracket may be the drawing of a bar.
                if let Some(text) = text.filter(|text| !text.starts_with('[')) {
                    return Self::of_one_frame(Cow::Borrowed(text));
                }
            }
        }
        let (overwritten, text) = ansi::first_and_last_frame(line);
        Self { overwritten, text: Cow::Owned(text), drawings: drawings(line) }
    }

    fn of_one_frame(text: Cow<'a, str>) -> Self {
        Self { overwritten: None, text, drawings: Vec::new() }
    }

    fn into_owned(self) -> Line<'static> {
        Line {
            overwritten: self.overwritten,
            text: Cow::Owned(self.text.into_owned()),
            drawings: self.drawings,
        }
    }

    /// Where an envelope stands.
    fn head(&self) -> &str {
        self.overwritten.as_deref().unwrap_or(&self.text)
    }
}

/// The frames of a line that look like the bar of Nix, which begins with a bracket. The last one
/// is the text of the line, if it does.
fn drawings(line: &[u8]) -> Vec<String> {
    let mut drawings: Vec<String> = Vec::new();
    ansi::draw(line, |frame| {
        let is_new = drawings.last().is_none_or(|last| last != frame);
        if frame.starts_with('[') && is_new && drawings.len() < MAX_DRAWINGS {
            drawings.push(frame.to_owned());
        }
    });
    // The last bar is erased, and no line takes its place.
    let line = line.strip_suffix(SHOW_CURSOR).unwrap_or(line);
    if line == ERASED || (!drawings.is_empty() && line.ends_with(ERASED)) {
        drawings.push(String::new());
    }
    drawings
}

/// What wraps the lines, the outermost first.
#[derive(Debug, Default)]
struct Layers(Vec<Layer>);

#[derive(Debug)]
struct Layer {
    format: Format,
    clock: Clock,
    /// Length of the last prefix, in bytes: the journal indents the further lines of a message so.
    prefix_len: usize,
}

impl Layers {
    fn of(mut heads: Vec<&str>) -> Self {
        let mut layers = Vec::new();
        while let Some(format) = FORMATS.iter().find(|format| format.wraps(&heads)) {
            for head in &mut heads {
                *head = format.parse(head).map_or(*head, |prefix| prefix.rest);
            }
            layers.push(Layer { format: *format, clock: Clock::default(), prefix_len: 0 });
            if layers.len() == MAX_LAYERS {
                break;
            }
        }
        Self(layers)
    }

    fn strip<'a>(&mut self, line: &'a Line) -> Stripped<'a> {
        let mut stripped = Stripped {
            time: None,
            host: None,
            unit: None,
            text: &line.text,
            drawings: &line.drawings,
        };
        for layer in &mut self.0 {
            let overwritten = line.overwritten.as_deref().and_then(|head| layer.format.parse(head));
            let prefix = layer.format.parse(stripped.text);
            let is_overwritten = prefix.is_none();
            if let Some(prefix) = prefix.or(overwritten) {
                layer.take(&prefix, is_overwritten, &mut stripped);
            } else if layer.format.shape == Shape::Journal {
                stripped.text = without_indent(stripped.text, layer.prefix_len);
            }
        }
        stripped
    }
}

impl Layer {
    fn take<'a>(&mut self, prefix: &Prefix<'a>, is_overwritten: bool, to: &mut Stripped<'a>) {
        // The innermost clock is the nearest to what happened.
        to.time = prefix.stamp.map(|stamp| self.clock.moment(stamp)).or(to.time);
        to.host = prefix.host.or(to.host);
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

#[cfg(test)]
mod tests;
