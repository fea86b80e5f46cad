//! Why two inputs may not be comparable, and what is missing.

use analyzer::report::{NixFlavour, Outcome, Run};

use super::side::Side;
use crate::comparison::Extent;
use crate::format;

/// Systems that a command can name.
const SYSTEMS: [&str; 4] = ["x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin"];

/// All that should be known before the two are compared.
pub(super) fn hints(sides: &[Side<'_>; 2]) -> Vec<String> {
    let mut hints: Vec<String> = DIFFERENCES
        .iter()
        .filter_map(|(what, of)| differing(what, sides.each_ref().map(|side| of(side.run?))))
        .collect();
    for (side, which) in sides.iter().zip(["old", "new"]) {
        hints.extend(missing(side, which));
    }
    hints
}

/// What a run says of something, if it does.
type Says = fn(&Run) -> Option<String>;

/// What should be the same on both sides.
const DIFFERENCES: [(&str, Says); 4] = [
    ("hosts", |run| run.host.clone()),
    ("systems", |run| system(run).map(str::to_owned)),
    ("tools", |run| run.tool.map(|tool| tool.name().to_owned())),
    ("kinds of Nix", |run| run.nix_flavour.map(|flavour| flavour_name(flavour).to_owned())),
];

fn differing(what: &str, values: [Option<String>; 2]) -> Option<String> {
    let [Some(old), Some(new)] = values else { return None };
    (old != new).then(|| format!("They are of different {what}: {old} and {new}."))
}

/// The system that the command names.
fn system(run: &Run) -> Option<&'static str> {
    let command = run.command.as_deref()?;
    SYSTEMS.into_iter().find(|system| command.contains(system))
}

fn flavour_name(flavour: NixFlavour) -> &'static str {
    match flavour {
        NixFlavour::Nix => "Nix",
        NixFlavour::Lix => "Lix",
        NixFlavour::Determinate => "Determinate Nix",
    }
}

/// What a side lacks.
fn missing(side: &Side<'_>, which: &str) -> Vec<String> {
    let report = &side.reading.report;
    let mut missing = Vec::new();
    if side.extent == Extent::Part {
        missing.push(format!(
            "The {which} one is a link that does not hold all of its report, so that what was \
             built, fetched or warned of is not compared."
        ));
    }
    if report.source.truncated {
        missing.push(format!("The {which} one is not complete: a part of it is missing."));
    }
    if side.run.is_some_and(|run| run.outcome == Outcome::Interrupted) {
        missing.push(format!("The {which} run was interrupted."));
    }
    if side.run.is_some_and(|run| run.outcome == Outcome::Failed) {
        missing.push(format!("The {which} run failed: what it did not come to is not in it."));
    }
    if report.runs.len() > 1 {
        let runs = format::counted(report.runs.len() as u64, "run", "runs");
        missing.push(format!("The {which} one has {runs}, of which one is set beside the other."));
    }
    if report.source.listing.is_some() && side.reading.listed.is_none() {
        missing.push(format!("The {which} one is the report on a listing, without its paths."));
    }
    missing
}
