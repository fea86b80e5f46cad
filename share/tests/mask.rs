//! What is masked is in nothing that is handed on, and what is not private stays.

use analyzer::report::LinkLevel;
use analyzer::{Analyzer, Report};
use proptest::prelude::*;
use share::link::{self, Tables};
use share::mask::{Item, Kind, NameFinder, Names, Reach, find, mask};

/// Forty digits, as of a revision.
const REV: &str = "5e2a59a5b1a82f89f2c7e598302a9cacebb72a67";
const TOKEN: &str = "ghp_Ab0Ab0Ab0Ab0Ab0Ab0Ab0Ab0Ab0Ab0Ab0Ab0";

/// A log with something private in every place that a report can hold.
fn planted(user: &str, host: &str) -> String {
    let hash = "0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr";
    format!(
        "\
{user}@{host}:~$ nixos-rebuild switch --flake .#{host} --target-host {user}@server.example.org
warning: Git tree '/home/{user}/nixos' is dirty
warning: updating lock file '/home/{user}/nixos/flake.lock':
• Updated input 'secrets':
    'git+ssh://git@git.example.org/{user}/secrets?ref=main&rev={REV}' (2025-03-01)
  → 'git+ssh://git@git.example.org/{user}/secrets?ref=main&rev={REV}' (2025-03-12)
building the system configuration...
evaluation warning: {user} profile: set access-tokens = github.com={TOKEN} on {host}
these 4 derivations will be built:
  /nix/store/{hash}-etc-{host}.drv
  /nix/store/{hash}-{host}-backup.drv
  /nix/store/{hash}-unit-home-manager-{user}.service.drv
  /nix/store/{hash}-nixos-system-{host}-24.11.20250313.abcdef0.drv
copying path '/nix/store/{hash}-brlaser-6.2.3.1' from 'https://{user}:hunter2@cache.example.org'...
copying path '/nix/store/{hash}-hello-2.12' from 'https://cache.nixos.org'...
building '/nix/store/{hash}-etc-{host}.drv' on 'ssh://{user}@192.0.2.44'...
building '/nix/store/{hash}-unit-home-manager-{user}.service.drv'...
building '/nix/store/{hash}-{host}-backup.drv'...
error: builder for '/nix/store/{hash}-{host}-backup.drv' failed with exit code 1;
       last 6 log lines:
       > fatal: could not read from git@git.example.org:{user}/site.git
       > ssh: connect to host 192.0.2.44 port 22: No route to host
       > link 0a:1b:2c:3d:4e:5f has fd7a:115c:a1e0::7
       > mail {user}@mail.example.org, {host}.lan, nas.local
       > brlaser 6.2.3.1, sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, password=hunter2, token={TOKEN}
       > \"/home/{user}/site\" as {user} on {host}, cache.nixos.org
       For full logs, run 'nix log /nix/store/{hash}-{host}-backup.drv'.
error: 1 dependencies of derivation '/nix/store/{hash}-nixos-system-{host}-24.11.20250313.abcdef0.drv' failed to build
restarting the following units: home-manager-{user}.service, {host}-backup.service, sshd.service
warning: the following units failed: home-manager-{user}.service
"
    )
}

fn read(log: &str) -> (Report, Names) {
    let (mut analyzer, mut finder) = (Analyzer::default(), NameFinder::default());
    analyzer.feed(log.as_bytes());
    finder.feed(log.as_bytes());
    (analyzer.finish(), finder.finish())
}

fn json(report: &Report) -> String {
    serde_json::to_string(report).expect("a report has a JSON form")
}

fn of_kind(items: &[Item], kind: Kind) -> Vec<&str> {
    items.iter().filter(|item| item.kind == kind).map(|item| item.text.as_str()).collect()
}

#[test]
fn everything_private_is_found() {
    let (report, names) = read(&planted("alice", "laptop"));
    let items = find(&report, &names);
    assert_eq!(of_kind(&items, Kind::User), ["alice"]);
    let hosts = of_kind(&items, Kind::Host);
    for host in ["laptop", "laptop.lan", "nas.local", "git.example.org", "cache.example.org"] {
        assert!(hosts.contains(&host), "{host} in {hosts:?}");
    }
    assert_eq!(of_kind(&items, Kind::Home), ["/home/alice"]);
    assert_eq!(of_kind(&items, Kind::Password), ["hunter2"]);
    assert_eq!(of_kind(&items, Kind::Token), [TOKEN]);
    assert_eq!(of_kind(&items, Kind::Mail), ["alice@mail.example.org"]);
    let addresses = of_kind(&items, Kind::Address);
    for address in ["192.0.2.44", "fd7a:115c:a1e0::7", "0a:1b:2c:3d:4e:5f"] {
        assert!(addresses.contains(&address), "{address} in {addresses:?}");
    }
    assert_eq!(addresses.len(), 3);
    assert_eq!(
        of_kind(&items, Kind::Repository),
        ["git@git.example.org/alice/secrets", "git@git.example.org:alice/site.git"]
    );
}

#[test]
fn nothing_masked_is_in_a_link() {
    let private = [
        "alice",
        "laptop",
        "server.example",
        "git.example",
        "cache.example",
        "mail.example",
        "nas",
        "hunter2",
        TOKEN,
        "192.0.2.44",
        "fd7a",
        "0a:1b",
        "/home",
        "secrets?",
        "site.git",
    ];
    let (report, names) = read(&planted("alice", "laptop"));
    let tables = Tables::built_in().unwrap();
    for level in LinkLevel::ALL {
        let report = report.at_level(level);
        let masked = mask(&report, &find(&report, &names));
        let opened = link::decode(&link::encode(&masked, level, &tables), &tables).unwrap();
        for text in [json(&masked), json(&opened.report)] {
            for word in private {
                assert!(!text.contains(word), "{word} at level {level:?} in {text}");
            }
        }
    }
}

#[test]
fn what_matters_stays() {
    let (report, names) = read(&planted("alice", "laptop"));
    let text = json(&mask(&report, &find(&report, &names)));
    for kept in [
        "\"brlaser\"",
        "\"6.2.3.1\"",
        "brlaser 6.2.3.1",
        "cache.nixos.org",
        "https://cache.nixos.org",
        REV,
        "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "nixos-system-host",
        "24.11.20250313.abcdef0",
        "etc-host",
        "home-manager-user.service",
        "host-backup.service",
        "sshd.service",
        "git+ssh://repository?ref=main",
        "Git tree '~/nixos' is dirty",
    ] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
}

#[test]
fn what_is_allowed_stays_and_the_rest_does_not() {
    let (report, names) = read(&planted("alice", "laptop"));
    let items = find(&report, &names);
    for allowed in &items {
        let others: Vec<Item> = items.iter().filter(|it| *it != allowed).cloned().collect();
        let text = json(&mask(&report, &others));
        let overlaps =
            |other: &Item| other.text.contains(&allowed.text) || allowed.text.contains(&other.text);
        let is_apart = !others.iter().any(overlaps);
        assert!(!is_apart || text.contains(&allowed.text), "{} in {text}", allowed.text);
        for other in &others {
            assert!(!text.contains(&other.text), "{} in {text}", other.text);
        }
    }
    assert_eq!(mask(&report, &[]), report);
}

#[test]
fn masking_twice_is_masking_once() {
    let (report, names) = read(&planted("alice", "laptop"));
    let items = find(&report, &names);
    let masked = mask(&report, &items);
    assert_eq!(mask(&masked, &items), masked);
    assert_eq!(find(&masked, &names), []);
}

#[test]
fn a_word_is_masked_only_where_it_is_a_name() {
    let log = "\
max@web:~$ nixos-rebuild switch --max-jobs 2
warning: Git tree '/home/max/nixos' is dirty
warning: ignoring max-jobs, web-devicons and web
building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-libmax-max-1.0.drv'...
building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-nixos-system-web-24.11.20250313.abcdef0.drv'...
";
    let (report, names) = read(log);
    let items = find(&report, &names);
    assert!(items.iter().filter(|it| it.kind <= Kind::Host).all(|it| it.reach == Reach::Places));
    let masked = mask(&report, &items);
    assert_eq!(masked.runs[0].host.as_deref(), Some("host"));
    let text = json(&masked);
    for expected in [
        "ignoring max-jobs, web-devicons and web",
        "libmax-max",
        "nixos-system-host-24.11",
        "'~/nixos'",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("system-web") && !text.contains("/max"), "{text}");
}

#[test]
fn a_host_called_as_a_package_leaves_the_package() {
    let log = "\
[alice@nginx:~]$ nixos-rebuild switch
building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-nginx-1.26.2.drv'...
building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-nixos-system-nginx-24.11.20250313.abcdef0.drv'...
restarting the following units: nginx.service
";
    let (report, names) = read(log);
    let masked = mask(&report, &find(&report, &names));
    let run = &masked.runs[0];
    assert_eq!(run.host.as_deref(), Some("host"));
    assert_eq!(run.derivations[0].name, "nginx");
    assert_eq!(run.derivations[1].name, "nixos-system-host");
    assert_eq!(run.activation.as_ref().unwrap().units.restarted, ["nginx.service"]);
}

#[test]
fn names_that_tell_nothing_stay() {
    let log = "\
[root@nixos:~]# nixos-rebuild switch --flake .#nixos
reloading user units for root...
building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-nixos-system-nixos-24.11.20250313.abcdef0.drv'...
";
    let (report, names) = read(log);
    assert_eq!(names.users, ["root"]);
    assert_eq!(names.hosts, ["nixos"]);
    assert_eq!(find(&report, &names), []);
}

#[test]
fn two_hosts_stay_two() {
    let (report, mut names) = read(&planted("alice", "laptop"));
    let (_, others) = read(&planted("bob", "desk-2"));
    names.merge(&others);
    assert_eq!(names.users, ["alice", "git", "bob"]);
    let log = "reloading user units for host...\nalice@laptop:~$ x\nbob@desk-2:~$ x\n";
    let (_, known) = read(log);
    let mut both = report.clone();
    both.notes = vec!["laptop, desk-2, host, alice, bob".to_owned()];
    let items = find(&both, &known);
    let masked = mask(&both, &items);
    // `host` is the name of a user there, so that it stands for no machine.
    assert_eq!(masked.notes, ["host2, host3, host, user, user2"]);
}

#[test]
fn items_are_plain_data() {
    let (report, names) = read(&planted("alice", "laptop"));
    let items = find(&report, &names);
    let bytes = postcard::to_allocvec(&(&names, &items)).unwrap();
    assert_eq!(postcard::from_bytes::<(Names, Vec<Item>)>(&bytes).unwrap(), (names, items));
}

#[test]
fn each_kind_has_words_of_its_own() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_slug(kind.slug()), Some(kind));
        assert!(kind.sentence().ends_with('.'));
        assert!(!kind.label().is_empty() && !kind.one().is_empty());
    }
    assert_eq!(Kind::from_slug("host"), Some(Kind::Host));
    assert_eq!(Kind::from_slug("colours"), None);
}

/// Whether a name stands in the text with no letter or digit beside it.
fn holds_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].ends_with(|it: char| it.is_ascii_alphanumeric());
        let after = text[at + name.len()..].starts_with(|it: char| it.is_ascii_alphanumeric());
        !before && !after
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_the_names_none_is_left(
        user in "[a-z]{4}q[a-z0-9]{0,4}",
        host in "[A-Za-z]{3}z[a-z0-9]{0,3}(-[a-z]{2,4})?",
    ) {
        let (report, names) = read(&planted(&user, &host));
        let items = find(&report, &names);
        let masked = mask(&report, &items);
        let text = json(&masked);
        prop_assert!(!holds_word(&text, &user), "{} in {}", user, text);
        prop_assert!(!holds_word(&text, &host), "{} in {}", host, text);
        prop_assert_eq!(find(&masked, &names), vec![]);
        prop_assert_eq!(mask(&masked, &items), masked);
    }
}
