//! The ways in which programs wrap a line.

mod loose;

use super::evidence;
use super::stamp::{self, Form, Stamp};

/// What stands in front of a line.
#[derive(Clone, Copy)]
pub(super) struct Prefix<'a> {
    pub(super) stamp: Option<Stamp<'a>>,
    pub(super) host: Option<&'a str>,
    pub(super) unit: Option<&'a str>,
    /// What follows it.
    pub(super) rest: &'a str,
}

impl<'a> Prefix<'a> {
    /// A prefix that says nothing.
    fn silent(rest: &'a str) -> Self {
        Self { stamp: None, host: None, unit: None, rest }
    }
}

/// A way of wrapping lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) shape: Shape,
    form: Form,
}

/// In this order: those with a time, the level of a message, and those that need a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// A time and a blank.
    Bare,
    /// A time, a host, and a program with or without its process number.
    Journal,
    /// The same without the host.
    JournalWithoutHost,
    /// `2025-03-13T04:40:12.1234567Z `
    GitHub,
    /// `2025-03-13T04:40:12.1234567Z ` behind the names of a job and a step, each with a tab.
    GitHubColumns,
    /// `2025-03-13T04:40:12.123456Z 00O `
    GitLab,
    /// `<5>`
    Level,
    /// `nix-1  | `
    Container,
    /// `[pod/builder/nix] `
    Bracketed,
    /// `host: `
    Host,
    /// `> `
    Quote,
    /// `+` of a patch that adds a log.
    Added,
    /// `1:` of `grep -n`; `cat -n` writes a tab.
    Numbered,
    /// So many blanks.
    Indented(usize),
}

/// All formats, those that say more first.
pub(super) const FORMATS: [Format; 26] = {
    const fn format(shape: Shape, form: Form) -> Format {
        Format { shape, form }
    }
    /// A shape without a time.
    const fn timeless(shape: Shape) -> Format {
        Format { shape, form: Form::Iso }
    }
    [
        format(Shape::GitLab, Form::Iso),
        format(Shape::GitHubColumns, Form::Iso),
        format(Shape::GitHub, Form::Iso),
        format(Shape::Journal, Form::Iso),
        format(Shape::Journal, Form::MonthDay),
        format(Shape::Journal, Form::Weekday),
        format(Shape::Journal, Form::Unix),
        format(Shape::Journal, Form::SinceBoot),
        format(Shape::JournalWithoutHost, Form::Iso),
        format(Shape::JournalWithoutHost, Form::MonthDay),
        format(Shape::JournalWithoutHost, Form::Weekday),
        format(Shape::Bare, Form::Iso),
        format(Shape::Bare, Form::MonthDay),
        format(Shape::Bare, Form::Dated),
        format(Shape::Bare, Form::Numeric),
        format(Shape::Bare, Form::OfDay),
        format(Shape::Bare, Form::Unix),
        format(Shape::Bare, Form::SinceBoot),
        format(Shape::Bare, Form::Seconds),
        timeless(Shape::Level),
        timeless(Shape::Container),
        timeless(Shape::Bracketed),
        timeless(Shape::Host),
        timeless(Shape::Quote),
        timeless(Shape::Added),
        timeless(Shape::Numbered),
    ]
};

/// Formats within each other that a line may prove.
const MAX_PROVEN: usize = 4;

impl Format {
    /// Its name in the report.
    pub(super) fn name(self) -> &'static str {
        match self.shape {
            Shape::Bare => "ts",
            Shape::Journal | Shape::JournalWithoutHost => "journald",
            Shape::GitHub | Shape::GitHubColumns => "github-actions",
            Shape::GitLab => "gitlab-ci",
            Shape::Level => "systemd-level",
            Shape::Container | Shape::Bracketed => "container",
            Shape::Host => "host",
            Shape::Quote => "quote",
            Shape::Added => "patch",
            Shape::Numbered => "line-numbers",
            Shape::Indented(_) => "indent",
        }
    }

    /// Whether it tells a time.
    pub(super) fn has_clock(self) -> bool {
        self.shape < Shape::Level
    }

    /// Whether it names a host.
    pub(super) fn has_host(self) -> bool {
        matches!(self.shape, Shape::Journal | Shape::Host)
    }

    /// The outermost format that these lines are wrapped in.
    pub(super) fn of(lines: &[&str]) -> Option<Self> {
        Self::within(lines, MAX_PROVEN)
    }

    /// The same, where no more than so many formats lie within each other.
    fn within(lines: &[&str], depth: usize) -> Option<Self> {
        let fits = FORMATS.iter().find(|format| format.wraps(lines, depth)).copied();
        fits.or_else(|| loose::indent_of(lines, depth))
    }

    /// The format of which one line alone is proof enough: Nix never writes what stands behind
    /// it in any other place than at the start of a line.
    pub(super) fn proven_by(line: &str) -> Option<Self> {
        Self::proven_within(line, MAX_PROVEN)
    }

    /// The outermost of at most so many formats that a line proves.
    fn proven_within(line: &str, depth: usize) -> Option<Self> {
        let is_proof = |text| {
            evidence::is_sure(text) || (depth > 1 && Self::proven_within(text, depth - 1).is_some())
        };
        if line.starts_with([' ', '\t']) {
            let text = line.trim_start_matches([' ', '\t']);
            // The last error of a trace stands within the block of the first one.
            if text.starts_with("error:") {
                return None;
            }
            return is_proof(text).then(|| loose::indented_as(line));
        }
        if !may_begin_a_prefix(line.strip_prefix('\u{FEFF}').unwrap_or(line)) {
            return None;
        }
        let is_proven = |format: &&Self| {
            !matches!(format.shape, Shape::Bracketed | Shape::Host)
                && format.parse(line).is_some_and(|prefix| is_proof(prefix.rest))
        };
        FORMATS.iter().find(is_proven).copied()
    }

    /// Whether a line that is not wrapped so is behind its end.
    pub(super) fn ends_with_a_misfit(self) -> bool {
        matches!(self.shape, Shape::Quote | Shape::Added | Shape::Indented(_))
    }

    /// Whether the lines are wrapped so, rather than some of them containing such a thing.
    fn wraps(self, lines: &[&str], depth: usize) -> bool {
        let lines: Vec<&str> = lines.iter().copied().filter(|line| !is_neutral(line)).collect();
        let all = lines.len();
        let wrapped = lines.iter().filter(|line| self.parse(line).is_some()).count();
        match (self.shape, self.form) {
            // Only what Nix itself writes has it, not the output of builds.
            (Shape::Level, _) => wrapped >= 2 || (wrapped == 1 && all == 1),
            (shape, _) if shape > Shape::Level => {
                wrapped > 0 && wrapped == all && loose::is_proven(self, &lines, depth)
            }
            // So short that every line must have it.
            (Shape::Bare, Form::OfDay | Form::Unix | Form::SinceBoot | Form::Seconds) => {
                wrapped > 0
                    && wrapped == all
                    && (wrapped >= 2 || loose::holds_a_log(self, &lines, depth))
            }
            // The first line may be a command, or cut.
            _ => wrapped > 0 && wrapped * 4 >= all * 3,
        }
    }

    /// Reads what stands in front of a line.
    pub(super) fn parse(self, text: &str) -> Option<Prefix<'_>> {
        if self.shape > Shape::Level {
            return loose::parse(self.shape, text);
        }
        if self.shape == Shape::Level {
            return level(text);
        }
        let text = if self.shape == Shape::GitHubColumns { behind_columns(text)? } else { text };
        // Each step of a GitHub job begins with a byte order mark.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let (stamp, rest) = stamp::parse(self.form, text)?;
        let prefix = Prefix { stamp: Some(stamp), ..Prefix::silent(rest) };
        match self.shape {
            Shape::Journal => journal(prefix),
            Shape::JournalWithoutHost => entry(prefix),
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

/// Whether a line may begin with anything but text: a look at few bytes, for each line of a log.
pub(super) fn may_begin_a_prefix(line: &str) -> bool {
    match line.as_bytes() {
        [b'[', rest @ ..] => !is_progress(rest),
        [b'0'..=b'9' | b'<' | b'>' | b'+', ..] => true,
        // Mar 13, Thu, 13 Mar; a month may have twelve bytes.
        [b'A'..=b'Z' | b'a'..=b'z' | 0x80.., rest @ ..] => {
            let mut word = rest.iter().take(13);
            let Some(end) = word.position(|byte| *byte == b' ') else { return false };
            let next = rest.get(end + 1).copied().unwrap_or(0);
            let is_before_day = next.is_ascii_digit() || next == b' ';
            let is_name = is_before_day || line[..=end].ends_with(',');
            is_name && rest[..end].iter().all(|byte| is_of_date(*byte))
        }
        _ => false,
    }
}

/// Whether a byte may be one of the name of a day or a month.
fn is_of_date(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b'.' | b',')
}

// [ 12%] Building CXX object core.cpp.o
// [12/900] CXX core.o
fn is_progress(behind_bracket: &[u8]) -> bool {
    let is_count = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'/' | b'%');
    let len = behind_bracket.iter().take_while(is_count).count();
    behind_bracket.get(len) == Some(&b']')
}

/// Digits of the fraction of a second in `2025-03-13T04:40:12.1234567Z`.
fn fraction_len(text: &str) -> usize {
    let digits = text.split_once('.').map_or("", |(_, digits)| digits);
    digits.bytes().take_while(u8::is_ascii_digit).count()
}

/// What follows the names of a job and a step, as `gh run view --log` prints them.
fn behind_columns(text: &str) -> Option<&str> {
    let (job, rest) = text.split_once('\t')?;
    let (step, rest) = rest.split_once('\t')?;
    (!job.is_empty() && !step.is_empty()).then_some(rest)
}

fn bare(prefix: Prefix) -> Option<Prefix> {
    let rest = if prefix.rest.is_empty() { "" } else { prefix.rest.strip_prefix([' ', '\t'])? };
    Some(Prefix { rest, ..prefix })
}

// host nixos-upgrade-start[2174]: building Nix...
fn journal(prefix: Prefix) -> Option<Prefix> {
    let (host, rest) = prefix.rest.strip_prefix(' ')?.split_once(' ')?;
    let entry = behind_unit(prefix, rest)?;
    is_word(host).then_some(Prefix { host: Some(host), ..entry })
}

// nixos-upgrade-start[2174]: building Nix...
fn entry(prefix: Prefix) -> Option<Prefix> {
    let rest = prefix.rest.strip_prefix(' ')?;
    // Without its number, a program could be any word of a line.
    let is_numbered = rest.split_once(':').is_some_and(|(unit, _)| unit.ends_with(']'));
    behind_unit(prefix, rest).filter(|_| is_numbered || rest.starts_with("kernel: "))
}

fn behind_unit<'a>(prefix: Prefix<'a>, text: &'a str) -> Option<Prefix<'a>> {
    let (unit, rest) = text.split_once(": ").or_else(|| Some((text.strip_suffix(':')?, "")))?;
    let name = unit.split_once('[').map_or(unit, |(name, _)| name);
    let is_entry = is_word(unit) && !name.is_empty();
    is_entry.then_some(Prefix { unit: Some(name), rest, ..prefix })
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && !word.contains([' ', ':'])
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
    let rest = rest.get(4..).filter(|_| is_stream)?;
    Some(Prefix { rest, ..prefix })
}

// <5>building '/nix/store/…-nginx-1.27.4.drv'...
fn level(text: &str) -> Option<Prefix<'_>> {
    let [b'<', b'0'..=b'7', b'>', ..] = text.as_bytes() else { return None };
    Some(Prefix::silent(&text[3..]))
}
