//! Warnings: the name of each kind, and whether it needs anything.

use analyzer::report::{Lines, Run, Warning, WarningClass, WarningCounts};

use crate::format;
use crate::sorting;

/// How many lines warn, each as often as it stands in the log.
pub fn total(run: &Run) -> u64 {
    counted(run).map_or_else(
        || run.warnings.iter().map(|warning| u64::from(warning.count)).sum(),
        |all| all.total,
    )
}

/// How many different warnings there are.
pub fn different(run: &Run) -> u64 {
    counted(run).map_or(run.warnings.len() as u64, |all| all.different.into())
}

/// Both in words: `5 lines, 2 different`.
pub fn counts(run: &Run) -> String {
    let lines = format::counted(total(run), "line", "lines");
    [lines.as_str(), ", ", &format::count(different(run)), " different"].concat()
}

/// What a link counts of the warnings, where it does not name them.
fn counted(run: &Run) -> Option<WarningCounts> {
    run.counts.as_ref()?.warnings
}

/// In which order warnings can be shown: value in the address, and words.
pub const ORDERS: [(&str, &str); 2] = [("", "kind"), ("most", "how often")];

/// The warnings that have `search` in their text or kind, in order.
pub fn found<'a>(run: &'a Run, search: &str, sort: &str) -> Vec<&'a Warning> {
    let is_found = |warning: &&Warning| {
        sorting::contains(&warning.message, search)
            || sorting::contains(class_name(warning.class), search)
    };
    let found: Vec<&Warning> = run.warnings.iter().filter(is_found).collect();
    if sort == "most" { sorting::sorted(&found, |a, b| b.count.cmp(&a.count)) } else { found }
}

/// Warnings in the columns of a table: text, kind, and how often; each with its lines.
pub fn rows(run: &Run) -> Vec<(Vec<String>, Lines)> {
    let row = |warning: &Warning| {
        let count = format::count(warning.count.into());
        let kind = class_name(warning.class).to_owned();
        (vec![warning.message.clone(), kind, count], warning.lines.clone())
    };
    run.warnings.iter().map(row).collect()
}

/// Warnings by kind, the kinds in the order of their first warning.
pub fn groups<'a>(
    all: impl IntoIterator<Item = &'a Warning>,
) -> Vec<(WarningClass, Vec<&'a Warning>)> {
    let mut groups: Vec<(WarningClass, Vec<&Warning>)> = Vec::new();
    for warning in all {
        match groups.iter_mut().find(|(class, _)| *class == warning.class) {
            Some((_, warnings)) => warnings.push(warning),
            None => groups.push((warning.class, vec![warning])),
        }
    }
    groups
}

/// The name of a kind: `Renamed option`.
pub fn class_name(class: WarningClass) -> &'static str {
    match class {
        WarningClass::RenamedOption => "Renamed option",
        WarningClass::Deprecated => "Deprecated",
        WarningClass::DirtyTree => "Uncommitted changes",
        WarningClass::Download => "Download retried",
        WarningClass::Substituter => "Substituter",
        WarningClass::Setting => "Setting",
        WarningClass::Collision => "Collision",
        WarningClass::Configuration => "Configuration",
        WarningClass::Other => "Warning",
    }
}

/// What a kind means, where a sentence helps.
pub fn class_meaning(class: WarningClass) -> Option<&'static str> {
    Some(match class {
        WarningClass::RenamedOption => {
            "The old name still works, until it does not. Change it in your configuration."
        }
        WarningClass::Deprecated => "It still works, and will be removed one day.",
        WarningClass::DirtyTree => "No commit describes what was built from this tree.",
        WarningClass::Download => "Look at the network first; if it holds, it may be the cache.",
        WarningClass::Substituter => "Nix went on without this cache, or without what it offered.",
        WarningClass::Setting => "Nix did not take this setting over.",
        WarningClass::Collision => "One of the two files was taken, the other left out.",
        WarningClass::Configuration | WarningClass::Other => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn warnings_stand_with_those_of_their_kind() {
        let warning = |class, message: &str| Warning {
            class,
            message: message.to_owned(),
            count: 1,
            lines: Lines::one(1),
        };
        let mut run = testing::run();
        run.warnings = vec![
            warning(WarningClass::Download, "a"),
            warning(WarningClass::DirtyTree, "b"),
            warning(WarningClass::Download, "c"),
        ];
        let groups = groups(&run.warnings);
        let messages: Vec<Vec<_>> = groups
            .iter()
            .map(|(_, warnings)| warnings.iter().map(|it| it.message.as_str()).collect())
            .collect();
        assert_eq!(groups[0].0, WarningClass::Download);
        assert_eq!(messages, [vec!["a", "c"], vec!["b"]]);
        run.warnings[2].count = 4;
        let found = |search: &str, sort: &str| -> Vec<&str> {
            found(&run, search, sort).iter().map(|warning| warning.message.as_str()).collect()
        };
        assert_eq!(found("", ""), ["a", "b", "c"]);
        assert_eq!(found("", "most"), ["c", "a", "b"]);
        assert_eq!(found("uncommitted", ""), ["b"]);
        assert_eq!(rows(&run)[2].0, ["c", "Download retried", "4"]);
    }
}
