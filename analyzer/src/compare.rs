//! Compares two systems: what came, what went, and which versions moved.

mod inputs;
mod knowledge;
mod notes;
mod package;
mod planned;
mod told;

use crate::analyzer::Reading;
use crate::change::join_renamed;
use crate::inventory::{Held, Identity, Inventory};
use crate::report::{Change, Closure, DerivationKind, Lines, Report, Run, SCHEMA, Source};
use crate::sorting;
use crate::{diagnostic, kind, model};

pub use planned::planned_changes;

/// Compares what two inputs say of a system each: listings of store paths, logs, or reports that
/// were kept or came in a link, in any mix. A report is a [`Reading`] that lists nothing.
///
/// The report has one run, with changes and the sizes of both systems. Its lines are those of both
/// inputs, as if the old one stood before the new one in one file.
///
/// A listing says what is not in a system, a log does not. Where one of the inputs is a log,
/// a package that only the new input names has no old version and the source
/// [`Plan`](crate::report::ChangeSource::Plan), and one that only the old input names is left out. What a
/// log tells itself of the system before it, as by the list of nvd, is taken over with its source
/// for packages that the old input does not name.
pub fn compare(old: &Reading, new: &Reading) -> Report {
    let sides = Sides {
        old: &knowledge::of(old),
        new: &knowledge::of(new),
        shift: notes::n_lines(old),
        is_cut: old.report.source.truncated || new.report.source.truncated,
    };
    let items = Items::of(&sides);
    let closure = closure(old, new, &sides, &items);
    let mut changes = join_renamed(package::changes(&sides, &items.parts()));
    let n_told = told::add(&mut changes, new, &sides);
    let mut source = source(&old.report.source, &new.report.source);
    source.lines = sides.shift.saturating_add(notes::n_lines(new));
    let mut run = run(changes, closure, new, source.lines);
    run.inputs = inputs::moved(old, new, &sides);
    let runs = vec![run];
    let findings = diagnostic::findings(&source, &runs);
    let notes = notes::notes(old, new, &sides, n_told);
    Report { schema: SCHEMA, notes, source, runs, findings }
}

/// Two systems.
struct Sides<'a> {
    old: &'a Inventory,
    new: &'a Inventory,
    /// Lines of the old input, which stand before those of the new one.
    shift: u32,
    /// Whether an input lacks a part.
    is_cut: bool,
}

/// What two systems hold, each once and in the order in which both meet.
struct Items<'a> {
    old: Vec<Held<'a>>,
    new: Vec<Held<'a>>,
}

impl<'a> Items<'a> {
    fn of(sides: &Sides<'a>) -> Self {
        Self { old: sides.old.distinct().collect(), new: sides.new.distinct().collect() }
    }

    /// Those that are parts of their system.
    fn parts(mut self) -> Self {
        self.old.retain(is_part);
        self.new.retain(is_part);
        self
    }
}

impl Sides<'_> {
    /// Whether what one of them does not name is not there.
    fn are_complete(&self) -> bool {
        self.old.is_complete() && self.new.is_complete() && !self.is_cut
    }
}

fn source(old: &Source, new: &Source) -> Source {
    let mut dialects = [&old.dialects[..], &new.dialects[..]].concat();
    let mut envelopes = [&old.envelopes[..], &new.envelopes[..]].concat();
    for names in [&mut dialects, &mut envelopes] {
        sorting::sort(names);
        names.dedup();
    }
    Source {
        bytes: old.bytes + new.bytes,
        lines: old.lines.saturating_add(new.lines),
        encoding: new.encoding.clone(),
        compression: None,
        envelopes,
        dialects,
        understood_lines: old.understood_lines.saturating_add(new.understood_lines),
        truncated: old.truncated || new.truncated,
        listing: None,
    }
}

/// Sizes, and how many paths differ; only listings tell.
fn closure(old: &Reading, new: &Reading, sides: &Sides<'_>, items: &Items<'_>) -> Option<Closure> {
    let old = old.report.source.listing.as_ref()?;
    let new = new.report.source.listing.as_ref()?;
    if !sides.are_complete() {
        return None;
    }
    let both = sides.old.total().zip(sides.new.total());
    let mut lines = old.lines.clone();
    lines.0.extend(shifted(&new.lines, sides.shift).0);
    Some(Closure {
        old_bytes: old.bytes,
        new_bytes: new.bytes,
        delta_bytes: both.and_then(|(old, new)| old.step(new)),
        paths_added: Some(count_lacking(&items.new, &items.old)),
        paths_removed: Some(count_lacking(&items.old, &items.new)),
        lines,
    })
}

fn shifted(lines: &Lines, by: u32) -> Lines {
    Lines(lines.0.iter().map(|range| range.map(|line| line.saturating_add(by))).collect())
}

fn run(changes: Vec<Change>, closure: Option<Closure>, new: &Reading, lines: u32) -> Run {
    let reboot = model::reboot_between(&changes);
    Run {
        host: new.report.runs.last().and_then(|run| run.host.clone()),
        lines: if lines == 0 { Lines::default() } else { Lines::range(1, lines) },
        changes,
        closure,
        reboot,
        ..Run::unknown("a comparison takes no time")
    }
}

/// How many items of one side the other one lacks; both are in order.
fn count_lacking(side: &[Held<'_>], other: &[Held<'_>]) -> u64 {
    let mut others = other.iter().peekable();
    let is_lacking = |item: &&Held| {
        while others.next_if(|other| other.order() < item.order()).is_some() {}
        others.peek().is_none_or(|other| other.order() != item.order())
    };
    side.iter().filter(is_lacking).count() as u64
}

/// Whether it is a part of a system; what only fetches or patches sources is none.
fn is_part(item: &Held<'_>) -> bool {
    !matches!(item.identity, Identity::Derivation(_))
        || !matches!(
            kind::of(item.name, item.version),
            DerivationKind::Source | DerivationKind::Patch
        )
}
