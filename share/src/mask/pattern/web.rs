//! Web addresses and what is private in them, mail addresses, and names of private networks.

use regex::{Captures, Regex};

use super::{Emit, regex};
use crate::mask::kind::Kind;
use crate::mask::ordinary::is_placeholder;
use crate::mask::public::is_public_host;

/// Schemes behind which a server stands.
const URL: &str = r#"(?ix)
    \b (?P<scheme> (?:git\+)? (?:https? | ssh | ssh-ng | ftp | ftps | sftp | file) | git | s3 | rsync
      | ldaps? | smb | nfs | postgres(?:ql)? | mysql | mariadb | redis | amqps? | mqtts? | wss? | imaps?
      | smtps? | tcp | udp | mongodb )
    ://
    (?P<rest>
      (?: (?P<user> [^\s/@:'"`<>]* ) (?: : (?P<password> [^\s/@'"`<>]+ ) )? @ )?
      (?P<host> \[ [0-9a-f:.%]+ \] | [a-z0-9._-]* ) (?: : [0-9]+ )?
      (?P<path> / [^\s'"`<>()\[\]{}?\#,;’”]* )?
    )
"#;

// git@git.example.org:alice/nixos.git
const SCP: &str = r"\b(?P<user>[A-Za-z_][A-Za-z0-9_.-]*)@(?P<host>[A-Za-z0-9.-]+):(?P<path>[A-Za-z0-9~][A-Za-z0-9_.~/-]*)";
/// `github:…?host=git.example.org`, `s3://…?endpoint=…`
const PARAMETER: &str = r"[?&](?:endpoint|host)=([A-Za-z0-9.-]+)";
const MAIL: &str = r"\b[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}\b";
/// Endings that only private networks use.
const PRIVATE: &str = r"(?i)\b((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:corp|home\.arpa|internal|intranet|lan|local|localdomain|ts\.net))\b";

/// Ends of names of systemd units, which have an `@` too.
const UNITS: [&str; 10] = [
    ".automount",
    ".device",
    ".mount",
    ".path",
    ".scope",
    ".service",
    ".slice",
    ".socket",
    ".target",
    ".timer",
];

pub(super) struct Web {
    url: Regex,
    scp: Regex,
    parameter: Regex,
    mail: Regex,
    private: Regex,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            url: regex(URL),
            scp: regex(SCP),
            parameter: regex(PARAMETER),
            mail: regex(MAIL),
            private: regex(PRIVATE),
        }
    }
}

impl Web {
    pub(super) fn find_all(&self, text: &str, emit: Emit<'_>) {
        if text.contains("://") {
            self.url.captures_iter(text).for_each(|found| url(&found, emit));
        }
        for found in self.parameter.captures_iter(text).filter_map(|found| found.get(1)) {
            if is_private_host(found.as_str()) {
                emit(Kind::Host, found.range());
            }
        }
        if text.contains('@') {
            self.scp.captures_iter(text).for_each(|found| scp(&found, emit));
            self.mails(text, emit);
        }
        for found in self.private.captures_iter(text).filter_map(|found| found.get(1)) {
            if !is_of_path_or_option(text, found.start(), found.end()) {
                emit(Kind::Host, found.range());
            }
        }
    }

    fn mails(&self, text: &str, emit: Emit<'_>) {
        for found in self.mail.find_iter(text) {
            let before = &text[..found.start()];
            let after = &text[found.end()..];
            let is_unit = UNITS.iter().any(|unit| found.as_str().ends_with(unit));
            // ssh://alice@web.example.org, https://alice:password@web.example.org
            let word = before.rsplit(|it: char| it.is_whitespace() || "'\"".contains(it)).next();
            let is_url = word.is_some_and(|it| it.contains("://"));
            // git@github.com:NixOS/nixpkgs, alice@web.example.org:~$
            let is_remote = after.starts_with(':') && !after.starts_with(": ") && after.len() > 1;
            if !is_unit && !is_url && !is_remote {
                emit(Kind::Mail, found.range());
            }
        }
    }
}

fn url(found: &Captures<'_>, emit: Emit<'_>) {
    let (Some(rest), Some(host)) = (found.name("rest"), found.name("host")) else { return };
    if let Some(password) = found.name("password").filter(|it| !is_placeholder(it.as_str())) {
        emit(Kind::Password, password.range());
    }
    let user = found.name("user").filter(|it| !it.is_empty());
    // https://0123456789abcdef0123456789abcdef@github.com: a token alone.
    if let Some(user) = user.filter(|it| it.len() >= MIN_TOKEN_LEN) {
        emit(Kind::Token, user.range());
    }
    let scheme = found["scheme"].to_ascii_lowercase();
    if scheme.ends_with("file") {
        return;
    }
    let is_private = is_private_host(host.as_str());
    if is_private {
        emit(Kind::Host, host.range());
    }
    let path = found.name("path").map_or("", |it| it.as_str()).trim_matches('/');
    let is_git = scheme.contains("git") || path.ends_with(".git");
    let is_git_account = scheme == "ssh" && user.is_some_and(|it| it.as_str() == "git");
    // Who may read over SSH has a key for it.
    let is_closed = scheme.ends_with("ssh") || is_private || is_address(host.as_str());
    if (is_git || is_git_account) && is_closed && !path.is_empty() {
        emit(Kind::Repository, rest.range());
    }
}

/// As long a name of a user is a token.
const MIN_TOKEN_LEN: usize = 30;

fn scp(found: &Captures<'_>, emit: Emit<'_>) {
    let (Some(whole), Some(path)) = (found.get(0), found.name("path")) else { return };
    let is_git = &found["user"] == "git" || path.as_str().ends_with(".git");
    if is_git && !path.as_str().starts_with("//") {
        emit(Kind::Repository, whole.range());
    }
}

/// Whether it is the name of a server that not everybody knows.
fn is_private_host(host: &str) -> bool {
    let has_letter = host.bytes().any(|it| it.is_ascii_alphabetic());
    let is_name = !host.starts_with(['[', '.', '-']) && !host.ends_with('-');
    has_letter && is_name && !is_placeholder(host) && !is_public_host(host)
}

fn is_address(host: &str) -> bool {
    host.starts_with('[') || host.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

// /share/radius/dictionary.freeradius.internal, ~/.local, `services.foo.internal'
/// Whether it is a part of a path, or an option of a configuration.
fn is_of_path_or_option(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back().unwrap_or(' ');
    let after = text[end..].chars().next().unwrap_or(' ');
    let is_path = matches!(before, '/' | '.' | '~' | '-' | '_') && !text[..start].ends_with("//");
    let goes_on = matches!(after, '-' | '_')
        || (after == '.' && text[end + 1..].starts_with(|it: char| it.is_alphanumeric()));
    is_path || before == '`' || goes_on
}
