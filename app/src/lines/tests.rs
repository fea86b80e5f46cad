//! What the programs answer, by log and request.

use super::*;
use crate::protocol::lines::{Extract, Group, Pattern, PatternKind, Printer, TextStyle};

fn answer(request: &LinesRequest, log: &str) -> LinesAnswer {
    let mut scan = Scan::new(&protocol::to_bytes(request).unwrap());
    for chunk in log.as_bytes().chunks(7) {
        scan.feed(chunk);
    }
    protocol::from_bytes(&scan.finish()).unwrap()
}

fn pattern(text: &str, kind: PatternKind) -> Pattern {
    Pattern { text: text.to_owned(), kind }
}

fn lines(log: &str, pattern: Option<Pattern>) -> Vec<Vec<TextSpan>> {
    let request = LinesRequest::Lines { wanted: vec![Stretch { first: 1, count: 100 }], pattern };
    match answer(&request, log) {
        LinesAnswer::Lines(lines) => lines,
        other => panic!("{other:?}"),
    }
}

/// Pieces as `ink:text`, with `*` for bold, `/` for the paper and brackets for what matches.
fn drawn(line: &[TextSpan]) -> String {
    let piece = |span: &TextSpan| {
        let TextStyle { ink, paper, is_bold, is_dim } = span.style;
        let mut piece = format!("{ink}:");
        piece += if is_bold { "*" } else { "" };
        piece += if is_dim { "~" } else { "" };
        if paper > 0 {
            piece.push('/');
            piece += &paper.to_string();
            piece.push(' ');
        }
        if span.is_match { piece + "[" + &span.text + "]" } else { piece + &span.text }
    };
    line.iter().map(piece).collect::<Vec<_>>().join("|")
}

#[test]
fn colours_of_a_terminal_are_those_of_the_page() {
    for (line, expected) in [
        ("plain", "0:plain"),
        ("\x1b[31;1merror:\x1b[0m no", "1:*error:|0: no"),
        ("a\x1b[92mb\x1b[39mc", "0:a|3:b|0:c"),
        ("\x1b[38;5;208mx", "2:x"),
        ("\x1b[38;5;240mx", "7:x"),
        ("\x1b[38;2;10;20;250mx", "5:x"),
        ("\x1b[38;2;250;250;250mx", "0:x"),
        ("\x1b[38:2:10:200:250mx", "4:x"),
        ("\x1b[41;37mx\x1b[0m", "0:/1 x"),
        ("\x1b[35;2mx\x1b[22my", "6:~x|6:y"),
        ("\x1b[1;38;5;196m", ""),
        ("[1/2]\r\x1b[K\x1b[33mdone\x1b[0m", "2:done"),
    ] {
        let lines = lines(&format!("{line}\nnext\n"), None);
        assert_eq!(drawn(&lines[0]), expected, "{line:?}");
        assert_eq!(drawn(&lines[1]), "0:next", "a colour ends with its line: {line:?}");
    }
}

#[test]
fn lines_of_a_slice_are_counted_from_its_first() {
    let lines: Vec<String> = (2049..=3000).map(|line| format!("line {line}\n")).collect();
    let log = lines.concat();
    let wanted = [(1, 1), (452, 2), (952, 9)];
    let wanted = wanted.map(|(first, count)| Stretch { first, count }).to_vec();
    let LinesAnswer::Lines(lines) = answer(&LinesRequest::Lines { wanted, pattern: None }, &log)
    else {
        panic!()
    };
    assert_eq!(
        lines.iter().map(|line| drawn(line)).collect::<Vec<_>>(),
        ["0:line 2049", "0:line 2500", "0:line 2501", "0:line 3000"]
    );
}

#[test]
fn long_line_says_how_much_is_not_shown() {
    let lines = lines(&"é".repeat(6000), None);
    assert_eq!(lines[0][0].text.chars().count(), 5000);
    assert_eq!(lines[0][1].text, " … and 2000 bytes more");
}

#[test]
fn what_matches_is_marked() {
    for (text, kind, line, expected) in [
        ("error", PatternKind::Plain, "an Error: error", "0:an |0:[Error]|0:: |0:[error]"),
        ("Error", PatternKind::Plain, "an Error: error", "0:an |0:[Error]|0:: error"),
        ("a.c", PatternKind::Plain, "abc a.c", "0:abc |0:[a.c]"),
        ("a.c", PatternKind::Regex, "abc aéc", "0:[abc]|0: aéc"),
        (r"\Wno\d+", PatternKind::Regex, "x NO42", "0:x|0:[ NO42]"),
        ("x*", PatternKind::Regex, "abc", "0:abc"),
        ("r n", PatternKind::Plain, "\x1b[31merror\x1b[0m no", "1:erro|1:[r]|0:[ n]|0:o"),
    ] {
        let lines = lines(line, Some(pattern(text, kind)));
        assert_eq!(drawn(&lines[0]), expected, "{text}");
    }
}

#[test]
fn lines_that_match_are_counted_by_block_and_numbered_within_one() {
    let log: String =
        (1..=3000).map(|line| if line % 1000 == 0 { "an error\n" } else { "fine\n" }).collect();
    let error = pattern("ERROR".to_lowercase().as_str(), PatternKind::Plain);
    assert_eq!(
        answer(&LinesRequest::Search(error.clone()), &log),
        LinesAnswer::Found(vec![1, 1, 1])
    );
    let request = LinesRequest::Matches { slice_first: 5121, pattern: error };
    assert_eq!(answer(&request, &log), LinesAnswer::Matches(vec![6120, 7120, 8120]));
}

#[test]
fn what_is_no_regular_expression_is_told() {
    let request = LinesRequest::Search(pattern("a(", PatternKind::Regex));
    assert_eq!(
        answer(&request, "a("),
        LinesAnswer::BadPattern("This is no regular expression: unclosed group.".to_owned())
    );
}

fn extract(name: &str, drv: Option<&str>, log: &str) -> Extract {
    let request = LinesRequest::Extract { name: name.to_owned(), drv: drv.map(str::to_owned) };
    let LinesAnswer::Extract(extract) = answer(&request, log) else { panic!() };
    assert_eq!(extract.index.n_bytes, extract.text.len() as u64);
    extract
}

#[test]
fn lines_of_one_derivation_are_told_by_what_stands_before_them() {
    let log = "\
these 2 derivations will be built:
  /nix/store/a-hello.drv
building '/nix/store/a-hello.drv'...
hello> configuring
othello> configuring
10:01:02 \x1b[34mhello> \x1b[0mbuilding
error: builder for '/nix/store/a-hello.drv' failed
";
    let found = extract("hello", Some("/nix/store/a-hello.drv"), log);
    assert_eq!(found.numbers, [3, 4, 6, 7]);
    assert!(found.text.ends_with(b"failed\n"));
    assert!(!found.is_cut);
}

#[test]
fn lines_of_one_derivation_are_told_by_the_number_of_its_build() {
    let log = r#"@nix {"action":"start","fields":["/nix/store/a-hello.drv","",1,1],"id":7,"level":3,"parent":0,"text":"building '/nix/store/a-hello.drv'","type":105}
@nix {"action":"start","fields":["/nix/store/b-other.drv","",1,1],"id":8,"level":3,"parent":0,"text":"building '/nix/store/b-other.drv'","type":105}
@nix {"action":"result","fields":["say \"id\":8 \u001b[1mno"],"id":7,"type":101}
@nix {"action":"result","fields":["not mine"],"id":8,"type":101}
@nix {"action":"result","fields":[1,2,0,0],"id":7,"type":105}
@nix {"action":"msg","level":0,"msg":"error: '/nix/store/a-hello.drv'\n  failed"}
"#;
    let found = extract("hello", Some("/nix/store/a-hello.drv"), log);
    let expected = "building '/nix/store/a-hello.drv'\nsay \"id\":8 \x1b[1mno\nerror: '/nix/store/a-hello.drv'\n  failed\n";
    assert_eq!(String::from_utf8(found.text).unwrap(), expected);
    assert_eq!(found.numbers, [1, 3, 6, 6]);
}

fn groups(printers: &[(&str, bool)], log: &str) -> Vec<(u32, u32, u32, bool, bool)> {
    let printer = |(name, is_failed): &(&str, bool)| Printer {
        name: (*name).to_owned(),
        drv: Some(format!("/nix/store/0-{name}-1.drv")),
        is_failed: *is_failed,
    };
    let request = LinesRequest::Groups(printers.iter().map(printer).collect());
    let LinesAnswer::Groups(groups) = answer(&request, log) else { panic!() };
    let shown =
        |it: &Group| (it.lines.first, it.lines.count, it.printer, it.is_mixed, it.is_failed);
    groups.iter().map(shown).collect()
}

#[test]
fn lines_that_follow_each_other_are_a_group_for_each_derivation() {
    let log = "\
building '/nix/store/0-hello-1.drv'...
hello> one
hello> two
hello> three
hello> four
building '/nix/store/0-other-1.drv'...
10:01:02 \x1b[34mother> \x1b[0mone
10:01:02 other>
not named> one
hello> alone
";
    let found = groups(&[("hello", false), ("other", true)], log);
    assert_eq!(found, [(2, 4, 0, false, false), (7, 2, 1, false, true)]);
}

#[test]
fn derivations_that_take_turns_are_one_group() {
    let turns = "a> x\nb> x\nb> x\n".repeat(5);
    let log = [&"a> x\n".repeat(9), turns.as_str(), &"c> x\n".repeat(4), "end\n", &turns].concat();
    let found = groups(&[("a", false), ("b", false), ("c", true)], &log);
    let expected = [
        (1, 10, 0, false, false),
        (11, 14, 1, true, false),
        (25, 4, 2, false, true),
        (30, 15, 0, true, false),
    ];
    assert_eq!(found, expected);
}

#[test]
fn records_are_grouped_by_the_number_of_their_build() {
    let log = r#"@nix {"action":"start","fields":["/nix/store/0-a-1.drv","",1,1],"id":7,"level":3,"parent":0,"text":"building '/nix/store/0-a-1.drv'","type":105}
@nix {"action":"result","fields":["one"],"id":7,"type":101}
@nix {"action":"result","fields":[1,2,0,0],"id":1,"type":105}
@nix {"action":"result","fields":["two"],"id":7,"type":101}
@nix {"action":"msg","level":0,"msg":"error: no"}
@nix {"action":"result","fields":["three"],"id":8,"type":101}
"#;
    assert_eq!(groups(&[("a", false)], log), [(2, 3, 0, false, false)]);
}

#[test]
fn groups_of_the_longest_log_are_bounded_and_in_order() {
    for (every, least_folded) in [(7, 990_000), (2, 490_000)] {
        let mut log = String::new();
        for turn in 0..200_000_usize {
            let name = if turn % 2 == 0 { "a" } else { "b" };
            for _ in 0..4 + turn % 3 {
                log += name;
                log += "> x\n";
            }
            log += if turn % every == 0 { "building\n" } else { "" };
        }
        let found = groups(&[("a", false), ("b", false)], &log);
        assert!((100..=50_000).contains(&found.len()), "{}", found.len());
        assert!(found.is_sorted_by(|one, next| one.0 + one.1 <= next.0));
        let n_folded: u32 = found.iter().map(|it| it.1).sum();
        assert!(n_folded > least_folded, "{n_folded}");
    }
}
