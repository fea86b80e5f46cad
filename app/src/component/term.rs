//! Words of the glossary where they stand in a sentence: `public/terms.js` says what they mean.

use content::{LINKED_TERMS, Mentions};

use super::markup::{Child, Markup, Text, element};

/// No term was mentioned so far.
pub fn mentions() -> Mentions<'static> {
    Mentions::of(LINKED_TERMS.iter().map(|(name, _)| *name))
}

/// A sentence whose terms lead to the glossary, each where it is mentioned first.
pub fn explained(text: &str) -> Child {
    with_terms(text, &mut mentions())
}

/// The same for a text of several pieces.
pub fn with_terms(text: &str, mentions: &mut Mentions<'_>) -> Child {
    let part = |(words, index): (&str, Option<usize>)| -> Child {
        match index {
            Some(index) => term(words.to_owned(), LINKED_TERMS[index].1).into(),
            None => words.to_owned().into(),
        }
    };
    mentions.split(text).into_iter().map(part).collect()
}

/// Words that lead to the term with this id. The glossary opens beside the report.
pub fn term(words: impl Into<Text>, id: &'static str) -> Markup {
    element("a", "term")
        .attr("href", ["learn/glossary/#", id].concat())
        .attr("data-term", id)
        .attr("target", "_blank")
        .text(words)
}

/// Headings of columns that are words of the glossary. A word such as `Output` often means
/// something else, so they are not looked for.
const HEADINGS: &[(&str, &str)] = &[
    ("Closure", "closure"),
    ("Derivation", "derivation"),
    ("Input", "input"),
    ("Substituter", "substituter"),
    ("Unit", "unit"),
];

/// The heading of a column, which leads to the glossary if it is a word of it.
pub fn heading(label: &'static str) -> Child {
    match HEADINGS.iter().find(|(heading, _)| *heading == label) {
        Some((_, id)) => term(label, id).into(),
        None => label.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::component::copied;

    #[test]
    fn a_sentence_stays_what_it_was_and_its_terms_are_links() {
        let sentence = "A derivation, and derivations: no substituter had the closures.";
        let child = explained(sentence);
        assert_eq!(copied::text(&child), sentence);
        let Child::Many(parts) = child else { panic!("expected several parts") };
        let terms = parts.iter().filter(|part| matches!(part, Child::Element(_)));
        assert_eq!(terms.count(), 3);
    }

    #[test]
    fn each_heading_that_is_linked_is_in_the_glossary() {
        for (label, id) in HEADINGS {
            let name = label.to_lowercase();
            assert_eq!(content::term(&name).map(|term| term.id), Some(*id), "{label}");
        }
    }

    #[test]
    fn each_linked_term_is_in_the_glossary() {
        for (name, id) in LINKED_TERMS {
            assert_eq!(content::term(name).map(|term| term.id), Some(*id), "{name}");
        }
    }
}
