//! Finds the words of the glossary in a text.

/// The terms that a text may mention, and which of them it has mentioned so far: only the first
/// mention of each is of use to a reader.
#[derive(Clone, Debug)]
pub struct Mentions<'n> {
    names: Vec<&'n str>,
    is_seen: Vec<bool>,
}

impl<'n> Mentions<'n> {
    /// Terms of which none was mentioned; the longest come first, so that `store path` is found
    /// before `store`.
    pub fn of(names: impl IntoIterator<Item = &'n str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        Self { is_seen: vec![false; names.len()], names }
    }

    /// The text in parts: words, and first mentions with the index of their term.
    ///
    /// A mention is of whole words, also in the plural and at the start of a sentence.
    pub fn split<'t>(&mut self, text: &'t str) -> Vec<(&'t str, Option<usize>)> {
        let mut parts = Vec::new();
        let (mut done, mut before) = (0, ' ');
        for (at, character) in text.char_indices() {
            let is_start = at >= done && !is_of_word(before);
            before = character;
            let Some((index, length)) = is_start.then(|| self.at(&text[at..])).flatten() else {
                continue;
            };
            self.is_seen[index] = true;
            parts.push((&text[done..at], None));
            done = at + length;
            parts.push((&text[at..done], Some(index)));
        }
        parts.push((&text[done..], None));
        parts.retain(|(part, _)| !part.is_empty());
        parts
    }

    /// The term that a text begins with, and how many bytes of it mention the term.
    fn at(&self, text: &str) -> Option<(usize, usize)> {
        let named = self.names.iter().zip(&self.is_seen).enumerate();
        let fresh = named.filter(|(_, (_, is_seen))| !**is_seen);
        fresh.into_iter().find_map(|(index, (name, _))| Some((index, mention(text, name)?)))
    }
}

/// How many bytes at the start of a text are this name.
fn mention(text: &str, name: &str) -> Option<usize> {
    let start = text.as_bytes().get(..name.len())?;
    let (first, rest) = name.as_bytes().split_first()?;
    let is_first = start[0] == *first || start[0] == first.to_ascii_uppercase();
    if !is_first || start[1..] != *rest {
        return None;
    }
    // The name ends with a whole character, so the text can be cut there.
    let after = &text[name.len()..];
    let plural = usize::from(after.starts_with('s'));
    (!after[plural..].starts_with(is_of_word)).then_some(name.len() + plural)
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || ['-', '_', '/', '’', '\''].contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut mentions = Mentions::of(["store path", "closure", "store", "Hydra"]);
        let parts = mentions.split(text);
        assert_eq!(parts.iter().map(|(part, _)| *part).collect::<String>(), text);
        let found: Vec<&str> =
            parts.iter().filter_map(|(part, term)| term.map(|_| *part)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_first_mention_of_each_term_is_found() {
        check("A store path in the store. The store stays.", &["store path", "store"]);
        check("Closures, and a closure", &["Closures"]);
        check("the store’s restored store-path in /nix/store", &[]);
        check("“store”, hydra or Hydra.", &["store", "Hydra"]);
        check("Größe: closure", &["closure"]);
        check("", &[]);
    }

    #[test]
    fn what_was_mentioned_before_is_not_found_again() {
        let mut mentions = Mentions::of(["closure"]);
        assert_eq!(mentions.split("a closure"), [("a ", None), ("closure", Some(0))]);
        assert_eq!(mentions.split("a closure"), [("a closure", None)]);
    }
}
