//! Reads JSON that comes in pieces, without keeping it.

use memchr::memchr2;

/// How deep values may lie within each other; listings have five levels.
const MAX_DEPTH: usize = 64;

/// As much of a text as is kept, in bytes: a store path has at most 255.
const MAX_TEXT_LEN: usize = 512;

/// Something in the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// The key of the next value of an object.
    Key(&'a str),
    /// A text, without its escapes decoded; at most its first [`MAX_TEXT_LEN`] bytes.
    Text(&'a str),
    /// A number as it is written.
    Number(&'a str),
    /// `true`, `false` or `null`.
    Word(&'a str),
    /// An object begins.
    Object,
    /// An array begins.
    Array,
    /// The object or array that began last ends.
    End,
}

/// Whether the JSON goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// More must come.
    Open,
    /// The outermost value is complete.
    Complete,
    /// It is not JSON, or `emit` does not want it.
    Broken,
}

/// What may come next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Value,
    FirstValue,
    FirstKey,
    Key,
    Colon,
    Comma,
    Quoted {
        is_key: bool,
        is_escaped: bool,
    },
    Bare,
    Complete,
    Broken,
}

/// Reads JSON.
#[derive(Debug, Default)]
pub(super) struct Scan {
    state: State,
    /// The containers that are open, outermost first: whether each is an object.
    open: Vec<bool>,
    text: Vec<u8>,
}

impl Scan {
    /// Takes the next piece; calls `emit` for what is in it, until that gives `false`.
    pub(super) fn feed(
        &mut self,
        piece: &[u8],
        mut emit: impl FnMut(Event<'_>) -> bool,
    ) -> Progress {
        let mut rest = piece;
        while !rest.is_empty() {
            let taken = match self.state {
                State::Complete | State::Broken => break,
                State::Quoted { is_key, is_escaped: false } => self.quoted(rest, is_key, &mut emit),
                State::Quoted { is_key, is_escaped: true } => self.escaped(rest[0], is_key),
                State::Bare => self.bare(rest, &mut emit),
                _ => self.sign(rest[0], &mut emit),
            };
            rest = &rest[taken..];
        }
        match self.state {
            State::Complete => Progress::Complete,
            State::Broken => Progress::Broken,
            _ => Progress::Open,
        }
    }

    /// Takes a byte outside of texts and words. Gives how many bytes were taken.
    fn sign(&mut self, byte: u8, emit: &mut impl FnMut(Event<'_>) -> bool) -> usize {
        use State::{Bare, Colon, Comma, FirstKey, FirstValue, Key, Quoted, Value};
        let is_value = matches!(self.state, Value | FirstValue);
        match (byte, self.state) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => {}
            (b'{', _) if is_value => self.begin(true, emit),
            (b'[', _) if is_value => self.begin(false, emit),
            (b'"', _) if is_value => self.state = Quoted { is_key: false, is_escaped: false },
            (b'"', Key | FirstKey) => self.state = Quoted { is_key: true, is_escaped: false },
            (b'-' | b'0'..=b'9' | b't' | b'f' | b'n', _) if is_value => {
                self.state = Bare;
                return 0;
            }
            (b':', Colon) => self.state = Value,
            (b',', Comma) => self.state = if self.open.last() == Some(&true) { Key } else { Value },
            (b'}', Comma | FirstKey) if self.open.last() == Some(&true) => self.end(emit),
            (b']', Comma | FirstValue) if self.open.last() == Some(&false) => self.end(emit),
            _ => self.state = State::Broken,
        }
        1
    }

    /// Takes what a text goes on with.
    fn quoted(
        &mut self,
        rest: &[u8],
        is_key: bool,
        emit: &mut impl FnMut(Event<'_>) -> bool,
    ) -> usize {
        let end = memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
        self.keep(&rest[..end]);
        match rest.get(end) {
            None => return end,
            Some(b'\\') => self.state = State::Quoted { is_key, is_escaped: true },
            Some(_) => {
                let goes_on = self.give_text(|text| {
                    emit(if is_key { Event::Key(text) } else { Event::Text(text) })
                });
                let after = if is_key { State::Colon } else { self.after_value() };
                self.state = if goes_on { after } else { State::Broken };
            }
        }
        end + 1
    }

    /// Takes the byte behind a backslash.
    fn escaped(&mut self, byte: u8, is_key: bool) -> usize {
        self.keep(&[b'\\', byte]);
        self.state = State::Quoted { is_key, is_escaped: false };
        1
    }

    /// Takes what a number or word goes on with.
    fn bare(&mut self, rest: &[u8], emit: &mut impl FnMut(Event<'_>) -> bool) -> usize {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let end = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        self.keep(&rest[..end]);
        if end < rest.len() {
            let goes_on = self.give_text(|text| match text {
                "true" | "false" | "null" => emit(Event::Word(text)),
                _ if text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                    emit(Event::Number(text))
                }
                _ => false,
            });
            self.state = if goes_on { self.after_value() } else { State::Broken };
        }
        end
    }

    fn begin(&mut self, is_object: bool, emit: &mut impl FnMut(Event<'_>) -> bool) {
        let event = if is_object { Event::Object } else { Event::Array };
        self.open.push(is_object);
        self.state = match (self.open.len() <= MAX_DEPTH && emit(event), is_object) {
            (false, _) => State::Broken,
            (true, true) => State::FirstKey,
            (true, false) => State::FirstValue,
        };
    }

    fn end(&mut self, emit: &mut impl FnMut(Event<'_>) -> bool) {
        self.open.pop();
        self.state = if emit(Event::End) { self.after_value() } else { State::Broken };
    }

    fn after_value(&self) -> State {
        if self.open.is_empty() { State::Complete } else { State::Comma }
    }

    fn keep(&mut self, part: &[u8]) {
        let room = MAX_TEXT_LEN.saturating_sub(self.text.len());
        self.text.extend_from_slice(&part[..part.len().min(room)]);
    }

    /// Gives what was kept to `emit`, and keeps the room that it took.
    fn give_text(&mut self, emit: impl FnOnce(&str) -> bool) -> bool {
        let mut text = std::mem::take(&mut self.text);
        let goes_on = emit(&String::from_utf8_lossy(&text));
        text.clear();
        self.text = text;
        goes_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of a text, whatever pieces it comes in.
    #[track_caller]
    fn check(json: &str, progress: Progress, expected: &str) {
        for len in 1..=json.len() {
            let mut events = Vec::new();
            let mut scan = Scan::default();
            let mut last = Progress::Open;
            for piece in json.as_bytes().chunks(len) {
                last = scan.feed(piece, |event| {
                    events.push(format!("{event:?}"));
                    true
                });
            }
            assert_eq!((last, events.join(" ").as_str()), (progress, expected), "{json} by {len}");
        }
    }

    #[test]
    fn values_come_in_order() {
        check(
            r#"{"a": [1, "x\"y"], "b": null}"#,
            Progress::Complete,
            r#"Object Key("a") Array Number("1") Text("x\\\"y") End Key("b") Word("null") End"#,
        );
        check("[]", Progress::Complete, "Array End");
        check("[ {}", Progress::Open, "Array Object End");
    }

    #[test]
    fn what_is_no_json_is_refused() {
        check("[ 50%] Building", Progress::Broken, "Array Number(\"50\")");
        check("{ pkgs }", Progress::Broken, "Object");
        check("[U*] x", Progress::Broken, "Array");
        check("{]", Progress::Broken, "Object");
    }

    #[test]
    fn depth_and_texts_are_bounded() {
        let mut scan = Scan::default();
        assert_eq!(scan.feed("[".repeat(100).as_bytes(), |_| true), Progress::Broken);
        let mut longest = 0;
        let long = format!("[\"{}\"]", "x".repeat(5000));
        Scan::default().feed(long.as_bytes(), |event| {
            longest = longest.max(if let Event::Text(text) = event { text.len() } else { 0 });
            true
        });
        assert_eq!(longest, MAX_TEXT_LEN);
    }
}
