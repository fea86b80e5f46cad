//! Shows a document as Markdown, for a forum or a pull request.

use crate::export::document::{Block, Mark, Phrase, Piece, Table, Voice};
use crate::export::html;
use crate::export::plain::plain;

/// Tables with more rows are folded.
const FOLDED: usize = 15;

/// Renders the blocks, with a blank line between them.
pub(crate) fn render(blocks: &[Block]) -> String {
    let blocks = blocks.iter().map(render_block).filter(|text| !text.is_empty());
    blocks.collect::<Vec<_>>().join("\n")
}

fn render_block(block: &Block) -> String {
    match block {
        Block::Title(phrase) => format!("### {}\n", inline(phrase)),
        Block::Heading(phrase) => format!("#### {}\n", inline(phrase)),
        Block::Paragraph(phrase) => format!("{}\n", inline(phrase)),
        Block::Verdict(sentences) => list(
            sentences.iter().map(|(mark, phrase)| [sign(*mark), " ", &inline(phrase)].concat()),
        ),
        Block::List(phrases) => list(phrases.iter().map(inline)),
        Block::Table(table) if table.rows.len() > FOLDED => {
            folded(&Phrase::own(format!("{} rows", table.rows.len())), table)
        }
        Block::Table(table) => render_table(table),
        Block::Fold(summary, table) => folded(summary, table),
        Block::Bar(_) => String::new(),
        Block::Excerpt(lines) => fenced(lines),
    }
}

fn list(entries: impl Iterator<Item = String>) -> String {
    entries.map(|entry| ["- ", &entry, "\n"].concat()).collect()
}

fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Good => "✅",
        Mark::Info => "ℹ️",
        Mark::Warning => "⚠️",
        Mark::Error => "❌",
    }
}

/// What is behind a click has blank lines around it, which make a forum read it as Markdown. The
/// words that are clicked are HTML.
fn folded(summary: &Phrase, table: &Table) -> String {
    let (summary, rendered) = (html::inline(summary), render_table(table));
    format!("<details><summary>{summary}</summary>\n\n{rendered}\n</details>\n")
}

fn render_table(table: &Table) -> String {
    let columns = table.columns();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = line(columns.iter().map(|&column| table.head[column].to_owned()).collect());
    let rule = line(columns.iter().map(|_| "---".to_owned()).collect());
    let row = |row: &Vec<Phrase>| line(columns.iter().map(|&column| cell(&row[column])).collect());
    let rows: String = table.rows.iter().map(row).collect();
    head + &rule + &rows
}

/// Bars end a cell even inside of code, so each is escaped.
fn cell(phrase: &Phrase) -> String {
    let unescaped = inline(phrase).replace("\\|", "|");
    unescaped.replace('|', "\\|")
}

/// A block of code, with a fence that the lines do not contain.
fn fenced(lines: &[String]) -> String {
    let fence = "`".repeat(longest_run(lines.iter().map(String::as_str), '`').max(2) + 1);
    let lines: String = lines.iter().map(|line| plain(line).trim_end().to_owned() + "\n").collect();
    format!("{fence}text\n{lines}{fence}\n")
}

fn inline(phrase: &Phrase) -> String {
    let text: String = phrase.0.iter().map(piece).collect();
    text.trim().to_owned()
}

fn piece(piece: &Piece) -> String {
    let text = plain(&piece.text);
    match piece.voice {
        Voice::Own | Voice::Faint => escaped(&text),
        Voice::Strong => strong(&text),
        Voice::Log | Voice::Quoted => code(&text),
    }
}

/// Stars work only where they touch a word.
fn strong(text: &str) -> String {
    let word = text.trim();
    let (before, after) = text.split_once(word).unwrap_or_default();
    format!("{before}**{}**{after}", escaped(word))
}

/// Text that shows itself, whatever it holds: no markup, no HTML, no person called, no number of
/// an issue made a link, no picture made of a word.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if "\\`*_[]<>|#~&".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
        let is_followed = letters.peek().is_some_and(|next| next.is_alphanumeric());
        let does_something = match letter {
            '@' | ':' => is_followed && !before.is_alphanumeric(),
            '#' => is_followed,
            _ => false,
        };
        if does_something {
            // With nothing wide between it and the word, it is only a sign.
            out.push('\u{200B}');
        }
        before = letter;
    }
    out
}

/// Code with as many backticks around it as it needs.
fn code(text: &str) -> String {
    let ticks = "`".repeat(longest_run([text], '`') + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{blank}{text}{blank}{ticks}")
}

fn longest_run<'a>(texts: impl IntoIterator<Item = &'a str>, letter: char) -> usize {
    let runs = texts.into_iter().flat_map(|text| text.split(|other| other != letter));
    runs.map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(block: Block, expected: &str) {
        assert_eq!(render(&[block]), expected);
    }

    #[test]
    fn own_words_are_no_markup() {
        let text = "3 *of* <b>system_path</b> | [x](y) @alice a@b #12 a/b#3 :tada: 1:20";
        check(
            Block::Paragraph(Phrase::own(text)),
            "3 \\*of\\* \\<b\\>system\\_path\\</b\\> \\| \\[x\\](y) @\u{200B}alice a@b \
             \\#\u{200B}12 a/b\\#\u{200B}3 :\u{200B}tada: 1:20\n",
        );
    }

    #[test]
    fn text_of_the_log_is_code_whatever_it_holds() {
        check(Block::Paragraph(Phrase::log("<img> a`b``c")), "```<img> a`b``c```\n");
        check(Block::Paragraph(Phrase::log("`x")), "`` `x ``\n");
    }

    #[test]
    fn excerpts_have_a_fence_that_they_do_not_hold() {
        check(
            Block::Excerpt(vec!["a ```` b".to_owned(), "\x1b[0mc".to_owned()]),
            "`````text\na ```` b\n␛[0mc\n`````\n",
        );
    }

    #[test]
    fn bars_do_not_end_a_cell() {
        let rows = vec![vec![Phrase::log("a|b"), Phrase::own("c|d")]];
        check(
            Block::Table(Table { head: vec!["Name", ""], rows }),
            "| Name |  |\n| --- | --- |\n| `a\\|b` | c\\|d |\n",
        );
    }

    #[test]
    fn long_tables_are_folded() {
        let rows = vec![vec![Phrase::own("x")]; 16];
        let text = render(&[Block::Table(Table { head: vec!["A"], rows })]);
        assert!(text.starts_with("<details><summary>16 rows</summary>\n\n| A |\n"), "{text}");
        assert!(text.ends_with("| x |\n\n</details>\n"), "{text}");
    }

    #[test]
    fn stress_touches_the_words() {
        check(Block::Paragraph(Phrase::strong("Run 1: ").and_log("nix")), "**Run 1:** `nix`\n");
    }
}
