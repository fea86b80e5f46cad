//! Places for the reader's own numbers: `{{built: some files|no file|one file|# files}}`.

use crate::value::{Kind, VALUES, ValueName};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Words.
    Text(&'a str),
    /// A value.
    Place(Slot<'a>),
    /// `{{#if built}}`, `{{#unless built}}`; the latter as `!built`.
    Open(String),
    /// `{{/if}}` or `{{/unless}}`, with the condition that it closes.
    Close(String),
}

/// A place for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot<'a> {
    /// Name of the value.
    pub(crate) name: &'a str,
    /// Words for a reader whose report does not have it.
    pub(crate) default: &'a str,
    /// Words for none, one and many; empty for a value that is a text.
    pub(crate) words: [&'a str; 3],
}

/// A fault, with its byte offset in the text.
pub(crate) type Fault = (usize, String);

/// Reads a text as tokens. `conditions` are those that hold around it and are updated.
pub(crate) fn tokens<'a>(
    text: &'a str,
    conditions: &mut Vec<String>,
) -> Result<Vec<Token<'a>>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{{") {
        let open = at + found;
        let Some(length) = text[open..].find("}}") else {
            return Err((open, "expected `}}` after `{{` in the same text".to_owned()));
        };
        if open > at {
            tokens.push(Token::Text(&text[at..open]));
        }
        let inside = &text[open + 2..open + length];
        tokens.push(token(inside, conditions).map_err(|message| (open, message))?);
        at = open + length + 2;
    }
    if at < text.len() {
        tokens.push(Token::Text(&text[at..]));
    }
    Ok(tokens)
}

fn token<'a>(inside: &'a str, conditions: &mut Vec<String>) -> Result<Token<'a>, String> {
    if let Some(condition) = inside.strip_prefix("#if ") {
        check_condition(condition)?;
        conditions.push(condition.to_owned());
        return Ok(Token::Open(condition.to_owned()));
    }
    if let Some(condition) = inside.strip_prefix("#unless ") {
        check_condition(condition)?;
        conditions.push(format!("!{condition}"));
        return Ok(Token::Open(format!("!{condition}")));
    }
    if let "/if" | "/unless" = inside {
        return close(inside, conditions.pop());
    }
    slot(inside, conditions).map(Token::Place)
}

fn close<'a>(inside: &str, opened: Option<String>) -> Result<Token<'a>, String> {
    let Some(condition) = opened else {
        return Err(format!("`{{{{{inside}}}}}` closes nothing"));
    };
    let expected = if condition.starts_with('!') { "/unless" } else { "/if" };
    if inside == expected {
        return Ok(Token::Close(condition));
    }
    Err(format!("expected `{{{{{expected}}}}}`, found `{{{{{inside}}}}}`"))
}

/// Checks `built` or `outcome=failed`.
pub(crate) fn check_condition(condition: &str) -> Result<(), String> {
    let (name, word) = condition.split_once('=').unwrap_or((condition, ""));
    match (value(name)?.kind, word) {
        (Kind::Word(_), "") => Err(format!("expected `{name}=` and one of its words")),
        (Kind::Word(words), word) if !words.contains(&word) => {
            Err(format!("expected one of {words:?} for `{name}`, found `{word}`"))
        }
        (Kind::Count | Kind::Text, word) if !word.is_empty() => {
            Err(format!("`{name}` has no words to compare with"))
        }
        _ => Ok(()),
    }
}

fn slot<'a>(inside: &'a str, conditions: &[String]) -> Result<Slot<'a>, String> {
    let (head, words) = inside.split_once('|').unwrap_or((inside, ""));
    let (name, default) = head.split_once(": ").unwrap_or((head, ""));
    let guarded = conditions.iter().any(|condition| condition == name);
    let words = match value(name)?.kind {
        Kind::Word(_) => return Err(format!("`{name}` is for conditions only")),
        Kind::Text if words.is_empty() => [""; 3],
        Kind::Text => return Err(format!("`{name}` is a text and takes no forms")),
        Kind::Count => count_words(words, guarded)?,
    };
    check_default(name, default, guarded)?;
    Ok(Slot { name, default, words })
}

/// Words for none, one and many. Within `{{#if …}}` on the same value there is no none.
fn count_words(words: &str, guarded: bool) -> Result<[&str; 3], String> {
    let forms: Vec<&str> = words.split('|').collect();
    let words = match (forms.as_slice(), guarded) {
        ([one, many], true) => ["", *one, *many],
        ([zero, one, many], false) => [*zero, *one, *many],
        (_, true) => return Err("expected two forms of words: `one|many`".to_owned()),
        (_, false) => return Err("expected three forms of words: `zero|one|many`".to_owned()),
    };
    if words[2].contains('#') { Ok(words) } else { Err("expected `#` in the last form".to_owned()) }
}

fn check_default(name: &str, default: &str, guarded: bool) -> Result<(), String> {
    if default.chars().any(|character| character.is_ascii_digit()) {
        // It would pass for a number of the reader's.
        return Err(format!("the words for an unknown `{name}` hold a digit"));
    }
    match (default.is_empty(), guarded) {
        (true, false) => Err(format!("expected `{name}: words` or `{{{{#if {name}}}}}` around it")),
        (false, true) => Err(format!("`{name}` is known here: the words for unknown never show")),
        _ => Ok(()),
    }
}

fn value(name: &str) -> Result<&'static ValueName, String> {
    let found = VALUES.iter().find(|value| value.name == name);
    found.ok_or_else(|| format!("unknown value `{name}`"))
}
