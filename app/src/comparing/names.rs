//! Things of both sides, joined by their names.

use std::collections::BTreeMap;

/// What each side has under a name.
pub(super) type Joined<'a, T> = BTreeMap<String, [Vec<&'a T>; 2]>;

/// Joins the lists of both sides by the name of each thing; what has none is left out.
pub(super) fn join<'a, T>(
    sides: [impl Iterator<Item = &'a T>; 2],
    name: impl Fn(&'a T) -> Option<String>,
) -> Joined<'a, T> {
    let mut joined = Joined::new();
    for (index, side) in sides.into_iter().enumerate() {
        for item in side {
            if let Some(name) = name(item) {
                joined.entry(name).or_default()[index].push(item);
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_the_same_name_stands_together() {
        let sides = [["a1", "b1", "-"], ["b2", "b3", "c1"]];
        let name = |it: &&str| it.get(..1).filter(|name| *name != "-").map(str::to_owned);
        let joined = join([sides[0].iter(), sides[1].iter()], name);
        let counts: Vec<_> =
            joined.iter().map(|(name, [old, new])| (name.as_str(), old.len(), new.len())).collect();
        assert_eq!(counts, [("a", 1, 0), ("b", 1, 2), ("c", 0, 1)]);
    }
}
