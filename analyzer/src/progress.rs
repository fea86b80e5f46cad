//! Leaves out the progress records that the next one makes stale.
//!
//! Nix writes one for every few kilobytes of a download, so that they are nearly all of a large log
//! of `--log-format internal-json`. Of those that follow each other for one activity, the last says
//! all: the others are only counted.

use crate::line::Position;

/// How such a record begins, in front of its first field.
const START: &[u8] = b"@nix {\"action\":\"result\",\"fields\":[";

/// How it ends.
const END: &[u8] = b",\"type\":105}";

/// What stands between its last field and the number of its activity.
const ID: &[u8] = b"],\"id\":";

/// Digits of the largest number of an activity.
const MAX_DIGITS: usize = 20;

/// Activities whose records are held at once; Nix downloads 25 files at once at most by default.
const MAX_HELD: usize = 32;

/// Holds the last progress record of each activity back until a line of another kind comes.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    held: Vec<Held>,
    /// How many of `held` are in use: the memory of the others is kept.
    used: usize,
    /// The activity of the last record.
    recent: usize,
    /// First and last line of what is held.
    lines: Option<(u32, u32)>,
}

/// A record that is held back.
#[derive(Debug)]
pub(crate) struct Held {
    /// Where it stands.
    pub(crate) at: Position,
    /// The record.
    pub(crate) line: Vec<u8>,
    /// Length of its end, from [`ID`] on: the same for all records of an activity.
    tail_len: usize,
}

/// What was held back.
#[derive(Debug)]
pub(crate) struct Release<'a> {
    /// The last record of each activity.
    pub(crate) records: &'a [Held],
    /// The lines of all records, first and last.
    pub(crate) lines: (u32, u32),
}

impl Progress {
    /// Takes a line. Whether it is held back; if not, what is held comes before it.
    pub(crate) fn hold(&mut self, at: Position, line: &[u8]) -> bool {
        if !line.starts_with(START) {
            return false;
        }
        let Some(index) = self.known(line).or_else(|| self.new_activity(line)) else {
            return false;
        };
        let first = self.lines.map_or(at.line, |(first, _)| first);
        self.lines = Some((first, at.line));
        self.recent = index;
        let held = &mut self.held[index];
        held.at = at;
        held.line.clear();
        held.line.extend_from_slice(line);
        true
    }

    /// Gives what is held.
    pub(crate) fn release(&mut self) -> Option<Release<'_>> {
        let lines = self.lines.take()?;
        let used = std::mem::take(&mut self.used);
        Some(Release { records: &self.held[..used], lines })
    }

    /// The activity of a record of which one is held.
    fn known(&self, line: &[u8]) -> Option<usize> {
        let is_same = |held: &Held| line.ends_with(&held.line[held.line.len() - held.tail_len..]);
        let held = &self.held[..self.used];
        if held.get(self.recent).is_some_and(is_same) {
            return Some(self.recent);
        }
        held.iter().position(is_same)
    }

    fn new_activity(&mut self, line: &[u8]) -> Option<usize> {
        let tail_len = tail_len(line).filter(|_| self.used < MAX_HELD)?;
        let index = self.used;
        self.used += 1;
        if self.held.len() == index {
            let at = Position { line: 0, byte: 0 };
            self.held.push(Held { at, line: Vec::new(), tail_len });
        }
        self.held[index].tail_len = tail_len;
        Some(index)
    }
}

/// The length of the end of a progress record: `],"id":3,"type":105}`.
fn tail_len(line: &[u8]) -> Option<usize> {
    let rest = line.strip_suffix(END)?;
    let digits = rest.iter().rev().take(MAX_DIGITS).take_while(|byte| byte.is_ascii_digit());
    let start = rest[..rest.len() - digits.count()].strip_suffix(ID)?.len();
    // A text could hold all of this; numbers could not.
    let fields = &line[START.len().min(start)..start];
    let are_numbers = fields.iter().all(|byte| byte.is_ascii_digit() || *byte == b',');
    are_numbers.then_some(line.len() - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records that come through, and the lines that they stand for.
    fn through(lines: &[&str]) -> Vec<(Vec<String>, (u32, u32))> {
        let mut progress = Progress::default();
        let mut out = Vec::new();
        let mut release = |progress: &mut Progress| {
            let Some(Release { records, lines }) = progress.release() else { return };
            let texts = records.iter().map(|it| String::from_utf8_lossy(&it.line).into_owned());
            out.push((texts.collect(), lines));
        };
        for (number, line) in (1..).zip(lines) {
            if !progress.hold(Position { line: number, byte: 0 }, line.as_bytes()) {
                release(&mut progress);
            }
        }
        release(&mut progress);
        out
    }

    fn record(done: u32, id: u32) -> String {
        format!(r#"@nix {{"action":"result","fields":[{done},9,0,0],"id":{id},"type":105}}"#)
    }

    #[test]
    fn the_last_record_of_each_activity_stays() {
        let (first, other, last) = (record(1, 7), record(5, 17), record(33, 7));
        let lines = [&*first, &record(2, 7), &other, &last];
        assert_eq!(through(&lines), [(vec![last.clone(), other.clone()], (1, 4))]);
    }

    #[test]
    fn another_line_gives_what_is_held() {
        let (one, two) = (record(1, 7), record(2, 7));
        let lines = [&*one, "error: x", &two, &two];
        assert_eq!(through(&lines), [(vec![one], (1, 1)), (vec![two.clone()], (3, 4))]);
    }

    #[test]
    fn no_number_of_activities_fills_the_memory() {
        let records: Vec<String> = (0..100).map(|id| record(1, id)).collect();
        let lines: Vec<&str> = records.iter().map(String::as_str).collect();
        assert!(through(&lines).iter().all(|(records, _)| records.len() <= MAX_HELD));
    }

    #[test]
    fn a_text_is_no_progress() {
        for text in [
            r#"@nix {"action":"result","fields":["a],\"id\":3,\"type\":105}"],"id":3,"type":101}"#,
            r#"@nix {"action":"result","fields":["x"],"id":3,"type":105}"#,
            r#"@nix {"action":"result","fields":[],"id":3,"type":106}"#,
        ] {
            assert_eq!(through(&[text]), []);
        }
    }
}
