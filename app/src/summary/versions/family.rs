//! Families of packages that are one row until somebody opens it.

use analyzer::report::{Change, Lines, Run};

use super::{Emphasis, Group, OTHERS, Order, Step, WAYS, level_rank, level_word, of_kinds, steps};
use crate::format;
use crate::summary::evidence;

/// A family of fewer packages is not folded: the click would cost more than the rows.
const FEWEST: usize = 3;

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The heading of what follows.
    Heading(Group),
    /// A change, by its index in the run.
    Change(usize),
    /// Changes of one family.
    Family(Family),
}

/// Changes of one family, in one group of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The name of the family.
    pub name: String,
    /// What the row is called in addresses: `python`, or `new.python` in another group than that
    /// of what changed.
    pub key: String,
    /// Indices of the changes in the run.
    pub members: Vec<usize>,
}

/// The lines of the table: in the usual order and without a search, headings stand between the
/// groups, and families are folded.
pub fn entries(run: &Run, rows: &[(Group, usize)], search: &str, by: Order) -> Vec<Entry> {
    if by != Order::Matters {
        return rows.iter().map(|(_, index)| Entry::Change(*index)).collect();
    }
    let has_headings = rows.first().map(|row| row.0) != rows.last().map(|row| row.0);
    let mut entries = Vec::with_capacity(rows.len());
    for of_group in rows.chunk_by(|a, b| a.0 == b.0) {
        let group = of_group[0].0;
        if has_headings {
            entries.push(Entry::Heading(group));
        }
        let is_folded = search.trim().is_empty() && group > Group::Selected;
        add_group(&mut entries, run, of_group, if is_folded { FEWEST } else { usize::MAX });
    }
    entries
}

/// Adds the changes of a group; a family of at least `fewest` stands where its first member would.
fn add_group(entries: &mut Vec<Entry>, run: &Run, rows: &[(Group, usize)], fewest: usize) {
    let families = families(run, rows);
    for (group, index) in rows {
        let name = run.changes[*index].family.as_deref();
        let family = families.iter().find(|family| Some(family.0) == name);
        match family.filter(|(_, members)| members.len() >= fewest) {
            None => entries.push(Entry::Change(*index)),
            Some((name, members)) if members[0] == *index => {
                let (key, members) = (key(*group, name), members.clone());
                entries.push(Entry::Family(Family { name: (*name).to_owned(), key, members }));
            }
            Some(_) => {}
        }
    }
}

/// The families in some rows with their members. There are only a few families.
fn families<'a>(run: &'a Run, rows: &[(Group, usize)]) -> Vec<(&'a str, Vec<usize>)> {
    let mut families: Vec<(&str, Vec<usize>)> = Vec::new();
    for (_, index) in rows {
        let Some(name) = run.changes[*index].family.as_deref() else { continue };
        match families.iter_mut().find(|family| family.0 == name) {
            Some((_, members)) => members.push(*index),
            None => families.push((name, vec![*index])),
        }
    }
    families
}

fn key(group: Group, family: &str) -> String {
    match group {
        Group::Changed => family.to_owned(),
        _ => [group.slug(), ".", family].concat(),
    }
}

/// What the row of a family says of all its members.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// How many there are: `24 packages`.
    pub count: String,
    /// What the versions are said of: `python3`, or `18 of 24`; nothing if of all.
    pub of: String,
    /// Old and new versions; empty where the members have no step in common.
    pub steps: Vec<Step>,
    /// What happened to how many, where there are no steps: `20 up, 4 down`.
    pub kinds: String,
    /// How much the versions moved: `patch`, or `up to major`.
    pub level: String,
    /// Whether the level asks for attention.
    pub emphasis: Emphasis,
    /// Change of size, where it is known of each.
    pub size_delta_bytes: Option<i64>,
    /// Lines of all members.
    pub lines: Lines,
}

/// What the row of a family says.
pub fn headline(run: &Run, family: &Family) -> Headline {
    let members: Vec<&Change> = family.members.iter().map(|index| &run.changes[*index]).collect();
    let (of, steps) = common_steps(&members, &family.name);
    let kinds = [of_kinds(&members, &WAYS), of_kinds(&members, &OTHERS)].concat().join(", ");
    let (level, emphasis) = level(&members);
    Headline {
        count: format::counted(members.len() as u64, "package", "packages"),
        kinds: if steps.is_empty() { kinds } else { String::new() },
        of,
        steps,
        level,
        emphasis,
        size_delta_bytes: members.iter().map(|change| change.size_delta_bytes).sum(),
        lines: evidence::of_all(members.iter().map(|change| &change.lines)),
    }
}

/// The step of the member that the family is named after, as `python3`, else the one that at
/// least half of the members take; and of whom it is said.
fn common_steps(members: &[&Change], family: &str) -> (String, Vec<Step>) {
    let is_namesake =
        |change: &&&Change| change.name.trim_end_matches(|c: char| c.is_ascii_digit()) == family;
    if let Some(namesake) = members.iter().find(is_namesake) {
        return (namesake.name.clone(), two_sided(namesake));
    }
    let alike = |change: &Change| {
        members.iter().filter(|it| it.old == change.old && it.new == change.new).count()
    };
    let mut most = (0, members[0]);
    for change in members {
        let n = alike(change);
        if n > most.0 {
            most = (n, change);
        }
    }
    let (n, all) = (most.0, members.len());
    if n < 2 || 2 * n < all {
        return (String::new(), Vec::new());
    }
    let of = [format::count(n as u64), format::count(all as u64)].join(" of ");
    (if n == all { String::new() } else { of }, two_sided(most.1))
}

fn two_sided(change: &Change) -> Vec<Step> {
    if change.old.is_empty() || change.new.is_empty() { Vec::new() } else { steps(change) }
}

/// The level of all members, or the greatest of several.
fn level(members: &[&Change]) -> (String, Emphasis) {
    let greatest = members.iter().min_by_key(|change| level_rank(change)).unwrap_or(&members[0]);
    let (word, emphasis) = level_word(greatest);
    let is_shared = members.iter().all(|change| level_word(change).0 == word);
    let text = match word {
        _ if is_shared => word.to_owned(),
        "downgrade" => "with downgrades".to_owned(),
        _ => ["up to ", word].concat(),
    };
    (text, emphasis)
}

#[cfg(test)]
mod tests {
    use analyzer::report::{ChangeKind, Level};

    use super::super::pins::Pins;
    use super::super::{Piece, rows};
    use super::*;
    use crate::testing;

    fn member(name: &str, old: &str, new: &str, family: &str) -> Change {
        Change { family: Some(family.to_owned()), ..testing::change(name, old, new) }
    }

    fn run_of(changes: Vec<Change>) -> Run {
        Run { changes, ..testing::run() }
    }

    fn python() -> Run {
        run_of(vec![
            member("python3", "3.12.8", "3.12.9", "python"),
            member("python3.12-numpy", "2.2.2", "2.2.3", "python"),
            member("python3.12-pip", "24.0", "25.0.1", "python"),
            testing::change("zlib", "1.3", "1.3.1"),
            testing::change("acl", "2.3.1", "2.3.2"),
            member("perl", "5.40.0", "5.40.1", "perl"),
            member("perl5.40.0-URI", "5.21", "5.30", "perl"),
        ])
    }

    #[track_caller]
    fn check(run: &Run, search: &str, by: Order, expected: &[&str]) {
        let entry = |entry: &Entry| match entry {
            Entry::Heading(group) => ["# ", group.title()].concat(),
            Entry::Change(index) => run.changes[*index].name.clone(),
            Entry::Family(Family { key, members, .. }) => format!("{key} {members:?}"),
        };
        let rows = rows(run, search, by, &Pins::default());
        let entries: Vec<_> = entries(run, &rows, search, by).iter().map(entry).collect();
        assert_eq!(entries, expected);
    }

    fn only_family(run: &Run) -> Family {
        let rows = rows(run, "", Order::Matters, &Pins::default());
        let families = entries(run, &rows, "", Order::Matters).into_iter();
        let mut families = families.filter_map(|entry| match entry {
            Entry::Family(family) => Some(family),
            _ => None,
        });
        families.next().unwrap()
    }

    #[test]
    fn a_family_stands_where_its_first_member_would() {
        let expected = ["acl", "perl", "perl5.40.0-URI", "python [0, 1, 2]", "zlib"];
        check(&python(), "", Order::Matters, &expected);
    }

    #[test]
    fn what_is_searched_or_sorted_is_not_folded() {
        let expected = ["python3", "python3.12-numpy", "python3.12-pip"];
        check(&python(), "python", Order::Matters, &expected);
        check(&python(), "python", Order::Name, &expected);
    }

    #[test]
    fn groups_have_headings_and_families_of_their_own() {
        let mut run = python();
        for change in &mut run.changes[..3] {
            change.kind = ChangeKind::Added;
        }
        let expected =
            ["# Changed", "acl", "perl", "perl5.40.0-URI", "zlib", "# New", "new.python [0, 1, 2]"];
        check(&run, "", Order::Matters, &expected);
    }

    #[test]
    fn what_people_look_for_is_not_folded() {
        let drivers = ["linux", "nvidia-x11", "nvidia-settings"];
        let run = run_of(drivers.map(|name| member(name, "1", "2", "linux")).to_vec());
        check(&run, "", Order::Matters, &drivers);
    }

    #[test]
    fn a_family_is_told_by_its_namesake() {
        let run = python();
        let headline = headline(&run, &only_family(&run));
        assert_eq!((headline.count.as_str(), headline.of.as_str()), ("3 packages", "python3"));
        let changed = Piece::Changed("9".to_owned());
        assert_eq!(headline.steps[0].new, [Piece::Same("3.12.".to_owned()), changed]);
        assert_eq!(headline.kinds, "");
    }

    #[test]
    fn a_family_without_namesake_is_told_by_what_most_members_do() {
        let mut run = run_of(vec![
            member("qtbase", "6.8.1", "6.8.2", "qt"),
            member("qtsvg", "6.8.1", "6.8.2", "qt"),
            member("qtwayland", "6.8.0", "6.8.2", "qt"),
        ]);
        let family = only_family(&run);
        assert_eq!(headline(&run, &family).of, "2 of 3");
        run.changes[2].old = vec!["6.8.1".to_owned()];
        assert_eq!(headline(&run, &family).of, "");
        assert_eq!(headline(&run, &family).steps.len(), 1);
        run.changes[0].new = vec!["6.8.4".to_owned()];
        run.changes[1].new = vec!["6.8.3".to_owned()];
        run.changes[2].kind = ChangeKind::Downgraded;
        assert_eq!(headline(&run, &family).kinds, "2 up, 1 down");
    }

    #[test]
    fn the_level_is_that_of_all_or_the_greatest() {
        let mut run = python();
        let family = only_family(&run);
        for change in &mut run.changes {
            change.level = Some(Level::Patch);
        }
        assert_eq!(headline(&run, &family).level, "patch");
        run.changes[2].level = Some(Level::Major);
        assert_eq!(headline(&run, &family).level, "up to major");
        run.changes[2].kind = ChangeKind::Downgraded;
        assert_eq!(headline(&run, &family).level, "with downgrades");
    }

    #[test]
    fn a_sum_of_sizes_needs_every_size() {
        let mut run = python();
        let family = only_family(&run);
        (run.changes[0].size_delta_bytes, run.changes[1].size_delta_bytes) = (Some(5), Some(-2));
        assert_eq!(headline(&run, &family).size_delta_bytes, None);
        run.changes[2].size_delta_bytes = Some(4);
        assert_eq!(headline(&run, &family).size_delta_bytes, Some(7));
    }
}
