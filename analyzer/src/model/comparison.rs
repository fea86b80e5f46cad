//! What differs between the old system and the new one.

use crate::change;
use crate::message::diff::{DiffLine, Section};
use crate::moment::At;
use crate::report::{Change, ChangeSource, Closure, Lines};

/// The comparison that a run prints.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    changes: Vec<Change>,
    closure: Option<Closure>,
    lines: Lines,
    /// Whether the program has said its last word.
    is_complete: bool,
    /// Comparisons of two versions of a profile; each is one of its own.
    profile_versions: u32,
    /// Whether nvd says that nothing changed.
    is_of_nvd: bool,
}

impl Comparison {
    /// Takes a line of a comparison.
    pub(super) fn line(&mut self, at: At, line: &DiffLine<'_>) {
        self.lines.push(at.first);
        match line {
            DiffLine::Row(row) => self.changes.push(change::from_row(row, Lines::one(at.first))),
            DiffLine::Figures(figures) => self.figures(at, figures),
            // No version or selection state changes.
            DiffLine::Nothing => self.is_of_nvd = true,
            DiffLine::Section(Section::ProfileVersions | Section::History) => {
                self.profile_versions += 1;
            }
            DiffLine::Compared { .. }
            | DiffLine::Section(_)
            | DiffLine::Selection
            | DiffLine::Note => {}
        }
    }

    /// Whether a further comparison is another one.
    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// How many changes there are.
    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether anything was compared.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.0.is_empty()
    }

    /// Who compared.
    pub(super) fn source(&self) -> Option<ChangeSource> {
        let of_rows = self.changes.first().map(|change| change.source);
        of_rows.or(self.is_of_nvd.then_some(ChangeSource::Nvd))
    }

    pub(super) fn into_report(self) -> (Vec<Change>, Option<Closure>) {
        if self.profile_versions > 1 {
            return (self.changes, self.closure);
        }
        (change::join_renamed(self.changes), self.closure)
    }

    /// The figures may stand on several lines.
    fn figures(&mut self, at: At, figures: &Closure) {
        let closure = self.closure.get_or_insert_default();
        closure.old_bytes = closure.old_bytes.or(figures.old_bytes);
        closure.new_bytes = closure.new_bytes.or(figures.new_bytes);
        closure.delta_bytes = figures.delta_bytes.or(closure.delta_bytes);
        closure.paths_added = closure.paths_added.or(figures.paths_added);
        closure.paths_removed = closure.paths_removed.or(figures.paths_removed);
        closure.lines.push(at.first);
        // nvd prints its figures last.
        self.is_complete =
            self.closure.as_ref().is_some_and(|closure| closure.paths_added.is_some());
    }
}

/// What a source of changes is called among the dialects.
pub(super) fn dialect(source: ChangeSource) -> &'static str {
    match source {
        ChangeSource::Nvd => "nvd",
        ChangeSource::Dix => "dix",
        ChangeSource::DiffClosures => "diff-closures",
        ChangeSource::History => "profile-history",
        ChangeSource::Compared | ChangeSource::Plan => "nix-human",
    }
}
