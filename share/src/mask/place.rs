//! Where in a text only the name of a user or of a machine can stand.

mod account;
mod journal;

use std::ops::Range;

use memchr::memchr_iter;

use super::names::Role;
use super::needles::Needles;

/// A name, and what it names.
pub(super) type Found = (Role, Range<usize>);

/// Reads the name at a word: gets the text and where the word stands.
type Rule = fn(&[u8], Range<usize>) -> Option<Found>;

/// Words that a name stands beside, each of six bytes at least.
const RULES: [(&str, Rule); 36] = [
    // Git tree '/home/alice/nixos' is dirty
    ("/home/", home),
    ("/Users/", home),
    // /nix/var/nix/profiles/per-user/alice/profile
    ("per-user/", user),
    // reloading user units for alice...
    ("user units for ", user),
    // home-manager-alice.service
    ("home-manager-", home_service),
    // /nix/store/…-activation-alice.drv, of nix-darwin
    ("-activation-", activation),
    // home-manager.users.alice.home.packages
    ("manager.users.", attribute_user),
    ("users.users.", attribute_user),
    // evaluation warning: alice profile: The option …
    (" profile: ", profile),
    // reviving user ‘alice’ with UID 1000
    ("user ‘", quoted_user),
    // [sudo] password for alice:
    ("[sudo] password for ", user),
    //     alice : TTY=pts/1 ; PWD=/home/alice ; USER=root
    (" : TTY=", user_before),
    (" USER=", user),
    ("LOGNAME=", user),
    // pam_unix(su:session): session opened for user alice(uid=1000) by (uid=0)
    ("opened for user ", user),
    ("closed for user ", user),
    // user = "alice", in the list of deploy-rs
    ("user = \"", user),
    // nixos-system-laptop-24.11.20250313.abcdef0
    ("nixos-system-", system),
    // flake 'git+file:///etc/nixos' does not provide attribute 'nixosConfigurations."laptop"'
    ("Configurations.", configuration),
    // --flake .#laptop
    ("--flake", flake),
    // --target-host alice@server
    ("get-host", option_host),
    ("ild-host", option_host),
    ("--hostname", option_host),
    // building '/nix/store/….drv' on 'ssh://builder'...
    ("ssh://", host),
    ("ssh-ng://", host),
    // ssh: Could not resolve hostname server: Name or service not known
    ("resolve hostname ", host),
    ("resolve host: ", host),
    // error: failed to start SSH connection to 'server'
    ("SSH connection to '", host),
    ("cannot connect to '", host),
    // Connection to server closed by remote host.
    ("onnection to ", closed),
    // Warning: Permanently added '[server]:2222' (ED25519) to the list of known hosts.
    ("Permanently added '", host),
    // The authenticity of host 'server (192.0.2.1)' can't be established.
    ("authenticity of host '", host),
    // ssh: connect to host server port 22: No route to host
    ("connect to host ", host),
    // "_HOSTNAME":"laptop", of a journal as JSON
    ("HOSTNAME", journal::field),
    // networking.hostName = "laptop";
    ("hostName = \"", host),
    // hostname = "server", in the list of deploy-rs
    ("hostname = \"", host),
];

/// Finds names by what stands beside them.
pub(super) struct Places {
    needles: Needles,
}

impl Default for Places {
    fn default() -> Self {
        Self { needles: Needles::new(RULES.iter().map(|(word, _)| *word)) }
    }
}

impl Places {
    /// Calls `emit` with each name that stands in a text of whole lines, in no order.
    pub(super) fn find_all(&self, text: &[u8], emit: &mut dyn FnMut(Role, Range<usize>)) {
        self.needles.find_all(text, |number, at| {
            let (word, rule) = RULES[number];
            if let Some((role, range)) = rule(text, at..at + word.len()) {
                emit(role, range);
            }
        });
        for at in memchr_iter(b'@', text) {
            account::at_sign(text, at, emit);
        }
        let mut start = 0;
        for end in memchr_iter(b'\n', text).chain([text.len()]) {
            if let Some(host) = journal::prefix(&text[start..end]) {
                emit(Role::Host, start + host.start..start + host.end);
            }
            start = end + 1;
        }
    }
}

/// Bytes of names of users; those of machines have no `_`.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

/// A byte of a name without dots.
fn is_label_byte(byte: u8) -> bool {
    is_name_byte(byte) && byte != b'.'
}

/// The run of bytes from `at` on; a dot or a dash at its end is of the sentence.
fn run(text: &[u8], at: usize, is_of: fn(u8) -> bool) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let len = rest.iter().position(|byte| !is_of(*byte)).unwrap_or(rest.len());
    let trailing = rest[..len].iter().rev().take_while(|byte| matches!(byte, b'.' | b'-')).count();
    at..at + len - trailing
}

/// The run of bytes that ends at `end`.
fn run_before(text: &[u8], end: usize, is_of: fn(u8) -> bool) -> Range<usize> {
    let len = text[..end].iter().rev().take_while(|byte| is_of(**byte)).count();
    end - len..end
}

fn begins_as_name(text: &[u8], name: &Range<usize>) -> bool {
    text[name.clone()].first().is_some_and(|it| it.is_ascii_alphabetic() || *it == b'_')
}

fn named(role: Role, text: &[u8], name: Range<usize>) -> Option<Found> {
    begins_as_name(text, &name).then_some((role, name))
}

fn user(text: &[u8], word: Range<usize>) -> Option<Found> {
    named(Role::User, text, run(text, word.end, is_name_byte))
}

// /home/alice, /persist/home/alice, git+file:///home/alice
/// A folder of that name in a source tree or on a server is no place for homes.
fn home(text: &[u8], word: Range<usize>) -> Option<Found> {
    let root = run_before(text, word.start, |byte| is_name_byte(byte) || byte == b'/');
    let folders = &text[root.start..word.start];
    let is_source =
        folders.starts_with(b"/nix/store/") || folders.first().is_some_and(|it| *it != b'/');
    let is_server = folders.starts_with(b"//") && folders.len() > 2;
    let (role, name) = user(text, word).filter(|_| !is_source && !is_server)?;
    let is_file = text[name.clone()].ends_with(b".nix");
    (!is_file).then_some((role, name))
}

fn home_service(text: &[u8], word: Range<usize>) -> Option<Found> {
    let mut name = run(text, word.end, is_name_byte);
    let unit = text[name.clone()].windows(8).position(|it| it == b".service")?;
    name.end = name.start + unit;
    named(Role::User, text, name)
}

/// What else is called an activation.
const ACTIVATIONS: [&[u8]; 10] =
    [b"check", b"env", b"hook", b"path", b"rs", b"script", b"scripts", b"start", b"stop", b"units"];

fn activation(text: &[u8], word: Range<usize>) -> Option<Found> {
    let name = run(text, word.end, is_label_byte);
    let is_derivation = text[name.end..].starts_with(b".drv");
    let is_name = is_derivation && !ACTIVATIONS.contains(&&text[name.clone()]);
    named(Role::User, text, name).filter(|_| is_name)
}

fn attribute_user(text: &[u8], word: Range<usize>) -> Option<Found> {
    named(Role::User, text, run(text, opened(text, word.end), is_label_byte))
}

/// Behind an opening quote, which may be escaped.
fn opened(text: &[u8], at: usize) -> usize {
    let quotes = text[at..].iter().take_while(|byte| matches!(byte, b'"' | b'\'' | b'\\'));
    at + quotes.count()
}

fn profile(text: &[u8], word: Range<usize>) -> Option<Found> {
    let name = run_before(text, word.start, is_name_byte);
    let is_warning = text[..name.start].ends_with(b"warning: ");
    named(Role::User, text, name).filter(|_| is_warning)
}

fn quoted_user(text: &[u8], word: Range<usize>) -> Option<Found> {
    let (role, name) = user(text, word)?;
    text[name.end..].starts_with("’".as_bytes()).then_some((role, name))
}

fn user_before(text: &[u8], word: Range<usize>) -> Option<Found> {
    named(Role::User, text, run_before(text, word.start, is_name_byte))
}

fn host(text: &[u8], word: Range<usize>) -> Option<Found> {
    let bracket = usize::from(text.get(word.end) == Some(&b'['));
    let name = run(text, word.end + bracket, is_name_byte);
    // What stands before an `@` is a user.
    let is_user = matches!(text.get(name.end), Some(b'@'));
    let is_password = text.get(name.end) == Some(&b':')
        && text[name.end..]
            .iter()
            .take_while(|byte| !byte.is_ascii_whitespace())
            .any(|it| *it == b'@');
    (!name.is_empty() && !is_user && !is_password).then_some((Role::Host, name))
}

fn closed(text: &[u8], word: Range<usize>) -> Option<Found> {
    let (role, name) = host(text, word)?;
    text[name.end..].starts_with(b" closed").then_some((role, name))
}

fn option_host(text: &[u8], word: Range<usize>) -> Option<Found> {
    if !matches!(text.get(word.end), Some(b' ' | b'=')) {
        return None;
    }
    host(text, word.start..opened(text, word.end + 1))
}

/// The name stands before the version of NixOS, which begins with year and month.
fn system(text: &[u8], word: Range<usize>) -> Option<Found> {
    let all = run(text, word.end, is_name_byte);
    let bytes = &text[all.clone()];
    let is_release = |it: &[u8]| matches!(it, [b'-', a, b, b'.', c, d] if [a, b, c, d].iter().all(|it| it.is_ascii_digit()));
    let is_version = |it: &[u8]| matches!(it, [b'-', digit] if digit.is_ascii_digit());
    let len = bytes
        .windows(6)
        .position(is_release)
        .or_else(|| bytes.windows(2).position(is_version))
        .or_else(|| bytes.iter().position(|byte| *byte == b'.'))
        .unwrap_or(bytes.len());
    let name = all.start..all.start + len;
    let is_version = bytes.get(..5).is_some_and(|it| is_release(&[b"-", it].concat()));
    (len > 0 && !is_version).then_some((Role::Host, name))
}

fn configuration(text: &[u8], word: Range<usize>) -> Option<Found> {
    let before = &text[..word.start];
    let name = run(text, opened(text, word.end), is_label_byte);
    // alice@laptop is seen by its sign.
    if text.get(name.end) == Some(&b'@') {
        return None;
    }
    if before.ends_with(b"nixos") || before.ends_with(b"darwin") {
        return named(Role::Host, text, name);
    }
    named(Role::User, text, name).filter(|_| before.ends_with(b"home"))
}

fn flake(text: &[u8], word: Range<usize>) -> Option<Found> {
    if !matches!(text.get(word.end), Some(b' ' | b'=')) {
        return None;
    }
    let argument = text[word.end + 1..].split(u8::is_ascii_whitespace).next()?;
    let hash = argument.iter().position(|byte| *byte == b'#')?;
    let name = run(text, opened(text, word.end + 2 + hash), is_label_byte);
    // What goes on with a dot is a path to an attribute.
    let is_whole = !matches!(text.get(name.end), Some(b'.' | b'@'));
    named(Role::Host, text, name).filter(|_| is_whole)
}

#[cfg(test)]
mod tests;
