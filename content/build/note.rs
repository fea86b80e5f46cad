//! Margin notes: paragraphs with living text, as pieces.

use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::living::{self, Fault, Slot, Token};

/// A part of a paragraph; the owned form of the library's type of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Plain text.
    Text(String),
    /// A command, a path or a name.
    Code(String),
    /// Text with weight.
    Strong(String),
    /// A place for a value: name, default, words for none, one and many.
    Slot(String, String, [String; 3]),
    /// Pieces that appear only if a condition holds.
    When(String, Vec<Piece>),
}

/// Reads the paragraphs of a note.
pub(crate) fn parse(text: &str) -> Result<Vec<Vec<Piece>>, Fault> {
    let mut reader = Reader::default();
    for (event, range) in TextMergeWithOffset::new(Parser::new(text).into_offset_iter()) {
        reader.event(&event).map_err(|(offset, message)| (range.start + offset, message))?;
    }
    if reader.paragraphs.is_empty() {
        return Err((0, "expected a paragraph".to_owned()));
    }
    Ok(reader.paragraphs)
}

#[derive(Default)]
struct Reader {
    paragraphs: Vec<Vec<Piece>>,
    /// The paragraph that is being read, and the conditions open in it.
    levels: Vec<Vec<Piece>>,
    conditions: Vec<String>,
    strong: bool,
}

impl Reader {
    fn event(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(Tag::Paragraph) => self.levels = vec![Vec::new()],
            Event::End(TagEnd::Paragraph) => return self.end_paragraph(),
            Event::Start(Tag::Strong) => self.strong = true,
            Event::End(TagEnd::Strong) => self.strong = false,
            Event::SoftBreak => self.push(Piece::Text(" ".to_owned())),
            Event::Code(code) => self.push(Piece::Code(code.to_string())),
            Event::Text(text) if self.strong => return self.strong_text(text),
            Event::Text(text) => return self.text(text),
            _ => return Err((0, "a note holds paragraphs, `code` and **strong** only".to_owned())),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        for token in living::tokens(text, &mut self.conditions)? {
            match token {
                Token::Text(text) => self.push(Piece::Text(text.to_owned())),
                Token::Place(slot) => self.push(place(&slot)),
                Token::Open(_) => self.levels.push(Vec::new()),
                Token::Close(condition) => {
                    let pieces = self.levels.pop().unwrap_or_default();
                    self.push(Piece::When(condition, pieces));
                }
            }
        }
        Ok(())
    }

    fn strong_text(&mut self, text: &str) -> Result<(), Fault> {
        if text.contains("{{") {
            return Err((0, "a value cannot stand within **strong** text".to_owned()));
        }
        self.push(Piece::Strong(text.to_owned()));
        Ok(())
    }

    fn push(&mut self, piece: Piece) {
        if let Some(level) = self.levels.last_mut() {
            level.push(piece);
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Fault> {
        if let Some(open) = self.conditions.last() {
            return Err((0, format!("the condition on `{open}` is not closed in its paragraph")));
        }
        self.paragraphs.extend(self.levels.pop());
        Ok(())
    }
}

fn place(slot: &Slot<'_>) -> Piece {
    let words = slot.words.map(str::to_owned);
    Piece::Slot(slot.name.to_owned(), slot.default.to_owned(), words)
}
