//! Tokens, keys and passwords.

use std::ops::Range;

use regex::Regex;

use super::{Emit, regex};
use crate::mask::kind::Kind;
use crate::mask::ordinary::is_placeholder;

/// Forms that say what they are: the whole of a match is the secret, or else its group.
const FORMS: [(Kind, &str); 22] = [
    // GitHub: classic, fine-grained.
    (Kind::Token, r"\bgh[oprsu]_[A-Za-z0-9]{20,255}"),
    (Kind::Token, r"\bgithub_pat_[A-Za-z0-9_]{20,255}"),
    // GitLab: personal, deploy, runner, feed and others.
    (Kind::Token, r"\bgl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-[A-Za-z0-9_.-]{20,}"),
    // Amazon: an access key.
    (Kind::Token, r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    // Slack, also its web hooks, and those of Discord.
    (Kind::Token, r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    (Kind::Token, r"\bhooks\.slack\.com/(services/[A-Za-z0-9/]{20,})"),
    (Kind::Token, r"\bdiscord(?:app)?\.com/api/(webhooks/[0-9]+/[A-Za-z0-9_-]+)"),
    // JSON Web Token, as Cachix and attic use.
    (Kind::Token, r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"),
    // Google, Stripe, npm, PyPI, Docker, Tailscale, Hugging Face, Telegram, crates.io.
    (Kind::Token, r"\bAIza[A-Za-z0-9_-]{35}"),
    (Kind::Token, r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"),
    (Kind::Token, r"\bnpm_[A-Za-z0-9]{36}"),
    (Kind::Token, r"\bpypi-[A-Za-z0-9_-]{50,}"),
    (Kind::Token, r"\bdckr_[a-z]+_[A-Za-z0-9_-]{20,}"),
    (Kind::Token, r"\btskey-[a-z]+-[A-Za-z0-9-]{10,}"),
    (Kind::Token, r"\b(?:hf_|cio)[A-Za-z0-9]{32,}"),
    (Kind::Token, r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{30,}"),
    (Kind::Token, r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
    // The part of a Nix signing key that nobody may see; the public one is shorter.
    (Kind::Key, r"\b[A-Za-z0-9.-]+-[0-9]+:[A-Za-z0-9+/]{86}=="),
    // age, secret and public.
    (Kind::Key, r"\bAGE-SECRET-KEY-1[A-Z0-9]{20,}"),
    (Kind::Key, r"\bage1[a-z0-9]{58}\b"),
    // SSH: a public key, and fingerprints, which have other letters than the hashes of Nix.
    (
        Kind::Key,
        r"\b(?:ssh-(?:dss|ed25519|rsa)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) AAAA[A-Za-z0-9+/=]{20,}",
    ),
    (Kind::Key, r"\bSHA256:[A-Za-z0-9+/]{43}\b"),
];

/// Words in front of a secret, such as `token = …`, `--password …`, `"apiKey": "…"`.
const ASSIGNMENT: &str = r#"(?ix)
    (?: \b | _ )
    (?P<name> pass(?:word|wd|phrase) | pwd | secret | token | api[_-]?key | access[_-]?key | secret[_-]?key
      | private[_-]?key | auth[_-]?key | psk | credentials? )
    ["'\\]* (?P<sign> \s*=\s* | :\s* ) ["'\\]*
    (?P<value> [^\s"'\\,;<>(){}\[\]`‘’&]{4,} )
"#;

/// `Authorization: Bearer …`, and the third word of a line in a netrc file.
const HEADER: &str = r"(?i)\bauthorization:\s*(?:basic|bearer|token)\s+([A-Za-z0-9+/=_.~-]{4,})";
const NETRC: &str = r"\blogin\s+\S+\s+password\s+(\S+)";
/// `access-tokens = github.com=… gitlab.com=PAT:…`, as option or setting of Nix.
const ACCESS_TOKENS: &str = r#"\baccess-tokens\b["'\s=]+((?:[A-Za-z0-9./_-]+=\S+\s*)+)"#;
const ACCESS_TOKEN: &str = r#"=(?:PAT:|OAuth2:)?([^\s"']+)"#;
/// `… as GPG key with fingerprint 6A1F…`, as sops-nix says.
const FINGERPRINT: &str = r"\bfingerprint\s+([A-F0-9]{40})\b";

/// A line of a private key: 64 or 70 letters a line, without the hex digits of a checksum.
const KEY_LINE: &str = r"(?m)^[\s>|]*([A-Za-z0-9+/]{40,76}={0,2})\s*$";
const KEY_BLOCK: &str =
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]*PRIVATE KEY-----|\z)";

pub(super) struct Secrets {
    forms: Vec<(Kind, Regex)>,
    groups: Vec<(Kind, Regex)>,
    assignment: Regex,
    access_tokens: Regex,
    access_token: Regex,
    key_line: Regex,
}

impl Default for Secrets {
    fn default() -> Self {
        let groups = [
            (Kind::Token, HEADER),
            (Kind::Password, NETRC),
            (Kind::Key, FINGERPRINT),
            (Kind::Key, KEY_BLOCK),
        ];
        let compiled = |(kind, pattern)| (kind, regex(pattern));
        Self {
            forms: FORMS.into_iter().map(compiled).collect(),
            groups: groups.into_iter().map(compiled).collect(),
            assignment: regex(ASSIGNMENT),
            access_tokens: regex(ACCESS_TOKENS),
            access_token: regex(ACCESS_TOKEN),
            key_line: regex(KEY_LINE),
        }
    }
}

impl Secrets {
    pub(super) fn find_all(&self, text: &str, emit: Emit<'_>) {
        for (kind, form) in self.forms.iter().chain(&self.groups) {
            for found in form.captures_iter(text) {
                if let Some(secret) = found.get(1).or(found.get(0)) {
                    emit(*kind, secret.range());
                }
            }
        }
        self.assignments(text, emit);
        for list in self.access_tokens.captures_iter(text).filter_map(|found| found.get(1)) {
            for token in self.access_token.captures_iter(list.as_str()) {
                let Some(token) = token.get(1) else { continue };
                if !is_placeholder(token.as_str()) {
                    emit(Kind::Token, list.start() + token.start()..list.start() + token.end());
                }
            }
        }
        for line in self.key_line.captures_iter(text).filter_map(|found| found.get(1)) {
            if is_key_line(line.as_str()) {
                emit(Kind::Key, line.range());
            }
        }
    }

    fn assignments(&self, text: &str, emit: Emit<'_>) {
        for found in self.assignment.captures_iter(text) {
            let (Some(value), Some(sign)) = (found.name("value"), found.name("sign")) else {
                continue;
            };
            if is_secret_value(value.as_str(), sign.as_str()) {
                emit(kind_of(&found["name"]), trimmed(value.start(), value.as_str()));
            }
        }
    }
}

fn kind_of(name: &str) -> Kind {
    if name.to_ascii_lowercase().starts_with('p') && !name.contains("key") {
        return Kind::Password;
    }
    Kind::Token
}

/// A sentence may end behind it.
fn trimmed(start: usize, value: &str) -> Range<usize> {
    start..start + value.trim_end_matches(['.', ':', '!', '?']).len()
}

/// What stands behind such a word without being a secret.
const NO_SECRETS: [&str; 12] = [
    "config", "expected", "false", "invalid", "lib.", "missing", "none", "null", "pkgs.",
    "sha256-", "sha512-", "true",
];

/// Whether it is the secret itself rather than a path to it, an expression or a word of a sentence.
fn is_secret_value(value: &str, sign: &str) -> bool {
    let value = &value[trimmed(0, value)];
    let is_expression = value.starts_with(['/', '$', '.', '~', '*', '=', '-', '|', '%', '…'])
        || NO_SECRETS.iter().any(|it| value.to_ascii_lowercase().starts_with(it));
    let has_digit = value.bytes().any(|it| it.is_ascii_digit());
    // error: syntax error, unexpected token: in
    let is_word = sign.contains(':') && (!has_digit || value.len() < 8);
    !is_expression && !is_word && !is_placeholder(value) && value.len() >= 4
}

/// Letters of a key, both cases and digits, and not only those of a checksum.
fn is_key_line(line: &str) -> bool {
    let has = |test: fn(&u8) -> bool| line.as_bytes().iter().any(test);
    line.len() >= 64
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
}
