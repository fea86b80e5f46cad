//! Recognises listings of store paths, and keeps what they say.

mod facts;
mod json;
mod row;
mod scan;
mod tree;

use crate::inventory::Inventory;
use crate::line::MAX_LINE_LEN;
use crate::report::{self, Lines, ListingKind};
use facts::{Facts, Form};
use json::Json;
use scan::Progress;

/// Takes a derivation and one that it needs, by their paths.
pub(crate) type Depend<'s> = dyn FnMut(&str, &str) + 's;

/// Reads the lines of an input beside the reader of logs, as it may be a listing instead.
#[derive(Debug, Default)]
pub(crate) struct ListingReader {
    /// JSON that is not complete yet, and the line on which it began.
    json: Option<(Json, u32)>,
    /// The line that came in pieces, because it is too long to be kept, and its bytes so far.
    long_line: Option<(u32, u64)>,
    /// Such lines that were longer than what is kept of a line.
    long_lines: u32,
    facts: Facts,
    /// Lines that are part of a listing.
    claimed_lines: u32,
    /// The first and the last of them.
    bounds: Option<(u32, u32)>,
    /// Lines with any text.
    lines: u32,
    /// Lines of JSON that was complete.
    json_lines: u32,
}

/// What an input lists.
#[derive(Debug)]
pub(crate) struct Listed {
    /// For the report.
    pub(crate) listing: report::Listing,
    /// The form, as a dialect.
    pub(crate) dialect: &'static str,
    /// Lines that are part of it.
    pub(crate) claimed_lines: u32,
    /// Whether the end is missing.
    pub(crate) is_cut: bool,
    /// What it says of the system.
    pub(crate) inventory: Inventory,
}

/// Whether what follows the first bracket can be a part of JSON that lists paths. Many lines of a
/// build begin with one: `[12/900] CXX core.o`.
fn may_be_json(text: &str) -> bool {
    let next = text.as_bytes()[1..].iter().find(|byte| !byte.is_ascii_whitespace());
    next.is_none_or(|next| matches!(next, b'"' | b'{' | b'[' | b'}' | b']'))
}

impl ListingReader {
    /// Takes a line without its envelopes. Whether it is JSON of a listing, and nothing of a log.
    pub(crate) fn line(&mut self, line: u32, text: &str, depend: &mut Depend<'_>) -> bool {
        let Some(first) = text.as_bytes().first() else { return self.json.is_some() };
        self.lines += 1;
        if self.long_line.is_some_and(|(long, _)| long == line) {
            return true;
        }
        if self.json.is_none() && matches!(first, b'{' | b'[') && may_be_json(text) {
            self.json = Some((Json::default(), line));
        }
        if self.json.is_some() {
            return self.json(line, text.as_bytes(), depend);
        }
        if let Some(row) = row::parse(text.trim_end()) {
            self.facts.row(row, line, depend);
            self.claim(line, line);
        }
        false
    }

    /// Whether no listing is open that any line may belong to.
    pub(crate) fn is_idle(&self) -> bool {
        self.json.is_none() && self.long_line.is_none()
    }

    /// Counts a line that is certainly no part of a listing.
    pub(crate) fn count_other(&mut self) {
        self.lines += 1;
    }

    /// Takes the start of a line that is too long to be kept. Whether it can be a listing in JSON.
    pub(crate) fn begin_long_line(
        &mut self,
        line: u32,
        text: &[u8],
        depend: &mut Depend<'_>,
    ) -> bool {
        if !matches!(text.first(), Some(b'{' | b'[')) || self.json.is_some() {
            return false;
        }
        self.json = Some((Json::default(), line));
        self.long_line = Some((line, 0));
        self.long_line(text, depend)
    }

    /// Takes what a long line goes on with. Whether it still can be a listing in JSON.
    pub(crate) fn long_line(&mut self, text: &[u8], depend: &mut Depend<'_>) -> bool {
        let Some((line, len)) = self.long_line.as_mut() else { return false };
        let (line, before) = (*line, *len);
        *len += text.len() as u64;
        let is_cut = before <= MAX_LINE_LEN as u64 && *len > MAX_LINE_LEN as u64;
        self.long_lines += u32::from(is_cut);
        self.json(line, text, depend);
        self.long_line.is_some()
    }

    /// Lines that were read although they are longer than what is kept of a line.
    pub(crate) fn long_lines(&self) -> u32 {
        self.long_lines
    }

    /// How many lines of JSON there are that say nothing of a run, and their dialect.
    pub(crate) fn json_lines(&self) -> Option<(u32, &'static str)> {
        (self.json_lines > 0).then(|| (self.json_lines, self.facts.json_form().dialect()))
    }

    /// Gives what was listed, if the input is a listing in the main.
    pub(crate) fn finish(mut self) -> Option<Listed> {
        let open = self.json.take().filter(|_| self.facts.has_json());
        if let Some((_, first)) = open {
            self.claim(first, first);
        }
        let (first, last) = self.bounds?;
        let form = self.facts.form()?;
        if form == Form::BuildLog {
            // All else is what the build printed.
            self.claimed_lines = self.lines;
        } else if self.claimed_lines < self.lines.div_ceil(2) {
            return None;
        }
        let is_cut = open.is_some();
        let inventory = self.facts.into_inventory(form.is_whole() && !is_cut);
        let listing = report::Listing {
            kind: form.kind(),
            paths: inventory.count_paths(),
            bytes: inventory.total().map(|size| size.bytes),
            lines: Lines::range(first, last),
        };
        let dialect = form.dialect();
        Some(Listed { listing, dialect, claimed_lines: self.claimed_lines, is_cut, inventory })
    }

    /// Gives a piece to the JSON that is open. Whether it is a listing for certain.
    fn json(&mut self, line: u32, text: &[u8], depend: &mut Depend<'_>) -> bool {
        let Some((json, first)) = &mut self.json else { return false };
        let (first, facts) = (*first, &mut self.facts);
        match json.feed(text, &mut |fact| facts.fact(fact, line, depend)) {
            Progress::Open => {}
            Progress::Complete => {
                self.json = None;
                if facts.has_json() {
                    self.json_lines += line - first + 1;
                    self.claim(first, line);
                }
            }
            Progress::Broken => {
                self.json = None;
                if let Some((_, len)) = self.long_line.take() {
                    self.long_lines -= u32::from(len > MAX_LINE_LEN as u64);
                }
                return false;
            }
        }
        self.facts.has_json()
    }

    fn claim(&mut self, first: u32, last: u32) {
        self.claimed_lines += last - first + 1;
        let start = self.bounds.map_or(first, |(start, _)| start);
        self.bounds = Some((start, last));
    }
}

/// What an input lists, in plain words.
pub(crate) fn describe(listing: &report::Listing) -> String {
    let paths = match listing.paths {
        1 => "one store path".to_owned(),
        paths => format!("{paths} store paths"),
    };
    match listing.kind {
        ListingKind::WhyDepends => {
            format!("This is no log. It shows how one of {paths} comes to need another.")
        }
        ListingKind::BuildLog => {
            "This is what one build printed. It does not say how the build ended.".to_owned()
        }
        ListingKind::Derivations => {
            format!("This is no log. It lists {}.", paths.replace("store path", "derivation"))
        }
        ListingKind::Paths | ListingKind::Graph | ListingKind::Tree => format!(
            "This is no log. It lists {paths}: two such listings can be compared with each other."
        ),
    }
}
