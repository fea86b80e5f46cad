//! Some version changes by themselves, in the order and the groups that a person chose.

use analyzer::report::Change;

use super::document::{Block, Phrase};
use super::markdown::render;
use super::{csv, present};

/// Version changes below one heading.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// The heading; empty for none.
    pub title: &'a str,
    /// The changes, in the order in which they are shown.
    pub changes: Vec<&'a Change>,
}

/// A heading, the sentences, and a table for each section; families and long tables are folded.
pub fn markdown(intro: &str, sections: &[Section<'_>]) -> String {
    let mut blocks = vec![Block::Title(Phrase::own("Versions"))];
    if !intro.is_empty() {
        blocks.push(Block::Paragraph(Phrase::own(intro)));
    }
    for section in sections.iter().filter(|section| !section.changes.is_empty()) {
        if !section.title.is_empty() {
            blocks.push(Block::Heading(Phrase::own(section.title)));
        }
        blocks.extend(present::tables(&section.changes));
    }
    render(&blocks)
}

/// A row for each change.
pub fn csv(sections: &[Section<'_>]) -> String {
    csv::selected(all(sections))
}

/// The changes as the JSON form of the report has them, a line each.
pub fn json(sections: &[Section<'_>]) -> String {
    let changes = all(sections).filter_map(|change| serde_json::to_string(change).ok());
    ["[\n", &changes.collect::<Vec<_>>().join(",\n"), "\n]\n"].concat()
}

fn all<'a>(sections: &[Section<'a>]) -> impl Iterator<Item = &'a Change> {
    sections.iter().flat_map(|section| section.changes.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_changes_are_an_empty_list() {
        let changes: Vec<Change> = serde_json::from_str(&json(&[])).unwrap();
        assert_eq!(changes, []);
        assert_eq!(markdown("", &[]), "### Versions\n");
    }
}
