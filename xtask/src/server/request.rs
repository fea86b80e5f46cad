//! The part of an HTTP request that a static server looks at.

use std::io::{self, BufRead, Read};
use std::path::{Component, Path, PathBuf};

/// Longer requests are not from a browser that opens our page.
const MAX_HEAD_BYTES: u64 = 64 * 1024;

/// How an answer may be packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Not at all.
    Plain,
    /// By brotli.
    Brotli,
}

/// What the server looks at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`
    pub(super) method: String,
    /// `/learn/?level=new`
    pub(super) target: String,
    /// What the browser unpacks.
    pub(super) packing: Packing,
}

impl Request {
    /// Reads up to the empty line after the headers; `None` when the connection was closed.
    ///
    /// # Errors
    ///
    /// The connection broke, or what came is no request.
    pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = input.take(MAX_HEAD_BYTES);
        let mut first = String::new();
        if head.read_line(&mut first)? == 0 {
            return Ok(None);
        }
        let mut header = String::new();
        let mut packing = Packing::Plain;
        while head.read_line(&mut header)? > 0 && !header.trim_end().is_empty() {
            if unpacks_brotli(&header) {
                packing = Packing::Brotli;
            }
            header.clear();
        }
        let mut words = first.split_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "expected a request line"));
        };
        Ok(Some(Self { method: method.to_owned(), target: target.to_owned(), packing }))
    }
}

/// `Accept-Encoding: gzip, deflate, br, zstd`
fn unpacks_brotli(header: &str) -> bool {
    let Some((name, value)) = header.split_once(':') else { return false };
    name.eq_ignore_ascii_case("accept-encoding") && value.split(',').any(|way| way.trim() == "br")
}

/// The file path that a path of a URL means, unless it leads out of the site.
pub(super) fn safe_path(path: &str) -> Option<PathBuf> {
    let decoded = decode(path)?;
    let path = Path::new(&decoded);
    let stays_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    stays_inside.then(|| path.to_path_buf())
}

/// `a%20b` is `a b`.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_ends_with_an_empty_line() {
        let mut input: &[u8] = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\nHEAD /b HTTP/1.1\r\n\r\n";
        let target = |request: Option<Request>| request.map(|request| request.target);
        assert_eq!(target(Request::read(&mut input).unwrap()).as_deref(), Some("/a"));
        assert_eq!(target(Request::read(&mut input).unwrap()).as_deref(), Some("/b"));
        assert_eq!(Request::read(&mut input).unwrap(), None);
    }

    #[test]
    fn a_browser_says_whether_it_unpacks_brotli() {
        for (header, expected) in [
            ("Accept-Encoding: gzip, deflate, br, zstd\r\n", true),
            ("accept-encoding: br\r\n", true),
            ("Accept-Encoding: gzip\r\n", false),
            ("Accept: br\r\n", false),
        ] {
            assert_eq!(unpacks_brotli(header), expected, "{header}");
        }
    }

    #[test]
    fn paths_stay_inside_the_site() {
        assert_eq!(safe_path("samples/a%2Eb.log"), Some(PathBuf::from("samples/a.b.log")));
        assert_eq!(safe_path(""), Some(PathBuf::new()));
        for bad in ["../x", "a/../../x", "%2e%2e/x", "/etc/passwd", "%2fetc", "%zz", "%f"] {
            assert_eq!(safe_path(bad), None, "{bad}");
        }
    }
}
