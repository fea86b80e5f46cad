//! Names of packages and derivations: places in the table of names, or letters.

#![expect(clippy::cast_possible_truncation, reason = "the table has fewer than 65,536 names")]

use alloc::vec::Vec;

use bits::{Fault, Kind, hash};

use crate::field::Field;
use crate::name_form::{self, Form};
use crate::stream::Stream;
use crate::text::Neighbours;

/// From so many names in order, each is coded as how far it is from the one before.
const MIN_RUN: u64 = 8;

/// Bits of a template's number, and of a place in the table.
const TEMPLATE_BITS: u32 = 5;
const PLACE_BITS: u32 = 14;

/// Where a list of names has got to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scan {
    /// Names of this run, which are in order, and how many of them are left.
    len: u64,
    left: u64,
    /// The first name of the table that may come next.
    next: usize,
    /// Of the last names of the table: whether each came, the newest lowest.
    came: u32,
    /// Runs so far.
    n_runs: u64,
    /// The last name that was spelled.
    spelled: Vec<u8>,
}

impl Scan {
    /// Whether the next name begins a run.
    pub(crate) fn is_done(&self) -> bool {
        self.left == 0
    }
}

impl Stream<'_> {
    /// Codes the next of a list of names; if a run begins, `run` counts the names in it.
    pub(crate) fn next_name(&mut self, scan: &mut Scan, run: u64, name: &mut Vec<u8>) {
        if scan.is_done() {
            let len = self.number(Field::NameRun, [0, 0], run).max(1);
            *scan = Scan { len, left: len, n_runs: scan.n_runs + 1, ..Scan::default() };
        }
        // Each run goes through the whole table, which many short ones are not worth.
        if scan.len < MIN_RUN + scan.n_runs {
            self.name(Field::ChangeName, name);
        } else {
            self.scan_name(scan, name);
        }
        scan.left -= 1;
    }

    fn scan_name(&mut self, scan: &mut Scan, name: &mut Vec<u8>) {
        let table = self.names;
        let (known, version) = if self.is_reading() {
            (Err(0), Vec::new())
        } else {
            let (key, version) = name_form::split(name);
            (table.place(&key), version.to_vec())
        };
        let place = self.scan_to(scan, known.unwrap_or_else(|after| after));
        let is_known = place < table.len() && {
            let near = [u32::from(scan.came & 2 != 0), 0];
            self.flag(Field::ScanIsKnown, near, known.is_ok())
        };
        if is_known {
            let mut form = Form { template: 0, version, known: place };
            self.finish_known(&mut form, name);
            scan.spelled.clear();
            scan.next = place + 1;
            return;
        }
        let before = place.checked_sub(1).map_or(&[][..], |before| table.text(before));
        let below = if scan.spelled.is_empty() { before } else { &scan.spelled };
        let neighbours = Neighbours::new(below, table.text(place));
        self.spell(Field::ChangeName, neighbours, name);
        scan.spelled.clone_from(name);
        scan.next = place;
    }

    /// Goes through the table up to where the next name is, or would be.
    fn scan_to(&mut self, scan: &mut Scan, place: usize) -> usize {
        let table = self.names;
        for at in scan.next..table.len() {
            let rest = (table.len() - at) as u64;
            let chance = (scan.left << 16).checked_div(rest + scan.left).unwrap_or(0);
            let known = self.stretch((chance.clamp(8, 65_000)) as i32);
            let density = 64 - (chance.leading_zeros());
            let contexts = [
                hash(hash(0x300, u32::from(table.rank(at))), density),
                hash(0x301, table.beginning(at, 2)),
                hash(0x302, table.beginning(at, 4)),
                hash(hash(0x303, scan.came & 7), density),
            ];
            let comes = self.bit(Kind::Scan, &contexts, known, at == place);
            scan.came = scan.came << 1 | u32::from(comes);
            if comes || self.fault().is_some() {
                return at;
            }
        }
        table.len()
    }

    /// Codes a name by itself.
    pub(crate) fn name(&mut self, field: Field, name: &mut Vec<u8>) {
        let form = if self.is_reading() { None } else { name_form::of(name, self.names) };
        let near = [field as u32, 0];
        if !self.flag(Field::NameIsKnown, near, form.is_some()) {
            return self.spell(field, Neighbours::default(), name);
        }
        let mut form = form.unwrap_or_default();
        form.template = self.choice(Field::Template, near, TEMPLATE_BITS, form.template);
        let place = [hash(0x310, field as u32), hash(0x311, form.template)];
        let known = self.symbol(Kind::Plain, &place, &[], PLACE_BITS, form.known as u32);
        form.known = known as usize;
        if form.known >= self.names.len() {
            self.fail(Fault::Broken);
        }
        self.finish_known(&mut form, name);
    }

    /// Codes what is left to say of a name in the table.
    fn finish_known(&mut self, form: &mut Form, name: &mut Vec<u8>) {
        let table = self.names;
        if name_form::interpreter(table.text(form.known)).is_some() {
            self.text(Field::InterpreterVersion, &mut form.version);
        }
        if self.is_reading() && self.fault().is_none() {
            *name = name_form::join(form, table);
        }
        self.charge(name.len());
    }
}

/// How many names from the first on are in order, each once.
pub(crate) fn run_len<'n>(names: impl Iterator<Item = &'n [u8]>) -> u64 {
    let keys = names.map(|name| name_form::split(name).0);
    let mut last: Option<Vec<u8>> = None;
    let mut len = 0;
    for key in keys {
        if last.is_some_and(|last| last >= key) {
            break;
        }
        len += 1;
        last = Some(key);
    }
    len
}
