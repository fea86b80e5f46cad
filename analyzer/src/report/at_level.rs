//! What a link carries of a report.

mod count;
mod run;
mod text;

use super::{Lines, Report, Run};

/// How much of a report a link carries; each level has all that the one before it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum LinkLevel {
    /// How it ended, how long it took, how much there was of everything, and whether to reboot.
    Verdict,
    /// Also which versions changed, and which inputs moved.
    Changes,
    /// Also what was built, what failed with its excerpts, units and warnings.
    Full,
}

impl LinkLevel {
    /// All levels, the smallest first.
    pub const ALL: [Self; 3] = [Self::Verdict, Self::Changes, Self::Full];

    /// Its name in options and addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Changes => "changes",
            Self::Full => "full",
        }
    }

    /// The level of that name.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.slug() == slug)
    }
}

impl Report {
    /// The report without what a link of that level leaves out. What is left out is counted in
    /// [`Run::counts`]. Doing it again changes nothing.
    ///
    /// No level has line numbers, store hashes or full paths: of a store path in a text,
    /// `/nix/store/…-name` stays, and a chain or cause is called by its name. Revisions are cut to
    /// 8 digits. Times are rounded to hundredths of a second below 10 s, to tenths below 600 s and
    /// to seconds above; what is no number, or 1e12 s and more, is `None`.
    #[must_use]
    pub fn at_level(&self, level: LinkLevel) -> Self {
        let mut report = self.clone();
        if let Some(listing) = &mut report.source.listing {
            listing.lines = Lines::default();
        }
        for run in &mut report.runs {
            reduce(run, level);
        }
        for finding in &mut report.findings {
            finding.text = text::without_hashes(&finding.text);
            finding.lines = Lines::default();
        }
        for note in &mut report.notes {
            *note = text::without_hashes(note);
        }
        report
    }
}

fn reduce(run: &mut Run, level: LinkLevel) {
    count::count(run, level);
    run::rename_causes(run);
    run::drop_lists(run, level);
    run::shorten(run);
}
