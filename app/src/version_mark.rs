//! Marks what differs between two versions, part by part.

/// A version cut in three: what it shares with the other at the start, what differs, and what
/// it shares at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked<'a> {
    /// Shared start.
    pub before: &'a str,
    /// What differs.
    pub changed: &'a str,
    /// Shared end.
    pub after: &'a str,
}

/// Marks what differs between an old and a new version. Numbers and words are never cut:
/// `6.12.9` and `6.12.19` differ in `9` and `19`.
pub fn mark<'a>(old: &'a str, new: &'a str) -> (Marked<'a>, Marked<'a>) {
    let (old_parts, new_parts) = (parts(old), parts(new));
    let shared_start = shared(old_parts.iter(), new_parts.iter());
    let shared_end =
        shared(old_parts[shared_start..].iter().rev(), new_parts[shared_start..].iter().rev());
    (cut(old, &old_parts, shared_start, shared_end), cut(new, &new_parts, shared_start, shared_end))
}

/// Cuts a version into numbers, words and single separators.
fn parts(version: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = version;
    while let Some(first) = rest.chars().next() {
        let kind = kind_of(first);
        let end = match kind {
            Kind::Separator => first.len_utf8(),
            _ => rest.find(|next| kind_of(next) != kind).unwrap_or(rest.len()),
        };
        let (part, tail) = rest.split_at(end);
        parts.push(part);
        rest = tail;
    }
    parts
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Word,
    Separator,
}

fn kind_of(character: char) -> Kind {
    match character {
        '0'..='9' => Kind::Number,
        _ if character.is_ascii_alphabetic() => Kind::Word,
        _ => Kind::Separator,
    }
}

/// How many parts are equal before the first that is not.
fn shared<'a>(
    old: impl Iterator<Item = &'a &'a str>,
    new: impl Iterator<Item = &'a &'a str>,
) -> usize {
    old.zip(new).take_while(|(old, new)| old == new).count()
}

fn cut<'a>(version: &'a str, parts: &[&str], shared_start: usize, shared_end: usize) -> Marked<'a> {
    let length = |parts: &[&str]| parts.iter().map(|part| part.len()).sum::<usize>();
    let start = length(&parts[..shared_start]);
    let end = version.len() - length(&parts[parts.len() - shared_end..]);
    Marked { before: &version[..start], changed: &version[start..end], after: &version[end..] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` has the changed parts in brackets.
    #[track_caller]
    fn check(old: &str, new: &str, expected: [&str; 2]) {
        let (old, new) = mark(old, new);
        let show = |m: Marked| format!("{}[{}]{}", m.before, m.changed, m.after);
        assert_eq!([show(old), show(new)], expected);
    }

    #[test]
    fn numbers_are_marked_whole() {
        check("6.12.9", "6.12.19", ["6.12.[9]", "6.12.[19]"]);
        check("0.5.13", "0.6.0", ["0.[5.13]", "0.[6.0]"]);
    }

    #[test]
    fn an_equal_end_is_not_marked() {
        check("135.0.1", "136.0.1", ["[135].0.1", "[136].0.1"]);
        check("1.1", "1.1.1", ["1.1[]", "1.1[.1]"]);
    }

    #[test]
    fn letters_are_apart_from_numbers() {
        check("1.9.16p1", "1.9.16p2", ["1.9.16p[1]", "1.9.16p[2]"]);
    }

    #[test]
    fn what_one_side_lacks_is_marked_on_the_other() {
        check("0.1.1+date=2023-03-02", "0.1.1", ["0.1.1[+date=2023-03-02]", "0.1.1[]"]);
    }

    #[test]
    fn any_text_is_a_version() {
        check("ünstable·1", "ünstable·2", ["ünstable·[1]", "ünstable·[2]"]);
        check("", "", ["[]", "[]"]);
    }
}
