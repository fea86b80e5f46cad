//! Answers of a static server, with the headers that a careful host sends.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::request::Packing;

/// What a host may say of a file whose name holds a hash of its content.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// One answer.
pub(super) struct Response {
    status: &'static str,
    /// The headers besides those that every answer has.
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    /// A file with its type, unless it is missing; if the browser unpacks it, the packed copy.
    pub(super) fn of_file(path: &Path, packing: Packing) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy();
        let mut headers = vec![
            ("Content-Type", content_type(&name).to_owned()),
            ("Cache-Control", cache_control(&name).to_owned()),
        ];
        let packed = (packing == Packing::Brotli)
            .then(|| fs::read(path.with_file_name(format!("{name}.br"))).ok())
            .flatten();
        if packed.is_some() {
            headers.push(("Content-Encoding", "br".to_owned()));
        }
        let body = packed.or_else(|| fs::read(path).ok())?;
        Some(Self { status: "200 OK", headers, body })
    }

    /// The site's page for addresses that do not exist.
    pub(super) fn not_found(site: &Path) -> Self {
        let status = "404 Not Found";
        match Self::of_file(&site.join("404.html"), Packing::Plain) {
            Some(page) => Self { status, ..page },
            None => Self::plain(status),
        }
    }

    /// The browser is to ask for another path.
    pub(super) fn moved_to(path: &str) -> Self {
        let headers = vec![("Location", path.to_owned())];
        Self { status: "301 Moved Permanently", headers, body: Vec::new() }
    }

    /// The answer to anything but reading.
    pub(super) fn method_not_allowed() -> Self {
        Self::plain("405 Method Not Allowed")
    }

    /// Sends status and headers.
    ///
    /// # Errors
    ///
    /// The connection broke.
    pub(super) fn write_head(&self, output: &mut impl Write) -> io::Result<()> {
        write!(output, "HTTP/1.1 {}\r\n", self.status)?;
        for (name, value) in &self.headers {
            write!(output, "{name}: {value}\r\n")?;
        }
        write!(output, "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n")?;
        write!(output, "Content-Length: {}\r\n\r\n", self.body.len())
    }

    /// Sends what comes after them.
    ///
    /// # Errors
    ///
    /// The connection broke.
    pub(super) fn write_body(&self, output: &mut impl Write) -> io::Result<()> {
        output.write_all(&self.body)
    }

    fn plain(status: &'static str) -> Self {
        let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        Self { status, headers, body: status.as_bytes().to_vec() }
    }
}

/// The type of a file by the end of its name.
fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "xml" => "application/xml",
        "txt" | "log" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file whose name holds a hash of its content never changes; any other may at each build.
fn cache_control(name: &str) -> &'static str {
    if has_hash(name) { IMMUTABLE } else { "no-cache" }
}

/// `page-0123456789abcdef_bg.wasm` has one.
pub(crate) fn has_hash(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words.into_iter().any(|word| word.len() >= 16 && word.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_by_the_browser() {
        assert!(has_hash("page-0123456789abcdef_bg.wasm"));
        assert!(has_hash("styles-0123456789abcdef.css"));
        for name in ["index.html", "worker.js", "ollama-upgrade.log", "boot.js"] {
            assert!(!has_hash(name), "{name}");
        }
    }
}
