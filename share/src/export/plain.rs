//! Makes text of a log harmless: nothing in it moves a cursor, sets a title or turns text around.

/// The text on one line, with a sign in place of each character that would do something.
pub fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    text.chars().map(harmless).collect()
}

/// Whether a text is all printable ASCII, as nearly all texts are: such a text is its own
/// [`plain`] form, and each of its bytes takes one column.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn harmless(letter: char) -> char {
    match letter {
        '\t' | '\n' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\x1F' => picture(letter),
        '\x7F' => '\u{2421}',
        // The second set of control characters, and what turns the direction of text around
        // and so hides what a line says.
        '\u{80}'..='\u{9F}'
        | '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => letter,
    }
}

/// `␛` for the escape character, and so on: Unicode has a picture of each at the same distance.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected);
    }

    #[test]
    fn escape_sequences_are_shown_and_not_obeyed() {
        check("\x1b[2J\x07\x7f\u{9b}2J", "␛[2J␇␡\u{FFFD}2J");
    }

    #[test]
    fn text_stays_on_its_line_and_runs_its_way() {
        check("a\tb\nc\rd\u{2028}e", "a b c␍d e");
        check("exe.\u{202E}fdp", "exe.\u{FFFD}fdp");
    }

    #[test]
    fn letters_of_any_script_stay() {
        check("café → ‘x’ 日本 🎉", "café → ‘x’ 日本 🎉");
    }
}
