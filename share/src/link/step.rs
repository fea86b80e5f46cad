//! What sort of step it is from one version to another: what much else depends on.

use std::cmp::Ordering;

/// The part in which the versions differ, up to 7, and how: 1 if the number grows, 2 if it
/// becomes smaller, 3 if it is no number in one of them; 0 if they are equal. Eight times the
/// part, and the way; 64 more if there is only one version.
pub(super) fn of(old: &str, new: &str) -> u32 {
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
        let number = |part: Option<&str>| part.unwrap_or("0").parse::<u64>().ok();
        let way = match number(new).zip(number(old)).map(|(new, old)| new.cmp(&old)) {
            Some(Ordering::Greater) => 1,
            Some(Ordering::Less) => 2,
            Some(Ordering::Equal) => 4,
            None => 3,
        };
        return one_sided + at * 8 + way;
    }
    one_sided
}

fn parts(version: &str) -> impl Iterator<Item = &str> {
    version.split(['.', '-', '+', '_']).filter(|part| !part.is_empty())
}
