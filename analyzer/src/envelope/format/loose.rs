//! What people, shells and containers put in front of lines: so little that it needs a proof.

use super::{Format, Prefix, Shape, is_word};
use crate::envelope::evidence;
use crate::envelope::stamp::Form;

/// Lines that must have a word with a colon in front: an error has one as well.
const MIN_HOST_LINES: usize = 3;

/// Reads what stands in front of a line.
pub(super) fn parse(shape: Shape, text: &str) -> Option<Prefix<'_>> {
    match shape {
        Shape::Container => container(text),
        Shape::Bracketed => bracketed(text),
        Shape::Host => host(text),
        Shape::Quote => quote(text).map(Prefix::silent),
        Shape::Added => text.strip_prefix('+').map(Prefix::silent),
        Shape::Numbered => numbered(text).map(|(_, rest)| Prefix::silent(rest)),
        Shape::Indented(len) => indented(text, len).map(Prefix::silent),
        _ => None,
    }
}

/// Whether lines that all have such a prefix are those of a log only without it.
pub(super) fn is_proven(format: Format, lines: &[&str], depth: usize) -> bool {
    let is_log_already = || lines.iter().any(|line| evidence::is_likely(line));
    is_consistent(format.shape, lines) && !is_log_already() && holds_a_log(format, lines, depth)
}

/// Whether lines of a log stand behind the prefix, or another envelope does.
pub(super) fn holds_a_log(format: Format, lines: &[&str], depth: usize) -> bool {
    let behind: Vec<&str> =
        lines.iter().filter_map(|line| format.parse(line)).map(|prefix| prefix.rest).collect();
    let is_proof = |text: &&str| {
        evidence::is_likely(text) || evidence::is_marked(text) || Format::proven_by(text).is_some()
    };
    behind.iter().any(is_proof) || (depth > 1 && Format::within(&behind, depth - 1).is_some())
}

fn is_consistent(shape: Shape, lines: &[&str]) -> bool {
    match shape {
        Shape::Numbered => {
            let numbers = lines.iter().filter_map(|line| numbered(line));
            numbers.map(|(number, _)| number).is_sorted_by(|a, b| a < b)
        }
        Shape::Host => {
            let mut hosts = lines.iter().map(|line| host(line).and_then(|prefix| prefix.host));
            let first = hosts.next();
            lines.len() >= MIN_HOST_LINES && hosts.all(|host| Some(host) == first)
        }
        // Several names are those of hosts, which are told apart later.
        Shape::Bracketed => {
            let mut names = lines.iter().filter_map(|line| line.split(']').next());
            let first = names.next();
            names.all(|name| Some(name) == first)
        }
        _ => true,
    }
}

/// The indent that all lines have at least, where it wraps them.
pub(super) fn indent_of(lines: &[&str], depth: usize) -> Option<Format> {
    let lines: Vec<&str> = lines.iter().copied().filter(|line| !line.trim().is_empty()).collect();
    let len = lines.iter().map(|line| indent_len(line)).min().filter(|len| *len > 0)?;
    let format = Format { shape: Shape::Indented(len), form: Form::Iso };
    is_proven(format, &lines, depth).then_some(format)
}

/// The indent of a line.
pub(super) fn indented_as(line: &str) -> Format {
    Format { shape: Shape::Indented(indent_len(line)), form: Form::Iso }
}

fn indent_len(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn indented(text: &str, len: usize) -> Option<&str> {
    if text.trim_start().is_empty() {
        return Some("");
    }
    (indent_len(text) >= len).then(|| &text[len..])
}

// nix-1  | building Nix...
// The longest name has two blanks behind it; colmena writes names to the right, and one blank.
fn container(text: &str) -> Option<Prefix<'_>> {
    let (name, rest) = text.split_once("  ")?;
    let rest = rest.trim_start_matches(' ').strip_prefix('|')?;
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
    is_name(name).then_some(Prefix::silent(rest))
}

// [pod/builder/nix] building Nix...
// Without a slash it is the name of a host, which tells runs apart.
fn bracketed(text: &str) -> Option<Prefix<'_>> {
    let (name, rest) = text.strip_prefix('[')?.split_once(']')?;
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
    (is_word(name) && name.contains('/')).then_some(Prefix::silent(rest))
}

// web1: building Nix...
fn host(text: &str) -> Option<Prefix<'_>> {
    let (name, rest) = text.split_once(':')?;
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
    is_name(name).then_some(Prefix { host: Some(name), ..Prefix::silent(rest) })
}

// > building Nix...
// >building Nix...
fn quote(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('>')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

//      1	building Nix...
// 12:building Nix...
//   12 │ building Nix...
fn numbered(text: &str) -> Option<(u64, &str)> {
    let text = text.trim_start_matches(' ');
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..len].parse().ok()?;
    let rest = &text[len..];
    if rest.is_empty() {
        return Some((number, rest));
    }
    if let Some(rest) = rest.strip_prefix(['\t', ':']) {
        return Some((number, rest));
    }
    let bar = rest.trim_start_matches(' ').strip_prefix(['│', '|']);
    let rest = bar.unwrap_or(rest);
    Some((number, if rest.is_empty() { rest } else { rest.strip_prefix(' ')? }))
}

/// A name of a machine or a container.
fn is_name(word: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte);
    !word.is_empty() && word.bytes().all(is_of_name)
}
