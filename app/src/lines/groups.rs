//! Finds which lines each derivation printed, so that they can be folded.

use analyzer::ansi;

use super::records::{self, Record};
use crate::protocol::lines::{Group, Printer, Stretch};

/// More are not told apart, since the page holds them: short ones become one where they touch.
const MAX_GROUPS: usize = 50_000;

/// Derivations that take turns after fewer lines are one group.
const SHORT: u32 = 4;

/// Longer ones are never made one.
const LONGEST_SHORT: u32 = 1 << 16;

/// One line is no shorter when it is folded.
const MIN_LINES: u32 = 2;

/// Finds groups.
#[derive(Debug)]
pub(super) struct Grouper {
    /// In the order of their names.
    printers: Vec<Printer>,
    /// The numbers that records give to builds, the latest last, with the places of those.
    by_id: Vec<(u64, u32)>,
    /// Groups that are over.
    groups: Vec<Group>,
    /// The one that may go on.
    open: Option<Group>,
    short: u32,
}

/// Whose a line is.
enum Whose {
    Printer(u32),
    /// Nobody's, but it parts no lines: a record of progress.
    Filler,
    Nobody,
}

impl Grouper {
    pub(super) fn new(printers: Vec<Printer>) -> Self {
        Self { printers, by_id: Vec::new(), groups: Vec::new(), open: None, short: SHORT }
    }

    pub(super) fn take(&mut self, number: u32, line: &[u8]) {
        match (self.whose(line), &mut self.open) {
            (Whose::Printer(printer), Some(open)) if open.printer == printer => {
                open.lines.count += 1;
            }
            (Whose::Printer(printer), _) => {
                self.end();
                let lines = Stretch { first: number, count: 1 };
                let is_failed = self.is_failed(printer);
                self.open = Some(Group { lines, printer, is_mixed: false, is_failed });
            }
            (Whose::Filler, Some(open)) => open.lines.count += 1,
            (Whose::Filler, None) => {}
            (Whose::Nobody, _) => self.end(),
        }
    }

    pub(super) fn finish(mut self) -> Vec<Group> {
        self.end();
        self.groups.retain(|group| group.lines.count >= MIN_LINES);
        self.groups
    }

    fn whose(&mut self, line: &[u8]) -> Whose {
        // Most lines of a log without prefixes have none.
        if memchr::memchr2(b'>', b'{', line).is_none() {
            return Whose::Nobody;
        }
        let text = ansi::plain(line);
        let printer = match records::read(&text) {
            None => self.of_text(&text),
            Some(Record::Start { id, text, is_build: true }) => {
                let printer = drv_in(text).and_then(|drv| self.of_drv(drv));
                self.by_id.extend(printer.map(|printer| (id, printer)));
                None
            }
            Some(Record::Printed { id, .. }) => self.of_id(id),
            Some(Record::Other) => return Whose::Filler,
            Some(_) => None,
        };
        printer.map_or(Whose::Nobody, Whose::Printer)
    }

    /// Whose name stands before a text, behind what wraps lines.
    fn of_text(&self, text: &str) -> Option<u32> {
        // 10:01:02 hello> configuring
        let (before, _) = text.split_once("> ").or_else(|| text.split_once('>'))?;
        let name = before.rsplit(' ').next()?;
        self.named(name)
    }

    /// The first printer of a name; a line does not tell those of one name apart.
    fn named(&self, name: &str) -> Option<u32> {
        let at = self.printers.partition_point(|it| it.name.as_str() < name);
        let is_its = self.printers.get(at)?.name == name;
        u32::try_from(at).ok().filter(|_| is_its)
    }

    fn of_drv(&self, drv: &str) -> Option<u32> {
        let printer = self.printers.iter().find(|it| it.drv.as_deref() == Some(drv))?;
        self.named(&printer.name)
    }

    /// The build that printed last is looked at first.
    fn of_id(&mut self, id: u64) -> Option<u32> {
        let at = self.by_id.iter().rposition(|(known, _)| *known == id)?;
        let last = self.by_id.len() - 1;
        self.by_id.swap(at, last);
        self.by_id.last().map(|(_, printer)| *printer)
    }

    /// Whether one of this name failed.
    fn is_failed(&self, printer: u32) -> bool {
        let name = &self.printers[printer as usize].name;
        let of_name = self.printers[printer as usize..].iter().take_while(|it| it.name == *name);
        of_name.into_iter().any(|it| it.is_failed)
    }

    /// Ends the open group.
    fn end(&mut self) {
        let Some(group) = self.open.take() else { return };
        add(&mut self.groups, group, self.short);
        while self.groups.len() > MAX_GROUPS && self.short < LONGEST_SHORT {
            self.short *= 2;
            let (short, mut fewer) = (self.short, Vec::new());
            for group in self.groups.drain(..) {
                add(&mut fewer, group, short);
            }
            self.groups = fewer;
        }
        // Where nothing touches, what comes last is not folded.
        self.groups.truncate(MAX_GROUPS);
    }
}

/// Adds a group; short ones that touch are one.
fn add(groups: &mut Vec<Group>, group: Group, short: u32) {
    let is_short = |it: &Group| it.is_mixed || it.lines.count < short;
    match groups.last_mut() {
        Some(last)
            if last.lines.first + last.lines.count == group.lines.first
                && is_short(last)
                && is_short(&group) =>
        {
            last.is_mixed |= group.is_mixed || last.printer != group.printer;
            last.is_failed |= group.is_failed;
            last.lines.count += group.lines.count;
        }
        _ => groups.push(group),
    }
}

/// The path in `building '/nix/store/….drv'`.
fn drv_in(text: &str) -> Option<&str> {
    let start = text.find("/nix/store/")?;
    let path = &text[start..];
    let end = path.find(".drv")? + ".drv".len();
    Some(&path[..end])
}
