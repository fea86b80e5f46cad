//! Says what an input seems to be that is no log.

use crate::ansi;

/// As much of the start of an input as is worth looking at, in bytes.
pub(crate) const HEAD_LEN: usize = 4096;

/// Containers and pictures, by the first bytes of the file.
const MAGIC: [(&[u8], &str); 14] = [
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF-", "a PDF document"),
    (b"\x1F\x8B", "a gzip archive: unpack it first"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive: unpack it first"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xFD7zXZ", "an xz archive: unpack it first"),
    (b"PK\x03\x04", "a zip archive: unpack it first"),
    (b"\x7FELF", "a program (ELF)"),
    (b"LPKSHHRH", "a binary journal: print it with `journalctl`"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
];

/// What text of each kind begins with, or has at the start of a line.
const TEXT: [(&str, &[&str]); 6] = [
    ("a web page (HTML)", &["<!doctype html", "<!DOCTYPE", "<html", "<?xml", "<head"]),
    ("a script", &["#!/"]),
    (
        "a Nix expression",
        &["{ pkgs", "{ config", "{ lib", "{\n  description =", "let\n", "with import"],
    ),
    ("a patch", &["diff --git ", "--- a/", "Index: "]),
    ("JSON", &["{\"", "{\n", "[{", "[\n"]),
    ("source code", &["import ", "#include", "use ", "package ", "from ", "//", "/*", "function "]),
];

/// Words that stand alone on a line of a manual page.
const MANUAL_HEADINGS: [&str; 4] = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"];

/// What an input with these first bytes seems to be; `None` where nothing tells.
///
/// Only of use for an input in which no line of a log was found.
pub(crate) fn guess(head: &[u8]) -> Option<&'static str> {
    if head.is_empty() {
        return Some("empty");
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    if is_binary(head) {
        return Some("a binary file");
    }
    let text = plain(head);
    if text.trim().is_empty() {
        return Some("blank");
    }
    if is_manual_page(&text) {
        return Some("a manual page");
    }
    let start = text.trim_start();
    let begins = |starts: &[&str]| starts.iter().any(|it| start.starts_with(it));
    TEXT.iter().find(|(_, starts)| begins(starts)).map(|(what, _)| *what)
}

fn plain(head: &[u8]) -> String {
    let lines: Vec<_> = head.split(|byte| *byte == b'\n').map(ansi::plain).collect();
    lines.join("\n")
}

fn is_manual_page(text: &str) -> bool {
    text.lines().filter(|line| MANUAL_HEADINGS.contains(&line.trim_end())).count() >= 2
}

/// Text of any language has hardly any control bytes; UTF-16 has a byte order mark.
fn is_binary(head: &[u8]) -> bool {
    let text = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let is_odd = |byte: &&u8| **byte < 0x09 || (0x0E..0x1B).contains(*byte);
    !text && head.iter().filter(is_odd).count() * 10 > head.len()
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn common_things_that_are_no_log_are_named() {
        let table: [(&[u8], Option<&str>); 9] = [
            (b"", Some("empty")),
            (b" \n\n", Some("blank")),
            (b"\x89PNG\r\n\x1a\n", Some("a picture (PNG)")),
            (
                b"\x1b[1mNAME\x1b[0m\n  nixos-rebuild\n\n\x1b[1mSYNOPSIS\x1b[0m\n",
                Some("a manual page"),
            ),
            (b"<!DOCTYPE html>\n<html>", Some("a web page (HTML)")),
            (b"{ config, pkgs, ... }:\n{\n", Some("a Nix expression")),
            (b"diff --git a/x b/x\n", Some("a patch")),
            (b"\x01\x02\x03\x04\x05\x06", Some("a binary file")),
            (b"Dear diary,\ntoday I rebuilt.\n", None),
        ];
        for (head, expected) in table {
            assert_eq!(guess(head), expected, "{head:?}");
        }
    }
}
