//! What the table says of changes, and in which order.

use analyzer::report::{Closure, Lines};

use super::*;
use crate::testing;

fn run_of(changes: Vec<Change>) -> Run {
    Run { changes, ..testing::run() }
}

#[track_caller]
fn check(run: &Run, search: &str, order: Order, expected: &[&str]) {
    let names: Vec<_> = rows(run, search, order, &Pins::default())
        .iter()
        .filter(|(group, _)| !group.is_apart())
        .map(|(_, index)| &run.changes[*index].name)
        .collect();
    assert_eq!(names, expected);
}

fn sample() -> Run {
    let mut zlib = testing::change("zlib", "1.3", "1.3.1");
    zlib.size_delta_bytes = Some(-4_000);
    let mut ollama = testing::change("ollama", "0.5.13", "0.6.0");
    ollama.selected = Some(true);
    ollama.level = Some(Level::Minor);
    let mut mesa = testing::change("mesa", "24.3.4", "25.0.1");
    mesa.size_delta_bytes = Some(1_000);
    mesa.level = Some(Level::Major);
    let mut rebuilt = testing::change("bash", "5.2", "5.2");
    rebuilt.kind = ChangeKind::Rebuilt;
    run_of(vec![zlib, ollama, mesa, testing::change("linux", "6.12.18", "6.12.19"), rebuilt])
}

#[test]
fn what_people_look_for_comes_first() {
    check(&sample(), "", Order::Matters, &["linux", "mesa", "ollama", "zlib"]);
    assert_eq!(group(&testing::change("linux-headers", "6.1", "6.2")), Group::Changed);
    assert_eq!(group(&testing::change("linux-zen", "6.1", "6.2")), Group::CaredFor);
    assert_eq!(group(&testing::change("nixfmt", "0.6", "1.0")), Group::Changed);
}

#[test]
fn what_is_pinned_comes_before_all_else() {
    let pins = Pins::from_text("bash\nzlib");
    let run = sample();
    let rows = rows(&run, "", Order::Matters, &pins);
    let names: Vec<_> = rows.iter().map(|(_, index)| run.changes[*index].name.as_str()).collect();
    assert_eq!(names, ["bash", "zlib", "linux", "mesa", "ollama"]);
    assert_eq!(rows[1].0, Group::CaredFor);
    assert_eq!(changed(&run), Some(4));
}

#[test]
fn rows_are_sorted_and_searched() {
    let run = sample();
    check(&run, "", Order::Name, &["linux", "mesa", "ollama", "zlib"]);
    check(&run, "", Order::Size, &["zlib", "mesa", "linux", "ollama"]);
    check(&run, "", Order::Level, &["mesa", "ollama", "linux", "zlib"]);
    check(&run, " LL", Order::Matters, &["ollama"]);
    check(&run, "nothing", Order::Matters, &[]);
}

#[test]
fn packages_built_again_are_counted_apart() {
    assert_eq!(changed(&sample()), Some(4));
    assert_eq!(lede(&sample()).unwrap(), "4 versions changed: 4 up.");
    let rows = rows(&sample(), "", Order::Matters, &Pins::default());
    assert_eq!(rows.last(), Some(&(Group::Same, 4)));
}

#[test]
fn what_is_new_or_gone_is_no_version_change() {
    let mut run = sample();
    run.changes[0].kind = ChangeKind::Added;
    assert_eq!(changed(&run), Some(3));
    assert_eq!(lede(&run).unwrap(), "3 versions changed: 3 up. Besides: 1 new.");
}

#[test]
fn a_plan_alone_compares_nothing() {
    let mut planned = testing::change("ollama", "", "0.6.0");
    planned.source = ChangeSource::Plan;
    let run = run_of(vec![planned]);
    assert_eq!(changed(&run), None);
    assert_eq!(
        lede(&run).unwrap(),
        "1 package has a new version in the plan. The log does not name the old ones."
    );
}

#[test]
fn old_versions_beside_a_plan_compare_a_part_of_it_only() {
    let planned = Change { source: ChangeSource::Plan, ..testing::change("uv", "", "0.6.6") };
    let known = Change { source: ChangeSource::History, ..testing::change("zlib", "1.3", "1.3.1") };
    let run = run_of(vec![planned, known.clone()]);
    assert_eq!((changed(&run), of_history(&run)), (None, 1));
    // That is what `nix profile history` prints.
    assert_eq!(changed(&run_of(vec![known])), Some(1));
    assert_eq!(
        plan_lede(&run, 1, Some("the report kept on 3 March 2025 (a.log)")),
        "The log compares nothing: this is what it built and fetched, 2 packages that have a \
         version. 1 old version is from the report kept on 3 March 2025 (a.log); packages with \
         the same version are left out."
    );
}

#[test]
fn a_diff_without_changes_is_zero_and_no_diff_is_unknown() {
    let mut run = testing::run();
    assert_eq!((changed(&run), lede(&run)), (None, None));
    run.closure = Some(Closure { lines: Lines::one(9), ..Closure::default() });
    assert_eq!(changed(&run), Some(0));
}

#[test]
fn levels_have_words() {
    let mut change = testing::change("a", "2", "1");
    change.level = Some(Level::Major);
    assert_eq!(level_word(&change), ("major", Emphasis::Strong));
    change.kind = ChangeKind::Downgraded;
    assert_eq!(level_word(&change), ("downgrade", Emphasis::Strong));
    change.kind = ChangeKind::Added;
    assert_eq!(level_word(&change), ("new", Emphasis::Normal));
}

#[test]
fn letters_are_those_of_nvd() {
    let mut change = testing::change("a", "1", "2");
    for (kind, selected, expected) in [
        (ChangeKind::Upgraded, Some(false), Some("[U.]")),
        (ChangeKind::Upgraded, Some(true), Some("[U*]")),
        (ChangeKind::Downgraded, None, Some("[D]")),
        (ChangeKind::Added, None, Some("[A]")),
        (ChangeKind::Removed, Some(false), Some("[R.]")),
        (ChangeKind::Duplicated, None, Some("[C]")),
        (ChangeKind::Rebuilt, None, None),
    ] {
        (change.kind, change.selected) = (kind, selected);
        assert_eq!(nvd_letters(&change).as_deref(), expected);
    }
}

#[test]
fn every_change_has_a_group() {
    use ChangeKind::{Added, Deduplicated, Duplicated, Rebuilt, Removed, Upgraded};
    use DerivationKind::{Configuration, Software};
    for (name, old, new, kind, subject, expected) in [
        ("zlib", "1", "2", Upgraded, Software, Group::Changed),
        ("zlib", "", "2", Added, Software, Group::Added),
        ("zlib", "1", "", Removed, Software, Group::Removed),
        ("zlib", "1", "1", Rebuilt, Software, Group::Same),
        ("zlib", "1", "1", Duplicated, Software, Group::Same),
        ("zlib", "1", "2", Deduplicated, Software, Group::Changed),
        ("mesa", "", "25", Added, Software, Group::CaredFor),
        ("mesa", "25", "25", Rebuilt, Software, Group::Same),
        ("etc", "", "", Rebuilt, Configuration, Group::Configuration),
        ("unit-a.service", "1", "2", Upgraded, Configuration, Group::Configuration),
    ] {
        let change = Change { kind, subject, ..testing::change(name, old, new) };
        assert_eq!(group(&change), expected, "{name} {old} {new}");
    }
}

#[test]
fn groups_come_in_order_and_have_names_of_their_own() {
    assert!(Group::ALL.is_sorted());
    let slugs: std::collections::BTreeSet<_> = Group::ALL.into_iter().map(Group::slug).collect();
    assert_eq!(slugs.len(), Group::ALL.len());
}

#[test]
fn former_names_and_families_are_found() {
    let mut run = sample();
    run.changes[0].renamed_from = Some("zlib-old".to_owned());
    run.changes[1].family = Some("llm".to_owned());
    check(&run, "-OLD", Order::Name, &["zlib"]);
    check(&run, "llm", Order::Name, &["ollama"]);
}

#[test]
fn several_copies_are_counted() {
    let versions = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(side(&versions(&["0.78.2"]), Some(2)), "0.78.2 ×2");
    assert_eq!(side(&versions(&["0.78.2"]), Some(1)), "0.78.2");
    assert_eq!(side(&versions(&["1.1", "1.2"]), Some(2)), "1.1, 1.2");
}

/// `expected` has the changed pieces in brackets.
#[track_caller]
fn check_steps(old: &[&str], new: &[&str], expected: &[&str]) {
    let versions = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut change = testing::change("a", "", "");
    (change.old, change.new) = (versions(old), versions(new));
    let text = |pieces: &[Piece]| -> String {
        let text = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Changed(text) => format!("[{text}]"),
        };
        pieces.iter().map(text).collect()
    };
    let steps: Vec<_> =
        steps(&change).iter().map(|it| [text(&it.old), text(&it.new)].join(" to ")).collect();
    assert_eq!(steps, expected);
}

#[test]
fn several_versions_are_paired_if_there_are_as_many_of_each() {
    check_steps(
        &["6.1", "6.1-modules"],
        &["6.2", "6.2-modules"],
        &["6.[1] to 6.[2]", "6.[1]-modules to 6.[2]-modules"],
    );
    check_steps(&["8.10.1", "8.9.1"], &["8.11.0", "8.9.1"], &["8.[10.1] to 8.[11.0]"]);
}

#[test]
fn in_lists_of_different_length_whole_versions_are_marked() {
    check_steps(
        &["2.19.6", "2.19.7", "2.24.10"],
        &["2.19.6", "2.24.10"],
        &["2.19.6, [2.19.7], 2.24.10 to 2.19.6, 2.24.10"],
    );
}

#[test]
fn the_size_of_the_system_is_said_as_far_as_known() {
    let mut run = testing::run();
    assert_eq!(closure_sentence(&run), None);
    let closure = Closure { delta_bytes: Some(44_669_337), ..Closure::default() };
    run.closure = Some(Closure { paths_added: Some(335), ..closure });
    assert_eq!(closure_sentence(&run).unwrap(), "+42.6 MiB, 335 paths added");
}
