//! Users at machines: `alice@laptop`.

use std::net::Ipv4Addr;
use std::ops::Range;

use super::{begins_as_name, is_label_byte, is_name_byte, run, run_before};
use crate::mask::names::Role;

/// Ends of names of systemd units, which have the same sign in them.
const UNITS: [&[u8]; 10] = [
    b"service", b"socket", b"mount", b"timer", b"target", b"slice", b"device", b"swap", b"scope",
    b"path",
];

/// How what stands before an account tells that it is one.
const COMMANDS: [&[u8]; 7] =
    [b"ssh://", b"ssh-ng://", b"ssh ", b"-host ", b"-host=", b"--to ", b"--from "];

/// Emits the names on both sides of an `@`.
pub(super) fn at_sign(text: &[u8], at: usize, emit: &mut dyn FnMut(Role, Range<usize>)) {
    // @nix {"action":"start", and the like
    if at == 0 || !is_name_byte(text[at - 1]) {
        return;
    }
    let host = run(text, at + 1, is_name_byte);
    let mut user = run_before(text, at, is_name_byte);
    let is_of_address = is_of_address(text, &mut user);
    if host.is_empty() || !begins_as_name(text, &user) {
        return;
    }
    let host_name = &text[host.clone()];
    let is_account = is_of_address || COMMANDS.iter().any(|it| text[..user.start].ends_with(it));
    if is_ipv4(host_name) {
        emit(Role::User, user);
    } else if is_account || is_alone(text, &user, &host) && is_machine(text, &host) {
        emit(Role::User, user);
        emit(Role::Host, host);
    }
}

// https://alice:password@server/path
/// Whether the user stands in a web address; a password before the sign is passed over.
fn is_of_address(text: &[u8], user: &mut Range<usize>) -> bool {
    let is_password_byte = |byte: u8| !byte.is_ascii_whitespace() && !b"/@'\"".contains(&byte);
    let all = run_before(text, user.end, is_password_byte);
    if !text[..all.start].ends_with(b"://") {
        return false;
    }
    let len = text[all.clone()].iter().position(|byte| *byte == b':').unwrap_or(all.len());
    *user = all.start..all.start + len;
    true
}

/// Whether nothing is joined to the account that would make it something else, such as a unit,
/// a package of npm or an image with its hash.
fn is_alone(text: &[u8], user: &Range<usize>, host: &Range<usize>) -> bool {
    let before = user.start.checked_sub(1).map_or(b' ', |at| text[at]);
    let after = text.get(host.end).copied().unwrap_or(b' ');
    let begins = before.is_ascii_whitespace() || b"[('\"`<=>,#".contains(&before) || before >= 0x80;
    let ends = after.is_ascii_whitespace() || b"])'\"`>,:;$#%.".contains(&after) || after >= 0x80;
    begins && ends
}

/// Whether it is the name of a machine rather than of a mail server, a unit, a version or a hash.
fn is_machine(text: &[u8], host: &Range<usize>) -> bool {
    let name = &text[host.clone()];
    let last = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    let is_label = name.iter().all(|byte| is_label_byte(*byte));
    let begins = name[0].is_ascii_alphabetic();
    let is_hash = name.starts_with(b"sha") && text.get(host.end) == Some(&b':');
    // alice@web.example.org:~$, or a remote folder; without it, it is a mail address.
    let has_path = text.get(host.end) == Some(&b':')
        && text.get(host.end + 1).is_some_and(|it| b"~/".contains(it));
    begins && !is_hash && !UNITS.contains(&last) && !is_unit(text, host) && (is_label || has_path)
}

// systemd-backlight@leds:dell::kbd_backlight.service
/// Whether what goes on behind it is the rest of a unit.
fn is_unit(text: &[u8], host: &Range<usize>) -> bool {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"'\",".contains(byte);
    let word = text[host.end..].split(is_end).next().unwrap_or_default();
    UNITS.iter().any(|unit| word.ends_with(unit))
}

fn is_ipv4(name: &[u8]) -> bool {
    std::str::from_utf8(name).is_ok_and(|it| it.parse::<Ipv4Addr>().is_ok())
}
