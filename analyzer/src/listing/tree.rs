//! Tells a whole tree of store paths from the ways that lead to one of them.

use std::collections::HashSet;

/// Reads the rows of a tree below its root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Hashes of the paths so far.
    seen: HashSet<String>,
    /// How deep the row before stands.
    depth: usize,
    /// Whether each row stands below the one before.
    is_branched: bool,
    /// Whether a row stands for what was shown before, and says so.
    has_references: bool,
    /// Whether a path is shown again, and nothing says so.
    has_repeats: bool,
}

impl Tree {
    /// Takes the next row; `is_repeated` says that it refers to an earlier one.
    pub(super) fn row(&mut self, hash: &str, depth: usize, is_repeated: bool) {
        self.is_branched |= depth <= self.depth;
        self.depth = depth;
        self.has_references |= is_repeated;
        self.has_repeats |= !self.seen.insert(hash.to_owned()) && !is_repeated;
    }

    /// Whether it shows all that a path needs, rather than how it comes to need one of them.
    pub(super) fn is_whole(&self) -> bool {
        self.has_references || (self.is_branched && !self.has_repeats)
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    fn is_whole(rows: &[(&str, usize, bool)]) -> bool {
        let mut tree = Tree::default();
        for (path, depth, is_repeated) in rows {
            tree.row(path, *depth, *is_repeated);
        }
        tree.is_whole()
    }

    #[test]
    fn only_a_whole_tree_marks_what_it_shows_twice() {
        assert!(!is_whole(&[("b", 1, false), ("c", 2, false)]));
        assert!(!is_whole(&[("c", 1, false), ("b", 1, false), ("c", 2, false)]));
        assert!(is_whole(&[("b", 1, false), ("c", 1, false)]));
        assert!(is_whole(&[("b", 1, false), ("b", 2, true)]));
    }
}
