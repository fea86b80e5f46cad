//! Turns the bytes of a log into UTF-8, wherever the chunk boundaries fall.

/// How the characters of a log are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, or bytes that nothing marks as something else.
    #[default]
    Utf8,
    /// UTF-16, low byte first, as Windows writes it.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Encoding {
    /// Its name, in lower case, such as `utf-16le`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }
}

/// Longest byte order mark, in bytes.
const MAX_BOM_LEN: usize = 3;

/// The byte order marks. None is the beginning of another.
const BOMS: [(&[u8], Encoding); 3] = [
    (b"\xEF\xBB\xBF", Encoding::Utf8),
    (b"\xFF\xFE", Encoding::Utf16Le),
    (b"\xFE\xFF", Encoding::Utf16Be),
];

/// Decodes a stream of bytes by its byte order mark, which is dropped.
///
/// UTF-8 passes as it is, invalid bytes included; UTF-16 is converted.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    lossy: bool,
}

#[derive(Debug)]
enum State {
    /// The first bytes could still become a byte order mark.
    Start {
        held: [u8; MAX_BOM_LEN],
        len: usize,
    },
    Utf8,
    Utf16(Utf16),
}

impl Default for State {
    fn default() -> Self {
        Self::Start { held: [0; MAX_BOM_LEN], len: 0 }
    }
}

impl Decoder {
    /// Calls `emit` with the decoded form of `chunk`, in at most two pieces.
    ///
    /// The bytes of a character that a chunk boundary cuts come with a later chunk.
    pub fn feed(&mut self, chunk: &[u8], mut emit: impl FnMut(&[u8])) {
        let rest = self.start(chunk, &mut emit);
        match &mut self.state {
            State::Start { .. } => {}
            State::Utf8 if rest.is_empty() => {}
            State::Utf8 => emit(rest),
            State::Utf16(utf16) => {
                let text = utf16.decode(rest, &mut self.lossy);
                if !text.is_empty() {
                    emit(text.as_bytes());
                }
            }
        }
    }

    /// Takes the end of the stream; calls `emit` with what was held back, if anything was.
    pub fn finish(&mut self, mut emit: impl FnMut(&[u8])) {
        match &mut self.state {
            State::Start { held, len } if *len > 0 => emit(&held[..*len]),
            State::Utf16(utf16) if utf16.is_pending() => {
                self.lossy = true;
                emit("\u{FFFD}".as_bytes());
            }
            _ => {}
        }
        self.state = State::Utf8;
    }

    /// What is decoded, as far as the bytes so far tell.
    pub fn encoding(&self) -> Encoding {
        match &self.state {
            State::Start { .. } | State::Utf8 => Encoding::Utf8,
            State::Utf16(utf16) => utf16.encoding(),
        }
    }

    /// Whether UTF-16 held something that is no character, which became U+FFFD.
    ///
    /// Invalid UTF-8 passes here and is replaced by [`ansi::plain`](crate::ansi::plain).
    pub fn is_lossy(&self) -> bool {
        self.lossy
    }

    /// Reads the byte order mark; gives the bytes of `chunk` that follow it.
    fn start<'a>(&mut self, mut chunk: &'a [u8], emit: &mut impl FnMut(&[u8])) -> &'a [u8] {
        while let State::Start { held, len } = &mut self.state {
            let head = &held[..*len];
            if let Some((_, encoding)) = BOMS.iter().find(|(bom, _)| *bom == head) {
                self.state = State::of(*encoding);
            } else if !BOMS.iter().any(|(bom, _)| bom.starts_with(head)) {
                emit(head);
                self.state = State::Utf8;
            } else if let Some((first, rest)) = chunk.split_first() {
                held[*len] = *first;
                *len += 1;
                chunk = rest;
            } else {
                break;
            }
        }
        chunk
    }
}

impl State {
    fn of(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Utf8 => Self::Utf8,
            Encoding::Utf16Le => Self::Utf16(Utf16::new(u16::from_le_bytes)),
            Encoding::Utf16Be => Self::Utf16(Utf16::new(u16::from_be_bytes)),
        }
    }
}

/// The state of UTF-16 between two chunks.
#[derive(Debug)]
struct Utf16 {
    unit: fn([u8; 2]) -> u16,
    /// First byte of a unit whose second byte has not come.
    byte: Option<u8>,
    /// First half of a surrogate pair whose second half has not come.
    high: Option<u16>,
    text: String,
}

impl Utf16 {
    fn new(unit: fn([u8; 2]) -> u16) -> Self {
        Self { unit, byte: None, high: None, text: String::new() }
    }

    fn encoding(&self) -> Encoding {
        if (self.unit)([1, 0]) == 1 { Encoding::Utf16Le } else { Encoding::Utf16Be }
    }

    fn is_pending(&self) -> bool {
        self.byte.is_some() || self.high.is_some()
    }

    fn decode(&mut self, bytes: &[u8], lossy: &mut bool) -> &str {
        self.text.clear();
        let mut bytes = bytes.iter().copied();
        while let Some(first) = self.byte.take().or_else(|| bytes.next()) {
            let Some(second) = bytes.next() else {
                self.byte = Some(first);
                break;
            };
            self.push((self.unit)([first, second]), lossy);
        }
        &self.text
    }

    fn push(&mut self, unit: u16, lossy: &mut bool) {
        let pair = self.high.take().map(|high| [high, unit]);
        let is_high = (0xD800..0xDC00).contains(&unit);
        if let Some(Ok(character)) = pair.and_then(|pair| char::decode_utf16(pair).next()) {
            self.text.push(character);
            return;
        }
        if pair.is_some() {
            self.replace(lossy);
        }
        if is_high {
            self.high = Some(unit);
        } else if let Some(character) = char::from_u32(u32::from(unit)) {
            self.text.push(character);
        } else {
            self.replace(lossy);
        }
    }

    fn replace(&mut self, lossy: &mut bool) {
        *lossy = true;
        self.text.push(char::REPLACEMENT_CHARACTER);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(input: &[u8], chunk_len: usize) -> (Vec<u8>, Encoding, bool) {
        let mut decoder = Decoder::default();
        let mut output = Vec::new();
        for chunk in input.chunks(chunk_len) {
            decoder.feed(chunk, |bytes| output.extend_from_slice(bytes));
        }
        let encoding = decoder.encoding();
        decoder.finish(|bytes| output.extend_from_slice(bytes));
        (output, encoding, decoder.is_lossy())
    }

    fn check(input: &[u8], expected: &[u8], encoding: Encoding, lossy: bool) {
        for chunk_len in 1..=input.len().max(1) {
            assert_eq!(decode(input, chunk_len), (expected.to_vec(), encoding, lossy));
        }
    }

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn utf8_passes_as_it_is() {
        check(b"", b"", Encoding::Utf8, false);
        check("über\n".as_bytes(), "über\n".as_bytes(), Encoding::Utf8, false);
        check(b"\xC3\x28\xFF\n", b"\xC3\x28\xFF\n", Encoding::Utf8, false);
    }

    #[test]
    fn utf8_mark_is_dropped() {
        check(b"\xEF\xBB\xBFabc", b"abc", Encoding::Utf8, false);
    }

    #[test]
    fn a_cut_mark_is_text() {
        check(b"\xEF\xBBx", b"\xEF\xBBx", Encoding::Utf8, false);
        check(b"\xEF", b"\xEF", Encoding::Utf8, false);
        check(b"\xFF", b"\xFF", Encoding::Utf8, false);
    }

    #[test]
    fn utf16_becomes_utf8() {
        let text = "\u{FEFF}trace: ‘x’ 🎉\r\n";
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&utf16le(text), &text.as_bytes()[3..], Encoding::Utf16Le, false);
        check(&be, &text.as_bytes()[3..], Encoding::Utf16Be, false);
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced() {
        let mut input = utf16le("\u{FEFF}a");
        input.extend_from_slice(&0xD83C_u16.to_le_bytes());
        check(&input, "a\u{FFFD}".as_bytes(), Encoding::Utf16Le, true);
        input.extend_from_slice(&utf16le("b🎉"));
        check(&input, "a\u{FFFD}b🎉".as_bytes(), Encoding::Utf16Le, true);
        input.extend_from_slice(&0xDF89_u16.to_le_bytes());
        check(&input, "a\u{FFFD}b🎉\u{FFFD}".as_bytes(), Encoding::Utf16Le, true);
    }

    #[test]
    fn an_odd_last_byte_is_replaced() {
        let mut input = utf16le("\u{FEFF}a");
        input.push(b'b');
        check(&input, "a\u{FFFD}".as_bytes(), Encoding::Utf16Le, true);
    }
}
