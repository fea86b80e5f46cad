//! Flake inputs and channels that moved.

use analyzer::report::{Change, Input, InputKind, InputRevision, Lines, Run};

use crate::format;
use crate::sorting;

/// How many digits of a revision are shown, as Git does.
const SHORT_REVISION: usize = 7;

/// How many inputs moved, those that a link leaves out among them.
pub fn moved(run: &Run) -> u64 {
    let counted = run.counts.as_ref().and_then(|counts| counts.inputs);
    counted.map_or(run.inputs.len() as u64, u64::from)
}

/// A revision in short, or a date or address where the log gives no more.
pub fn revision(revision: &InputRevision) -> String {
    if let Some(followed) = &revision.follows {
        return ["follows ", followed].concat();
    }
    let short = revision.rev.as_deref().map(|rev| rev.get(..SHORT_REVISION).unwrap_or(rev));
    short.or(revision.date.as_deref()).or(revision.url.as_deref()).unwrap_or("?").to_owned()
}

/// How far an input moved: `7 days, to 13 March 2025`; `None` without dates.
pub fn moved_by(input: &Input) -> Option<String> {
    let new = input.new.as_ref()?.date.as_deref()?;
    let day = format::date(new)?;
    let old = input.old.as_ref().and_then(|old| old.date.as_deref());
    let Some(days) = old.and_then(|old| format::days_between(old, new)) else {
        return Some(day);
    };
    let distance = format::counted(days.unsigned_abs(), "day", "days");
    Some(match days {
        0 => ["the same day, ", &day].concat(),
        1.. => [distance.as_str(), ", to ", &day].concat(),
        _ => [distance.as_str(), " back, to ", &day].concat(),
    })
}

/// The page that compares the two revisions; only for GitHub, whose addresses have a known form.
pub fn compare_url(input: &Input) -> Option<String> {
    let (old, new) = (input.old.as_ref()?, input.new.as_ref()?);
    let repository = github_repository(new.url.as_deref()?)?;
    if github_repository(old.url.as_deref()?)? != repository {
        return None;
    }
    let [old, new] = [old, new].map(|side| side.rev.as_deref().filter(|rev| is_hex(rev)));
    Some(["https://github.com/", &repository, "/compare/", old?, "...", new?].concat())
}

/// Two revisions of Nixpkgs, and where they are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NixpkgsStep {
    /// The old revision, in short.
    pub old: String,
    /// The new revision, in short.
    pub new: String,
    /// The page that compares them.
    pub url: String,
    /// The lines that name them.
    pub lines: Lines,
}

/// In which order inputs can be shown: value in the address, and words.
pub const ORDERS: [(&str, &str); 2] = [("", "order in the log"), ("name", "name")];

/// The inputs that have `search` in their name, in order, as indices in the run.
pub fn rows(run: &Run, search: &str, sort: &str) -> Vec<usize> {
    let name = |index: usize| run.inputs[index].name.as_str();
    let all = 0..run.inputs.len();
    let mut rows: Vec<usize> =
        all.filter(|index| sorting::contains(name(*index), search)).collect();
    if sort == "name" {
        sorting::sort(&mut rows, &|a, b| name(a).cmp(name(b)));
    }
    rows
}

/// From where to where Nixpkgs moved: as its input says, else as the labels of both systems do.
pub fn nixpkgs_step(run: &Run) -> Option<NixpkgsStep> {
    // Revisions of a fork are not to be had from Nixpkgs.
    match run.inputs.iter().find(|input| input.name == "nixpkgs") {
        Some(input) => step_of_input(input),
        None => run.changes.iter().find_map(step_of_label),
    }
}

fn step_of_input(input: &Input) -> Option<NixpkgsStep> {
    let (old, new) = (input.old.as_ref()?, input.new.as_ref()?);
    let is_nixpkgs = github_repository(new.url.as_deref()?)? == NIXPKGS;
    let url = compare_url(input).filter(|_| is_nixpkgs)?;
    Some(NixpkgsStep { old: revision(old), new: revision(new), url, lines: input.lines.clone() })
}

/// `nixos-system-laptop: 24.11.20250313.abcdef0 → 24.11.20250327.5b35d24`
fn step_of_label(change: &Change) -> Option<NixpkgsStep> {
    change.name.strip_prefix("nixos-system-")?;
    let [old, new] = [&change.old, &change.new].map(|side| {
        let [label] = side.as_slice() else { return None };
        label.rsplit_once('.').map(|(_, rev)| rev.to_owned()).filter(|rev| is_hex(rev))
    });
    let (old, new) = (old?, new?);
    let url = ["https://github.com/", NIXPKGS, "/compare/", &old, "...", &new].concat();
    (old != new).then(|| NixpkgsStep { old, new, url, lines: change.lines.clone() })
}

const NIXPKGS: &str = "NixOS/nixpkgs";

/// The word for what happened to an input.
pub fn kind_word(kind: InputKind) -> &'static str {
    match kind {
        InputKind::Updated => "updated",
        InputKind::Added => "added",
        InputKind::Removed => "removed",
    }
}

/// `NixOS/nixpkgs` of `github:NixOS/nixpkgs/<revision>` or `https://github.com/NixOS/nixpkgs...`.
fn github_repository(url: &str) -> Option<String> {
    let url = url.strip_prefix("git+").unwrap_or(url);
    let rest = ["github:", "https://github.com/", "ssh://git@github.com/"]
        .iter()
        .find_map(|prefix| url.strip_prefix(prefix))?;
    let mut parts = rest.split(['/', '?', '#']);
    let (owner, name) = (parts.next()?, parts.next()?);
    let name = name.strip_suffix(".git").unwrap_or(name);
    (is_name(owner) && is_name(name)).then(|| [owner, name].join("/"))
}

/// Only what GitHub allows in names becomes part of an address.
fn is_name(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !text.is_empty() && text.chars().all(is_allowed)
}

fn is_hex(text: &str) -> bool {
    text.len() >= SHORT_REVISION && text.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn side(url: &str, rev: &str, date: &str) -> InputRevision {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        InputRevision { url: some(url), rev: some(rev), date: some(date), follows: None }
    }

    fn input(old: InputRevision, new: InputRevision) -> Input {
        Input {
            name: "nixpkgs".into(),
            kind: InputKind::Updated,
            old: Some(old),
            new: Some(new),
            lines: Lines::one(2),
        }
    }

    const OLD: &str = "10069ef4cf863633f57238f179a0297de84bd8d3";
    const NEW: &str = "6607cf789e541e7873d40d3a8f7815ea92204f32";

    #[test]
    fn revisions_have_seven_digits() {
        assert_eq!(revision(&side("", NEW, "2025-03-13")), "6607cf7");
        assert_eq!(revision(&side("github:a/b", "", "2025-03-13")), "2025-03-13");
        assert_eq!(revision(&side("path:/a", "", "")), "path:/a");
        let follows = InputRevision { follows: Some("nixpkgs".into()), ..InputRevision::default() };
        assert_eq!(revision(&follows), "follows nixpkgs");
        assert_eq!(revision(&InputRevision::default()), "?");
    }

    #[test]
    fn the_distance_is_in_days() {
        let moved = |old, new| moved_by(&input(side("", "", old), side("", "", new)));
        assert_eq!(moved("2025-03-06", "2025-03-13").unwrap(), "7 days, to 13 March 2025");
        assert_eq!(moved("2025-03-13", "2025-03-12").unwrap(), "1 day back, to 12 March 2025");
        assert_eq!(moved("2025-03-13", "2025-03-13").unwrap(), "the same day, 13 March 2025");
        assert_eq!(moved("", "2025-03-13").unwrap(), "13 March 2025");
        assert_eq!(moved("2025-03-13", ""), None);
    }

    #[test]
    fn only_github_has_a_comparison() {
        let compare = |url: &str| compare_url(&input(side(url, OLD, ""), side(url, NEW, "")));
        let expected = format!("https://github.com/NixOS/nixpkgs/compare/{OLD}...{NEW}");
        let known = [
            "github:NixOS/nixpkgs/nixos-unstable",
            "https://github.com/NixOS/nixpkgs.git",
            "git+ssh://git@github.com/NixOS/nixpkgs?ref=main",
        ];
        for url in known {
            assert_eq!(compare(url).as_deref(), Some(expected.as_str()), "{url}");
        }
        for url in ["gitlab:a/b", "github:a/b\"onload=", "github:a", "path:/etc/nixos"] {
            assert_eq!(compare(url), None, "{url}");
        }
    }

    #[test]
    fn nixpkgs_is_compared_by_its_input_or_by_the_labels_of_both_systems() {
        let step = |inputs: Vec<Input>, old: &str, new: &str| {
            let changes = vec![testing::change("nixos-system-laptop", old, new)];
            let run = Run { inputs, changes, ..testing::run() };
            nixpkgs_step(&run).map(|step| (step.old + " " + &step.new, step.url))
        };
        let url = |old, new| format!("https://github.com/NixOS/nixpkgs/compare/{old}...{new}");
        let of_input = |url: &str| input(side(url, OLD, ""), side(url, NEW, ""));
        let (old, new) = ("24.11.20250313.abcdef0", "24.11.20250327.5b35d24");
        let by_label = ("abcdef0 5b35d24".to_owned(), url("abcdef0", "5b35d24"));
        let by_input = ("10069ef 6607cf7".to_owned(), url(OLD, NEW));
        let nixpkgs = of_input("github:NixOS/nixpkgs/nixos-unstable");
        assert_eq!(step(vec![nixpkgs], old, new), Some(by_input));
        let fork = of_input("github:alice/nixpkgs");
        assert_eq!(step(vec![fork], old, new), None);
        assert_eq!(step(Vec::new(), old, new), Some(by_label));
        assert_eq!(step(Vec::new(), old, old), None);
        assert_eq!(step(Vec::new(), "24.11pre-git", "25.05.drty"), None);
    }

    #[test]
    fn a_moved_repository_has_no_comparison() {
        let moved = input(side("github:a/x", OLD, ""), side("github:b/x", NEW, ""));
        assert_eq!(compare_url(&moved), None);
    }
}
