//! Fills a report's own values into a text.

use crate::{Paragraph, Piece};

/// A value of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number of things.
    Count(u64),
    /// Words ready to be read, or the word of a condition.
    Text(String),
}

/// Text of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// How it looks.
    pub style: Style,
    /// The text itself. It may come from a log: show it as text, never as HTML.
    pub text: String,
}

/// How a run of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As the text around it.
    Plain,
    /// A command, a path or a name.
    Code,
    /// Text with weight.
    Strong,
    /// A value of the reader's own report.
    Own,
}

/// The paragraphs as runs of text, with `values` filled in.
///
/// Paragraphs of which nothing applies are left out.
pub fn fill(paragraphs: &[Paragraph], values: &dyn Fn(&str) -> Option<Value>) -> Vec<Vec<Run>> {
    let mut filled = Vec::new();
    for pieces in paragraphs {
        let mut runs = Vec::new();
        fill_pieces(pieces, values, &mut runs);
        trim(&mut runs);
        if !runs.is_empty() {
            filled.push(runs);
        }
    }
    filled
}

/// The words for a count, or the value itself where there are no words for it.
///
/// `zero`, `one` and `many` are those of [`Piece::Plural`]; an empty `many` means that
/// the value stands alone.
pub fn fill_value(value: &Value, zero: &str, one: &str, many: &str) -> String {
    let Value::Count(count) = value else { return plain(value) };
    let words = match count {
        0 if !zero.is_empty() => zero,
        1 if !one.is_empty() => one,
        _ if !many.is_empty() => many,
        _ => return plain(value),
    };
    words.replace('#', &plain(value))
}

/// Whether a condition holds: `built` for a value that is known and not zero,
/// `outcome=failed` for a word, `!built` for the opposite of either.
pub fn applies(condition: &str, values: &dyn Fn(&str) -> Option<Value>) -> bool {
    if let Some(opposite) = condition.strip_prefix('!') {
        return !applies(opposite, values);
    }
    let (name, word) = condition.split_once('=').unwrap_or((condition, ""));
    match values(name) {
        None => false,
        Some(Value::Count(count)) => count > 0,
        Some(Value::Text(text)) if word.is_empty() => !text.is_empty(),
        Some(Value::Text(text)) => text == word,
    }
}

fn fill_pieces(pieces: &[Piece], values: &dyn Fn(&str) -> Option<Value>, runs: &mut Vec<Run>) {
    for piece in pieces {
        match *piece {
            Piece::Text(text) => push(runs, Style::Plain, text.to_owned()),
            Piece::Code(text) => push(runs, Style::Code, text.to_owned()),
            Piece::Strong(text) => push(runs, Style::Strong, text.to_owned()),
            Piece::Value { name, default } => push_value(runs, values(name), default, ["", "", ""]),
            Piece::Plural { name, default, zero, one, many } => {
                push_value(runs, values(name), default, [zero, one, many]);
            }
            Piece::When { condition, pieces } => {
                if applies(condition, values) {
                    fill_pieces(pieces, values, runs);
                }
            }
        }
    }
}

fn push_value(runs: &mut Vec<Run>, value: Option<Value>, default: &str, words: [&str; 3]) {
    let [zero, one, many] = words;
    match value {
        Some(value) => push(runs, Style::Own, fill_value(&value, zero, one, many)),
        None => push(runs, Style::Plain, default.to_owned()),
    }
}

/// Adds text to the runs; text that is plain on both sides becomes one run, with one blank.
fn push(runs: &mut Vec<Run>, style: Style, text: String) {
    let after_blank = runs.last().is_none_or(|last| last.text.ends_with(' '));
    let text = if after_blank { text.trim_start().to_owned() } else { text };
    if text.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some(last) if last.style == style && style == Style::Plain => last.text.push_str(&text),
        _ => runs.push(Run { style, text }),
    }
}

/// Takes the blank off the end that a condition left behind.
fn trim(runs: &mut Vec<Run>) {
    while let Some(last) = runs.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            return;
        }
        runs.pop();
    }
}

/// The value alone: digits in groups of three.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Count(count) => grouped(*count),
    }
}

fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT: Piece = Piece::Plural {
        name: "built",
        default: "Some files were",
        zero: "No file was",
        one: "One file was",
        many: "# files were",
    };

    fn text_of(paragraphs: &[Paragraph], value: Option<&Value>) -> String {
        let filled = fill(paragraphs, &|name| value.filter(|_| name == "built").cloned());
        let texts = filled.iter().map(|runs| runs.iter().map(|run| run.text.as_str()).collect());
        texts.collect::<Vec<String>>().join("\n")
    }

    #[track_caller]
    fn check(pieces: Paragraph, count: Option<u64>, expected: &str) {
        assert_eq!(text_of(&[pieces], count.map(Value::Count).as_ref()), expected);
    }

    #[test]
    fn words_agree_with_the_count() {
        const PIECES: Paragraph = &[BUILT, Piece::Text(" built here.")];
        check(PIECES, None, "Some files were built here.");
        check(PIECES, Some(0), "No file was built here.");
        check(PIECES, Some(1), "One file was built here.");
        check(PIECES, Some(54), "54 files were built here.");
        check(PIECES, Some(1_234_567), "1,234,567 files were built here.");
    }

    #[test]
    fn a_condition_leaves_no_blank_behind() {
        const WHEN: Piece = Piece::When { condition: "built", pieces: &[Piece::Text("Yes.")] };
        const PIECES: Paragraph = &[Piece::Text("Here. "), WHEN, Piece::Text(" There.")];
        check(PIECES, None, "Here. There.");
        check(PIECES, Some(0), "Here. There.");
        check(PIECES, Some(1), "Here. Yes. There.");
        check(&[Piece::Text("Here. "), WHEN], None, "Here.");
        check(&[WHEN, Piece::Text(" There.")], None, "There.");
    }

    #[test]
    fn a_paragraph_of_which_nothing_applies_is_left_out() {
        const WHEN: Paragraph = &[Piece::When { condition: "built", pieces: &[BUILT] }];
        assert_eq!(text_of(&[WHEN, &[Piece::Text("Rest.")]], None), "Rest.");
    }

    #[test]
    fn only_a_value_of_the_report_is_marked_as_the_readers_own() {
        const PIECES: Paragraph = &[Piece::Value { name: "built", default: "much" }];
        let known = fill(&[PIECES], &|_| Some(Value::Text("a < b".to_owned())));
        assert_eq!(known, [[Run { style: Style::Own, text: "a < b".to_owned() }]]);
        let unknown = fill(&[PIECES], &|_| None);
        assert_eq!(unknown, [[Run { style: Style::Plain, text: "much".to_owned() }]]);
    }

    #[test]
    fn conditions_compare_words_and_turn_around() {
        let failed = |name: &str| (name == "outcome").then(|| Value::Text("failed".to_owned()));
        assert!(applies("outcome=failed", &failed));
        assert!(!applies("outcome=succeeded", &failed));
        assert!(applies("!outcome=succeeded", &failed));
        assert!(applies("!built", &failed));
        assert!(!applies("built", &failed));
    }
}
