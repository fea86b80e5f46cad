//! Breaks text into lines of a width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use share::export::document::{Phrase, Piece};
use share::export::{is_plain, plain};

/// Breaks a phrase at its blanks, and inside a word only if the word alone is too wide.
/// There is at least one line. Without a width, there is exactly one.
pub(super) fn wrap(phrase: &Phrase, width: Option<usize>) -> Vec<Phrase> {
    let Some(width) = width else { return vec![phrase.clone()] };
    let mut lines = vec![Phrase::default()];
    let mut used = 0;
    for word in words(phrase).iter().flat_map(|word| chopped(word, width)) {
        let blank = usize::from(used > 0);
        let length = phrase_width(&word);
        if used + blank + length > width && used > 0 {
            lines.push(Phrase::default());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            used += append(line, word, used > 0) + length;
        }
    }
    lines
}

/// Breaks a text wherever a line is full. There is at least one line.
pub(super) fn hard_wrap(text: &str, width: Option<usize>) -> Vec<String> {
    let width = width.unwrap_or(usize::MAX);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for letter in text.chars() {
        let length = letter.width().unwrap_or(0);
        if used + length > width && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        used += length;
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
    }
    lines
}

/// Columns that a phrase takes on one line.
pub(super) fn phrase_width(phrase: &Phrase) -> usize {
    let width = |text: &str| if is_plain(text) { text.len() } else { plain(text).width() };
    phrase.0.iter().map(|piece| width(&piece.text)).sum()
}

/// Puts a word at the end of a line and gives the width of the blank before it.
fn append(line: &mut Phrase, word: Phrase, apart: bool) -> usize {
    if apart && let Some(last) = line.0.last_mut() {
        last.text.push(' ');
    }
    for piece in word.0 {
        match line.0.last_mut() {
            Some(last) if last.voice == piece.voice => last.text += &piece.text,
            _ => line.0.push(piece),
        }
    }
    usize::from(apart)
}

/// The words of a phrase. A word can have several voices, and has no blanks.
fn words(phrase: &Phrase) -> Vec<Phrase> {
    let mut words = Vec::new();
    let mut word = Phrase::default();
    for piece in &phrase.0 {
        let text = plain(&piece.text);
        for (index, part) in text.split(' ').enumerate() {
            if index > 0 && !word.0.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if !part.is_empty() {
                word.0.push(Piece { text: part.to_owned(), voice: piece.voice });
            }
        }
    }
    if !word.0.is_empty() {
        words.push(word);
    }
    words
}

/// A word in parts that fit.
fn chopped(word: &Phrase, width: usize) -> Vec<Phrase> {
    if phrase_width(word) <= width {
        return vec![word.clone()];
    }
    let parts = word.0.iter().flat_map(|piece| {
        let parts = hard_wrap(&piece.text, Some(width));
        parts.into_iter().map(|text| Phrase(vec![Piece { text, voice: piece.voice }]))
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &Phrase, width: usize, expected: &[&str]) {
        let text =
            |line: &Phrase| line.0.iter().map(|piece| piece.text.as_str()).collect::<String>();
        let lines: Vec<String> = wrap(phrase, Some(width)).iter().map(text).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_are_broken_at_blanks() {
        check(&Phrase::own("one two three"), 7, &["one two", "three"]);
        check(&Phrase::own("one two three"), 8, &["one two", "three"]);
    }

    #[test]
    fn voices_that_touch_stay_together() {
        let phrase = Phrase::own("see (").and_log("abc").and_own(") now");
        check(&phrase, 9, &["see (abc)", "now"]);
        check(&phrase, 8, &["see", "(abc)", "now"]);
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken() {
        check(&Phrase::log("ab 日本語日本語 c"), 6, &["ab", "日本語", "日本語", "c"]);
    }

    #[test]
    fn nothing_is_one_empty_line() {
        check(&Phrase::default(), 5, &[""]);
    }
}
