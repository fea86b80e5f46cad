//! Links, as a person and a script make and open them.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const LOG: &str = "\
alice@laptop:~$ nixos-rebuild switch --flake .#laptop
warning: Git tree '/home/alice/nixos' is dirty
warning: access-tokens = github.com=ghp_Ab0Ab0Ab0Ab0Ab0Ab0Ab0 at 192.0.2.7
building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-hello-2.12.drv'...
building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-nixos-system-laptop-24.11.20250313.abcdef0.drv'...
restarting the following units: home-manager-alice.service, sshd.service
";

const PAGE: &str = "https://scope.example.org/";

fn run(args: &[&str], page: Option<&str>, input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rebuildscope"));
    command.args(args).env_remove("REBUILDSCOPE_BASE");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(page) = page {
        command.env("REBUILDSCOPE_BASE", page);
    }
    let mut child = command.spawn().expect("the program starts");
    // The program may end without reading everything: that is for the caller to judge.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("text")
}

/// The link and what was said beside it.
fn share(args: &[&str]) -> (String, String) {
    let output = run(&[&["share"], args].concat(), None, LOG);
    let said = text(output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let link = text(output.stdout);
    assert_eq!(link.lines().count(), 1, "{link}");
    (link.trim_end().to_owned(), said)
}

fn open(link: &str) -> (Value, String) {
    let output = run(&["open", link], None, "");
    assert_eq!(output.status.code(), Some(0), "{}", text(output.stderr));
    let json = text(output.stdout);
    (serde_json::from_str(&json).expect("JSON"), json)
}

#[test]
fn a_link_holds_the_report_with_private_things_masked() {
    let (link, said) = share(&[]);
    assert!(link.starts_with("#r1"), "{link}");
    let (report, text) = open(&link);
    assert_eq!(report["runs"][0]["host"], "host");
    assert_eq!(report["runs"][0]["derivations"][0]["name"], "hello");
    for private in ["alice", "laptop", "ghp_", "192.0.2.7"] {
        assert!(!text.contains(private), "{private} in {text}");
    }
    for line in [
        "user name          alice → user, ",
        "machine name       laptop → host, ",
        "home folder        /home/alice → ~, once",
        "network address    192.0.2.7 → address, once",
        "token              ghp_… → token, once",
        "`--allow tokens`",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
}

#[test]
fn what_is_allowed_is_in_the_link() {
    let (link, said) = share(&["--allow", "hosts,192.0.2.7", "--allow", "nobody"]);
    let (report, text) = open(&link);
    assert_eq!(report["runs"][0]["host"], "laptop");
    assert!(text.contains("192.0.2.7") && !text.contains("alice"), "{text}");
    assert!(!said.contains("laptop") && !said.contains("192.0.2.7"), "{said}");
    assert!(said.contains("`--allow nobody` names nothing that was found."), "{said}");
}

#[test]
fn a_log_without_anything_private_says_so() {
    let log = "building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-hello-2.12.drv'...\n";
    let output = run(&["share"], None, log);
    let said = text(output.stderr);
    assert!(said.contains("Nothing was found in it that is masked."), "{said}");
}

#[test]
fn the_page_is_that_of_the_option_or_of_the_environment() {
    let link = |args: &[&str], page| text(run(&[&["share"], args].concat(), page, LOG).stdout);
    assert!(link(&["--base", PAGE], None).starts_with("https://scope.example.org/#r1"));
    assert!(link(&[], Some(PAGE)).starts_with("https://scope.example.org/#r1"));
    assert!(
        link(&["--base", "http://localhost/x"], Some(PAGE)).starts_with("http://localhost/x#r1")
    );
    let (report, _) = open(link(&[], Some(PAGE)).trim_end());
    assert_eq!(report["schema"], 1);
}

#[test]
fn a_level_says_how_much_is_in_the_link() {
    let (verdict, _) = share(&["--level", "verdict"]);
    let (full, said) = share(&["--level", "full"]);
    assert!(verdict.len() < full.len());
    assert!(said.contains(&format!("The link has {} characters.", full.len())), "{said}");
    assert_eq!(open(&verdict).0["runs"][0]["derivations"], Value::Array(Vec::new()));
}

#[test]
fn a_link_with_a_password_opens_with_that_alone() {
    let folder = std::env::temp_dir().join(format!("rebuildscope-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, password: &str| {
        let path = folder.join(name);
        std::fs::write(&path, password).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (right, wrong, none) = (file("right", "a b c\n"), file("wrong", "abc"), file("none", "\n"));
    let (link, _) = share(&["--password-file", &right]);
    let opened = run(&["open", &link, "--password-file", &right], None, "");
    let (plain, _) = share(&[]);
    assert_eq!(text(opened.stdout), open(&plain).1);
    let open_with = |file: &str, status, words| {
        check_refused(&["open", &link, "-p", file], "", status, words);
    };
    open_with(&wrong, 1, "This password does not open the link.");
    open_with(&none, 2, "expected a password in the first line");
    open_with("/nowhere", 2, "cannot read /nowhere");
    check_refused(&["open", &link], "", 2, "Name a file that holds it with `--password-file`.");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_log_is_passed_on_before_the_list() {
    let output = run(&["share", "--tee"], None, LOG);
    assert!(text(output.stderr).starts_with(LOG));
}

#[test]
fn a_link_is_opened_from_standard_input_in_any_format() {
    let (link, _) = share(&[]);
    for (args, words) in [
        (&["open", "-", "--format", "text"][..], "hello"),
        (&["open", "--format", "markdown"], "nixos-rebuild switch"),
        (&["open", "-f", "csv-builds"], "hello"),
    ] {
        let output = run(args, None, &format!("  {PAGE}{link}\n"));
        let shown = text(output.stdout);
        assert!(shown.contains(words), "{args:?}: {shown}");
    }
}

#[track_caller]
fn check_refused(args: &[&str], input: &str, status: i32, words: &str) {
    let output = run(args, None, input);
    let complaint = text(output.stderr);
    assert_eq!(output.status.code(), Some(status), "{complaint}");
    assert_eq!(output.stdout, b"");
    assert!(complaint.starts_with("rebuildscope: ") && complaint.contains(words), "{complaint}");
}

#[test]
fn what_is_no_link_is_refused_in_a_sentence() {
    check_refused(&["open", "hello"], "", 1, "This is no link that holds a report");
    check_refused(&["open"], "", 1, "This is no link that holds a report");
    check_refused(&["open", "-"], "\u{0}\u{1}", 1, "This is no link that holds a report");
}

#[test]
fn a_link_that_was_changed_is_refused() {
    let (link, _) = share(&[]);
    let at = link.len() / 2;
    let other = if &link[at..=at] == "A" { "B" } else { "A" };
    let changed = format!("{}{other}{}", &link[..at], &link[at + 1..]);
    check_refused(&["open", &changed], "", 1, "This link");
}

#[test]
fn what_is_no_log_makes_no_link() {
    check_refused(&["share"], "a letter to somebody\n", 1, "log");
    check_refused(&["share", "/nowhere/at.all"], "", 2, "cannot read /nowhere/at.all");
    check_refused(&["share", "--level", "all"], "", 2, "as level, found \"all\"");
}
