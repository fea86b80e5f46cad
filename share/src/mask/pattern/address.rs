//! IPv4, IPv6 and MAC addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use regex::Regex;

use super::{Emit, Known, regex};
use crate::mask::kind::Kind;
use crate::mask::public::is_public_address;

const IPV4: &str = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}";
const IPV6: &str = r"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.[0-9]{1,3}){0,3}";
const MAC: &str = r"\b[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}\b";

pub(super) struct Addresses {
    ipv4: Regex,
    ipv6: Regex,
    mac: Regex,
}

impl Default for Addresses {
    fn default() -> Self {
        Self { ipv4: regex(IPV4), ipv6: regex(IPV6), mac: regex(MAC) }
    }
}

impl Addresses {
    pub(super) fn find_all(&self, text: &str, known: &Known, emit: Emit<'_>) {
        for found in self.ipv4.find_iter(text) {
            if is_ipv4(text, found.start(), found.as_str(), known) {
                emit(Kind::Address, found.range());
            }
        }
        if !text.contains(':') {
            return;
        }
        for found in self.ipv6.find_iter(text) {
            let surroundings = (&text[..found.start()], &text[found.end()..]);
            if is_ipv6(found.as_str(), surroundings) {
                emit(Kind::Address, found.range());
            }
        }
        for found in self.mac.find_iter(text) {
            let (before, after) = (&text[..found.start()], &text[found.end()..]);
            if !before.ends_with(':') && !after.starts_with(':') {
                emit(Kind::Address, found.range());
            }
        }
    }
}

/// Whether four numbers with dots are an address and no version.
fn is_ipv4(text: &str, start: usize, found: &str, known: &Known) -> bool {
    let Ok(address) = found.parse::<Ipv4Addr>() else { return false };
    let (before, after) = (&text[..start], &text[start + found.len()..]);
    // brlaser-6.2.3.1, v6.2.3.1, 1.2.3.4.5, 1.2.3.4-rc1
    let is_joined = |it: char| it.is_alphanumeric() || matches!(it, '.' | '-' | '+' | '_' | '~');
    let goes_on = after.strip_prefix(['.', '-', '+', '_']).unwrap_or(after);
    if before.ends_with(is_joined) || goes_on.starts_with(|it: char| it.is_alphanumeric()) {
        return false;
    }
    if is_everywhere(address) || is_public_address(found) {
        return false;
    }
    let is_named = before.ends_with("://") || before.ends_with('@') || is_port_or_net(after);
    is_named || is_local(address) || !(known.versions.contains(found) || is_version(before, after))
}

/// `:22`, `/24`
fn is_port_or_net(after: &str) -> bool {
    after.strip_prefix([':', '/']).is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()))
}

// version 6.2.3.1, brlaser 6.2.3.0 -> 6.2.3.1
/// Whether what stands around it is said of a version.
fn is_version(before: &str, after: &str) -> bool {
    let after = after.trim_start();
    if after.starts_with("->") || after.starts_with('→') {
        return true;
    }
    let before = before.trim_end_matches([' ', '(', '"', '\'', '`']);
    let ends = ["version", "release", "->", "→", "=", ">", "<", ":=", "~>"];
    ends.iter().any(|end| before.len() >= end.len() && before.to_lowercase().ends_with(end))
}

/// This machine, all machines, and masks of networks.
fn is_everywhere(address: Ipv4Addr) -> bool {
    let first = address.octets()[0];
    address.is_loopback() || first == 0 || first >= 224
}

/// Whether it is an address of a network at home, or of a tailnet.
fn is_local(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private() || address.is_link_local() || (first == 100 && (64..128).contains(&second))
}

// fe80::1, and not std::dec::be, 12:30:59, a::b
fn is_ipv6(found: &str, (before, after): (&str, &str)) -> bool {
    let Ok(address) = found.parse::<Ipv6Addr>() else { return false };
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, ':' | '_');
    let groups = found.split(':').filter(|group| !group.is_empty()).count();
    let has_digit = found.bytes().any(|it| it.is_ascii_digit());
    !before.ends_with(is_part)
        && !after.starts_with(is_part)
        && groups >= 2
        && has_digit
        && !address.is_loopback()
        && !address.is_multicast()
        && !is_public_address(found)
}
