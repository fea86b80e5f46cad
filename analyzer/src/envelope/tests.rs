//! What stands around the lines of a log, and what is left without it.

use super::*;

/// Seconds since the first line with a time, and the text; and what wraps the lines.
fn unwrap(lines: &[&str]) -> (Vec<(Option<f64>, String)>, Vec<&'static str>) {
    let mut unwrapper = Unwrapper::default();
    let mut first = None;
    let mut found = Vec::new();
    let mut emit = |_: Position, line: Stripped| {
        first = first.or(line.time);
        let seconds = line.time.zip(first).map(|(time, first)| time.seconds_since(first));
        found.push((seconds, line.text.to_owned()));
    };
    for (at, line) in lines.iter().enumerate() {
        let at = Position { line: u32::try_from(at + 1).unwrap(), byte: 0 };
        unwrapper.feed(at, line.as_bytes(), &mut emit);
    }
    unwrapper.finish(&mut emit);
    (found, unwrapper.names())
}

fn check(lines: &[&str], names: &[&str], expected: &[(Option<f64>, &str)]) {
    let (found, found_names) = unwrap(lines);
    let found: Vec<_> = found.iter().map(|(seconds, text)| (*seconds, text.as_str())).collect();
    assert_eq!(found, expected);
    assert_eq!(found_names, names);
}

#[test]
fn dates_of_ts_are_taken_off() {
    for [first, second] in [
        ["2025-03-13T04:40:12", "2025-03-13T04:40:15"],
        ["2025-03-13 04:40:12", "2025-03-13 04:40:15"],
        ["2025-03-13T04:40:12.25+0100", "2025-03-13T03:40:15.25Z"],
        ["2025-11-22T06:40:01.394965Z", "2025-11-22T06:40:04.394999Z"],
        ["Mar 13 10:00:01", "Mar 13 10:00:04"],
        ["[04:40:12]", "[04:40:15]"],
        ["00:00:00", "00:00:03"],
        ["1741840812.5", "1741840815.5"],
    ] {
        let lines = [format!("{first} building Nix..."), format!("{second}   /nix/store/x")];
        check(
            &[&lines[0], &lines[1]],
            &["ts"],
            &[(Some(0.0), "building Nix..."), (Some(3.0), "  /nix/store/x")],
        );
    }
}

#[test]
fn journals_are_taken_off() {
    for stamp in [
        "Nov 22 06:39:39",
        "nov. 22 06:39:39.123456",
        "2025-11-22T06:39:39+0100",
        "2025-11-22T06:39:39.123456+01:00",
        "Sat 2025-11-22 06:39:39 CET",
        "1741840812.123456",
        "[  123.456789]",
    ] {
        let lines = [
            format!("{stamp} host nixos-upgrade-start[2174]: building Nix..."),
            format!("{stamp} host nixos-upgrade-start[2174]:   /nix/store/x"),
            format!("{stamp} host kernel: "),
        ];
        check(
            &[&lines[0], &lines[1], &lines[2]],
            &["journald"],
            &[(Some(0.0), "building Nix..."), (Some(0.0), "  /nix/store/x"), (Some(0.0), "")],
        );
    }
}

#[test]
fn journals_name_host_and_unit() {
    let mut unwrapper = Unwrapper::default();
    let at = Position { line: 1, byte: 0 };
    unwrapper.feed(at, b"Nov 22 06:39:39 box nixos-upgrade-start[2174]: x", |_, _| {});
    unwrapper.finish(|_, line| {
        assert_eq!((line.host, line.unit), (Some("box"), Some("nixos-upgrade-start")));
    });
}

#[test]
fn further_lines_of_a_journal_message_lose_their_indent() {
    check(
        &[
            "-- Journal begins at Mon 2025-11-17 09:00:00 CET. --",
            "Nov 22 06:39:39 h a[1]: trace: warning: one",
            "                        two",
            "                          three",
        ],
        &["journald"],
        &[
            (None, "-- Journal begins at Mon 2025-11-17 09:00:00 CET. --"),
            (Some(0.0), "trace: warning: one"),
            (None, "two"),
            (None, "  three"),
        ],
    );
}

#[test]
fn times_in_some_lines_are_content() {
    let lines = [
        "warning: the following units failed: wgnord.service",
        "● wgnord.service - NordVPN WireGuard (wgnord) service",
        "        CPU: 137ms",
        "Sep 20 21:57:23 barrett systemd[1]: wgnord.service: Consumed 137ms CPU time.",
    ];
    check(&lines, &[], &lines.map(|line| (None, line)));
}

#[test]
fn times_after_the_decision_are_content() {
    let mut lines = vec!["copying path"; DECIDING_LINES];
    lines.resize(10 * DECIDING_LINES, "2025-03-13T04:40:12 done");
    let expected: Vec<_> = lines.iter().map(|line| (None, *line)).collect();
    check(&lines, &[], &expected);
}

#[test]
fn ci_services_are_known() {
    check(
        &["\u{FEFF}2025-03-13T04:40:12.1234567Z building Nix...", "2025-03-13T04:40:13.1234567Z "],
        &["github-actions"],
        &[(Some(0.0), "building Nix..."), (Some(1.0), "")],
    );
    check(
        &["2025-03-13T04:40:12.123456Z 00O building Nix...", "2025-03-13T04:40:13.123456Z 01E+x"],
        &["gitlab-ci"],
        &[(Some(0.0), "building Nix..."), (Some(1.0), "x")],
    );
}

#[test]
fn a_stamp_before_other_letters_is_no_stream() {
    let line = "2025-03-13T04:40:12.123456Z ❌ 00";
    check(&[line, line], &["ts"], &[(Some(0.0), "❌ 00"), (Some(0.0), "❌ 00")]);
}

#[test]
fn levels_are_taken_off() {
    check(
        &["<5>these 2 derivations will be built:", "<5>  /nix/store/x", "building"],
        &["systemd-level"],
        &[
            (None, "these 2 derivations will be built:"),
            (None, "  /nix/store/x"),
            (None, "building"),
        ],
    );
    check(&["I <3 Nix", "<3>"], &[], &[(None, "I <3 Nix"), (None, "<3>")]);
}

#[test]
fn envelopes_lie_within_each_other() {
    check(
        &[
            "2025-03-13T04:40:12.1234567Z Nov 22 06:39:39 h a[1]: one",
            "2025-03-13T04:40:12.1234567Z Nov 22 06:39:41 h a[1]: two",
        ],
        &["github-actions", "journald"],
        &[(Some(0.0), "one"), (Some(2.0), "two")],
    );
}

#[test]
fn a_time_that_a_progress_bar_overwrote_counts() {
    check(
        &[
            "2025-03-13T04:40:12 \r\u{1b}[Kbuilding Nix...",
            "2025-03-13T04:40:14 \r[1/2 built]\u{1b}[K\r\u{1b}[Ktrace: x",
        ],
        &["ts"],
        &[(Some(0.0), "building Nix..."), (Some(2.0), "trace: x")],
    );
}
