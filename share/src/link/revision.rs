//! Revisions and labels, whose digits nothing tells beforehand.

use super::field::Field;
use super::model::Kind;
use super::stream::{Stream, hash};
use super::versions::Beside;

/// Digits of a revision.
const LEN: usize = 8;

impl Stream<'_> {
    /// Codes a revision: eight digits by themselves, others as text.
    pub(super) fn revision(&mut self, side: u32, revision: &mut String) {
        let is_usual = revision.len() == LEN && is_hex(revision);
        if !self.flag(Field::IsRevision, [side, 0], is_usual) {
            return self.text(Field::Revision, revision);
        }
        let digits = u32::from_str_radix(revision, 16).unwrap_or(0);
        let digits = self.uniform(32, digits);
        if self.is_reading() {
            *revision = format!("{digits:08x}");
        }
    }

    /// Codes the label of a system.
    pub(super) fn label(&mut self, label: &mut String) {
        let last = self.memory.versions.label.clone();
        let beside =
            Beside { kind: Kind::Own, models: [&last, "", "", ""], keys: [hash(0x500, 0), 0] };
        self.version(&beside, label);
        self.memory.versions.label.clone_from(label);
    }
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
