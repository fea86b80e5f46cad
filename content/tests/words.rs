//! The words of articles and pages: spelt right, and terms spelt in one way.

#[path = "support/prose.rs"]
mod prose;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use content::ARTICLES;
use prose::Line;

/// Words that were looked up, one a line.
const KNOWN: &str = "tests/words.txt";

#[test]
fn every_word_of_articles_and_pages_was_looked_up() {
    let known = fs::read_to_string(KNOWN).unwrap();
    let known: BTreeSet<&str> = known.lines().collect();
    let mut unknown: BTreeMap<String, String> = BTreeMap::new();
    for Line { at, text } in prose::of_content() {
        for word in words(&text).filter(|word| !known.contains(word.as_str())) {
            unknown.entry(word).or_insert_with(|| at.clone());
        }
    }
    let list: Vec<String> = unknown.iter().map(|(word, at)| format!("{word} ({at})")).collect();
    let list = list.join("\n");
    assert!(unknown.is_empty(), "British spelling? If so, add to content/{KNOWN}:\n{list}");
}

#[test]
fn the_list_of_words_is_sorted_and_has_each_once() {
    let known = fs::read_to_string(KNOWN).unwrap();
    assert!(known.lines().is_sorted_by(|one, next| one < next));
}

/// The words of a text in small letters, without the `'s` at their end.
fn words(text: &str) -> impl Iterator<Item = String> {
    let is_letter = |c: char| c.is_alphabetic() || ['\'', '’'].contains(&c);
    text.split(move |c: char| !is_letter(c)).filter_map(|word| {
        let word = word.replace('’', "'").to_lowercase();
        let word = word.trim_matches('\'');
        let word = word.strip_suffix("'s").unwrap_or(word);
        (!word.is_empty()).then(|| word.to_owned())
    })
}

/// Names as they are written, each with how it is written wrongly.
const NAMES: [(&str, &[&str]); 14] = [
    ("Nix store", &["nix store", "Nix Store", "Nix-store"]),
    ("NixOS", &["Nixos", "nixOS", "NixOs", "Nix OS"]),
    ("Nixpkgs", &["NixPkgs", "Nix packages", "NixPackages"]),
    ("Hydra", &["hydra"]),
    ("CUDA", &["Cuda", "cuda"]),
    ("D-Bus", &["DBus", "Dbus", "D-bus", "dbus"]),
    ("systemd", &["Systemd", "SystemD", "systemD"]),
    ("substituter", &["sub-stituter", "substitutor", "subsituter"]),
    ("home-manager", &["Home Manager", "Home-Manager", "home manager"]),
    ("GitHub", &["Github", "github"]),
    ("boot loader", &["bootloader", "boot-loader", "Bootloader"]),
    ("flake.lock", &["flake-lock", "flakelock", "flake lock"]),
    ("rebuild", &["re-build", "re build"]),
    ("reboot", &["re-boot"]),
];

/// Every spelling of a term that is not its name: joined, with a hyphen, or apart.
fn wrong_spellings() -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    for (name, spellings) in NAMES {
        wrong.extend(spellings.iter().map(|spelling| (name.to_owned(), (*spelling).to_owned())));
    }
    for term in ARTICLES.iter().flat_map(|article| article.terms) {
        // Compounds of three words, such as `fixed-output derivation`, keep their own hyphens.
        for (from, to) in [(" ", "-"), (" ", ""), ("-", " "), ("-", "")] {
            let spelling = term.name.replace(from, to);
            let is_name = ARTICLES.iter().flat_map(|it| it.terms).any(|it| it.name == spelling);
            if spelling != term.name && !is_name {
                wrong.push((term.name.to_owned(), spelling));
            }
        }
    }
    wrong
}

#[test]
fn terms_are_spelt_in_one_way() {
    let wrong = wrong_spellings();
    assert!(wrong.len() > 80, "only {} wrong spellings", wrong.len());
    let program = prose::of_program();
    assert!(program.len() > 200, "only {} texts of the program", program.len());
    let lines = prose::of_content().into_iter().chain(program);
    let mut faults = Vec::new();
    for Line { at, text } in lines {
        for (name, spelling) in wrong.iter().filter(|(_, spelling)| mentions(&text, spelling)) {
            faults.push(format!("{at}: `{spelling}` instead of `{name}`: {}", text.trim()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether a text has these words whole, and not as part of a path, a flag or a longer name.
fn mentions(text: &str, words: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "-_/.:@#=&".contains(c);
    text.match_indices(words).any(|(start, _)| {
        let (before, after) = (&text[..start], &text[start + words.len()..]);
        // A point may end a sentence.
        let is_end = after.starts_with(". ") || after == ".";
        !before.ends_with(is_part) && (is_end || !after.starts_with(is_part))
    })
}

#[test]
fn a_wrong_spelling_is_found() {
    for text in ["in the Nix-store.", "The nix store is", "a storepath here", "one mass-rebuild"] {
        let found = wrong_spellings().iter().any(|(_, spelling)| mentions(text, spelling));
        assert!(found, "{text}");
    }
    for text in ["/nix/store/x", "nix-store --gc", "a store path", "flake.lock."] {
        let found = wrong_spellings().iter().any(|(_, spelling)| mentions(text, spelling));
        assert!(!found, "{text}");
    }
}
