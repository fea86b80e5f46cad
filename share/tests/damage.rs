//! Links that were cut or changed on their way.

#[path = "support/analyzed.rs"]
mod analyzed;
#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/frame.rs"]
mod frame;

use analyzer::Report;
use analyzer::report::LinkLevel;
use share::link::{self, OpenError, Tables};

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Some links of different lengths, with the reports that they hold.
fn links(tables: &Tables) -> Vec<(String, Report)> {
    let reports = fixtures::reports();
    let of = |name: &str, level| {
        let (_, report) = reports.iter().find(|(path, _)| path.ends_with(name)).expect(name);
        (link::encode(report, level, tables), report.at_level(level))
    };
    vec![
        of("nix-2.34.8/upgrade-stamped.log", LinkLevel::Full),
        of("nix-2.34.8/upgrade-stamped.log", LinkLevel::Verdict),
        of("written/nvd.log", LinkLevel::Changes),
        of("nix-2.34.8/builder-exit.log", LinkLevel::Full),
    ]
}

#[test]
fn a_changed_letter_never_gives_another_report_silently() {
    let tables = Tables::built_in().unwrap();
    for (link, report) in links(&tables) {
        for at in 0..link.len() {
            for other in
                [LETTERS[at % 64], LETTERS[(at * 7 + 13) % 64], LETTERS[(at * 31 + 40) % 64]]
            {
                let mut changed = link.clone().into_bytes();
                changed[at] = other;
                let changed = String::from_utf8(changed).unwrap();
                match link::decode(&changed, &tables) {
                    Ok(opened) if opened.damage.is_none() => {
                        assert!(opened.report == report, "{at}: {changed}");
                    }
                    // A longer length says that something is missing.
                    Ok(_) => assert!((2..10).contains(&at), "{at}: {changed}"),
                    Err(_) => {}
                }
            }
        }
    }
}

#[test]
fn what_is_left_of_a_cut_link_is_shown_and_said_to_be_cut() {
    let tables = Tables::built_in().unwrap();
    for (link, report) in links(&tables) {
        let mut n_shown = 0;
        for len in 2..link.len() {
            match link::decode(&link[..len], &tables) {
                Ok(opened) => {
                    n_shown += 1;
                    check_part(&opened.report, &report);
                    let damage = opened.damage.expect("damage");
                    assert_eq!(damage.expected_len as usize, link.len());
                    assert!(damage.len as usize <= len && damage.len as usize + 2 > len);
                }
                Err(error) => assert_eq!(error, OpenError::Cut, "{len} of {}", link.len()),
            }
        }
        assert!(n_shown > 0 && n_shown < link.len(), "{n_shown} of {}", link.len());
    }
}

/// Whatever there is, is as it was.
fn check_part(part: &Report, whole: &Report) {
    assert!(part.runs.len() <= whole.runs.len());
    for (part, whole) in part.runs.iter().zip(&whole.runs) {
        assert_eq!(part.outcome, whole.outcome);
        assert_eq!(part.time, whole.time);
        assert_eq!(part.changes, whole.changes[..part.changes.len()]);
        assert_eq!(part.inputs, whole.inputs[..part.inputs.len()]);
        assert_eq!(part.failures, whole.failures[..part.failures.len()]);
        assert_eq!(part.derivations, whole.derivations[..part.derivations.len()]);
        assert_eq!(part.warnings, whole.warnings[..part.warnings.len()]);
    }
    assert_eq!(part.findings, whole.findings[..part.findings.len()]);
}

#[test]
fn letters_after_a_link_are_noticed() {
    let tables = Tables::built_in().unwrap();
    for (link, _) in links(&tables) {
        assert_eq!(link::decode(&format!("{link}abcd"), &tables), Err(OpenError::Changed));
    }
}

#[test]
fn bodies_that_claim_too_much_are_refused() {
    let tables = Tables::built_in().unwrap();
    for byte in [0, 0x55, 0xff] {
        for len in [0, 1, 4, 100, 10_000] {
            for level in 0..3 {
                let link = frame::around(level, &vec![byte; len]);
                // What it is does not matter, as long as it is something.
                let _ = link::decode(&link, &tables);
            }
        }
    }
}
