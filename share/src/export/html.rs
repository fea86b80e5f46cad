//! Shows a document as one HTML file that needs nothing else: no script, no network.

use analyzer::Report;

use super::document::{Block, Mark, Phrase, Piece, Share, Table, Voice};
use super::plain::plain;
use super::present::{present, run_name};
use crate::export::english;

/// Longer tables are folded.
const FOLDED: usize = 40;

/// The colours and sizes of the site.
const TOKENS: &str = include_str!("../../../app/styles/tokens.css");

/// The style of the page.
const STYLE: &str = include_str!("html/style.css");

/// The whole report as a page of its own. All of it is text: nothing in it is fetched or run.
pub fn html(report: &Report) -> String {
    let name = match &report.runs[..] {
        [run] => run_name(run),
        runs => format!("{} runs of Nix", runs.len()),
    };
    let name = escaped(&plain(&name));
    let sections = sections(&present(report));
    let source = &report.source;
    let (size, lines) = (english::size(source.bytes), english::number(source.lines.into()));
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{name}: rebuild report</title>\n<style>\n{TOKENS}{STYLE}</style>\n</head>\n<body>\n\
         <header><p>Rebuild report</p></header>\n<main>\n{sections}</main>\n\
         <footer><p>Made by Rebuildscope {version} from a log of {lines} lines ({size}). \
         This file is complete: it loads nothing and runs nothing.</p></footer>\n\
         </body>\n</html>\n"
    )
}

/// The blocks, parted before each title and heading.
fn sections(blocks: &[Block]) -> String {
    let is_apart = |_: &Block, next: &Block| !matches!(next, Block::Title(_) | Block::Heading(_));
    let parts = blocks.chunk_by(is_apart).enumerate();
    parts.map(|(number, blocks)| section(number, blocks)).collect()
}

/// A section, which the title or heading in it names.
fn section(number: usize, blocks: &[Block]) -> String {
    let (level, phrase) = match &blocks[0] {
        Block::Title(phrase) => (1, phrase),
        Block::Heading(phrase) => (2, phrase),
        _ => return blocks.iter().map(|it| block(it, number)).collect(),
    };
    let heading = inline(phrase);
    let rest: String = blocks[1..].iter().map(|it| block(it, number)).collect();
    format!(
        "<section aria-labelledby=\"part-{number}\">\n\
         <h{level} id=\"part-{number}\">{heading}</h{level}>\n{rest}</section>\n"
    )
}

fn block(block: &Block, part: usize) -> String {
    match block {
        Block::Title(_) | Block::Heading(_) => String::new(),
        Block::Paragraph(phrase) => format!("<p>{}</p>\n", inline(phrase)),
        Block::Verdict(sentences) => list("verdict", sentences.iter().map(marked)),
        Block::List(phrases) => {
            list("", phrases.iter().map(|phrase| (String::new(), inline(phrase))))
        }
        Block::Table(it) if it.rows.len() > FOLDED => {
            folded(&format!("{} rows", it.rows.len()), it, part)
        }
        Block::Table(it) => table(it, part),
        Block::Fold(summary, it) => folded(&inline(summary), it, part),
        Block::Excerpt(lines) => excerpt(lines),
        Block::Bar(shares) => bar(shares),
    }
}

fn list(class: &str, entries: impl Iterator<Item = (String, String)>) -> String {
    let entry = |(class, text): (String, String)| {
        ["<li class=\"", &class, "\">", &text, "</li>\n"].concat()
    };
    let entries: String = entries.map(entry).collect();
    format!("<ul class=\"{class}\">\n{entries}</ul>\n")
}

/// The class of a sentence, and the sentence with a sign and a word for those who do not see it.
fn marked((mark, phrase): &(Mark, Phrase)) -> (String, String) {
    let (class, sign, word) = match mark {
        Mark::Good => ("good", "✓", "Good: "),
        Mark::Info => ("info", "•", ""),
        Mark::Warning => ("warning", "!", "Warning: "),
        Mark::Error => ("error", "✗", "Error: "),
    };
    let spoken = format!("<span class=\"spoken\">{word}</span>");
    let text = inline(phrase);
    (
        class.to_owned(),
        format!("<span aria-hidden=\"true\">{sign}</span> <div>{spoken}{text}</div>"),
    )
}

fn folded(summary: &str, it: &Table, part: usize) -> String {
    let table = table(it, part);
    format!("<details><summary>{summary}</summary>\n{table}</details>\n")
}

/// A table that scrolls by itself where it is too wide; columns without text are left out.
fn table(table: &Table, part: usize) -> String {
    let columns = table.columns();
    let heads: Vec<&str> = columns.iter().map(|&column| table.head[column]).collect();
    let head = |name: &&str| ["<th scope=\"col\">", name, "</th>"].concat();
    let head: String = heads.iter().map(head).collect();
    let head = if heads.iter().all(|name| name.is_empty()) {
        String::new()
    } else {
        format!("<thead><tr>{head}</tr></thead>\n")
    };
    let rows: String = table.rows.iter().map(|row| self::row(row, &columns)).collect();
    format!(
        "<div class=\"scroll\" role=\"group\" aria-labelledby=\"part-{part}\" tabindex=\"0\"><table>\n\
         {head}<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

fn row(row: &[Phrase], columns: &[usize]) -> String {
    let cell = |(index, column): (usize, &usize)| match (index, inline(&row[*column])) {
        (0, text) => format!("<th scope=\"row\">{text}</th>"),
        (_, text) => format!("<td>{text}</td>"),
    };
    format!("<tr>{}</tr>\n", columns.iter().enumerate().map(cell).collect::<String>())
}

fn excerpt(lines: &[String]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| escaped(plain(line).trim_end())).collect();
    format!("<pre tabindex=\"0\">{}</pre>\n", lines.join("\n"))
}

/// A picture; what it shows stands in the table below it.
fn bar(shares: &[Share]) -> String {
    const HEIGHT: usize = 10;
    let part = |(index, share): (usize, &Share)| {
        let (x, width) = (share.from * 100.0, (share.to - share.from).max(0.002) * 100.0);
        let (y, class, name) = (index * (HEIGHT + 4), index % 5, share.name);
        format!(
            "<rect class=\"part-{class}\" x=\"{x:.2}%\" y=\"{y}\" width=\"{width:.2}%\" \
             height=\"{HEIGHT}\"><title>{name}</title></rect>\n"
        )
    };
    let parts: String = shares.iter().enumerate().map(part).collect();
    let height = shares.len() * (HEIGHT + 4);
    format!("<svg aria-hidden=\"true\" width=\"100%\" height=\"{height}\">\n{parts}</svg>\n")
}

/// A phrase as HTML, on one line.
pub(super) fn inline(phrase: &Phrase) -> String {
    phrase.0.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    let text = escaped(&plain(&piece.text));
    match piece.voice {
        Voice::Own => text,
        Voice::Strong => format!("<b>{text}</b>"),
        Voice::Faint => format!("<small>{text}</small>"),
        Voice::Log | Voice::Quoted => format!("<code>{text}</code>"),
    }
}

/// The one way in which text comes into the page: nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            _ => out.push(letter),
        }
    }
    out
}
