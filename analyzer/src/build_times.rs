//! The file in which nix-output-monitor remembers how long builds took: `build-reports.csv`.

use std::collections::HashMap;

use crate::diagnostic::duration;
use crate::sorting;

/// The first line, in newer versions.
const HEADER: &str = "hostname,derivation name,utc time,build seconds";

/// As nix-output-monitor does, only the latest builds of a derivation count.
const MAX_TIMES: usize = 10;

/// Derivations that are kept; a machine that has built all of nixpkgs has so many.
const MAX_DERIVATIONS: usize = 100_000;

/// Derivations that are named in the sentence about the file.
const NAMED: usize = 5;

/// Reads the lines of an input beside the reader of logs, as it may be such a file.
#[derive(Debug, Default)]
pub(crate) struct BuildTimes {
    state: State,
    builds: u32,
    /// Derivations in the order of their first rows.
    derivations: Vec<Derivation>,
    /// Their places in that list, by host and name.
    places: HashMap<String, usize>,
}

#[derive(Debug)]
struct Derivation {
    host: String,
    name: String,
    /// Seconds of the latest builds, oldest first.
    times: Vec<u64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Start,
    /// All lines were rows so far; with the time of day that newer versions write.
    Rows { has_time: bool },
    /// It is something else.
    Other,
}

impl BuildTimes {
    /// Takes the next line.
    pub(crate) fn line(&mut self, text: &str) {
        match self.state {
            State::Other => {}
            _ if text.trim().is_empty() => {}
            State::Start if text.trim_end() == HEADER => {
                self.state = State::Rows { has_time: true };
            }
            State::Start => {
                self.state = State::Rows { has_time: false };
                self.row(text, false);
            }
            State::Rows { has_time } => self.row(text, has_time),
        }
    }

    /// What the file says, if the input is one.
    pub(crate) fn describe(&self) -> Option<String> {
        if self.builds == 0 || self.state == State::Other {
            return None;
        }
        let mut medians: Vec<_> =
            self.derivations.iter().map(|it| (median(&it.times), &it.name, &it.host)).collect();
        sorting::sort_by(&mut medians, |a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)).then(a.2.cmp(b.2)));
        let longest: Vec<String> = medians.iter().take(NAMED).map(|it| sentence(*it)).collect();
        Some(format!(
            "This is no log. It seems to be what nix-output-monitor remembers of builds \
             (build-reports.csv): {} of {}. Longest by their median: {}.",
            plural(self.builds as usize, "build"),
            plural(medians.len(), "derivation"),
            longest.join(", ")
        ))
    }

    // localhost,ollama,2025-03-13 04:40:12 UTC,194
    // ,ollama,194
    fn row(&mut self, text: &str, has_time: bool) {
        match row(text.trim_end(), has_time) {
            Some((host, name, seconds)) => {
                self.builds = self.builds.saturating_add(1);
                self.add(host, name, seconds);
            }
            None => *self = Self { state: State::Other, ..Self::default() },
        }
    }

    fn add(&mut self, host: &str, name: &str, seconds: u64) {
        // No host has a comma in it.
        let key = format!("{host},{name}");
        let place = self.places.get(&key).copied().unwrap_or(self.derivations.len());
        if place >= MAX_DERIVATIONS {
            return;
        }
        if place == self.derivations.len() {
            self.places.insert(key, place);
            let (host, name) = (host.to_owned(), name.to_owned());
            self.derivations.push(Derivation { host, name, times: Vec::new() });
        }
        let times = &mut self.derivations[place].times;
        if times.len() == MAX_TIMES {
            times.remove(0);
        }
        times.push(seconds);
    }
}

/// Host, name and seconds. Without a time, a row is known by its host: none, or an address.
fn row(text: &str, has_time: bool) -> Option<(&str, &str, u64)> {
    let (host, rest) = text.split_once(',')?;
    let (rest, seconds) = rest.rsplit_once(',')?;
    let name = if has_time { rest.split_once(',')?.0 } else { rest };
    let is_host = has_time || host.is_empty() || host.contains("://");
    let is_name = !name.is_empty() && !name.contains([',', ' ']);
    let seconds = seconds.parse().ok()?;
    (is_host && is_name).then_some((host, name, seconds))
}

/// In whole seconds; of an even number, the mean of the two in the middle.
fn median(times: &[u64]) -> u64 {
    let mut times = times.to_vec();
    sorting::sort(&mut times);
    let middle = times.len() / 2;
    match times.as_slice() {
        [] => 0,
        times if times.len() % 2 == 1 => times[middle],
        times => times[middle - 1].midpoint(times[middle]),
    }
}

fn sentence((seconds, name, host): (u64, &String, &String)) -> String {
    let time = duration(seconds as f64);
    match host.as_str() {
        "" | "localhost" => format!("{name} {time}"),
        host => format!("{name} {time} on {host}"),
    }
}

fn plural(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, expected: Option<&str>) {
        let mut times = BuildTimes::default();
        file.lines().for_each(|line| times.line(line));
        let start = "This is no log. It seems to be what nix-output-monitor remembers of builds \
                     (build-reports.csv): ";
        assert_eq!(times.describe(), expected.map(|end| format!("{start}{end}")), "{file}");
    }

    #[test]
    fn both_forms_are_read_and_the_median_counts() {
        check(
            "hostname,derivation name,utc time,build seconds\n\
             localhost,ollama,2025-03-11 04:40:12 UTC,100\n\
             localhost,ollama,2025-03-12 04:40:12 UTC,300\n\
             ssh://b,zlib,2025-03-13 04:40:12 UTC,5\n",
            Some(
                "3 builds of 2 derivations. Longest by their median: ollama 3 min 20 s, zlib 5 s on ssh://b.",
            ),
        );
        check(
            ",ollama,194\nssh://b,zlib,5\n",
            Some(
                "2 builds of 2 derivations. Longest by their median: ollama 3 min 14 s, zlib 5 s on ssh://b.",
            ),
        );
    }

    #[test]
    fn other_tables_are_none() {
        check("a,b,3\nc,d,4\n", None);
        check(",ollama,194\nand more\n", None);
        check("hostname,derivation name,utc time,build seconds\n", None);
        check("", None);
    }
}
