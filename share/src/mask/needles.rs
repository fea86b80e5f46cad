//! Finds any of a few fixed words in a text without looking at each byte.
//!
//! The method is that of Wu and Manber: two bytes tell how far the next word is away at least.
//! It needs no wide registers, which a browser may not have.

/// Every word is at least as long.
const MIN_LEN: usize = 6;

/// As many pairs of bytes are told apart.
const TABLE_LEN: usize = 1 << 12;

/// A set of words to look for.
pub(super) struct Needles {
    words: Vec<&'static [u8]>,
    /// For each pair of bytes, how far a word can be moved on.
    shifts: Box<[u8; TABLE_LEN]>,
}

impl Needles {
    /// A set of words, each of [`MIN_LEN`] bytes at least.
    pub(super) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let words: Vec<&'static [u8]> = words.into_iter().map(str::as_bytes).collect();
        let farthest = u8::try_from(MIN_LEN - 1).unwrap_or(u8::MAX);
        let mut shifts = Box::new([farthest; TABLE_LEN]);
        for word in &words {
            debug_assert!(word.len() >= MIN_LEN, "a word that is too short");
            for (pair, left) in word.windows(2).zip((0..farthest).rev()) {
                let shift = &mut shifts[index(pair[0], pair[1])];
                *shift = left.min(*shift);
            }
        }
        Self { words, shifts }
    }

    /// Calls `found` with the number of each word and the place where it begins.
    pub(super) fn find_all(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut end = MIN_LEN - 1;
        while let (Some(first), Some(second)) = (text.get(end - 1), text.get(end)) {
            let shift = self.shifts[index(*first, *second)];
            if shift > 0 {
                end += usize::from(shift);
                continue;
            }
            let at = end + 1 - MIN_LEN;
            for (number, word) in self.words.iter().enumerate() {
                if text[at..].starts_with(word) {
                    found(number, at);
                }
            }
            end += 1;
        }
    }
}

fn index(first: u8, second: u8) -> usize {
    (usize::from(first) << 5 ^ usize::from(second)) % TABLE_LEN
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 4] = ["/home/", "home-manager-", "ssh://", "units for "];

    fn found(text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        Needles::new(WORDS).find_all(text.as_bytes(), |number, at| found.push((number, at)));
        found
    }

    #[test]
    fn each_word_is_found_wherever_it_stands() {
        for (number, word) in WORDS.iter().enumerate() {
            for before in ["", "/", "h", "/hom", "ss", "unit", "é", "units for", "/home"] {
                let text = format!("{before}{word}x");
                assert!(found(&text).contains(&(number, before.len())), "{text}");
            }
        }
    }

    #[test]
    fn words_that_touch_are_both_found() {
        assert_eq!(found("/home/ssh:///home/"), [(0, 0), (2, 6), (0, 12)]);
    }

    #[test]
    fn short_and_cut_words_are_not_found() {
        assert_eq!(found(""), []);
        assert_eq!(found("/home"), []);
        assert_eq!(found("home-manager"), []);
    }
}
