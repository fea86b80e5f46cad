//! Takes the lines of one derivation out of those of all that were built beside it.

use analyzer::ansi;

use super::records;
use crate::protocol::lines::Extract;

/// More than this is not taken, in bytes: the page holds it.
const MAX_BYTES: usize = 16 << 20;

/// Takes lines out.
#[derive(Debug)]
pub(super) struct Extractor {
    /// What stands before its lines: `ollama> `.
    prefix: String,
    /// Its path.
    drv: Option<String>,
    /// The numbers by which records name its build; more than one if it was tried again.
    ids: Vec<u64>,
    extract: Extract,
}

impl Extractor {
    pub(super) fn new(name: &str, drv: Option<String>) -> Self {
        let prefix = [name, "> "].concat();
        Self { prefix, drv, ids: Vec::new(), extract: Extract::default() }
    }

    pub(super) fn take(&mut self, number: u32, line: &[u8]) {
        let text = ansi::plain(line);
        if let Some(record) = records::read(&text) {
            if let Some(text) = self.of_record(&record) {
                self.add(number, text.as_bytes());
            }
        } else if self.is_own(&text) {
            self.add(number, line);
        }
    }

    pub(super) fn finish(mut self) -> Extract {
        self.extract.index.n_bytes = self.extract.text.len() as u64;
        self.extract
    }

    /// A line that it printed, behind what wraps lines, or one that names it.
    fn is_own(&self, text: &str) -> bool {
        let at = text.find(&self.prefix);
        let is_first = |at: usize| text[..at].is_empty() || text[..at].ends_with(' ');
        at.is_some_and(is_first) || self.is_named(text)
    }

    fn is_named(&self, text: &str) -> bool {
        // A plan lists it without a word about it.
        let is_plan = text.trim_start().starts_with("/nix/store/");
        !is_plan && self.drv.as_deref().is_some_and(|drv| text.contains(drv))
    }

    fn of_record(&mut self, record: &records::Record<'_>) -> Option<String> {
        match record {
            records::Record::Start { id, text, is_build: true } if self.is_named(text) => {
                self.ids.push(*id);
                Some(records::unquoted(text))
            }
            records::Record::Printed { id, text } if self.ids.contains(id) => {
                Some(records::unquoted(text))
            }
            records::Record::Message { text } if self.is_named(text) => {
                Some(records::unquoted(text))
            }
            _ => None,
        }
    }

    fn add(&mut self, number: u32, text: &[u8]) {
        let Extract { text: all, index, numbers, is_cut } = &mut self.extract;
        // A message of several lines has each of them in the list.
        for text in text.split(|byte| *byte == b'\n') {
            if all.len() + text.len() >= MAX_BYTES {
                *is_cut = true;
                return;
            }
            index.take(u32::try_from(numbers.len()).unwrap_or(u32::MAX) + 1, all.len() as u64);
            numbers.push(number);
            all.extend_from_slice(text);
            all.push(b'\n');
        }
    }
}
