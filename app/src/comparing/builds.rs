//! What was built on one side only, and what took longer or less.

use analyzer::report::{Derivation, DerivationKind, Run, Span};

use super::figures::{signed_time, time_cell};
use super::names::{Joined, join};
use super::side::Side;
use crate::comparison::{Cell, Names, Part, Row};
use crate::format;
use crate::sorting;
use crate::summary::builds::is_begun;
use crate::summary::evidence::{beyond_plan, of_all};

/// Clocks of logs tell seconds: a smaller difference is none.
const SHORTEST_S: f64 = 1.0;

/// The heading of what only the new side built.
pub(super) const NEWLY_BUILT: &str = "Newly built";

/// A package that at least one of both built.
struct Package<'a> {
    name: String,
    sides: [Vec<&'a Derivation>; 2],
}

/// The tables of builds, where both sides are logs.
pub(super) fn parts(sides: &[Side<'_>; 2]) -> Vec<Part> {
    let [Some(old), Some(new)] = [sides[0].run, sides[1].run] else { return Vec::new() };
    let joined: Joined<Derivation> =
        join([begun(old), begun(new)], |derivation| Some(derivation.name.clone()));
    let packages: Vec<Package> =
        joined.into_iter().map(|(name, sides)| Package { name, sides }).collect();
    vec![
        only_on(NEWLY_BUILT, 1, &packages, sides),
        only_on("No longer built", 0, &packages, sides),
        moved("Slower", &packages, sides, |difference| difference),
        moved("Faster", &packages, sides, |difference| -difference),
    ]
}

fn begun(run: &Run) -> impl Iterator<Item = &Derivation> {
    run.derivations.iter().filter(|derivation| is_begun(derivation))
}

/// What hardly anybody asks for by its name.
fn is_apart(derivation: &Derivation) -> bool {
    use DerivationKind::{Configuration, Patch, Source};
    matches!(derivation.kind, Configuration | Source | Patch)
}

/// What only one side built, longest first.
fn only_on(title: &str, side: usize, packages: &[Package<'_>], sides: &[Side<'_>; 2]) -> Part {
    let only: Vec<&Package> =
        packages.iter().filter(|package| package.sides[1 - side].is_empty()).collect();
    let (apart, software): (Vec<&Package>, Vec<&Package>) =
        only.into_iter().partition(|package| package.sides[side].iter().all(|it| is_apart(it)));
    let length = |package: &Package| package.seconds(side).unwrap_or(0.0);
    let software = sorting::sorted(&software, |a, b| length(b).total_cmp(&length(a)));
    let lede = match apart.len() as u64 {
        0 => String::new(),
        n => {
            let files = format::counted(n, "file", "files");
            ["And ", &files, " of the configuration, sources or patches."].concat()
        }
    };
    let rows = software.into_iter().map(|package| package.row(sides)).collect();
    Part { title: title.to_owned(), lede, names: Names::Quoted, rows }
}

/// What both built and timed, and what took longer by `amount`, most first.
fn moved(
    title: &str,
    packages: &[Package<'_>],
    sides: &[Side<'_>; 2],
    amount: fn(f64) -> f64,
) -> Part {
    let mut moved: Vec<(f64, &Package)> = packages
        .iter()
        .filter_map(|package| Some((amount(package.difference()?), package)))
        .filter(|(amount, _)| *amount >= SHORTEST_S)
        .collect();
    moved.sort_by(|a, b| b.0.total_cmp(&a.0));
    let rows = moved.into_iter().map(|(_, package)| package.row(sides)).collect();
    let lede = "Packages of the same name that both sides built, with times for both.".to_owned();
    Part { title: title.to_owned(), lede, names: Names::Quoted, rows }
}

impl Package<'_> {
    /// How long it took on a side, if that is known of all its builds there.
    fn seconds(&self, side: usize) -> Option<f64> {
        let builds = &self.sides[side];
        let times = builds.iter().map(|build| build.time.as_ref().and_then(|time| time.total_s));
        let total: Option<f64> = times.sum();
        total.filter(|_| !builds.is_empty())
    }

    fn difference(&self) -> Option<f64> {
        Some(self.seconds(1)? - self.seconds(0)?)
    }

    fn row(&self, sides: &[Side<'_>; 2]) -> Row {
        let cell = |index: usize| self.cell(index, &sides[index]);
        let difference = self.difference().map(signed_time);
        Row {
            name: self.name.clone(),
            sides: [cell(0), cell(1)],
            difference: difference.unwrap_or_default(),
        }
    }

    /// The time of all its builds on a side, if each is known; of a single one also a bound.
    fn time(&self, side: usize) -> Option<Span> {
        let builds = &self.sides[side];
        let first = builds.first()?.time.clone()?;
        if builds.len() == 1 {
            return Some(first);
        }
        let total_s = Some(self.seconds(side)?);
        let grade = builds.iter().filter_map(|build| Some(build.time.as_ref()?.grade)).max()?;
        Some(Span { total_s, grade, ..first })
    }

    /// Its version and time on a side.
    fn cell(&self, index: usize, side: &Side<'_>) -> Cell {
        let builds = &self.sides[index];
        let Some(first) = builds.first() else { return Cell::default() };
        let plan = side.run.and_then(|run| run.plan.as_ref());
        let proofs: Vec<_> = builds.iter().map(|build| beyond_plan(&build.lines, plan)).collect();
        let time = time_cell(side, self.time(index).as_ref());
        let version = first.version.clone().filter(|_| builds.len() == 1);
        let count =
            (builds.len() > 1).then(|| format::counted(builds.len() as u64, "build", "builds"));
        let words = [version, count, Some(time.text).filter(|text| !text.is_empty())];
        let text = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
        Cell {
            text: if text.is_empty() { "built".to_owned() } else { text },
            known: time.known,
            lines: side.lines(&of_all(proofs.iter())),
        }
    }
}
