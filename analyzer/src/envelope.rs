//! Takes off what programs put in front of lines: times, hosts, units, levels.

mod clock;
mod stamp;

use std::borrow::Cow;

use crate::ansi;
use crate::line::Position;
use crate::timestamp::Timestamp;

use clock::Clock;
use stamp::{Form, Stamp};

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
        let line = Line::read(line);
        match &mut self.state {
            State::Decided(layers) => emit(at, layers.strip(&line)),
            State::Deciding { lines, bytes } => {
                *bytes += line.text.len();
                lines.push((at, line.into_owned()));
                if lines.len() >= DECIDING_LINES || *bytes >= DECIDING_BYTES {
                    self.decide(&mut emit);
                }
            }
        }
    }

    /// Takes the end of the log; calls `emit` for the lines that were held back.
    pub fn finish(&mut self, mut emit: impl FnMut(Position, Stripped)) {
        self.decide(&mut emit);
    }

    /// What wraps the lines: `github-actions`, `gitlab-ci`, `journald`, `systemd-level`, `ts`; sorted.
    pub fn names(&self) -> Vec<&'static str> {
        let State::Decided(layers) = &self.state else { return Vec::new() };
        let mut names: Vec<_> = layers.0.iter().map(|layer| layer.format.name()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn decide(&mut self, emit: &mut impl FnMut(Position, Stripped)) {
        let State::Deciding { lines, .. } = &mut self.state else { return };
        let lines = std::mem::take(lines);
        let mut layers = Layers::of(lines.iter().map(|(_, line)| line.head()).collect());
        for (at, line) in &lines {
            emit(*at, layers.strip(line));
        }
        self.state = State::Decided(layers);
    }
}

/// A physical line as text.
#[derive(Debug)]
struct Line<'a> {
    /// What `ts` wrote before a progress bar went back to the first column and overwrote it.
    overwritten: Option<String>,
    text: Cow<'a, str>,
}

impl<'a> Line<'a> {
    fn read(line: &'a [u8]) -> Self {
        if memchr::memchr2(b'\r', 0x1B, line).is_none() {
            return Self { overwritten: None, text: ansi::plain(line) };
        }
        let (overwritten, text) = ansi::first_and_last_frame(line);
        Self { overwritten, text: Cow::Owned(text) }
    }

    fn into_owned(self) -> Line<'static> {
        Line { overwritten: self.overwritten, text: Cow::Owned(self.text.into_owned()) }
    }

    /// Where an envelope stands.
    fn head(&self) -> &str {
        self.overwritten.as_deref().unwrap_or(&self.text)
    }
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
        let mut stripped = Stripped { time: None, host: None, unit: None, text: &line.text };
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

/// What stands in front of a line.
#[derive(Clone, Copy)]
struct Prefix<'a> {
    stamp: Option<Stamp<'a>>,
    host: Option<&'a str>,
    unit: Option<&'a str>,
    rest: &'a str,
}

/// A way of wrapping lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Format {
    shape: Shape,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A time and a blank.
    Bare,
    /// A time, a host, and a program with or without its process number.
    Journal,
    /// `2025-03-13T04:40:12.1234567Z `
    GitHub,
    /// `2025-03-13T04:40:12.123456Z 00O `
    GitLab,
    /// `<5>`
    Level,
}

/// All formats, those that say more first.
const FORMATS: [Format; 13] = {
    const fn format(shape: Shape, form: Form) -> Format {
        Format { shape, form }
    }
    [
        format(Shape::GitLab, Form::Iso),
        format(Shape::GitHub, Form::Iso),
        format(Shape::Journal, Form::Iso),
        format(Shape::Journal, Form::MonthDay),
        format(Shape::Journal, Form::Weekday),
        format(Shape::Journal, Form::Unix),
        format(Shape::Journal, Form::SinceBoot),
        format(Shape::Bare, Form::Iso),
        format(Shape::Bare, Form::MonthDay),
        format(Shape::Bare, Form::OfDay),
        format(Shape::Bare, Form::Unix),
        format(Shape::Bare, Form::SinceBoot),
        format(Shape::Level, Form::Iso),
    ]
};

impl Format {
    fn name(self) -> &'static str {
        match self.shape {
            Shape::Bare => "ts",
            Shape::Journal => "journald",
            Shape::GitHub => "github-actions",
            Shape::GitLab => "gitlab-ci",
            Shape::Level => "systemd-level",
        }
    }

    /// Whether the lines are wrapped so, rather than some of them containing such a thing.
    fn wraps(self, lines: &[&str]) -> bool {
        let lines = || lines.iter().filter(|line| !is_neutral(line));
        let (all, wrapped) =
            (lines().count(), lines().filter(|line| self.parse(line).is_some()).count());
        match (self.shape, self.form) {
            // Only what Nix itself writes has it, not the output of builds.
            (Shape::Level, _) => wrapped >= 2 || (wrapped == 1 && all == 1),
            // So short that every line must have it.
            (Shape::Bare, Form::OfDay | Form::Unix | Form::SinceBoot) => {
                wrapped >= 2 && wrapped == all
            }
            // The first line may be a command, or cut.
            _ => wrapped > 0 && wrapped * 4 >= all * 3,
        }
    }

    fn parse(self, text: &str) -> Option<Prefix<'_>> {
        if self.shape == Shape::Level {
            return level(text);
        }
        // Each step of a GitHub job begins with a byte order mark.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let (stamp, rest) = stamp::parse(self.form, text)?;
        let prefix = Prefix { stamp: Some(stamp), host: None, unit: None, rest };
        match self.shape {
            Shape::Journal => journal(prefix),
            Shape::GitLab => gitlab(prefix),
            Shape::GitHub if !text[..text.len() - rest.len()].ends_with('Z') => None,
            Shape::GitHub if fraction_len(text) != 7 => None,
            _ => bare(prefix),
        }
    }
}

/// Lines that say nothing about what wraps the log: blank ones, headlines of the journal, and
/// the further lines of a message in it.
fn is_neutral(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with("-- ") || line.starts_with("                ")
}

/// Digits of the fraction of a second in `2025-03-13T04:40:12.1234567Z`.
fn fraction_len(text: &str) -> usize {
    let digits = text.split_once('.').map_or("", |(_, digits)| digits);
    digits.bytes().take_while(u8::is_ascii_digit).count()
}

fn bare(prefix: Prefix) -> Option<Prefix> {
    let rest = if prefix.rest.is_empty() { "" } else { prefix.rest.strip_prefix(' ')? };
    Some(Prefix { rest, ..prefix })
}

// host nixos-upgrade-start[2174]: building Nix...
fn journal(prefix: Prefix) -> Option<Prefix> {
    let (host, rest) = prefix.rest.strip_prefix(' ')?.split_once(' ')?;
    let (unit, rest) = rest.split_once(": ").or_else(|| Some((rest.strip_suffix(':')?, "")))?;
    let is_word = |word: &str| !word.is_empty() && !word.contains([' ', ':']);
    let name = unit.split_once('[').map_or(unit, |(name, _)| name);
    let is_entry = is_word(host) && is_word(unit) && !name.is_empty();
    is_entry.then_some(Prefix { host: Some(host), unit: Some(name), rest, ..prefix })
}

// 00O building Nix...
// 01E+further part of a long line
fn gitlab(prefix: Prefix) -> Option<Prefix> {
    let rest = prefix.rest.strip_prefix(' ')?;
    let [high, low, stream, sign, ..] = rest.as_bytes() else { return None };
    let is_stream = high.is_ascii_hexdigit()
        && low.is_ascii_hexdigit()
        && matches!(stream, b'O' | b'E')
        && matches!(sign, b' ' | b'+');
    is_stream.then_some(Prefix { rest: &rest[4..], ..prefix })
}

// <5>building '/nix/store/…-nginx-1.27.4.drv'...
fn level(text: &str) -> Option<Prefix<'_>> {
    let [b'<', b'0'..=b'7', b'>', ..] = text.as_bytes() else { return None };
    Some(Prefix { stamp: None, host: None, unit: None, rest: &text[3..] })
}

#[cfg(test)]
mod tests;
