//! The way in: bytes are fed, a report comes out.

use crate::build_times::BuildTimes;
use crate::encoding::Decoder;
use crate::envelope::{Stripped, Unwrapper};
use crate::inventory::Inventory;
use crate::line::{LineSplitter, Position};
use crate::listing::{Listed, ListingReader};
use crate::model::Folded;
use crate::moment::Moment;
use crate::progress::{Progress as Records, Release};
use crate::report::{Report, SCHEMA, Source};
use crate::streams::Streams;
use crate::{diagnostic, listing, recognise, shortcut};

/// Reads a log in chunks of any size.
#[derive(Debug, Default)]
pub struct Analyzer {
    bytes: u64,
    /// The first bytes, to say what an input is that is no log.
    head: Vec<u8>,
    decoder: Decoder,
    lines: LineSplitter,
    pipeline: Pipeline,
}

/// How far an [`Analyzer`] has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes fed.
    pub bytes: u64,
    /// Complete lines read.
    pub lines: u32,
    /// Builds that have started.
    pub builds_started: u32,
    /// Store paths that are copied.
    pub paths_copied: u32,
    /// Failures seen.
    pub failures: u32,
}

/// Everything that is known of an input.
#[derive(Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reading {
    /// The report.
    pub report: Report,
    /// What the input lists, if it is a listing of store paths.
    pub listed: Option<Inventory>,
}

/// As much text as is read at once, in bytes: a line that is longer may be a listing in JSON, which
/// is read while it comes, since no line is kept in full.
const PIECE_LEN: usize = 1 << 16;

/// What a line goes through.
#[derive(Debug, Default)]
struct Pipeline {
    records: Records,
    /// The text of the last line with colours.
    buffer: Vec<u8>,
    /// Whether each line goes the whole way, which a test compares with the short one.
    is_thorough: bool,
    unwrapper: Unwrapper,
    listing: ListingReader,
    build_times: BuildTimes,
    streams: Streams,
    n_lines: u32,
    /// Whether what comes belongs to a line that is read as it comes.
    is_in_long_line: bool,
}

impl Analyzer {
    /// Takes the next bytes of the log.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.bytes += chunk.len() as u64;
        let missing = recognise::HEAD_LEN.saturating_sub(self.head.len());
        self.head.extend_from_slice(&chunk[..chunk.len().min(missing)]);
        let Self { decoder, lines, pipeline, .. } = self;
        decoder.feed(chunk, |text| pipeline.text(lines, text));
    }

    /// Says how far it has come.
    pub fn progress(&self) -> Progress {
        let (builds, copies, failures) = self.pipeline.streams.counts();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Progress {
            bytes: self.bytes,
            lines: self.lines.lines(),
            builds_started: count(builds),
            paths_copied: count(copies),
            failures: count(failures),
        }
    }

    /// Takes the end of the log and gives the report.
    pub fn finish(self) -> Report {
        self.finish_reading().report
    }

    /// Takes the end of the log and gives everything that is known, to be compared with another.
    pub fn finish_reading(mut self) -> Reading {
        let Self { decoder, lines, pipeline, .. } = &mut self;
        decoder.finish(|text| pipeline.text(lines, text));
        lines.finish(|position, line| pipeline.line(position, line));
        pipeline.finish();
        let n_lines = pipeline.n_lines;
        let envelopes = pipeline.unwrapper.names().into_iter().map(str::to_owned).collect();
        let silent_lines = pipeline.unwrapper.silent_lines();
        let mut folded = self.pipeline.streams.finish();
        if let Some((lines, dialect)) = self.pipeline.listing.json_lines() {
            folded.add_listing(dialect, lines);
        }
        if recognise::certain(&self.head).is_some() {
            folded.become_nothing();
        }
        // The lines of an error may lie between those of another host.
        folded.understood_lines = folded.understood_lines.min(n_lines);
        let cut_lines = self.lines.cut_lines().saturating_sub(self.pipeline.listing.long_lines());
        let listed = self.pipeline.listing.finish().filter(|_| folded.is_nothing_but_warnings());
        if let Some(listed) = &listed {
            folded.become_listing(listed.dialect, listed.claimed_lines, listed.is_cut);
        }
        let understood_lines = match folded.understood_lines {
            0 => 0,
            lines => lines + silent_lines,
        };
        diagnostic::add_remedies(&mut folded.runs);
        let is_lossy = self.decoder.is_lossy();
        let notes = match self.pipeline.build_times.describe() {
            Some(what) if folded.runs.is_empty() => vec![what],
            _ => notes(&folded, listed.as_ref(), &self.head, is_lossy, cut_lines),
        };
        let (listing, listed) = listed.map(|listed| (listed.listing, listed.inventory)).unzip();
        let source = Source {
            bytes: self.bytes,
            lines: n_lines,
            encoding: self.decoder.encoding().name().to_owned(),
            compression: None,
            envelopes,
            dialects: folded.dialects,
            understood_lines,
            truncated: folded.truncated,
            listing,
        };
        let findings = diagnostic::findings(&source, &folded.runs);
        Reading {
            report: Report { schema: SCHEMA, source, runs: folded.runs, findings, notes },
            listed,
        }
    }
}

/// What could not be done, in plain words; first of all that this is no log.
fn notes(
    folded: &Folded,
    listed: Option<&Listed>,
    head: &[u8],
    is_lossy: bool,
    cut_lines: u32,
) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(listed) = listed {
        notes.push(listing::describe(&listed.listing));
    } else if folded.runs.is_empty() {
        notes.push(match recognise::guess(head) {
            Some(what @ ("empty" | "blank")) => format!("The input is {what}."),
            Some(what) => format!("This is not the log of a rebuild. It seems to be {what}."),
            None => "This is not the log of a rebuild: no line is one that Nix or NixOS prints."
                .to_owned(),
        });
    }
    if folded.n_forgotten > 0 {
        let n_kept = folded.runs.len();
        notes.push(format!(
            "The log holds {} runs, more than one report takes. This one is of the last {n_kept}: \
             cut the log into parts to read the others.",
            n_kept + folded.n_forgotten,
        ));
    }
    if folded.overwritten {
        notes.push(
            "The switch stands before the builds: its output overwrote the start of the file, so a \
             part of the log is lost. `nixos-rebuild … 2>&1 | tee rebuild.log` keeps all of it."
                .to_owned(),
        );
    }
    if is_lossy {
        notes.push("Some bytes are not valid text; they are shown as \u{FFFD}.".to_owned());
    }
    match cut_lines {
        0 => {}
        1 => notes.push("One line is so long that its middle was left out.".to_owned()),
        n => notes.push(format!("{n} lines are so long that their middle was left out.")),
    }
    notes
}

impl Pipeline {
    fn text(&mut self, lines: &mut LineSplitter, text: &[u8]) {
        for piece in text.chunks(PIECE_LEN) {
            if self.is_in_long_line {
                let end = memchr::memchr(b'\n', piece);
                let part = &piece[..end.unwrap_or(piece.len())];
                let Self { listing, streams, .. } = self;
                let is_listing = listing.long_line(part, &mut |drv, it| streams.depends(drv, it));
                self.is_in_long_line = is_listing && end.is_none();
            }
            lines.feed(piece, |position, line| self.line(position, line));
            let long = lines.open_line().filter(|(_, held)| held.len() >= PIECE_LEN);
            if let Some((line, held)) = long.filter(|_| !self.is_in_long_line) {
                let Self { listing, streams, .. } = self;
                self.is_in_long_line =
                    listing.begin_long_line(line, held, &mut |drv, it| streams.depends(drv, it));
            }
        }
    }

    fn line(&mut self, position: Position, line: &[u8]) {
        self.n_lines = position.line;
        let may_take = self.unwrapper.is_bare() && !self.is_thorough;
        if may_take && self.takes_a_shortcut(position, line) {
            return;
        }
        let Self { unwrapper, listing, build_times, streams, .. } = self;
        unwrapper.feed(position, line, |position, line| {
            build_times.line(line.text);
            read(listing, streams, position, &line);
        });
    }

    /// Takes a line of which nothing but its kind matters. Whether it is one.
    fn takes_a_shortcut(&mut self, position: Position, line: &[u8]) -> bool {
        if self.records.hold(position, line) {
            return true;
        }
        if self.release() && self.records.hold(position, line) {
            return true;
        }
        let Self { buffer, listing, streams, .. } = self;
        let text = shortcut::of_builder(line, buffer).filter(|_| listing.is_idle());
        let is_taken = text.is_some_and(|text| streams.builder_line(position.line, text));
        if is_taken {
            listing.count_other();
        }
        is_taken
    }

    /// Reads the records that were held back. Whether there were any.
    fn release(&mut self) -> bool {
        let Self { records, unwrapper, listing, streams, .. } = self;
        let Some(Release { records, lines }) = records.release() else { return false };
        streams.left_out(lines);
        for record in records {
            unwrapper.feed(record.at, &record.line, |position, line| {
                read(listing, streams, position, &line);
            });
        }
        true
    }

    fn finish(&mut self) {
        self.release();
        let Self { unwrapper, listing, build_times, streams, .. } = self;
        unwrapper.finish(|position, line| {
            build_times.line(line.text);
            read(listing, streams, position, &line);
        });
    }
}

/// Gives a line to those who read it: a listing in JSON says nothing of a run.
fn read(
    listing: &mut ListingReader,
    streams: &mut Streams,
    position: Position,
    line: &Stripped<'_>,
) {
    if listing.line(position.line, line.text, &mut |drv, it| streams.depends(drv, it)) {
        return;
    }
    streams.take(Moment { line: position.line, time: line.time }, line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(log: &[u8], is_thorough: bool) -> Report {
        let mut analyzer = Analyzer::default();
        analyzer.pipeline.is_thorough = is_thorough;
        analyzer.feed(log);
        analyzer.finish()
    }

    #[test]
    fn the_short_way_leads_to_the_same_report() {
        for (path, log) in crate::real_logs::all() {
            assert!(report(&log, false) == report(&log, true), "{}", path.display());
        }
    }
}
