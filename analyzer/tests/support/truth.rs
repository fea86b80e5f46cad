//! Logs whose every line has its time of arrival in front, and what that tells of their builds
//! without the analyzer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use miniserde::json::{self, Number, Object, Value};

/// A log with and without times of arrival.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) stamped: String,
    pub(crate) bare: String,
}

/// A line with its time of arrival, in seconds of the day.
pub(crate) struct Arrival<'a> {
    pub(crate) second: f64,
    pub(crate) text: &'a str,
}

/// When a build began and ended, in seconds since the first line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Interval {
    pub(crate) from_s: f64,
    /// `None` where the format has no line for it.
    pub(crate) to_s: Option<f64>,
}

/// Where the logs are, seen from this crate: some in the tree, more beside it.
const FOLDERS: [&str; 6] = [
    "tests/fixtures/nix-2.3.7",
    "tests/fixtures/nix-2.8.0",
    "tests/fixtures/nix-2.34.8",
    "../../shared/nix-logs/2.3.7",
    "../../shared/nix-logs/2.8.0",
    "../../shared/nix-logs/2.34.8",
];

/// All pairs that are present, and the folders that are not.
pub(crate) fn pairs() -> (Vec<Pair>, Vec<&'static str>) {
    let (mut pairs, mut missing) = (Vec::new(), Vec::new());
    for folder in FOLDERS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let Ok(entries) = fs::read_dir(&path) else {
            missing.push(folder);
            continue;
        };
        let mut files: Vec<PathBuf> =
            entries.map(|entry| entry.expect("a readable folder").path()).collect();
        files.sort();
        pairs.extend(files.iter().filter_map(|file| pair(folder, file)));
    }
    (pairs, missing)
}

fn pair(folder: &str, file: &Path) -> Option<Pair> {
    let title = file.file_name()?.to_str()?;
    let is_copy = title.ends_with(".ts") || title.ends_with(".journal");
    let is_fixture = title.ends_with("-stamped.log") || title.contains("journal");
    let is_in_tree = folder.starts_with("tests/") && title.ends_with(".log");
    if !(is_copy || is_in_tree && is_fixture) {
        return None;
    }
    // What a builder prints need not be text.
    let stamped = String::from_utf8_lossy(&fs::read(file).ok()?).into_owned();
    let lines: Vec<&str> = arrivals(&stamped)?.iter().map(|line| line.text).collect();
    let bare = lines.iter().flat_map(|line| [*line, "\n"]).collect();
    let version = folder.rsplit('/').next()?.trim_start_matches("nix-");
    Some(Pair { name: format!("{version}/{title}"), stamped, bare })
}

/// Takes the stamps off; `None` where a line has none.
pub(crate) fn arrivals(stamped: &str) -> Option<Vec<Arrival<'_>>> {
    stamped.lines().map(|line| iso(line).or_else(|| journal(line))).collect()
}

// 2026-11-22T06:25:47.454861Z Running phase: buildPhase
fn iso(line: &str) -> Option<Arrival<'_>> {
    let (stamp, text) = line.split_once(' ')?;
    let second = of_day(stamp.strip_suffix('Z')?.split_once('T')?.1)?;
    Some(Arrival { second, text })
}

// Nov 22 06:36:59 host nixos-upgrade-start[2174]: building Nix...
fn journal(line: &str) -> Option<Arrival<'_>> {
    let second = of_day(line.split(' ').nth(2)?)?;
    let (_, text) = line.split_once("]: ").or_else(|| line.split_once("]:"))?;
    Some(Arrival { second, text })
}

fn of_day(text: &str) -> Option<f64> {
    let mut parts = text.splitn(3, ':').map(|part| part.parse::<f64>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    Some(hour * 3600.0 + minute * 60.0 + second)
}

/// A record of internal-json.
pub(crate) fn record(text: &str) -> Option<Object> {
    json::from_str(text.strip_prefix("@nix ")?).ok()
}

/// A number of a record.
pub(crate) fn number(record: &Object, key: &str) -> Option<u64> {
    match record.get(key)? {
        Value::Number(Number::U64(number)) => Some(*number),
        _ => None,
    }
}

/// A text of a record.
pub(crate) fn text<'r>(record: &'r Object, key: &str) -> Option<&'r str> {
    match record.get(key)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The first text among the fields of a record.
pub(crate) fn field(record: &Object) -> Option<&str> {
    match record.get("fields")? {
        Value::Array(fields) => match fields.iter().next()? {
            Value::String(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The number of a record that starts a build.
pub(crate) const BUILD: u64 = 105;
/// The number of a record that starts a copy.
pub(crate) const COPY: u64 = 100;
/// The number of a record with a line of output.
pub(crate) const OUTPUT: u64 = 101;

/// When each build began and ended, by path of its derivation.
pub(crate) fn builds(arrivals: &[Arrival<'_>]) -> BTreeMap<String, Interval> {
    let mut builds: BTreeMap<String, Interval> = BTreeMap::new();
    let mut running: BTreeMap<u64, String> = BTreeMap::new();
    let zero = arrivals.first().map_or(0.0, |first| first.second);
    for line in arrivals {
        let at_s = line.second - zero;
        let Some(record) = record(line.text) else {
            if let Some(drv) = human_start(line.text) {
                builds.entry(drv.to_owned()).or_insert(Interval { from_s: at_s, to_s: None });
            }
            continue;
        };
        let id = number(&record, "id");
        let is_build = number(&record, "type") == Some(BUILD);
        match (text(&record, "action"), id) {
            (Some("start"), Some(id)) if is_build => {
                let drv = field(&record).expect("a build names its derivation").to_owned();
                builds.entry(drv.clone()).or_insert(Interval { from_s: at_s, to_s: None });
                running.insert(id, drv);
            }
            (Some("stop"), Some(id)) => {
                let drv = running.remove(&id);
                if let Some(build) = drv.and_then(|drv| builds.get_mut(&drv)) {
                    build.to_s = Some(at_s);
                }
            }
            _ => {}
        }
    }
    builds
}

fn human_start(text: &str) -> Option<&str> {
    let (drv, _) = text.strip_prefix("building '")?.split_once('\'')?;
    drv.ends_with(".drv").then_some(drv)
}
