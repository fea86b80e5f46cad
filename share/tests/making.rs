//! What the page is told while a person shares a report.

use std::sync::LazyLock;

use analyzer::report::LinkLevel;
use analyzer::{Analyzer, Report};
use serde::de::DeserializeOwned;
use share::link::{self, Tables};
use share::making::{Found, Link, Made, Packed, Request, answer};
use share::mask::NameFinder;

const LOG: &str = "\
[alice@laptop:~/nixos]$ sudo nixos-rebuild switch --flake .#laptop
building the system configuration...
evaluation warning: the cache at 192.168.7.21 has no key
these 2 derivations will be built:
  /nix/store/00000000000000000000000000000001-alice-backup.drv
  /nix/store/00000000000000000000000000000002-nixos-system-laptop-24.11.drv
building '/nix/store/00000000000000000000000000000001-alice-backup.drv'...
building '/nix/store/00000000000000000000000000000002-nixos-system-laptop-24.11.drv'...
activating the configuration...
the following new units were started: alice-backup.service
";

static TABLES: LazyLock<Option<Tables>> = LazyLock::new(Tables::built_in);

fn report() -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(LOG.as_bytes());
    analyzer.finish()
}

fn names() -> Vec<u8> {
    let mut finder = NameFinder::default();
    finder.feed(LOG.as_bytes());
    postcard::to_stdvec(&finder.finish()).expect("bytes")
}

fn ask<A: DeserializeOwned>(request: &Request) -> A {
    let mut bytes = postcard::to_stdvec(request).expect("bytes");
    bytes.extend(postcard::to_stdvec(&report()).expect("bytes"));
    // What stands behind the report in the message that brought it.
    bytes.extend(b"more");
    let answer = answer(&bytes, || TABLES.as_ref()).expect("an answer");
    postcard::from_bytes(&answer).expect("an answer of this kind")
}

/// What was found, but for things of this text.
fn masked(found: &Found, but: &[&str]) -> Vec<Packed> {
    let items = found.groups.iter().flat_map(|group| &group.items);
    items.filter(|it| !but.contains(&it.text.as_str())).map(|it| it.packed.clone()).collect()
}

#[track_caller]
fn check(but: &[&str], expected: &[&str]) {
    let found: Found = ask(&Request::Find { names: names() });
    let made: Made = ask(&Request::Make { masked: masked(&found, but) });
    let tables = TABLES.as_ref().expect("the tables");
    let decode = |it: &Link| link::decode(&it.fragment, tables).expect("a link").report;
    let decoded: Vec<Report> = made.links.iter().map(decode).collect();
    let masked: Report = ask(&Request::Mask { masked: masked(&found, but) });
    for private in ["alice", "laptop", "192.168.7.21"] {
        let is_in = |report: &Report| format!("{report:?}").contains(private);
        let is_expected = expected.contains(&private);
        assert_eq!(is_in(&decoded[2]), is_expected, "{private} in the link");
        assert_eq!(is_in(&masked), is_expected, "{private} in the report for files");
        assert!(is_expected || !decoded.iter().any(is_in), "{private}");
    }
}

#[test]
fn what_is_found_is_in_no_link_and_no_file() {
    let found: Found = ask(&Request::Find { names: names() });
    let labels: Vec<&str> = found.groups.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["User names", "Machine names", "Network addresses"]);
    assert!(found.groups.iter().flat_map(|it| &it.items).all(|it| it.count > 0));
    check(&[], &[]);
}

#[test]
fn what_a_person_allows_is_there() {
    check(&["laptop"], &["laptop"]);
    check(&["alice", "laptop", "192.168.7.21"], &["alice", "laptop", "192.168.7.21"]);
}

#[test]
fn each_level_has_its_link_and_all_have_the_sentences() {
    let made: Made = ask(&Request::Make { masked: Vec::new() });
    let levels: Vec<LinkLevel> = made.links.iter().map(|it| it.level).collect();
    assert_eq!(levels, LinkLevel::ALL);
    assert!(made.links.is_sorted_by_key(|it| it.fragment.len()));
    let expected: Vec<(u32, String)> =
        report().findings.into_iter().map(|it| (it.run, it.text)).collect();
    assert_eq!(made.sentences, expected);
}

#[test]
fn a_code_needs_no_report() {
    let request = Request::Draw { text: "https://site.test/#r1abc".to_owned() };
    let answer = answer(&postcard::to_stdvec(&request).expect("bytes"), || None).unwrap();
    let svg: Option<String> = postcard::from_bytes(&answer).unwrap();
    assert!(svg.unwrap().starts_with("<svg xmlns="));
}

#[test]
fn bytes_of_another_kind_have_no_answer() {
    assert_eq!(answer(b"", || TABLES.as_ref()), None);
    assert_eq!(answer(&[9; 40], || TABLES.as_ref()), None);
    let request = postcard::to_stdvec(&Request::Make { masked: Vec::new() }).expect("bytes");
    assert_eq!(answer(&request, || TABLES.as_ref()), None);
}
