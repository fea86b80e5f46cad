//! Private things that are known by their form: addresses, web addresses, tokens and keys.

mod address;
mod secret;
mod web;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use analyzer::report::{DerivationKind, Report};
use regex::Regex;

use super::kind::Kind;

/// What is looked for in the texts of a report.
#[derive(Default)]
pub(super) struct Patterns {
    secrets: secret::Secrets,
    web: web::Web,
    addresses: address::Addresses,
}

/// What is known of the report when its texts are looked at.
#[derive(Default)]
pub(super) struct Known {
    /// Versions of its packages: four numbers with dots are one of them before they are an address.
    versions: BTreeSet<String>,
    /// Names of its packages in lower case, without what is made of the configuration.
    packages: BTreeSet<String>,
}

/// Takes a thing that was found, and where it stands.
pub(super) type Emit<'a> = &'a mut dyn FnMut(Kind, Range<usize>);

impl Known {
    pub(super) fn of(report: &Report) -> Self {
        let mut versions = BTreeSet::new();
        for run in &report.runs {
            let built = run.derivations.iter().filter_map(|it| it.version.as_ref());
            let fetched = run.fetches.iter().filter_map(|it| it.version.as_ref());
            let changed = run.changes.iter().flat_map(|it| it.old.iter().chain(&it.new));
            versions.extend(built.chain(fetched).chain(changed).cloned());
        }
        Self { versions, packages: packages(report) }
    }

    /// Whether a package of the report has that name.
    pub(super) fn is_package(&self, name: &str) -> bool {
        self.packages.contains(&name.to_ascii_lowercase())
    }
}

/// Names of software; those of configuration hold names of users and machines.
fn packages(report: &Report) -> BTreeSet<String> {
    let is_package = |kind: DerivationKind| {
        !matches!(kind, DerivationKind::Configuration | DerivationKind::System)
    };
    let mut packages = BTreeSet::new();
    for run in &report.runs {
        let built = run.derivations.iter().filter(|it| is_package(it.kind)).map(|it| &it.name);
        let changed = run.changes.iter().filter(|it| is_package(it.subject)).map(|it| &it.name);
        let fetched = run.fetches.iter().map(|it| &it.name);
        packages.extend(built.chain(changed).chain(fetched).map(|it| it.to_ascii_lowercase()));
    }
    packages
}

/// Compiling them takes longer than looking through most reports.
static PATTERNS: LazyLock<Patterns> = LazyLock::new(Patterns::default);

impl Patterns {
    /// The patterns, which are compiled once.
    pub(super) fn all() -> &'static Self {
        &PATTERNS
    }

    /// Emits everything of a known form, in no order; one thing may stand inside another.
    pub(super) fn find_all(&self, text: &str, known: &Known, emit: Emit<'_>) {
        self.secrets.find_all(text, emit);
        self.web.find_all(text, emit);
        self.addresses.find_all(text, known, emit);
    }
}

/// Compiles a pattern of ours.
fn regex(pattern: &str) -> Regex {
    // Every pattern is used by a test, which fails if one is wrong.
    #[expect(clippy::expect_used, reason = "a pattern is a constant")]
    Regex::new(pattern).expect("a pattern of ours")
}

#[cfg(test)]
mod tests;
