//! Query strings as lists of keys and values.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Keys and values, decoded, in the order of the query.
pub type Pairs = Vec<(String, String)>;

/// What is written as it is: what looks the same in every program that passes links on.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// Formats pairs as `key=value&key=value`.
pub fn format(pairs: &Pairs) -> String {
    let mut query = String::new();
    for (key, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(key);
        query.push('=');
        query.extend(utf8_percent_encode(value, &KEPT));
    }
    query
}

/// Reads `?key=value&key=value`; a `+` is a blank, as forms write it.
pub fn parse(query: &str) -> Pairs {
    let query = query.strip_prefix('?').unwrap_or(query);
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, ""))).map(decode_pair).collect()
}

/// The value of `v`; `1` if there is none, as for an address that a person typed.
pub(super) fn version(pairs: &Pairs) -> u32 {
    let value = pairs.iter().find(|(key, _)| key == "v");
    value.and_then(|(_, value)| value.parse().ok()).unwrap_or(1)
}

fn decode_pair((key, value): (&str, &str)) -> (String, String) {
    (decode(key), decode(value))
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
