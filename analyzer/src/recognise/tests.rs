//! Things that are no log, and what they are called.

use super::{certain, guess};

#[test]
fn files_that_are_no_text_are_named() {
    let tar = [&[b'a'; 257][..], b"ustar\0"].concat();
    let table: [(&[u8], &str); 10] = [
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"\xFF\xD8\xFF\xE0", "a picture (JPEG)"),
        (b"BM\x01\0\0\0\0\0", "a picture (BMP)"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x7FELF\x02\x01", "a program (ELF)"),
        (b"LPKSHHRH\0", "a binary journal: print it with `journalctl`"),
        (b"\x0d\0\0\0\0\0\0\0nix-archive-1\0", "an archive of Nix (NAR)"),
        (b"!<arch>\ndebian-binary", "an archive of a compiler or a package"),
        (&tar, "a tar archive: unpack it first"),
        (b"<!DOCTYPE html>\n<html>", "a web page (HTML): copy the text of the log from it"),
    ];
    for (head, expected) in table {
        assert_eq!(certain(head), Some(expected), "{head:?}");
        assert_eq!(guess(head), Some(expected), "{head:?}");
    }
}

#[test]
fn text_may_hold_a_log() {
    for text in [
        "BMW is a car\n",
        "MZ\n",
        "{\"a\": 1}\n",
        "\u{1b}[1mbuilding\u{1b}[0m\r\n",
        "error: \x01\x02\x03\x04\x05",
        "N\u{8}NA\u{8}A",
    ] {
        assert_eq!(certain(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn texts_that_are_no_log_are_named() {
    for (text, expected) in [
        ("", Some("empty")),
        ("\x01\x02\x03\x04\x05\x06", Some("a binary file")),
        (" \n\n", Some("blank")),
        (
            "\u{1b}[1mNAME\u{1b}[0m\n  nixos-rebuild\n\n\u{1b}[1mSYNOPSIS\u{1b}[0m\n",
            Some("a manual page"),
        ),
        (
            "N\u{8}NA\u{8}AM\u{8}ME\u{8}E\n  a\nS\u{8}SY\u{8}YN\u{8}NO\u{8}OP\u{8}PS\u{8}SI\u{8}IS\u{8}S\n",
            Some("a manual page"),
        ),
        (".TH NIX-BUILD 1\n", Some("a manual page")),
        ("* tree\n\nCHANGES\n=======\n\na\n-----\n", Some("a document")),
        ("pkg (1.0) unstable; urgency=low\n\n  * New.\n\n -- A <a@b>\n", Some("a change log")),
        (
            "commit a73246e2eef4c6ed172979932bc80e1404ba2d56\nAuthor: A\nDate: x\n",
            Some("a change log"),
        ),
        ("-----BEGIN CERTIFICATE-----\n", Some("a key or a certificate")),
        ("# a\n# b\nc = 1\n# d\n", Some("a script or settings")),
        ("{ config, pkgs, ... }:\n{\n", Some("a Nix expression")),
        ("#!/usr/bin/env bash\nset -e\n", Some("a shell script")),
        ("#!/usr/bin/env python3\n", Some("a Python program")),
        ("import os\nimport sys\n\ndef main():\n", Some("a Python program")),
        ("//! Reads logs.\n\nuse std::fs;\n", Some("a program in Rust")),
        ("#include <stdio.h>\n", Some("a program in C")),
        ("package main\n\nfunc main() {\n", Some("source code")),
        (
            "import x from 'y'\nexport const a = 1\nconst b = 2\n",
            Some("a program in JavaScript or TypeScript"),
        ),
        ("{\"a\": 1}\n", Some("JSON")),
        ("{\n  \"nodes\": {\n", Some("a flake lock file")),
        ("name: ci\non:\n  push\njobs:\n  - a\n", Some("YAML")),
        ("[package]\nname = \"x\"\n", Some("settings (TOML or INI)")),
        ("# Title\n\ntext\n\n## Part\n\n## Other\n", Some("a page in Markdown")),
        ("<?xml version=\"1.0\"?>\n", Some("an XML document")),
        ("diff --git a/x b/x\n", Some("a patch")),
        ("Return-Path: <a@b>\nSubject: hi\n", Some("an e-mail")),
        ("From: a\nTo: b\nSubject: c\n\nhello\n", Some("an e-mail")),
        ("[    0.000000] Linux version 6.12.19\n", Some("the kernel's log")),
        (
            "Nov 22 06:39:39 host sshd[812]: Accepted\nNov 22 06:39:40 host cron[1]: x\n",
            Some("a journal in which nothing is built"),
        ),
        (
            "Start-Date: 2025-03-13\nCommandline: apt install x\nEnd-Date: 2025-03-13\n",
            Some("a log of apt"),
        ),
        (
            "make[1]: Entering directory '/a'\ngcc -c a.c\ngcc -c b.c\nmake[1]: Leaving\n",
            Some("the log of a build without Nix"),
        ),
        ("Dear diary,\ntoday I rebuilt.\n", None),
    ] {
        assert_eq!(guess(text.as_bytes()), expected, "{text}");
    }
}
