//! What hosts want beside the files: packed copies, and which headers to send.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::failure::{Result, While};
use crate::files;

/// Files of these kinds shrink.
const PACKED: [&str; 11] =
    ["bin", "css", "html", "js", "json", "log", "svg", "txt", "wasm", "webmanifest", "xml"];

/// Below this a packed copy saves nothing that one would notice.
const WORTH_PACKING: u64 = 512;

/// What Netlify and Cloudflare Pages send with every file. The security policy for content stands
/// in the pages; only frames can be forbidden by a header alone.
const FOR_ALL: &str = "/*
  Content-Security-Policy: frame-ancestors 'none'
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
";

/// Writes the file of headers; those hosts look for it in the root of the site.
///
/// # Errors
///
/// A folder cannot be listed, or the file not be written.
pub(super) fn write_headers(staging: &Path) -> Result<()> {
    let mut text = FOR_ALL.to_owned();
    for path in files::list(staging)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if crate::server::has_hash(&name) {
            let _ = write!(text, "/{name}\n  Cache-Control: {}\n", crate::server::IMMUTABLE);
        }
    }
    files::write(&staging.join("_headers"), text)
}

/// Puts a copy packed by brotli and one by gzip beside each file that shrinks.
///
/// # Errors
///
/// A file cannot be read or written.
pub(super) fn pack(staging: &Path) -> Result<()> {
    for path in files::list_deep(staging)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let doing = || format!("packing {}", path.display());
        let content = std::fs::read(&path).while_doing(doing)?;
        let shrinks = PACKED.iter().any(|end| name.ends_with(&format!(".{end}")));
        if !shrinks || (content.len() as u64) < WORTH_PACKING {
            continue;
        }
        files::write(
            &path.with_file_name(format!("{name}.br")),
            brotli(&content).while_doing(doing)?,
        )?;
        files::write(
            &path.with_file_name(format!("{name}.gz")),
            gzip(&content).while_doing(doing)?,
        )?;
    }
    Ok(())
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let best = BrotliEncoderParams { quality: 11, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut packed, &best)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(content)?;
    packer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn packed_copies_hold_the_file_and_stand_beside_it() {
        let folder = std::env::temp_dir().join(format!("xtask-pack-{}", std::process::id()));
        let text = "a long text ".repeat(100);
        files::write(&folder.join("learn/index.html"), &text).unwrap();
        files::write(&folder.join("small.js"), "x").unwrap();
        files::write(&folder.join("a.png"), &text).unwrap();
        pack(&folder).unwrap();
        let names = |folder: &Path| -> Vec<String> {
            let paths = files::list(folder).unwrap();
            paths.iter().map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names(&folder), ["a.png", "learn", "small.js"]);
        let expected = ["index.html", "index.html.br", "index.html.gz"];
        assert_eq!(names(&folder.join("learn")), expected);
        let packed = std::fs::read(folder.join("learn/index.html.br")).unwrap();
        let mut read = Vec::new();
        brotli::BrotliDecompress(&mut &*packed, &mut read).unwrap();
        assert_eq!(read, text.as_bytes());
        let packed = std::fs::File::open(folder.join("learn/index.html.gz")).unwrap();
        let mut read = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
        files::remove_folder(&folder).unwrap();
    }

    #[test]
    fn only_files_named_by_their_content_are_kept_for_good() {
        let folder = std::env::temp_dir().join(format!("xtask-headers-{}", std::process::id()));
        files::write(&folder.join("app-0123456789abcdef.js"), "x").unwrap();
        files::write(&folder.join("theme.js"), "x").unwrap();
        write_headers(&folder).unwrap();
        let text = files::read(&folder.join("_headers")).unwrap();
        assert!(text.contains("/app-0123456789abcdef.js\n  Cache-Control: public, max-age"));
        assert!(text.contains("frame-ancestors") && !text.contains("theme.js"));
        files::remove_folder(&folder).unwrap();
    }
}
