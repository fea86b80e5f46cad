//! Revisions and labels, whose digits nothing tells beforehand.

use alloc::vec::Vec;

use bits::{Kind, hash};

use crate::field::Field;
use crate::stream::Stream;
use crate::versions::Beside;

/// Digits of a revision.
const LEN: usize = 8;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

impl Stream<'_> {
    /// Codes a revision: eight digits by themselves, others as text.
    pub(crate) fn revision(&mut self, side: u32, revision: &mut Vec<u8>) {
        let digits = if self.is_reading() { None } else { hex(revision) };
        if !self.flag(Field::IsRevision, [side, 0], digits.is_some()) {
            return self.text(Field::Revision, revision);
        }
        let digits = self.uniform(32, digits.unwrap_or(0));
        if self.is_reading() {
            let digit = |at: usize| DIGITS[(digits >> (28 - 4 * at) & 15) as usize];
            *revision = (0..LEN).map(digit).collect();
        }
    }

    /// Codes the label of a system.
    pub(crate) fn label(&mut self, label: &mut Vec<u8>) {
        let last = self.memory.versions.label.clone();
        let models: [&[u8]; 4] = [&last, b"", b"", b""];
        let beside = Beside { kind: Kind::Own, models, keys: [hash(0x500, 0), 0] };
        self.version(&beside, label);
        self.memory.versions.label.clone_from(label);
    }
}

/// The number of a usual revision.
fn hex(revision: &[u8]) -> Option<u32> {
    if revision.len() != LEN {
        return None;
    }
    revision.iter().try_fold(0, |number, byte| {
        let digit = DIGITS.iter().position(|digit| digit == byte)?;
        Some(number << 4 | digit as u32)
    })
}
