//! A line as a terminal shows it: its text in pieces of one look each.

use std::ops::Range;

use analyzer::ansi;

use super::matcher::Matcher;
use crate::protocol::lines::{TextSpan, TextStyle};

/// Of a longer line only the beginning is shown, in bytes: a page does not scroll far enough
/// to the right for more, and laying it out would freeze it.
const MAX_SHOWN_LEN: usize = 10_000;

/// A style on its way through [`ansi::plain`], which takes escapes away: one character of those
/// that Unicode gives no meaning. Two bits, then ink and paper.
const FIRST_MARK: u32 = 0x10_FE00;

/// The pieces of a line; what matches is a piece of its own.
pub(super) fn spans(line: &[u8], matcher: Option<&mut Matcher>) -> Vec<TextSpan> {
    let marked = with_marks(line);
    let shown = ansi::plain(marked.as_deref().unwrap_or(line));
    let (text, styles) = without_marks(&shown);
    let found = matcher.map(|matcher| matcher.ranges(&text)).unwrap_or_default();
    let end = if text.len() <= MAX_SHOWN_LEN {
        text.len()
    } else {
        text.floor_char_boundary(MAX_SHOWN_LEN)
    };
    let mut spans = cut(&text[..end], &styles, &found);
    if end < text.len() {
        let text = format!(" … and {} bytes more", text.len() - end);
        spans.push(TextSpan { text, ..TextSpan::default() });
    }
    spans
}

/// The line with marks in place of what sets colours; `None` if nothing does.
fn with_marks(line: &[u8]) -> Option<Vec<u8>> {
    line.windows(2).find(|two| *two == b"\x1b[")?;
    let (mut marked, mut rest) = (Vec::with_capacity(line.len()), line);
    let mut style = TextStyle::default();
    while let Some((&byte, tail)) = rest.split_first() {
        if let Some((parameters, after)) = colour(rest) {
            set(&mut style, parameters);
            let mut mark = [0; 4];
            marked.extend_from_slice(mark_of(style).encode_utf8(&mut mark).as_bytes());
            rest = after;
        } else {
            marked.push(byte);
            rest = tail;
        }
    }
    Some(marked)
}

/// What stands in `ESC [ 31;1 m`, and what follows it.
fn colour(text: &[u8]) -> Option<(&str, &[u8])> {
    let parameters = text.strip_prefix(b"\x1b[")?;
    let end = parameters.iter().position(|byte| !matches!(byte, b'0'..=b';'))?;
    let after = parameters[end..].strip_prefix(b"m")?;
    Some((std::str::from_utf8(&parameters[..end]).ok()?, after))
}

/// Changes a style by the numbers of a sequence; those that are not known change nothing.
fn set(style: &mut TextStyle, parameters: &str) {
    let mut numbers = parameters.split([';', ':']).map(|number| number.parse::<u32>().unwrap_or(0));
    while let Some(number) = numbers.next() {
        match number {
            0 => *style = TextStyle::default(),
            1 => style.is_bold = true,
            2 => style.is_dim = true,
            7 => std::mem::swap(&mut style.ink, &mut style.paper),
            22 => (style.is_bold, style.is_dim) = (false, false),
            30..=37 => style.ink = basic(number - 30),
            90..=97 => style.ink = basic(number - 90),
            40..=47 => style.paper = basic(number - 40),
            100..=107 => style.paper = basic(number - 100),
            39 => style.ink = 0,
            49 => style.paper = 0,
            38 => style.ink = extended(&mut numbers),
            48 => style.paper = extended(&mut numbers),
            _ => {}
        }
    }
}

/// Black, red, green, yellow, blue, magenta, cyan, white. White on a dark terminal and black on a
/// light one are the colour of its text, so that neither is a colour here; black is grey.
fn basic(number: u32) -> u8 {
    [7, 1, 3, 2, 5, 6, 4, 0][number as usize % 8]
}

/// `5;n`, one of 256 colours, or `2;r;g;b`.
fn extended(numbers: &mut impl Iterator<Item = u32>) -> u8 {
    match numbers.next() {
        Some(2) => {
            let mut next = || numbers.next().unwrap_or(0).min(255);
            nearest([next(), next(), next()])
        }
        Some(5) => match numbers.next().unwrap_or(0) {
            number @ 0..=15 => basic(number),
            // A cube of six steps for each of red, green and blue.
            number @ 16..=231 => {
                let step = |part: u32| [0, 95, 135, 175, 215, 255][part as usize % 6];
                let number = number - 16;
                nearest([step(number / 36), step(number / 6), step(number)])
            }
            grey => nearest([(grey.min(255) - 232) * 10 + 8; 3]),
        },
        _ => 0,
    }
}

/// The colour of the page that is nearest in hue; what has hardly any is grey, or that of the text.
fn nearest([red, green, blue]: [u32; 3]) -> u8 {
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    if (most - least) * 4 < most.max(64) {
        return if most < 170 { 7 } else { 0 };
    }
    let is_high = |part: u32| (part - least) * 2 >= most - least;
    match (is_high(red), is_high(green), is_high(blue)) {
        (true, true, _) => 2,
        (true, _, true) => 6,
        (_, true, true) => 4,
        (true, ..) => 1,
        (_, true, _) => 3,
        _ => 5,
    }
}

fn mark_of(style: TextStyle) -> char {
    let bits = u32::from(style.is_bold) << 7 | u32::from(style.is_dim) << 6;
    let number = FIRST_MARK + (bits | u32::from(style.ink) << 3 | u32::from(style.paper));
    char::from_u32(number).unwrap_or_default()
}

fn style_of(mark: char) -> Option<TextStyle> {
    let bits = u32::from(mark).checked_sub(FIRST_MARK).filter(|bits| *bits < 256)?;
    let colour = |shift: u32| u8::try_from(bits >> shift & 7).unwrap_or_default();
    let (is_bold, is_dim) = (bits & 128 != 0, bits & 64 != 0);
    Some(TextStyle { ink: colour(3), paper: colour(0), is_bold, is_dim })
}

/// The text, and from which byte on it has which style.
fn without_marks(marked: &str) -> (String, Vec<(usize, TextStyle)>) {
    let (mut text, mut styles) = (String::with_capacity(marked.len()), Vec::new());
    for char in marked.chars() {
        match style_of(char) {
            Some(style) => styles.push((text.len(), style)),
            None => text.push(char),
        }
    }
    (text, styles)
}

fn cut(text: &str, styles: &[(usize, TextStyle)], found: &[Range<usize>]) -> Vec<TextSpan> {
    let mut ends: Vec<usize> = styles.iter().map(|(at, _)| *at).collect();
    ends.extend(found.iter().flat_map(|range| [range.start, range.end]));
    ends.push(text.len());
    ends.retain(|end| *end <= text.len());
    ends.sort_unstable();
    let (mut from, mut spans) = (0, Vec::new());
    for to in ends {
        if to == from {
            continue;
        }
        let style = styles.iter().rev().find(|(at, _)| *at <= from).map(|(_, style)| *style);
        let is_match = found.iter().any(|range| range.contains(&from));
        let text = text[from..to].to_owned();
        spans.push(TextSpan { text, style: style.unwrap_or_default(), is_match });
        from = to;
    }
    spans
}
