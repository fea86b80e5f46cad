//! What is private by its form, and what is not.

use super::*;

#[track_caller]
fn check(text: &str, expected: &[(Kind, &str)]) {
    let mut found: Vec<(Kind, &str)> = Vec::new();
    let known = Known { versions: ["6.2.3.1".to_owned()].into(), packages: BTreeSet::new() };
    Patterns::all().find_all(text, &known, &mut |kind, range| found.push((kind, &text[range])));
    found.sort_unstable();
    found.dedup();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_secret(kind: Kind, before: &str, secret: &str, after: &str) {
    check(&format!("{before}{secret}{after}"), &[(kind, secret)]);
}

/// Letters and digits of a made-up secret, which no scanner takes for a real one.
fn letters(len: usize) -> String {
    "Ab0".chars().cycle().take(len).collect()
}

#[test]
fn tokens_are_known_by_their_form() {
    let capitals = letters(16).to_uppercase();
    for token in [
        format!("ghp_{}", letters(36)),
        format!("github_pat_{}", letters(82)),
        format!("glpat-{}", letters(20)),
        format!("AKIA{capitals}"),
        format!("xoxb-{}", letters(24)),
        format!("eyJ{}.{}.{}", letters(20), letters(40), letters(43)),
        format!("AIza{}", letters(35)),
        format!("sk_live_{}", letters(24)),
        format!("npm_{}", letters(36)),
        format!("pypi-{}", letters(60)),
        format!("dckr_pat_{}", letters(27)),
        format!("tskey-auth-{}", letters(20)),
        format!("hf_{}", letters(34)),
        format!("sk-proj-{}", letters(40)),
        format!("123456789:AA{}", letters(33)),
    ] {
        check_secret(Kind::Token, "using '", &token, "' for it");
    }
    check_secret(Kind::Token, "hooks.slack.com/", &format!("services/{}", letters(30)), "");
    check_secret(Kind::Token, "discord.com/api/", &format!("webhooks/1/{}", letters(30)), "");
    check_secret(Kind::Token, "Authorization: Bearer ", "abc.def", "");
}

#[test]
fn settings_of_nix_hold_tokens() {
    check(
        "access-tokens = github.com=abc123 gitlab.com=PAT:def456",
        &[(Kind::Token, "abc123"), (Kind::Token, "def456")],
    );
    check("--option access-tokens github.com=abc123", &[(Kind::Token, "abc123")]);
    check("machine a login b password hunter2", &[(Kind::Password, "hunter2")]);
}

#[test]
fn keys_are_known_by_their_form() {
    let line = letters(70);
    for key in [
        format!("AGE-SECRET-KEY-1{}", letters(58).to_uppercase()),
        format!("age1{}", letters(58).to_lowercase()),
        format!("cache.example.org-1:{}==", letters(86)),
        format!("ssh-ed25519 AAAA{}", letters(64)),
        format!("SHA256:{}", letters(43)),
        format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{}", letters(10)),
    ] {
        check_secret(Kind::Key, "", &key, "");
    }
    check_secret(Kind::Key, "       > ", &line, "");
    let fingerprint = letters(40).to_uppercase();
    check_secret(Kind::Key, "as GPG key with fingerprint ", &fingerprint, "");
}

#[test]
fn assignments_tell_secrets() {
    check("token=abcd", &[(Kind::Token, "abcd")]);
    check("\"apiKey\": \"abcdef12\"", &[(Kind::Token, "abcdef12")]);
    check("DB_PASSWORD=hunter2.", &[(Kind::Password, "hunter2")]);
    check("password: correct1horse", &[(Kind::Password, "correct1horse")]);
}

#[test]
fn words_about_secrets_are_no_secrets() {
    for text in [
        "error: syntax error, unexpected token: in",
        "password: required",
        "passwordFile = /run/secrets/alice",
        "hashedPassword = null",
        "token = config.sops.secrets.x.path",
        "secret ssh_keys/id_ed25519 is not valid: the key 'x' cannot be found",
        "token=${TOKEN}",
        "trusted-public-keys = cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=",
        "the secret: sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ] {
        check(text, &[]);
    }
}

#[test]
fn hashes_versions_and_revisions_are_nothing_private() {
    for text in [
        "specified: sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "got: sha256:0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr0c5b8vw40d1ns0d5d9xv",
        "/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-brlaser-6.2.3.1.drv",
        "github:NixOS/nixpkgs/5e2a59a5b1a82f89f2c7e598302a9cacebb72a67?narHash=sha256-K5O%3D",
        "5e2a59a5b1a82f89f2c7e598302a9cacebb72a675e2a59a5b1a82f89f2c7e598",
        "brlaser 6.2.3.0 -> 6.2.3.1, version 9.8.7.6, >=1.2.3.4, 10.0.0.1-rc1, v4.3.2.1, 1.2.3.4.5",
        "12:30:59 std::dec::be a::b ::1 127.0.0.1 0.0.0.0 255.255.255.0 8.8.8.8 300.1.2.3",
        "helium-0.10.8.1-fhsenv-profile, libX11 1.8.10, linux 6.12.19",
    ] {
        check(text, &[]);
    }
}

#[test]
fn addresses_are_known_by_their_surroundings() {
    for address in ["192.168.0.144", "10.0.0.1", "100.106.140.88", "203.0.113.7", "6.2.3.9"] {
        for (before, after) in
            [("ssh: connect to host ", " port 22"), ("'", "'"), ("root@", ":"), ("x=[", "]")]
        {
            check_secret(Kind::Address, before, address, after);
        }
    }
    check_secret(Kind::Address, "http://", "6.2.3.1", ":8080/x");
    check_secret(Kind::Address, "", "6.2.3.1", "/24");
    for address in ["fe80::1", "2001:db8::7:1", "fd7a:115c:a1e0::1", "1:2:3:4:5:6:7:8"] {
        check_secret(Kind::Address, "from [", address, "]:22");
    }
    check_secret(Kind::Address, "link ", "0a:1b:2c:3d:4e:5f", " up");
}

#[test]
fn servers_of_addresses_are_private_unless_everybody_knows_them() {
    check("https://cache.nixos.org/x https://alice.github.io ftp://ftp.gnu.org/x", &[]);
    check("http://127.0.0.1:8099/x http://localhost/x file:///x https://…", &[]);
    check("https://cache.example.org/nar", &[(Kind::Host, "cache.example.org")]);
    check("http://builder:5000", &[(Kind::Host, "builder")]);
    check("s3://x?endpoint=minio.lan", &[(Kind::Host, "minio.lan"), (Kind::Host, "x")]);
    check("gitlab:a/b?host=git.example.org", &[(Kind::Host, "git.example.org")]);
    check("connect to nas.local: no", &[(Kind::Host, "nas.local")]);
    check("laptop.tail1234.ts.net", &[(Kind::Host, "laptop.tail1234.ts.net")]);
}

#[test]
fn files_and_options_are_no_servers() {
    for text in [
        "share/radius/dictionary.freeradius.internal'",
        "~/.local/share/nix /etc/rc.local",
        "The option `services.x.internal' is",
        "a.local.conf, avahi-daemon.local-x",
    ] {
        check(text, &[]);
    }
}

#[test]
fn passwords_stand_in_addresses() {
    check(
        "https://alice:hunter2@cache.example.org/x",
        &[(Kind::Password, "hunter2"), (Kind::Host, "cache.example.org")],
    );
    let token = letters(40);
    check(&format!("https://{token}@github.com/a/b"), &[(Kind::Token, &token)]);
}

#[test]
fn repositories_are_private_if_they_need_a_key_or_are_on_a_private_server() {
    for (text, expected) in [
        ("git@github.com:alice/nixos.git", "git@github.com:alice/nixos.git"),
        ("git+ssh://git@github.com/alice/x?rev=1", "git@github.com/alice/x"),
        ("ssh://git@github.com/alice/x", "git@github.com/alice/x"),
    ] {
        check(text, &[(Kind::Repository, expected)]);
    }
    check(
        "git+https://git.example.org/alice/x.git?ref=main",
        &[(Kind::Repository, "git.example.org/alice/x.git"), (Kind::Host, "git.example.org")],
    );
    check("git+https://git.lix.systems/a/b.git github:alice/x git+file:///etc/nixos", &[]);
    check("https://github.com/a/b.git ssh://git@github.com", &[]);
}

#[test]
fn mail_addresses_are_no_accounts_of_machines() {
    check("to alice@example.org.", &[(Kind::Mail, "alice@example.org")]);
    check("ssh://alice@github.com:22/x alice@github.com:~$ user@1000.service", &[]);
}

#[test]
fn what_was_masked_is_nothing_private() {
    for text in [
        "https://user:password@host/x git+ssh://repository?rev=1 to mail, from address",
        "token=token password=password2 access-tokens = github.com=token",
        "ssh://user@address2, http://host3:80, key, ~/x",
    ] {
        check(text, &[]);
    }
}
