//! Flake inputs and channels that move.

use crate::message::lock::{LockLine, Reference};
use crate::moment::At;
use crate::report::{Input, InputKind, Lines};

/// The inputs of a run, in log order.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    list: Vec<Input>,
    /// Whether a reference belongs to the last input of the list.
    is_open: bool,
    /// Whether a reference has lost the line that names its input.
    has_orphans: bool,
}

impl Inputs {
    /// Takes a line about inputs.
    pub(super) fn line(&mut self, at: At, line: &LockLine<'_>) {
        match *line {
            LockLine::Header => self.is_open = false,
            LockLine::Channels(_) => {}
            LockLine::Change { kind, name } => {
                let lines = Lines::one(at.first);
                let input = Input { name: name.to_owned(), kind, old: None, new: None, lines };
                self.list.push(input);
                self.is_open = true;
            }
            LockLine::First(reference) | LockLine::Then(reference) if !self.is_open => {
                let is_flake = matches!(reference, Reference::Flake { .. });
                self.has_orphans |= is_flake;
            }
            LockLine::First(reference) => self.reference(at, reference, Place::First),
            LockLine::Then(reference) => self.reference(at, reference, Place::Second),
        }
    }

    /// Whether an input is open that the next reference belongs to.
    pub(super) fn expects_reference(&self) -> bool {
        self.is_open
    }

    /// Whether a reference has lost the line that names its input.
    pub(super) fn has_orphans(&self) -> bool {
        self.has_orphans
    }

    /// Takes those of what came before.
    pub(super) fn prepend(&mut self, before: Self) {
        let own = std::mem::replace(self, before);
        self.append(own);
    }

    /// Takes the inputs that came after these.
    pub(super) fn append(&mut self, other: Self) {
        self.list.extend(other.list);
        self.has_orphans |= other.has_orphans;
    }

    /// Whether nixpkgs was moved to a revision of `today` or of the day before, as far as the two
    /// are in one month.
    pub(super) fn has_nixpkgs_of(&self, today: &str) -> bool {
        let moved = |input: &&Input| input.kind == InputKind::Updated && input.name == "nixpkgs";
        let dates = self.list.iter().filter(moved);
        let mut dates = dates.filter_map(|input| input.new.as_ref()?.date.as_deref());
        dates.any(|date| {
            let is_of_month = date.get(..7) == today.get(..7);
            let day = |date: &str| date.get(8..10)?.parse::<i32>().ok();
            let age = day(today).zip(day(date)).map(|(today, day)| today - day);
            is_of_month && age.is_some_and(|days| (0..=1).contains(&days))
        })
    }

    pub(super) fn into_report(self) -> Vec<Input> {
        self.list
    }

    fn reference(&mut self, at: At, reference: Reference<'_>, place: Place) {
        let Some(input) = self.list.last_mut() else { return };
        input.lines.push(at.first);
        let side = match (place, input.kind) {
            (Place::First, InputKind::Updated | InputKind::Removed) => &mut input.old,
            _ => &mut input.new,
        };
        *side = Some(reference.revision());
    }
}

/// Which reference of an input a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    First,
    Second,
}
