//! The program that draws the figures of articles from the reader's report: it turns bytes into
//! bytes.

use std::cmp::Reverse;

use analyzer::Report;
use analyzer::report::{Change, Derivation, DerivationKind, DerivationStatus, Run, Span, Stage};
use content::figure::{self, Bar, Facts, Package};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol::{self, DrawQuestion};
use crate::summary::downloads;
use crate::summary::time::{Known, TimeText};

/// More builds than these are no figure.
const MAX_BUILDS: usize = 6;

/// Takes a [`DrawQuestion`] with the bytes of the report behind it, and gives a drawing, or none,
/// for each of its figures. Bytes that are nothing of the kind give none.
#[wasm_bindgen]
pub fn draw(request: &[u8]) -> Vec<u8> {
    answer(request).unwrap_or_default()
}

fn answer(request: &[u8]) -> Option<Vec<u8>> {
    let (DrawQuestion { run, figures }, rest) = protocol::take(request)?;
    let report: Report = protocol::from_bytes(rest)?;
    let facts = facts(report.runs.get(run as usize)?);
    let drawn: Vec<Option<String>> =
        figures.iter().map(|name| figure::draw(name, &facts)).collect();
    protocol::to_bytes(&drawn)
}

/// What figures show of a run.
pub fn facts(run: &Run) -> Facts {
    let kinds = |are: &[DerivationKind]| {
        built(run).filter(|build| are.contains(&build.kind)).count() as u64
    };
    let configuration = kinds(&[DerivationKind::Configuration]);
    let software = kinds(&[DerivationKind::Software, DerivationKind::KernelOrInitrd]);
    Facts {
        system: system(run),
        package: package(run),
        generation: run.system.as_ref().and_then(|system| system.generation),
        configuration,
        software,
        other: built(run).count() as u64 - configuration - software,
        fetched: downloads::copied(run),
        stages: stages(run),
        builds: builds(run),
    }
}

fn built(run: &Run) -> impl Iterator<Item = &Derivation> {
    run.derivations.iter().filter(|derivation| derivation.status == DerivationStatus::Built)
}

// /nix/store/sni3jkv8pk7zayjp3shz0cxfz0xb3sbb-nixos-system-host-25.05.20250313.6607cf7
fn system(run: &Run) -> Option<String> {
    let path = run.system.as_ref()?.path.as_deref()?;
    let (_, entry) = path.rsplit_once('/')?;
    entry.split_once('-').map(|(_, name)| name.to_owned())
}

/// A package in two versions: one that was built here, else one that was asked for, else any.
fn package(run: &Run) -> Option<Package> {
    let is_built = |change: &Change| {
        built(run).any(|it| it.name == change.name && it.kind == DerivationKind::Software)
    };
    let rank = |change: &&Change| (is_built(change), change.selected == Some(true));
    let paired = run.changes.iter().filter(|it| !it.old.is_empty() && !it.new.is_empty());
    let change = paired.filter(|it| it.name != "linux").min_by_key(|it| Reverse(rank(it)))?;
    let [name, old, new] = [&change.name, &change.old[0], &change.new[0]].map(Clone::clone);
    Some(Package { name, old, new })
}

fn stages(run: &Run) -> Vec<Bar> {
    let bars = run.stages.iter().filter_map(|stage| {
        let name = match stage.stage {
            Stage::UpdateInputs => "Update the inputs",
            Stage::Evaluate => "Evaluate",
            Stage::Fetch => "Fetch",
            Stage::Build => "Build",
            Stage::Activate => "Activate",
        };
        bar(name.to_owned(), stage.from_s?, &stage.time)
    });
    bars.collect()
}

fn builds(run: &Run) -> Vec<Bar> {
    let timed = built(run).filter(|build| build.kind != DerivationKind::Source);
    let bars = timed.filter_map(|build| {
        let name = match &build.version {
            Some(version) => [&build.name, " ", version].concat(),
            None => build.name.clone(),
        };
        bar(name, build.from_s?, build.time.as_ref()?)
    });
    let mut bars: Vec<Bar> = bars.filter(|bar| bar.low_s >= 1.0).collect();
    bars.sort_by(|a, b| b.low_s.total_cmp(&a.low_s));
    bars.truncate(MAX_BUILDS);
    bars.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    bars
}

fn bar(name: String, from_s: f64, time: &Span) -> Option<Bar> {
    let low_s = time.total_s.or(time.low_s).unwrap_or(0.0);
    let high_s = time.total_s.or(time.high_s).unwrap_or(low_s);
    let said = TimeText::of(time);
    (said.known != Known::Unknown).then_some(Bar { name, time: said.long, from_s, low_s, high_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(log: &str) -> Report {
        let mut analyzer = analyzer::Analyzer::default();
        analyzer.feed(log.as_bytes());
        analyzer.finish()
    }

    fn drawings(log: &str) -> Vec<Option<String>> {
        let figures = figure::FIGURES.map(str::to_owned).to_vec();
        let mut request = protocol::to_bytes(&DrawQuestion { run: 0, figures }).unwrap();
        request.extend(protocol::to_bytes(&report(log)).unwrap());
        protocol::from_bytes(&draw(&request)).unwrap()
    }

    #[test]
    fn figures_show_what_the_report_tells_and_no_more() {
        let [generations, plan, stages, store, timeline] =
            drawings("building '/nix/store/00000000000000000000000000000000-a<b-1.0.drv'...\n")
                .try_into()
                .unwrap();
        assert!(generations.unwrap().contains("a link with the next free number"));
        assert!(plan.is_none() || plan.unwrap().contains("software built: 1"));
        assert_eq!((stages, store, timeline), (None, None, None));
    }

    #[test]
    fn text_of_a_log_stays_text() {
        let facts = Facts {
            package: Some(Package {
                name: "<script>\"&".to_owned(),
                old: "1".to_owned(),
                new: "2".to_owned(),
            }),
            ..Facts::default()
        };
        let drawn = figure::draw("store", &facts).unwrap();
        assert!(drawn.contains("&lt;script&gt;&quot;&amp;"));
        assert!(!drawn.contains("<script"));
    }

    #[test]
    fn bytes_that_are_no_question_give_no_answer() {
        assert!(draw(b"").is_empty());
        assert!(draw(&[0xff; 40]).is_empty());
    }
}
