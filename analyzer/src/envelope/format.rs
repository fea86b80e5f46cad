//! The ways in which programs wrap a line.

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

/// A way of wrapping lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) shape: Shape,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
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
pub(super) const FORMATS: [Format; 13] = {
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
    /// Its name in the report.
    pub(super) fn name(self) -> &'static str {
        match self.shape {
            Shape::Bare => "ts",
            Shape::Journal => "journald",
            Shape::GitHub => "github-actions",
            Shape::GitLab => "gitlab-ci",
            Shape::Level => "systemd-level",
        }
    }

    /// Whether the lines are wrapped so, rather than some of them containing such a thing.
    pub(super) fn wraps(self, lines: &[&str]) -> bool {
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

    /// Reads what stands in front of a line.
    pub(super) fn parse(self, text: &str) -> Option<Prefix<'_>> {
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
    let rest = rest.get(4..).filter(|_| is_stream)?;
    Some(Prefix { rest, ..prefix })
}

// <5>building '/nix/store/…-nginx-1.27.4.drv'...
fn level(text: &str) -> Option<Prefix<'_>> {
    let [b'<', b'0'..=b'7', b'>', ..] = text.as_bytes() else { return None };
    Some(Prefix { stamp: None, host: None, unit: None, rest: &text[3..] })
}
