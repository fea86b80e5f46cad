//! Takes out of a stylesheet what only its readers need.

/// The text without comments, indentation and empty lines; strings stay as they are.
pub(super) fn strip(css: &str) -> String {
    let text = without_comments(css);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['/', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let length = match &from[..1] {
            "/" if from.starts_with("/*") => {
                rest = from.find("*/").map_or("", |end| &from[end + 2..]);
                continue;
            }
            "/" => 1,
            quote => string_length(from, quote),
        };
        text.push_str(&from[..length]);
        rest = &from[length..];
    }
    text + rest
}

/// The length of the string at the beginning of a text, with its quotes.
fn string_length(text: &str, quote: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if quote.starts_with(c) => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(css: &str, expected: &str) {
        assert_eq!(strip(css), expected);
    }

    #[test]
    fn comments_and_layout_are_taken_out() {
        check("/* Head.\n   Two lines. */\n\na {\n    b: c; /* d */\n}\n", "a {\nb: c;\n}\n");
        check("a { margin: calc(1px / 2) } /* open", "a { margin: calc(1px / 2) }\n");
    }

    #[test]
    fn strings_stay_as_they_are() {
        check(r#"a { content: "/* no */ \" //" }"#, "a { content: \"/* no */ \\\" //\" }\n");
        check("a { content: 'x", "a { content: 'x\n");
    }
}
