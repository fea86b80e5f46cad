//! What a report has to say, before it is known how it is shown.

/// Some text, in pieces that are shown differently.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase(pub Vec<Piece>);

/// A piece of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text. That of [`Voice::Log`] and [`Voice::Quoted`] can hold anything.
    pub text: String,
    /// Who says it, and how loud.
    pub voice: Voice,
}

/// Who says something, and how loud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// This program.
    Own,
    /// This program, with stress.
    Strong,
    /// This program, in passing.
    Faint,
    /// The log. Nothing in it is markup.
    Log,
    /// The log or a command, within a sentence: where it has no look of its own, between backticks.
    Quoted,
}

/// How good or bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It went well.
    Good,
    /// Something to know.
    Info,
    /// Something to act on.
    Warning,
    /// Something failed.
    Error,
}

/// A part of a document, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// What follows is about one run.
    Title(Phrase),
    /// The name of a section.
    Heading(Phrase),
    /// A sentence of its own.
    Paragraph(Phrase),
    /// Marked sentences.
    Verdict(Vec<(Mark, Phrase)>),
    /// One phrase an entry.
    List(Vec<Phrase>),
    /// Rows of equal length.
    Table(Table),
    /// Lines of the log.
    Excerpt(Vec<String>),
    /// Rows that a person may pass over, and what they are.
    Fold(Phrase, Table),
    /// A picture of shares of a whole. It says nothing that is not said beside it.
    Bar(Vec<Share>),
}

/// A part of a [`Block::Bar`].
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What it is.
    pub name: &'static str,
    /// Where it begins, from 0 to 1.
    pub from: f64,
    /// Where it ends, from 0 to 1.
    pub to: f64,
}

/// Rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns; empty strings where the rows speak for themselves.
    pub head: Vec<&'static str>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<Phrase>>,
}

impl Table {
    /// The columns in which anything stands.
    pub fn columns(&self) -> Vec<usize> {
        let has_text = |column: &usize| self.rows.iter().any(|row| !row[*column].0.is_empty());
        (0..self.head.len()).filter(has_text).collect()
    }
}

impl Phrase {
    /// Words of this program.
    pub fn own(text: impl Into<String>) -> Self {
        Self::default().and_own(text)
    }

    /// Words of this program, with stress.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::default().and(text, Voice::Strong)
    }

    /// A sentence of the report, in which text of the log stands between backticks.
    ///
    /// Where these do not come in pairs, they are of the log themselves and stay.
    pub fn sentence(text: &str) -> Self {
        let is_paired = text.matches('`').count().is_multiple_of(2);
        let parts = text.split(if is_paired { '`' } else { '\0' }).enumerate();
        parts.fold(Self::default(), |phrase, (at, part)| {
            phrase.and(part, if at % 2 == 1 { Voice::Quoted } else { Voice::Own })
        })
    }

    /// Text of the log.
    pub fn log(text: impl Into<String>) -> Self {
        Self::default().and_log(text)
    }

    /// The same with more words of this program.
    #[must_use]
    pub fn and_own(self, text: impl Into<String>) -> Self {
        self.and(text, Voice::Own)
    }

    /// The same with words of this program in passing.
    #[must_use]
    pub fn and_faint(self, text: impl Into<String>) -> Self {
        self.and(text, Voice::Faint)
    }

    /// The same with text of the log.
    #[must_use]
    pub fn and_log(self, text: impl Into<String>) -> Self {
        self.and(text, Voice::Log)
    }

    /// The same with names of the log between words of this program: `a, b and 3 more`.
    #[must_use]
    pub fn and_names<'a>(mut self, names: impl IntoIterator<Item = &'a str>, most: usize) -> Self {
        let names: Vec<_> = names.into_iter().collect();
        for (index, name) in names.iter().take(most).enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            self = self.and_own(separator).and_log(*name);
        }
        match names.len().saturating_sub(most) {
            0 => self,
            rest => self.and_own(format!(" and {rest} more")),
        }
    }

    fn and(mut self, text: impl Into<String>, voice: Voice) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Piece { text, voice });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_backticks_is_of_the_log() {
        let expected = Phrase::own("Built ").and("<a>", Voice::Quoted).and_own(" twice.");
        assert_eq!(Phrase::sentence("Built `<a>` twice."), expected);
        assert_eq!(Phrase::sentence("An odd ` stays."), Phrase::own("An odd ` stays."));
    }
}
