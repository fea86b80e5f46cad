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
fn an_envelope_may_begin_later_where_nix_proves_it() {
    let mut lines = vec!["It fails:"; DECIDING_LINES];
    lines.extend([
        "2025-03-13T04:40:12 building '/nix/store/x.drv'...",
        "2025-03-13T04:40:15 made",
        "> Nov 22 06:39:39 h a[1]: building '/nix/store/y.drv'...",
        "> ",
        "    > quoted by Nix",
        "    copying path '/nix/store/z' from 'c'...",
        "      indented",
        "",
        "text",
        "    content",
    ]);
    let (found, names) = unwrap(&lines);
    let texts: Vec<_> = found[DECIDING_LINES..].iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "building '/nix/store/x.drv'...",
            "made",
            "building '/nix/store/y.drv'...",
            "",
            "    > quoted by Nix",
            "copying path '/nix/store/z' from 'c'...",
            "  indented",
            "",
            "text",
            "    content",
        ]
    );
    assert_eq!(names, ["indent", "journald", "quote", "ts"]);
}

#[test]
fn what_people_and_programs_put_in_front_is_taken_off() {
    let texts = ["these 2 derivations will be built:", "  /nix/store/x.drv", "", "building"];
    for (name, prefix) in [
        ("quote", "> "),
        ("quote", "> > "),
        ("indent", "    "),
        ("indent", "\t"),
        ("container", "nix-1  | "),
        ("container", "[pod/builder/nix] "),
        ("host", "web1: "),
        ("patch", "+"),
        ("github-actions", "build\tRun nix build\t2025-03-13T04:40:12.1234567Z "),
        ("journald", "Nov 22 06:39:39 nixos-upgrade-start[2174]: "),
        ("journald", "[    5.137013 <    0.137013 >] box nixos-upgrade-start[2174]: "),
        ("ts", "Thu Mar 13 04:40:12 2025 "),
        ("ts", "13/03/2025 04:40:12 "),
        ("ts", "04:40:12 AM "),
        ("ts", "0.000123 "),
    ] {
        let lines = texts.map(|text| format!("{prefix}{text}"));
        let (found, names) = unwrap(&lines.each_ref().map(String::as_str));
        let found: Vec<_> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(found, texts, "{prefix}");
        assert_eq!(names, [name], "{prefix}");
    }
}

#[test]
fn lines_may_be_numbered() {
    for separator in ["\t", ":", " ", " │ "] {
        let texts = ["building '/nix/store/x.drv'...", "10", "made"];
        let lines =
            [9, 10, 11].map(|number| format!("{number:>6}{separator}{}", texts[number - 9]));
        let (found, names) = unwrap(&lines.each_ref().map(String::as_str));
        let found: Vec<_> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(found, texts, "{separator}");
        assert_eq!(names, ["line-numbers"]);
    }
}

#[test]
fn what_only_looks_like_an_envelope_stays() {
    for lines in [
        // nh
        ["> Building NixOS configuration", "> Comparing changes", "> Activating configuration"],
        // colmena
        ["   web | Evaluating", "   web | Building", "  mail | Building"],
        ["error: a", "error: b", "error: building '/nix/store/x.drv'"],
        ["  /nix/store/x.drv", "  /nix/store/y.drv", "  /nix/store/z.drv"],
        ["ollama> building '/nix/store/x.drv'...", "ollama> b", "ollama> c"],
        ["+ nix build", "+ echo", "+ true"],
        ["12 tests passed", "13 tests passed", "14 tests passed"],
        ["[1/2 built] building '/nix/store/x.drv'", "[2/2 built]", "[2/2 built]"],
    ] {
        check(&lines, &[], &lines.map(|line| (None, line)));
    }
}

#[test]
fn marks_without_end_are_content() {
    let line = "> ".repeat(100_000);
    let (found, names) = unwrap(&[&line, &line]);
    assert_eq!((found[0].1.as_str(), names), (line.as_str(), Vec::new()));
}

#[test]
fn copies_of_web_pages_are_read() {
    check(
        &["building &#39;/nix/store/x.drv&#39;...", "x&gt; a &amp;&amp; b &lt;c", "&unknown;"],
        &["html"],
        &[(None, "building '/nix/store/x.drv'..."), (None, "x> a && b <c"), (None, "&unknown;")],
    );
    check(&["a &gt; b", "<p>"], &[], &[(None, "a &gt; b"), (None, "<p>")]);
}

#[test]
fn buildkite_tells_the_time() {
    check(
        &["\u{1b}_bk;t=1741840812000\u{7}building Nix...", "_bk;t=1741840815500x", "_bk;t=1"],
        &["buildkite"],
        &[(Some(0.0), "building Nix..."), (Some(3.5), "x"), (None, "_bk;t=1")],
    );
}

#[test]
fn records_of_the_journal_hold_lines() {
    let json = [
        r#"{"MESSAGE":"one","__REALTIME_TIMESTAMP":"1741840812000000","_HOSTNAME":"h"}"#,
        r#"{"__REALTIME_TIMESTAMP":"1741840814000000","MESSAGE":[27,91,49,109,116]}"#,
        r#"{"__REALTIME_TIMESTAMP":"1741840815000000","MESSAGE":"a\nb"}"#,
        "-- Boot --",
    ];
    check(
        &json,
        &["journald"],
        &[
            (Some(0.0), "one"),
            (Some(2.0), "t"),
            (Some(3.0), "a"),
            (Some(3.0), "b"),
            (None, "-- Boot --"),
        ],
    );
    let two = [(Some(0.0), "one"), (Some(2.0), "two=2")];
    let pretty = [
        "{",
        "\t\"__REALTIME_TIMESTAMP\" : \"1741840812000000\",",
        "\t\"MESSAGE\" : \"one\"",
        "}",
        "{",
        "\t\"MESSAGE\" : \"two=2\",",
        "\t\"__REALTIME_TIMESTAMP\" : \"1741840814000000\"",
        "}",
    ];
    check(&pretty, &["journald"], &two);
    let verbose = [
        "Sat 2025-11-22 06:26:01.000000 UTC [s=f1;i=1]",
        "    MESSAGE=one",
        "    _UID=0",
        "Sat 2025-11-22 06:26:03.000000 UTC [s=f1;i=2]",
        "    MESSAGE=two=2",
    ];
    check(&verbose, &["journald"], &two);
    let export = [
        "__CURSOR=s=f1",
        "__REALTIME_TIMESTAMP=1741840812000000",
        "MESSAGE=one",
        "",
        "__CURSOR=s=f2",
        "__REALTIME_TIMESTAMP=1741840814000000",
        "MESSAGE=two=2",
    ];
    check(&export, &["journald"], &two);
    let docker = [
        r#"{"log":"one\n","stream":"stderr","time":"2025-03-13T04:40:12.000000000Z"}"#,
        r#"{"log":"two=2\n","stream":"stderr","time":"2025-03-13T04:40:14.000000000Z"}"#,
    ];
    check(&docker, &["container"], &two);
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
