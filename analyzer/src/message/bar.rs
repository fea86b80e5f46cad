//! The progress bar of Nix, as it is drawn on a terminal.

use super::text::number;

/// What one drawing of the bar says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bar<'a> {
    /// How many builds there are, where it says.
    pub(crate) builds: Option<Counts>,
    /// What it is doing.
    pub(crate) activity: Option<Activity<'a>>,
}

/// Numbers of builds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Those that are done.
    pub(crate) done: u64,
    /// All that are expected.
    pub(crate) expected: u64,
    /// Those that failed.
    pub(crate) failed: u64,
}

/// What the bar is doing; names are without hash and `.drv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activity<'a> {
    /// A build runs.
    Building {
        /// Name and version of the derivation.
        name: &'a str,
        /// Remote builder.
        host: Option<&'a str>,
        /// Its phase.
        phase: Option<&'a str>,
    },
    /// A path is fetched.
    Fetching {
        /// Name and version of the path. Where it comes from is mostly cut off.
        name: &'a str,
    },
}

impl Bar<'_> {
    /// Whether `text`, of which this is the bar, ends with the name of what it is doing.
    pub(crate) fn ends_with_name(&self, text: &str) -> bool {
        match self.activity {
            Some(Activity::Building { name, host, phase }) => {
                phase.is_none() && (host.is_some() || text.trim_end().ends_with(name))
            }
            Some(Activity::Fetching { name }) => text.trim_end().ends_with(name),
            None => false,
        }
    }
}

/// Reads a drawing without its escape sequences.
// [2/14/31 built, 24 copied (30.1 MiB), 15.3 MiB DL] building nginx-1.26.3 (installPhase): …
pub(crate) fn parse(text: &str) -> Option<Bar<'_>> {
    let (status, rest) = text.strip_prefix('[')?.split_once(']')?;
    let mut parts = status.split(", ").peekable();
    if !parts.clone().all(is_part) {
        return None;
    }
    let builds = parts.find_map(|part| counts(part.split_once(" built")?));
    Some(Bar { builds, activity: activity(rest.trim()) })
}

/// `1/14/31 built`, `24 copied (30.1 MiB)`, `2.2/15.3 MiB DL`; the sizes may hold a comma no more.
fn is_part(part: &str) -> bool {
    let starts_well = part.starts_with(|c: char| c.is_ascii_digit());
    starts_well && (part.contains(" built") || part.contains(" copied") || part.ends_with(" DL"))
}

/// `1/14/31`, `14/31` or `31`, and ` (1 failed)` behind it.
fn counts((numbers, rest): (&str, &str)) -> Option<Counts> {
    let mut numbers = numbers.rsplit('/');
    let expected: u64 = numbers.next()?.parse().ok()?;
    let done = numbers.next().map_or(Some(expected), |done| done.parse().ok())?;
    let failed = rest.trim_start().strip_prefix('(').and_then(number);
    Some(Counts { done, expected, failed: failed.map_or(0, |(count, _)| count) })
}

fn activity(text: &str) -> Option<Activity<'_>> {
    if let Some(rest) = text.strip_prefix("fetching ") {
        let (name, _) = rest.split_once(" from ")?;
        return is_name(name).then_some(Activity::Fetching { name });
    }
    let rest = text.strip_prefix("building ")?;
    let (what, phase) = match rest.split_once(" (") {
        Some((what, rest)) => (what, rest.split_once(')').map(|(phase, _)| phase)),
        None => (rest, None),
    };
    let (name, host) = match what.split_once(" on ") {
        Some((name, host)) => (name, Some(host)),
        None => (what.trim_end_matches(':'), None),
    };
    is_name(name).then_some(Activity::Building { name, host, phase })
}

/// A name that the width of the terminal has not cut to nothing.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Bar<'_>>) {
        assert_eq!(parse(text), expected, "{text}");
    }

    #[test]
    fn drawings_of_all_versions_are_read() {
        let builds = |done, expected, failed| Some(Counts { done, expected, failed });
        let building = |name, host, phase| Some(Activity::Building { name, host, phase });
        check(
            "[1/14/31 built] building ollama-0.6.0 (buildPhase): part14",
            Some(Bar {
                builds: builds(14, 31, 0),
                activity: building("ollama-0.6.0", None, Some("buildPhase")),
            }),
        );
        check("[31 built]", Some(Bar { builds: builds(31, 31, 0), activity: None }));
        check(
            "[1/1/4 built (1 failed), 3 copied (12.6 KiB)] building zlib-1.3.1 on ssh://builder1",
            Some(Bar {
                builds: builds(1, 4, 1),
                activity: building("zlib-1.3.1", Some("ssh://builder1"), None),
            }),
        );
        check(
            "[6/0/24 copied (1.1/30.1 MiB), 2.2/15.3 MiB DL] fetching curl-8.12.1 from https://c",
            Some(Bar { builds: None, activity: Some(Activity::Fetching { name: "curl-8.12.1" }) }),
        );
    }

    #[test]
    fn brackets_of_other_programs_are_no_bar() {
        check("[INFO ] Using flake", None);
        check("[ 20%] Building CXX object", None);
        check("[100%] built", None);
        check("[U.] firefox 1 -> 2", None);
    }
}
