//! Machines in front of the lines of a journal.

use std::ops::Range;

use super::{Found, is_name_byte, run};
use crate::mask::names::Role;

const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// A stamp and a name are shorter together.
const MAX_PREFIX_LEN: usize = 320;

// Mar 13 04:40:12 laptop nixos-upgrade-start[1234]: building the system configuration...
/// The machine that stands between a stamp and the name of a process with its number.
pub(super) fn prefix(line: &[u8]) -> Option<Range<usize>> {
    let line = &line[..line.len().min(MAX_PREFIX_LEN)];
    let at = stamp_len(line)?;
    let name = run(line, at, is_name_byte);
    let process = line[name.end..].strip_prefix(b" ")?;
    let ends = process.iter().position(|byte| matches!(byte, b'[' | b':' | b' '))?;
    let is_process = match process[ends] {
        b'[' => is_number_in_brackets(&process[ends..]),
        b':' => matches!(&process[..ends], b"kernel" | b"systemd" | b"sudo"),
        _ => false,
    };
    (is_process && !name.is_empty()).then_some(name)
}

fn is_number_in_brackets(text: &[u8]) -> bool {
    let n_digits = text[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    n_digits > 0 && text[1 + n_digits..].starts_with(b"]:")
}

/// The length of a stamp as journalctl prints it, with the blank behind it.
fn stamp_len(line: &[u8]) -> Option<usize> {
    let (first, rest) = line.split_first()?;
    match first {
        b'0'..=b'9' => iso(line),
        // [12345.678901] laptop systemd[1]:
        b'[' => {
            let end = rest.iter().position(|byte| *byte == b']')?;
            let is_number = rest[..end].iter().all(|it| it.is_ascii_digit() || b". ".contains(it));
            (is_number && rest.get(end + 1) == Some(&b' ')).then_some(end + 3)
        }
        b'A'..=b'Z' if MONTHS.iter().any(|month| line.starts_with(month)) => {
            // Mar 13 04:40:12
            let clock = line.get(7..)?;
            is_clock(clock).then(|| blank(line, 7)).flatten()
        }
        // Thu 2025-03-13 04:40:12 UTC
        b'A'..=b'Z' if line.get(3) == Some(&b' ') => {
            let clock = blank(line, 4)?;
            let zone = is_clock(line.get(clock..)?).then(|| blank(line, clock)).flatten()?;
            blank(line, zone)
        }
        _ => None,
    }
}

// 2025-03-13T04:40:12+0000
fn iso(line: &[u8]) -> Option<usize> {
    let is_date = line.get(4) == Some(&b'-') && line.get(7) == Some(&b'-');
    let is_time = matches!(line.get(10), Some(b'T' | b' ')) && is_clock(line.get(11..)?);
    (is_date && is_time).then(|| blank(line, 11)).flatten()
}

fn is_clock(text: &[u8]) -> bool {
    matches!(text, [a, b, b':', c, d, b':', ..] if [a, b, c, d].iter().all(|it| it.is_ascii_digit()))
}

/// The place behind the next blank.
fn blank(line: &[u8], from: usize) -> Option<usize> {
    Some(from + line.get(from..)?.iter().position(|byte| *byte == b' ')? + 1)
}

// "_HOSTNAME":"laptop" and _HOSTNAME=laptop
/// The machine in a field of a journal.
pub(super) fn field(text: &[u8], word: Range<usize>) -> Option<Found> {
    let joined = text[word.end..].iter().take_while(|byte| b"\":=".contains(byte)).count();
    let name = run(text, word.end + joined, is_name_byte);
    (joined > 0 && !name.is_empty()).then_some((Role::Host, name))
}
