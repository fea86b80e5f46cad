//! Shows a document on a terminal.

mod table;
mod wrap;

use unicode_width::UnicodeWidthStr;

use share::export::document::{Block, Mark, Phrase, Piece, Voice};
use share::export::{is_plain, plain};

/// What the text is shown on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    /// Columns; `None` where lines may have any length.
    pub(crate) width: Option<usize>,
    /// Whether it shows colours.
    pub(crate) colours: Colours,
}

/// Whether escape sequences may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colours {
    /// Text alone.
    Off,
    /// Colours and bold letters, besides words and signs that say the same.
    On,
}

/// Narrower terminals are written to as if they had this width.
const MIN_WIDTH: usize = 40;

/// Renders the blocks, each ended by a line end.
pub(crate) fn render(blocks: &[Block], screen: Screen) -> String {
    let screen = Screen { width: screen.width.map(|width| width.max(MIN_WIDTH)), ..screen };
    let mut out = String::new();
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 && stands_apart(&blocks[index - 1], block) {
            out.push('\n');
        }
        out += &render_block(block, screen);
    }
    out
}

fn stands_apart(before: &Block, block: &Block) -> bool {
    match block {
        Block::Title(_) | Block::Heading(_) | Block::Fold(..) => true,
        Block::Verdict(_) => {
            matches!(before, Block::Paragraph(_) | Block::List(_) | Block::Excerpt(_))
        }
        Block::Table(_) => !matches!(before, Block::Heading(_) | Block::Bar(_)),
        _ => false,
    }
}

fn render_block(block: &Block, screen: Screen) -> String {
    match block {
        Block::Title(phrase) | Block::Heading(phrase) => flow(&loud(phrase), "", "", screen),
        Block::Paragraph(phrase) => flow(phrase, "  ", "  ", screen),
        Block::Verdict(sentences) => {
            sentences.iter().map(|(mark, phrase)| marked(*mark, phrase, screen)).collect()
        }
        Block::List(phrases) => {
            phrases.iter().map(|phrase| flow(phrase, "    - ", "      ", screen)).collect()
        }
        Block::Table(table) => table::render(table, screen),
        Block::Fold(summary, table) => {
            flow(&loud(summary), "  ", "  ", screen) + &table::render(table, screen)
        }
        Block::Bar(_) => String::new(),
        Block::Excerpt(lines) => lines.iter().map(|line| excerpt_line(line, screen)).collect(),
    }
}

/// Titles are stressed as a whole, except what is said in passing.
fn loud(phrase: &Phrase) -> Phrase {
    let louder = |piece: &Piece| Piece {
        voice: if piece.voice == Voice::Faint { Voice::Faint } else { Voice::Strong },
        text: piece.text.clone(),
    };
    Phrase(phrase.0.iter().map(louder).collect())
}

fn marked(mark: Mark, phrase: &Phrase, screen: Screen) -> String {
    let (sign, colour) = match mark {
        Mark::Good => ("✓ ", "\x1b[32m"),
        Mark::Info => ("• ", "\x1b[36m"),
        Mark::Warning => ("! ", "\x1b[33m"),
        Mark::Error => ("✗ ", "\x1b[31m"),
    };
    flow(phrase, &painted(sign, colour, screen.colours), "  ", screen)
}

/// A phrase that is wrapped, its first line after `first` and the others after `rest`.
fn flow(phrase: &Phrase, first: &str, rest: &str, screen: Screen) -> String {
    let lines = wrap::wrap(&ticked(phrase), screen.width.map(|width| width - rest.width()));
    let indents = std::iter::once(first).chain(std::iter::repeat(rest));
    let lines = lines.iter().zip(indents);
    lines.map(|(line, indent)| [indent, &inline(line, screen.colours), "\n"].concat()).collect()
}

/// The phrase with backticks around what is quoted, as these are all that a terminal has for it.
fn ticked(phrase: &Phrase) -> Phrase {
    let tick = |piece: &Piece| match piece.voice {
        Voice::Quoted => Piece { text: ["`", &piece.text, "`"].concat(), voice: Voice::Own },
        _ => piece.clone(),
    };
    Phrase(phrase.0.iter().map(tick).collect())
}

/// A line of the log, which is broken where the screen ends and not at its words.
fn excerpt_line(line: &str, screen: Screen) -> String {
    const INDENT: &str = "    │ ";
    let text = plain(line);
    let parts = wrap::hard_wrap(text.trim_end(), screen.width.map(|width| width - INDENT.width()));
    parts.iter().map(|part| [INDENT, part, "\n"].concat()).collect()
}

fn inline(phrase: &Phrase, colours: Colours) -> String {
    let mut out = String::new();
    push_inline(&mut out, phrase, colours);
    out
}

fn push_inline(out: &mut String, phrase: &Phrase, colours: Colours) {
    for Piece { text, voice } in &phrase.0 {
        let start = match voice {
            Voice::Own | Voice::Log | Voice::Quoted => "",
            Voice::Strong => "\x1b[1m",
            Voice::Faint => "\x1b[2m",
        };
        if is_plain(text) && (start.is_empty() || colours == Colours::Off) {
            out.push_str(text);
        } else if start.is_empty() {
            out.push_str(&plain(text));
        } else {
            out.push_str(&painted(&plain(text), start, colours));
        }
    }
}

fn painted(text: &str, start: &str, colours: Colours) -> String {
    match colours {
        Colours::Off => text.to_owned(),
        Colours::On => format!("{start}{text}\x1b[0m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use share::export::document::Table;

    #[track_caller]
    fn check(blocks: &[Block], width: usize, expected: &str) {
        let screen = Screen { width: Some(width), colours: Colours::Off };
        assert_eq!(render(blocks, screen), expected);
    }

    #[test]
    fn sentences_are_wrapped_beside_their_mark() {
        let long = Phrase::own("The disk was full after eleven of the builds had been started.");
        let blocks = [Block::Title(Phrase::log("nix")), Block::Verdict(vec![(Mark::Error, long)])];
        check(
            &blocks,
            40,
            "nix\n✗ The disk was full after eleven of the\n  builds had been started.\n",
        );
    }

    #[test]
    fn control_characters_of_a_log_are_shown_and_not_sent() {
        let blocks = [
            Block::Paragraph(Phrase::log("a\x1b]0;title\x07b")),
            Block::Excerpt(vec!["\x1b[31mred".to_owned()]),
        ];
        check(&blocks, 80, "  a␛]0;title␇b\n    │ ␛[31mred\n");
    }

    #[test]
    fn a_log_line_is_broken_where_the_screen_ends() {
        let line = "x".repeat(40);
        check(
            &[Block::Excerpt(vec![line])],
            40,
            &format!("    │ {}\n    │ {}\n", "x".repeat(34), "x".repeat(6)),
        );
    }

    #[test]
    fn colours_are_only_used_where_they_are_wanted() {
        let blocks =
            [Block::Verdict(vec![(Mark::Good, Phrase::strong("done").and_faint(" (line 1)"))])];
        let screen = Screen { width: Some(80), colours: Colours::On };
        let expected = "\x1b[32m✓ \x1b[0m\x1b[1mdone \x1b[0m\x1b[2m(line 1)\x1b[0m\n";
        assert_eq!(render(&blocks, screen), expected);
        check(&blocks, 80, "✓ done (line 1)\n");
    }

    #[test]
    fn tables_stand_apart_from_what_is_above_them() {
        let rows = vec![vec![Phrase::own("Built"), Phrase::own("3")]];
        let table = Block::Table(Table { head: vec!["", ""], rows });
        check(&[Block::Title(Phrase::own("t")), table], 40, "t\n\n  Built  3\n");
    }
}
