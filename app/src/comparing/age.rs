//! Which side is the older one, by what both say of themselves.

use std::cmp::Ordering;

use analyzer::timestamp::Timestamp;
use analyzer::version::compare_nix;

use super::side::Side;

/// Whether the side that is taken for the old one is newer. Where nothing is known, it is not.
pub(super) fn is_reversed(sides: &[Side<'_>; 2]) -> bool {
    let [old, new] = sides;
    let order = by_clock(old, new)
        .or_else(|| by_generation(old, new))
        .or_else(|| by_system(old, new))
        .filter(|order| order.is_ne());
    order == Some(Ordering::Greater)
}

/// When the runs began.
fn by_clock(old: &Side<'_>, new: &Side<'_>) -> Option<Ordering> {
    let start = |side: &Side<'_>| Timestamp::from_rfc3339(side.run?.time.from.as_deref()?);
    let (old, new) = (start(old)?, start(new)?);
    old.is_comparable(new).then(|| old.millis().cmp(&new.millis()))
}

/// Which generations the runs made, if on the same host.
fn by_generation(old: &Side<'_>, new: &Side<'_>) -> Option<Ordering> {
    let (old, new) = (old.run?, new.run?);
    let generation =
        |run: &analyzer::report::Run| run.system.as_ref().and_then(|system| system.generation);
    let order = generation(old)?.cmp(&generation(new)?);
    (old.host.is_some() && old.host == new.host).then_some(order)
}

/// Of which day the systems are.
fn by_system(old: &Side<'_>, new: &Side<'_>) -> Option<Ordering> {
    let (old, new) = (system_version(old)?, system_version(new)?);
    Some(compare_nix(up_to_date(old)?, up_to_date(new)?)).filter(|order| order.is_ne())
}

/// The version of the system, such as `24.11.20250313.abcdef0`.
fn system_version<'a>(side: &Side<'a>) -> Option<&'a str> {
    if let Some(listed) = &side.reading.listed {
        let mut systems = listed.items().filter(|item| item.name.starts_with("nixos-system-"));
        return systems.next()?.version;
    }
    side.run?.system.as_ref()?.label.as_deref()
}

/// The part of a version that ends with a date, such as `24.11.20250313`; what follows it is of a
/// commit and has no order.
fn up_to_date(version: &str) -> Option<&str> {
    let is_date = |part: &str| {
        part.len() == 8 && part.starts_with("20") && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut end = 0;
    for part in version.split('.') {
        end += part.len();
        if is_date(part) {
            return version.get(..end);
        }
        end += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_up_to_their_date() {
        let cases = [
            ("24.11.20250313.abcdef0", Some("24.11.20250313")),
            ("25.05pre20250101", None),
            ("25.05.20250101", Some("25.05.20250101")),
            ("25.05.git.12345678", None),
            ("", None),
        ];
        for (version, expected) in cases {
            assert_eq!(up_to_date(version), expected, "{version}");
        }
    }
}
