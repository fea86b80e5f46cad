//! Whole comparisons of short logs and listings.

use super::*;
use crate::comparison::Part;

const OLD: &str = "\
2025-03-13T20:00:00+0000 laptop systemd[1]: Starting NixOS Upgrade...
2025-03-13T20:00:01+0000 laptop nixos-upgrade-start[2]: these 2 derivations will be built:
2025-03-13T20:00:01+0000 laptop nixos-upgrade-start[2]:   /nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-ollama-0.5.13.drv
2025-03-13T20:00:01+0000 laptop nixos-upgrade-start[2]:   /nix/store/xxgh4bqr9xkkgkzv1ibp9wnf8lhqkjgz-hello-2.12.drv
2025-03-13T20:00:02+0000 laptop nixos-upgrade-start[2]: building '/nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-ollama-0.5.13.drv'...
2025-03-13T20:02:02+0000 laptop nixos-upgrade-start[2]: building '/nix/store/xxgh4bqr9xkkgkzv1ibp9wnf8lhqkjgz-hello-2.12.drv'...
2025-03-13T20:02:10+0000 laptop nixos-upgrade-start[2]: activating the configuration...
2025-03-13T20:02:12+0000 laptop nixos-upgrade-start[2]: setting up /etc...
2025-03-13T20:02:13+0000 laptop systemd[1]: Finished NixOS Upgrade.
";

fn reading(text: &str) -> Reading {
    let mut analyzer = analyzer::Analyzer::default();
    analyzer.feed(text.as_bytes());
    analyzer.finish_reading()
}

fn whole(text: &str) -> Input {
    Input { reading: reading(text), extent: Extent::Whole }
}

fn comparison(old: &str, new: &str) -> Comparison {
    compared(&whole(old), &whole(new))
}

fn newer() -> String {
    OLD.replace("2025-03-13", "2025-03-20")
        .replace("ollama-0.5.13", "ollama-0.6.0")
        .replace(
            "xxgh4bqr9xkkgkzv1ibp9wnf8lhqkjgz-hello-2.12",
            "yxgh4bqr9xkkgkzv1ibp9wnf8lhqkjgz-btop-1.4",
        )
        .replace("20:02:1", "20:05:1")
}

fn listing(packages: &[&str]) -> String {
    packages.iter().flat_map(|it| ["/nix/store/", it, "\n"]).collect()
}

const GLIBC: &str = "4irhi0mf2smmkg8dmaaslrnpjjql4ajx-glibc-2.40-66";
const OLD_SYSTEM: &str =
    "qcasz3gzx44n2965yp3dc3m70qq9srx1-nixos-system-laptop-24.11.20250313.abcdef0";
const NEW_SYSTEM: &str =
    "6wwh310vzkdlyxdm3x026igyc82fwjim-nixos-system-laptop-24.11.20250327.5b35d24";

/// The rows of a part in one line each.
#[track_caller]
fn rows(comparison: &Comparison, title: &str) -> Vec<String> {
    let part = comparison.parts.iter().find(|part| part.title == title);
    let Some(Part { rows, .. }) = part else { panic!("no part {title}: {comparison:#?}") };
    let row = |row: &crate::comparison::Row| {
        let [old, new] = row.sides.each_ref().map(|cell| cell.text.as_str());
        [row.name.as_str(), old, new, &row.difference].join(" | ")
    };
    rows.iter().map(row).collect()
}

#[test]
fn two_logs_stand_side_by_side() {
    let comparison = comparison(OLD, &newer());
    assert_eq!(comparison.hints, Vec::<String>::new());
    let figures = rows(&comparison, "Side by side");
    assert!(figures.contains(&"Total time | 2:13 | 5:13 | +3:00".to_owned()), "{figures:#?}");
    assert!(figures.contains(&"Built here | 2 | 2 | 0".to_owned()), "{figures:#?}");
    assert_eq!(rows(&comparison, "Newly built").len(), 1);
    assert!(rows(&comparison, "Newly built")[0].starts_with("btop |  | 1.4"));
    assert!(rows(&comparison, "No longer built")[0].starts_with("hello | 2.12"));
    let sentences: Vec<&str> = comparison.sentences.iter().map(|it| it.text.as_str()).collect();
    let longer = "The new run took 3 min longer: 5 min 13 s instead of 2 min 13 s.";
    assert!(sentences.contains(&longer), "{sentences:#?}");
}

#[test]
fn lines_of_the_new_log_stand_behind_those_of_the_old_one() {
    let comparison = comparison(OLD, &newer());
    assert_eq!(comparison.old_lines, 9);
    let built = comparison.parts.iter().find(|part| part.title == "Newly built").unwrap();
    assert_eq!(built.rows[0].sides[1].lines.first(), Some(15));
}

#[test]
fn the_older_log_is_told_by_its_clock() {
    assert!(!comparison(OLD, &newer()).is_reversed);
    assert!(comparison(&newer(), OLD).is_reversed);
    assert!(!comparison(OLD, OLD).is_reversed);
}

#[test]
fn the_older_listing_is_told_by_the_day_of_its_system() {
    let (old, new) = (listing(&[GLIBC, OLD_SYSTEM]), listing(&[GLIBC, NEW_SYSTEM]));
    assert!(!comparison(&old, &new).is_reversed);
    assert!(comparison(&new, &old).is_reversed);
    assert!(!comparison(&listing(&[GLIBC]), &old).is_reversed);
}

#[test]
fn the_same_twice_differs_in_nothing() {
    for text in [OLD, &listing(&[GLIBC, OLD_SYSTEM])] {
        let comparison = comparison(text, text);
        let sentences: Vec<&str> = comparison.sentences.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(sentences, ["Both sides say the same: nothing differs."]);
    }
}

#[test]
fn a_difference_needs_both_sides() {
    let newer = newer();
    let texts = newer.lines().map(|line| line.split_once("]: ").unwrap().1);
    let without_clock: String = texts.flat_map(|text| [text, "\n"]).collect();
    let comparison = comparison(OLD, &without_clock);
    let figures = rows(&comparison, "Side by side");
    let total = figures.iter().find(|row| row.starts_with("Total time")).unwrap();
    assert!(total.starts_with("Total time | 2:13 | ") && total.ends_with(" | "), "{total}");
    assert!(!comparison.sentences.iter().any(|it| it.text.contains("new run took")));
}

#[test]
fn what_makes_a_comparison_doubtful_is_said() {
    let other = newer().replace(" laptop ", " server ");
    let hints = comparison(OLD, &other).hints;
    assert_eq!(hints, ["They are of different hosts: laptop and server."]);
}

#[test]
fn a_failure_and_a_warning_are_told_from_those_of_before() {
    let failed = format!(
        "{OLD}warning: Git tree '/etc/nixos' is dirty\n\
         error: builder for '/nix/store/xxgh4bqr9xkkgkzv1ibp9wnf8lhqkjgz-hello-2.12.drv' failed with exit code 1\n"
    );
    let new = comparison(OLD, &failed);
    assert_eq!(rows(&new, "New failures"), ["hello-2.12 |  | failed | "]);
    assert_eq!(rows(&new, "New warnings").len(), 1);
    let gone = comparison(&failed, OLD);
    assert_eq!(rows(&gone, "Failures gone"), ["hello-2.12 | failed |  | "]);
    assert_eq!(rows(&gone, "Warnings gone").len(), 1);
}

#[test]
fn a_warning_is_the_same_whatever_the_hash_in_it() {
    let warned = |hash: &str| {
        format!(
            "{OLD}warning: The option `a' defined in `/nix/store/{hash}-source/b.nix' is gone.\n"
        )
    };
    let old = warned("39p91x1ki1mjjq4ayqf2lk0flm4y3rwh");
    let new = warned("alnakmjf6w60204i44m1y0nxdcgkk2zj");
    let comparison = comparison(&old, &new);
    let titles: Vec<&str> = comparison.parts.iter().map(|part| part.title.as_str()).collect();
    assert_eq!(titles, ["Side by side"]);
    assert!(rows(&comparison, "Side by side").contains(&"Warnings | 1 | 1 | 0".to_owned()));
}

#[test]
fn a_log_and_a_listing_are_compared_as_far_as_they_go() {
    let comparison = comparison(OLD, &listing(&[GLIBC, NEW_SYSTEM]));
    assert!(comparison.sides[0].starts_with("Log, 9 lines"), "{}", comparison.sides[0]);
    assert_eq!(comparison.sides[1], "Listing, 2 paths");
    let figures = rows(&comparison, "Side by side");
    assert!(figures.contains(&"Store paths |  | 2 | ".to_owned()), "{figures:#?}");
    assert!(comparison.parts.iter().all(|part| part.title == "Side by side"));
}

#[test]
fn a_part_of_a_report_does_not_say_what_is_missing() {
    let old = Input { extent: Extent::Part, ..whole(OLD) };
    let comparison = compared(&old, &whole(&newer()));
    assert_eq!(comparison.parts.len(), 1);
    let names: Vec<String> = rows(&comparison, "Side by side");
    assert!(names.iter().all(|row| !row.starts_with("Built here")), "{names:#?}");
    assert!(comparison.hints[0].starts_with("The old one is a link that does not hold all"));
}

#[test]
fn bytes_become_a_comparison_and_others_become_nothing() {
    let [old, new] = [OLD.to_owned(), newer()].map(|text| {
        let Reading { report, listed } = reading(&text);
        (protocol::to_bytes(&(report, listed)).unwrap(), Extent::Whole)
    });
    let request = protocol::to_bytes(&(old, new)).unwrap();
    let answer = run(&request);
    assert_eq!(protocol::from_bytes(&answer), Some(comparison(OLD, &newer())));
    assert_eq!(run(b"\xff\xff\x01"), Vec::<u8>::new());
    assert_eq!(run(&[]), Vec::<u8>::new());
}
