//! Versions through a whole comparison, against tables of what people say, and how the orders of
//! other programs do on the same tables.

use std::cmp::Ordering;
use std::fmt::Debug;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use analyzer::compare::compare;
use analyzer::report::{Change, ChangeKind};
use analyzer::version::compare_nix;
use analyzer::{Analyzer, Reading};

/// The table of this project.
const OWN: &str = "tests/data/version-vectors.tsv";

/// A table that is kept beside the project, where it is present.
const SHARED: &str = "../../shared/data/version-vectors.tsv";

/// A row of a table.
struct Vector {
    old: String,
    new: String,
    kind: String,
    level: String,
}

fn say(text: &str) {
    // Nobody can be told if this fails, and nothing depends on it.
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn vectors(path: &str) -> Vec<Vector> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let Ok(table) = fs::read_to_string(&path) else {
        say(&format!("skipped: there is no {}", path.display()));
        return Vec::new();
    };
    let rows = table.lines().filter(|row| !row.starts_with('#'));
    rows.map(|row| {
        let fields: Vec<_> = row.split('\t').map(str::to_owned).collect();
        let [old, new, kind, level, ..] = &fields[..] else { panic!("{row}") };
        Vector { old: old.clone(), new: new.clone(), kind: kind.clone(), level: level.clone() }
    })
    .collect()
}

fn listing(version: &str) -> Reading {
    let hash: String = version.bytes().chain(std::iter::repeat(b'0')).take(32).map(digit).collect();
    let mut analyzer = Analyzer::default();
    analyzer.feed(format!("/nix/store/{hash}-package-{version}\n").as_bytes());
    analyzer.finish_reading()
}

fn digit(byte: u8) -> char {
    let digits = b"0123456789abcdfghijklmnpqrsvwxyz";
    digits[usize::from(byte) % digits.len()].into()
}

/// The change that a comparison of two systems of one package finds.
fn change(old: &str, new: &str) -> Change {
    let report = compare(&listing(old), &listing(new));
    let [change] = &report.runs[0].changes[..] else { panic!("{old} -> {new}: no change") };
    change.clone()
}

fn word(value: impl Debug) -> String {
    format!("{value:?}").to_lowercase()
}

/// What is wrong with the change of a row.
fn complaint(vector: &Vector) -> Option<String> {
    let Vector { old, new, kind, level } = vector;
    // A version that begins with a letter is a part of the name in a store path.
    if [old, new].iter().any(|version| version.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return None;
    }
    let change = change(old, new);
    let found = (word(change.kind), change.level.map_or_else(String::new, word));
    let is_right = found.0 == *kind && (level == "*" || found.1 == *level);
    (!is_right).then(|| format!("{old} -> {new}: expected {kind} {level}, found {found:?}"))
}

#[test]
fn all_vectors_come_right_through_a_comparison() {
    let all: Vec<_> = [OWN, SHARED].into_iter().flat_map(vectors).collect();
    assert!(all.len() > 100, "{} vectors", all.len());
    let complaints: Vec<_> = all.iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_step_back_mirrors_the_step() {
    for vector in vectors(OWN) {
        let (there, back) = (change(&vector.old, &vector.new), change(&vector.new, &vector.old));
        let mirrored = match there.kind {
            ChangeKind::Upgraded => ChangeKind::Downgraded,
            ChangeKind::Downgraded => ChangeKind::Upgraded,
            other => other,
        };
        assert_eq!((back.kind, back.level), (mirrored, there.level), "{}", vector.new);
    }
}

/// How well a program's way to order versions does on a table.
struct Order {
    name: &'static str,
    says: fn(&str, &str) -> &'static str,
}

/// The orders of other programs, written anew from how they are described, and not their code.
const ORDERS: [Order; 5] = [
    Order { name: "this project", says: own },
    Order { name: "builtins.compareVersions", says: nix },
    Order { name: "nvd 0.2", says: nvd },
    Order { name: "dix 2.1", says: dix },
    // It prints both versions and no direction.
    Order { name: "nix store diff-closures", says: |_, _| "changed" },
];

fn own(old: &str, new: &str) -> &'static str {
    said(analyzer::version::step(old, new).order)
}

fn nix(old: &str, new: &str) -> &'static str {
    said(Some(compare_nix(new, old)))
}

fn said(order: Option<Ordering>) -> &'static str {
    match order {
        Some(Ordering::Greater) => "upgraded",
        Some(Ordering::Less) => "downgraded",
        _ => "changed",
    }
}

/// nvd: runs of digits and runs of letters; a number is more than a word, `pre` is less than any
/// other word, and of two versions the one that ends first is less.
fn nvd(old: &str, new: &str) -> &'static str {
    let (old, new) = (runs(old), runs(new));
    let differ = old.iter().zip(&new).find(|(old, new)| old != new);
    said(Some(differ.map_or_else(
        || new.len().cmp(&old.len()),
        |(old, new)| match (digits(old), digits(new)) {
            (Some(old), Some(new)) => new.cmp(&old),
            (None, None) if new == "pre" => Ordering::Less,
            (None, None) if old == "pre" => Ordering::Greater,
            (None, None) => new.cmp(old),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        },
    )))
}

fn runs(version: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut before = None;
    for c in version.chars() {
        let kind = c.is_alphanumeric().then_some(c.is_ascii_digit());
        match runs.last_mut() {
            Some(run) if kind.is_some() && kind == before => run.push(c),
            _ if kind.is_some() => runs.push(c.to_string()),
            _ => {}
        }
        before = kind;
    }
    runs
}

fn digits(text: &str) -> Option<u64> {
    text.parse().ok()
}

/// dix: parts between separators; where one version ends, a word in the other makes that one less
/// and a number makes it more; in the first place a word is more than a number; two commits have
/// no order.
fn dix(old: &str, new: &str) -> &'static str {
    let parts = |version: &str| {
        let parts = version.split(['.', '-', '_', '+', '*', '=', '×', ' ']);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let (old, new) = (parts(old), parts(new));
    let mut is_unordered = false;
    for at in 0..old.len().max(new.len()) {
        match (old.get(at), new.get(at)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) if are_commits(old, new) => is_unordered = true,
            (Some(old), Some(new)) => {
                let order = dix_rank(at, Some(new)).cmp(&dix_rank(at, Some(old)));
                return said(Some(order.then_with(|| match (digits(old), digits(new)) {
                    (Some(old), Some(new)) => new.cmp(&old),
                    _ => new.cmp(old),
                })));
            }
            (old, new) => {
                let rank = |part: Option<&String>| dix_rank(at, part.map(String::as_str));
                return said(Some(rank(new).cmp(&rank(old))));
            }
        }
    }
    said((!is_unordered).then_some(Ordering::Equal))
}

fn dix_rank(at: usize, part: Option<&str>) -> u8 {
    match (at, part.map(|part| part.bytes().all(|byte| byte.is_ascii_digit()))) {
        (1.., Some(false)) => 0,
        (_, None) => 1,
        (0, Some(true)) => 2,
        (0, Some(false)) => 3,
        (1.., Some(true)) => 4,
    }
}

fn are_commits(one: &str, other: &str) -> bool {
    let is_hex = |text: &str| {
        (7..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let has_letter = |text: &str| text.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_hex(one) && is_hex(other) && (has_letter(one) || has_letter(other))
}

/// Prints the table with `cargo test -p analyzer --test versions -- --nocapture`.
#[test]
fn no_other_order_does_better_on_any_table() {
    let tables = [("own", vectors(OWN)), ("shared", vectors(SHARED))];
    say("right of all; the others' orders computed here from their described rules");
    for (name, table) in tables {
        let right = |order: &Order| {
            table.iter().filter(|row| (order.says)(&row.old, &row.new) == row.kind).count()
        };
        for order in &ORDERS {
            let (right, all) = (right(order), table.len());
            say(&format!("{name:8} {:26} {right:4} of {all}", order.name));
        }
        assert_eq!(right(&ORDERS[0]), table.len(), "{name}");
    }
}

/// Runs real Nix, if it is here.
#[test]
fn nix_order_is_that_of_the_nix_that_is_installed() {
    let all: Vec<_> = [OWN, SHARED].into_iter().flat_map(vectors).collect();
    let pairs: Vec<_> = all.iter().map(|it| format!("[\"{}\" \"{}\"]", it.new, it.old)).collect();
    let pairs = pairs.join(" ");
    let program = "map (p: builtins.compareVersions (builtins.elemAt p 0) (builtins.elemAt p 1))";
    let mut nix = Command::new("nix-instantiate");
    nix.args(["--eval", "--strict", "--json", "--expr", &format!("{program} [{pairs}]")]);
    let Ok(output) = nix.output() else {
        say("skipped: there is no nix-instantiate");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let answers: Vec<i32> = text
        .trim()
        .trim_matches(['[', ']'])
        .split(',')
        .map(|number| number.parse().expect("a number"))
        .collect();
    assert_eq!(answers.len(), all.len());
    for (vector, answer) in all.iter().zip(answers) {
        let own = compare_nix(&vector.new, &vector.old) as i32;
        assert_eq!(own, answer, "{} against {}", vector.new, vector.old);
    }
}
