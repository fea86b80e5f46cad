//! Plain text of a line: without colours, links, redraws and control bytes.

use std::borrow::Cow;

use memchr::memchr;

const ESC: u8 = 0x1B;
const BEL: u8 = 0x07;

/// No terminal is wider; a cursor that moves farther must not make long lines.
const MAX_BLANKS: usize = 256;

/// Bytes that are looked at together.
const BLOCK_LEN: usize = 16;

/// Blanks are not added to a frame of this many bytes, however often the cursor moves.
const MAX_BLANK_FRAME_LEN: usize = 1 << 20;

/// The text that `line` leaves on a terminal.
///
/// A carriage return or a cursor movement to the start of a line begins a new frame, and the last
/// frame with text is the line: what a progress bar drew before is gone, but a message that was
/// merely followed by an erased bar stays. Invalid UTF-8 becomes U+FFFD. Borrows if `line` is plain.
///
/// ```
/// assert_eq!(analyzer::ansi::plain(b"[1/2 built]\r\x1b[Kerror: \x1b[31mno\x1b[0m"), "error: no");
/// ```
pub fn plain(line: &[u8]) -> Cow<'_, str> {
    without_controls(line).unwrap_or_else(|| Cow::Owned(first_and_last_frame(line).1))
}

/// The text of a line in which nothing is to be stripped.
pub(crate) fn without_controls(line: &[u8]) -> Option<Cow<'_, str>> {
    if !is_plain(line) {
        return None;
    }
    // Much faster than the lossy way, which is for few lines.
    let text = std::str::from_utf8(line).map(Cow::Borrowed);
    Some(text.unwrap_or_else(|_| String::from_utf8_lossy(line)))
}

/// The text of a line in which at most colours are to be stripped, if that is easily told; `buffer`
/// holds it then.
pub(crate) fn text<'b>(line: &'b [u8], buffer: &'b mut Vec<u8>) -> Option<&'b str> {
    if is_plain(line) {
        return std::str::from_utf8(line).ok();
    }
    // What begins with a bracket may be the drawing of a bar.
    without_colours(line, buffer).filter(|text| !text.starts_with('['))
}

/// The text of a line in which nothing but colours is to be stripped, as most lines of a terminal
/// are; `buffer` holds it. `None` is a line for [`plain`].
pub(crate) fn without_colours<'b>(line: &[u8], buffer: &'b mut Vec<u8>) -> Option<&'b str> {
    buffer.clear();
    let mut rest = line;
    while let Some(start) = memchr(ESC, rest) {
        buffer.extend_from_slice(&rest[..start]);
        rest = after_colour(&rest[start + 1..])?;
    }
    buffer.extend_from_slice(rest);
    let text = if is_plain(buffer) { std::str::from_utf8(buffer).ok()? } else { return None };
    // A frame without text is none.
    (!text.trim_start().is_empty()).then_some(text)
}

/// What follows `[31;1m`, or `[K`, which erases what stands right of the cursor.
fn after_colour(after_escape: &[u8]) -> Option<&[u8]> {
    let parameters = after_escape.strip_prefix(b"[")?;
    let end = parameters.iter().position(|byte| !matches!(byte, b'0'..=b';'))?;
    match parameters[end] {
        b'm' => Some(&parameters[end + 1..]),
        b'K' if end == 0 => Some(&parameters[1..]),
        _ => None,
    }
}

/// The first frame with text, if another came after it, and the last; see [`plain`].
pub(crate) fn first_and_last_frame(line: &[u8]) -> (Option<String>, String) {
    let (mut first, mut last) = (None, String::new());
    draw(line, |frame| {
        if first.is_none() && !last.is_empty() && last != frame {
            first = Some(std::mem::take(&mut last));
        }
        last.clear();
        last.push_str(frame);
    });
    (first, last)
}

/// Calls `emit` for each frame that holds text.
pub(crate) fn draw(line: &[u8], emit: impl FnMut(&str)) {
    let mut screen = Screen { frame: Vec::new(), emit };
    let mut rest = line;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match byte {
            ESC => escape(tail, &mut screen),
            b'\r' => {
                screen.next_frame();
                tail
            }
            0x08 => {
                screen.back();
                tail
            }
            _ if is_control(byte) => tail,
            _ => {
                let len = rest.iter().position(|byte| is_control(*byte)).unwrap_or(rest.len());
                screen.frame.extend_from_slice(&rest[..len]);
                &rest[len..]
            }
        };
    }
    screen.next_frame();
}

/// Whether there is nothing to strip. Looks at a block of bytes at once, which is faster than to stop.
fn is_plain(line: &[u8]) -> bool {
    let any = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_control(*byte));
    let (blocks, rest) = line.as_chunks::<BLOCK_LEN>();
    // The last block of a longer line overlaps the one before it.
    let last = line.last_chunk::<BLOCK_LEN>();
    let is_rest_plain = last.map_or_else(|| !any(rest), |block| !any(block));
    is_rest_plain && !blocks.iter().any(|block| any(block))
}

/// A tab is text.
fn is_control(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || byte == 0x7F
}

/// What has been drawn.
struct Screen<F> {
    /// The frame that is being drawn.
    frame: Vec<u8>,
    /// Takes the frames that are done.
    emit: F,
}

impl<F: FnMut(&str)> Screen<F> {
    fn next_frame(&mut self) {
        if !self.frame.is_empty() {
            let text = String::from_utf8_lossy(&self.frame);
            if !text.trim().is_empty() {
                (self.emit)(&text);
            }
            self.frame.clear();
        }
    }

    /// Takes the last character back, with all its bytes.
    fn back(&mut self) {
        while let Some(byte) = self.frame.pop() {
            let continues = byte & 0xC0 == 0x80;
            if !continues {
                break;
            }
        }
    }

    fn blanks(&mut self, count: usize) {
        if self.frame.len() < MAX_BLANK_FRAME_LEN {
            self.frame.resize(self.frame.len() + count.min(MAX_BLANKS), b' ');
        }
    }
}

/// Reads what follows an escape byte; gives what follows the sequence.
fn escape<'a>(after: &'a [u8], screen: &mut Screen<impl FnMut(&str)>) -> &'a [u8] {
    match after.first() {
        Some(b'[') => control_sequence(&after[1..], screen),
        Some(b']' | b'P' | b'X' | b'^' | b'_') => string_sequence(&after[1..]),
        // ESC ( B: intermediates, then a final byte.
        Some(0x20..=0x2F) => {
            let skip = after.iter().position(|byte| !(0x20..=0x2F).contains(byte));
            after.get(skip.map_or(after.len(), |skip| skip + 1)..).unwrap_or_default()
        }
        Some(0x30..=0x7E) => &after[1..],
        _ => after,
    }
}

/// `ESC [ 2 K`: parameters, then a final byte. A sequence that is cut off ends where it stops to be one.
fn control_sequence<'a>(after: &'a [u8], screen: &mut Screen<impl FnMut(&str)>) -> &'a [u8] {
    let len = after.iter().position(|byte| !(0x20..=0x3F).contains(byte)).unwrap_or(after.len());
    let (parameters, rest) = after.split_at(len);
    let Some((&last @ 0x40..=0x7E, rest)) = rest.split_first() else { return rest };
    act(parameters, last, screen);
    rest
}

/// Does what a control sequence says, as far as it moves or erases text.
fn act(parameters: &[u8], last: u8, screen: &mut Screen<impl FnMut(&str)>) {
    let number = || std::str::from_utf8(parameters).ok()?.parse::<usize>().ok();
    match (last, number()) {
        // To another line, or to the first column.
        (b'A' | b'B' | b'E' | b'F' | b'H' | b'd' | b'f', _) | (b'G', None | Some(0 | 1)) => {
            screen.next_frame();
        }
        // The line or the screen is erased.
        (b'K', Some(1 | 2)) | (b'J', Some(1..=3)) => screen.next_frame(),
        (b'G', Some(column)) => {
            screen.blanks(column.saturating_sub(screen.frame.len() + 1).max(1));
        }
        (b'C', count) => screen.blanks(count.unwrap_or(1)),
        _ => {}
    }
}

/// `ESC ] 8 ; ; URL BEL`: a string up to BEL or `ESC \`. Without an end, its bytes are text.
fn string_sequence(after: &[u8]) -> &[u8] {
    let Some(end) = after.iter().position(|byte| matches!(*byte, BEL | ESC)) else { return after };
    let rest = &after[end + 1..];
    if after[end] == BEL { rest } else { rest.strip_prefix(b"\\").unwrap_or(&after[end..]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &[u8], expected: &str) {
        assert_eq!(plain(line), expected);
    }

    #[test]
    fn plain_text_is_borrowed() {
        let line = "  /nix/store/…-‘x’\tß".as_bytes();
        assert!(matches!(plain(line), Cow::Borrowed(_)));
        check(line, "  /nix/store/…-‘x’\tß");
        check(b"", "");
    }

    #[test]
    fn invalid_utf8_is_replaced() {
        check(b"a\xFFb", "a\u{FFFD}b");
        check(b"\x1b[1ma\xC3", "a\u{FFFD}");
    }

    #[test]
    fn control_bytes_go() {
        check(b"error: \x00\x01exec\x05uting\x7f", "error: executing");
    }

    #[test]
    fn colours_go() {
        check(b"\x1b[31;1merror:\x1b[0m attribute '\x1b[35;1mx\x1b[0m'", "error: attribute 'x'");
        check(b"\x1b[38;5;185ma\x1b[?25l\x1b(Bb\x1b=c\x1b[m", "abc");
    }

    #[test]
    fn the_short_way_strips_as_the_long_one() {
        let mut buffer = Vec::new();
        for (line, is_short) in [
            (&b"\x1b[2mzlib> \x1b[0mgcc -c \xC3\xBC.c"[..], true),
            (b"\x1b[31;1merror:\x1b[0m no\x1b[K", true),
            (b"\x1b[38:5:185ma\x1b[m", true),
            (b"\x1b[1m \x1b[0m", false),
            (b"a\x1b[2Kb", false),
            (b"\x1b[1ma\x08b", false),
            (b"\x1b[1ma\xC3", false),
            (b"text\x1b[3", false),
            (b"text\x1b", false),
        ] {
            let short = without_colours(line, &mut buffer);
            assert_eq!(short.is_some(), is_short, "{line:?}");
            assert!(short.is_none_or(|text| text == plain(line)), "{line:?}");
        }
    }

    #[test]
    fn links_go_and_their_text_stays() {
        check(b"(\x1b]8;;file://h/a.service\x07/a.service\x1b]8;;\x07; on)", "(/a.service; on)");
        check(b"\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\", "text");
    }

    #[test]
    fn a_cut_sequence_takes_nothing_else() {
        check(b"text\x1b", "text");
        check(b"text\x1b[3", "text");
        check(b"text\x1b(", "text");
        check(b"text \x1b]8;;x", "text 8;;x");
        check("text\x1b[3ß".as_bytes(), "textß");
    }

    #[test]
    fn a_line_over_a_progress_bar_is_the_line() {
        check(
            b"\r[\x1b[34;1m1\x1b[0m/31 built] building \x1b[1mlinux\x1b[0m\x1b[0m\x1b[K\r\x1b[Ktrace: x",
            "trace: x",
        );
        check(
            b"\r\x1b[K\r\x1b[Kbuilding the system configuration...",
            "building the system configuration...",
        );
        check(
            b"\x1b[?2026h\x1b[1G\x1b[2K\x1b[1m0s\x1b[0m\x1b[?2026l\x1b[1G\x1b[2Kwarning: x",
            "warning: x",
        );
        check(b"a\x1b[2K\x1b[1F\x1b[2K\x1b[1Fb", "b");
    }

    #[test]
    fn an_erased_bar_does_not_erase_the_message_before_it() {
        check(b"error: x\r\x1b[K", "error: x");
    }

    #[test]
    fn backspaces_take_characters_back() {
        check("12\u{8}3ü\u{8}\u{8}\u{8}\u{8}x".as_bytes(), "x");
    }

    #[test]
    fn the_cursor_moves_over_blanks() {
        check(b"a\x1b[3Cb\x1b[10Gc", "a   b    c");
        check(b"abc\x1b[2Gd", "abc d");
        assert_eq!(plain(b"a\x1b[999999999Cb").len(), MAX_BLANKS + 2);
    }

    #[test]
    fn what_a_bar_overwrote_is_the_first_frame() {
        for (line, first, last) in [
            (&b"04:40:12 \r\x1b[K[1/2]\x1b[K\r\x1b[Ktrace: x"[..], Some("04:40:12 "), "trace: x"),
            (b"\r[1/2]\x1b[K\r[1/2]\x1b[K\r\x1b[K", None, "[1/2]"),
            (b"\r\x1b[K", None, ""),
        ] {
            assert_eq!(first_and_last_frame(line), (first.map(str::to_owned), last.to_owned()));
        }
    }
}
