//! What sort of step it is from one version to another: what much else depends on.

use crate::digits;

/// The part in which the versions differ, up to 7, and how: 1 if the number grows, 2 if it
/// becomes smaller, 3 if it is no number in one of them; 0 if they are equal. Eight times the
/// part, and the way; 64 more if there is only one version.
pub(crate) fn of(old: &[u8], new: &[u8]) -> u32 {
    let one_sided = if old.is_empty() || new.is_empty() { 64 } else { 0 };
    let (mut old, mut new) = (parts(old), parts(new));
    for at in 0..8 {
        let (old, new) = (old.next(), new.next());
        if old == new {
            if old.is_none() {
                break;
            }
            continue;
        }
        let number = |part: Option<&[u8]>| part.map_or(Some(0), digits::read);
        let way = match (number(old), number(new)) {
            (Some(old), Some(new)) if new > old => 1,
            (Some(old), Some(new)) if new < old => 2,
            (Some(_), Some(_)) => 4,
            _ => 3,
        };
        return one_sided + at * 8 + way;
    }
    one_sided
}

fn parts(version: &[u8]) -> impl Iterator<Item = &[u8]> {
    let parts = version.split(|byte| matches!(byte, b'.' | b'-' | b'+' | b'_'));
    parts.filter(|part| !part.is_empty())
}
