//! Reports that no log gave: whatever stands in a field comes back.

use std::sync::LazyLock;

use analyzer::Report;
use analyzer::report::{
    Change, ChangeKind, ChangeSource, DerivationKind, Grade, Input, InputKind, InputRevision,
    Level, Lines, LinkLevel, NixOrder, Run, Span, StoreCounts, Warning, WarningClass,
};
use proptest::prelude::*;
use proptest::sample::select;
use share::link::{self, Tables};

#[path = "support/analyzed.rs"]
mod analyzed;

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| Tables::built_in().expect("what the test is made of"));

/// Texts of all sorts: empty, with signs of the format's own, long, in other scripts.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9.+_-]{0,12}",
        "\\PC{0,20}",
        "[\u{0}\u{1}\u{2}\u{3}\u{4}\n ab]{0,8}",
        select(vec![
            "linux",
            "python3.13-requests",
            "python3-x",
            "perl5-",
            "unit-nginx.service",
            "nixos-system-laptop"
        ])
        .prop_map(str::to_owned),
    ]
}

fn version() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9]{1,3}(\\.[0-9]{1,3}){0,3}", "[0-9.a-z+-]{0,16}", text()]
}

fn seconds() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of(prop_oneof![
        0.0..10_000.0,
        -100.0..100.0,
        any::<f64>(),
        (0_u32..100_000).prop_map(f64::from)
    ])
}

prop_compose! {
    fn span()(
        total_s in seconds(), low_s in seconds(), high_s in seconds(),
        from in proptest::option::of(prop_oneof![
            Just("2025-03-13T04:40:12+00:00".to_owned()),
            Just("2025-02-30T04:40:12Z".to_owned()),
            "20[0-9]{2}-0[1-9]-1[0-9]T[01][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?Z?",
            text(),
        ]),
        because in text(),
        grade in select(vec![Grade::Stamped, Grade::Stated, Grade::Bounded, Grade::Unknown]),
    ) -> Span {
        Span { total_s, low_s, high_s, grade, to: from.clone(), from, because, lines: Lines::one(3) }
    }
}

prop_compose! {
    fn change()(
        name in text(), family in proptest::option::of(text()),
        old in proptest::collection::vec(version(), 0..3),
        new in proptest::collection::vec(version(), 0..3),
        counts in proptest::option::of(any::<u32>()), size_delta_bytes in proptest::option::of(any::<i64>()),
        selected in proptest::option::of(any::<bool>()), renamed_from in proptest::option::of(text()),
        kind in select(vec![ChangeKind::Upgraded, ChangeKind::Added, ChangeKind::Removed, ChangeKind::Rebuilt]),
        level in proptest::option::of(select(vec![Level::Major, Level::Scheme])),
        source in select(vec![ChangeSource::Nvd, ChangeSource::Plan]),
    ) -> Change {
        Change {
            name, subject: DerivationKind::Software, kind, level, old, new,
            old_count: counts, new_count: counts.map(|n| n / 2), size_delta_bytes, selected, family,
            renamed_from, nix_order: level.map(|_| NixOrder::Less), source, lines: Lines::one(1),
        }
    }
}

prop_compose! {
    fn input()(
        name in text(), url in proptest::option::of(text()), within in any::<bool>(),
        rev in proptest::option::of(prop_oneof!["[0-9a-f]{8}", "[0-9a-f]{40}", text()]),
        date in proptest::option::of(prop_oneof!["20[0-9]{2}-0[1-9]-[0-3][0-9]", text()]),
        follows in proptest::option::of(text()),
    ) -> Input {
        let both = format!("github:a/{name}/{}", rev.as_deref().unwrap_or_default());
        let url = if within { Some(both) } else { url };
        let new = InputRevision { url, rev, date, follows };
        Input { name, kind: InputKind::Added, old: Some(new.clone()), new: Some(new), lines: Lines::one(2) }
    }
}

/// A report of a real run, with some of its fields made up.
fn report(base: &Report, run: impl FnOnce(&mut Run)) -> Report {
    let mut report = base.clone();
    run(&mut report.runs[0]);
    report
}

#[track_caller]
fn check(report: &Report, tables: &Tables) {
    for level in LinkLevel::ALL {
        let link = link::encode(report, level, tables);
        let opened = link::decode(&link, tables).expect("a link that was just made");
        assert_eq!(opened.report, report.at_level(level));
    }
}

fn base() -> Report {
    analyzed::report(include_bytes!("../../analyzer/tests/fixtures/nix-2.34.8/upgrade-stamped.log"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_changes_come_back(
        mut changes in proptest::collection::vec(change(), 0..40), is_sorted in any::<bool>(),
    ) {
        if is_sorted {
            changes.sort_by(|a, b| a.name.cmp(&b.name));
        }
        check(&report(&base(), |run| run.changes = changes), &TABLES);
    }

    #[test]
    fn any_times_and_texts_come_back(
        time in span(), of_build in span(), from_s in seconds(), texts in proptest::collection::vec(text(), 6),
        inputs in proptest::collection::vec(input(), 0..4), bytes in any::<u64>(), count in any::<u32>(),
    ) {
        let made = report(&base(), |run| {
            run.time = time;
            for derivation in &mut run.derivations {
                derivation.time = Some(of_build.clone());
                derivation.from_s = from_s;
                derivation.name.clone_from(&texts[0]);
                derivation.version = Some(texts[1].clone());
            }
            run.command = Some(texts[2].clone());
            run.host = Some(texts[3].clone());
            run.inputs = inputs;
            let warning = Warning {
                message: texts[4].clone(), count, class: WarningClass::Other, lines: Lines::one(1),
            };
            run.warnings = vec![warning.clone(), warning];
            let store = StoreCounts {
                store: Some(texts[5].clone()), direction: analyzer::report::Direction::To,
                copied: count, planned: 0, failed: 1, sized: count / 3, bytes, retries: 0,
            };
            run.counts = Some(analyzer::report::Counts { stores: vec![store], ..Default::default() });
        });
        check(&made, &TABLES);
    }
}

#[test]
fn what_no_link_can_hold_goes_down_a_level() {
    let large = report(&base(), |run| {
        let message = "a warning ".repeat(300_000);
        let class = WarningClass::Other;
        run.warnings = vec![Warning { message, count: 1, class, lines: Lines::one(1) }];
    });
    let opened = link::decode(&link::encode(&large, LinkLevel::Full, &TABLES), &TABLES)
        .expect("what the test is made of");
    assert_eq!(opened.level, LinkLevel::Changes);
    assert_eq!(opened.report, large.at_level(LinkLevel::Changes));
}
