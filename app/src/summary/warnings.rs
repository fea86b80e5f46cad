//! Warnings: the name of each kind, and whether it needs anything.

use analyzer::report::{Run, Warning, WarningClass, WarningCounts};

use crate::format;

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

/// The warnings of a run by kind, the kinds in the order of their first warning.
pub fn groups(run: &Run) -> Vec<(WarningClass, Vec<&Warning>)> {
    let mut groups: Vec<(WarningClass, Vec<&Warning>)> = Vec::new();
    for warning in &run.warnings {
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
    use analyzer::report::Lines;

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
        let groups = groups(&run);
        let messages: Vec<Vec<_>> = groups
            .iter()
            .map(|(_, warnings)| warnings.iter().map(|it| it.message.as_str()).collect())
            .collect();
        assert_eq!(groups[0].0, WarningClass::Download);
        assert_eq!(messages, [vec!["a", "c"], vec!["b"]]);
    }
}
