//! Takes off what programs put in front of lines: times, hosts, units, levels.

mod clock;
mod evidence;
mod format;
mod layer;
mod markup;
mod physical;
mod record;
mod stamp;

use crate::line::Position;
use crate::sorting;
use crate::timestamp::Timestamp;

use layer::Layers;
use physical::Line;
use record::Records;

/// Lines that are held back until it is decided what wraps them. A time that only a few of them
/// have is content, such as the journal of a unit that failed.
pub const DECIDING_LINES: usize = 32;

/// Bytes that are held back at most before it is decided, and one line more.
pub const DECIDING_BYTES: usize = 1 << 18;

/// Whether an envelope may begin with `text`, a line without the blanks before it.
pub(crate) fn may_begin(text: &str) -> bool {
    format::may_begin_a_prefix(text)
}

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
/// Supported are `ts` with a date or a time of day in any usual order, a time since the start or
/// since the line before (`-s`, `-i`) and seconds (`%s`, `%.s`); all outputs of `journalctl`, with
/// months in any language; GitHub Actions; GitLab CI; Buildkite; containers; the `<5>` that Nix
/// writes for systemd; quotes, indents, numbers of lines and the marks of HTML and patches.
///
/// What wraps the first lines wraps the log. Later, what stands in front of a line is an envelope
/// only if the rest of that line is one that nobody but Nix writes.
#[derive(Debug, Default)]
pub struct Unwrapper {
    state: State,
    /// Lines that hold parts of an entry of the journal besides its message.
    silent_lines: u32,
    /// The text of the last line with colours.
    buffer: Vec<u8>,
}

#[derive(Debug)]
enum State {
    Deciding { lines: Vec<(Position, Line<'static>)>, bytes: usize },
    Lines(Layers),
    Records(Box<Records>),
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
        let Self { state, silent_lines, buffer } = self;
        let line = Line::read(line, buffer);
        match state {
            State::Lines(layers) => layers.line(at, line, &mut emit),
            State::Records(records) => {
                *silent_lines += u32::from(!records.line(at, line.text(), &mut emit));
            }
            State::Deciding { lines, bytes } => {
                *bytes += len;
                lines.push((at, line.into_owned()));
                if lines.len() >= DECIDING_LINES || *bytes >= DECIDING_BYTES {
                    *silent_lines += state.decide(&mut emit);
                }
            }
        }
    }

    /// Takes the end of the log; calls `emit` for the lines that were held back.
    pub fn finish(&mut self, mut emit: impl FnMut(Position, Stripped)) {
        self.silent_lines += self.state.decide(&mut emit);
        if let State::Records(records) = &mut self.state {
            records.finish(&mut emit);
        }
    }

    /// Whether it is decided that nothing wraps the lines.
    pub(crate) fn is_bare(&self) -> bool {
        matches!(&self.state, State::Lines(layers) if layers.is_empty())
    }

    /// What wraps the lines, such as `github-actions`, `journald`, `quote` or `ts`; sorted.
    pub fn names(&self) -> Vec<&'static str> {
        let mut names = match &self.state {
            State::Deciding { .. } => Vec::new(),
            State::Lines(layers) => layers.names(),
            State::Records(records) => records.names(),
        };
        sorting::sort(&mut names);
        names.dedup();
        names
    }

    /// Lines that hold nothing but other parts of the journal's entries.
    pub fn silent_lines(&self) -> u32 {
        self.silent_lines
    }
}

impl State {
    /// Decides, and calls `emit` for the lines that were held back; gives the number of those that
    /// hold no message.
    fn decide(&mut self, emit: &mut impl FnMut(Position, Stripped)) -> u32 {
        let Self::Deciding { lines, .. } = self else { return 0 };
        let lines = std::mem::take(lines);
        if let Some(mut records) = Records::of(lines.iter().map(|(_, line)| line.text())) {
            let mut silent = 0;
            for (at, line) in &lines {
                silent += u32::from(!records.line(*at, line.text(), emit));
            }
            *self = Self::Records(Box::new(records));
            return silent;
        }
        let mut layers = Layers::of(lines.iter().map(|(_, line)| line));
        for (at, line) in lines {
            layers.line(at, line, emit);
        }
        *self = Self::Lines(layers);
        0
    }
}

#[cfg(test)]
mod tests;
