//! How long the stages took, and how that is known.

use analyzer::report::{Grade, Run, Span, StageTime};

use super::{lines, section};
use crate::export::document::{Block, Phrase, Share};
use crate::export::english;

/// A row for each stage of which anything is known, below a picture of them.
pub(super) fn time(run: &Run) -> Vec<Block> {
    let known: Vec<_> =
        run.stages.iter().filter(|stage| stage.time.grade != Grade::Unknown).collect();
    let rows = known.iter().map(|stage| row(stage)).collect();
    let mut blocks = section("Time", vec!["Stage", "Time", "How that is known", "Lines"], rows);
    let shares: Vec<_> = known.iter().filter_map(|stage| share(run, stage)).collect();
    if !shares.is_empty() {
        blocks.insert(1, Block::Bar(shares));
    }
    blocks
}

fn row(stage: &StageTime) -> Vec<Phrase> {
    let length = english::span(&stage.time).unwrap_or_default();
    vec![
        Phrase::own(english::stage_name(stage.stage)),
        Phrase::own(length),
        Phrase::own(reason(&stage.time)),
        lines(&stage.time.lines),
    ]
}

/// `stamped: stamps on the first and the last line`
pub(super) fn reason(time: &Span) -> String {
    let grade = english::grade(time.grade);
    if time.because.is_empty() { grade.to_owned() } else { format!("{grade}: {}", time.because) }
}

/// The length with its grade; nothing where nothing is known.
pub(super) fn graded(time: Option<&Span>) -> Phrase {
    let known = time.and_then(|time| Some((english::span(time)?, english::grade(time.grade))));
    known.map_or_else(Phrase::default, |(length, grade)| {
        Phrase::own(length).and_faint(format!(" ({grade})"))
    })
}

/// Where a stage lies within its run, if both are known by times.
fn share(run: &Run, stage: &StageTime) -> Option<Share> {
    let length_s = |time: &Span| time.total_s.or(time.low_s);
    let (total_s, from_s) = (length_s(&run.time)?, stage.from_s?);
    let to_s = from_s + length_s(&stage.time)?;
    let of_run = |seconds: f64| (seconds / total_s).clamp(0.0, 1.0);
    let name = english::stage_name(stage.stage);
    (total_s > 0.0).then(|| Share { name, from: of_run(from_s), to: of_run(to_s) })
}
