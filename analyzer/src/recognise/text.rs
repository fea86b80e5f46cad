//! Texts that are no log of a rebuild, by how they and their lines begin.

/// A saved web page.
pub(super) const WEB_PAGE: &str = "a web page (HTML): copy the text of the log from it";

/// A kind of text.
struct Kind {
    what: &'static str,
    /// What it may begin with.
    starts: &'static [&'static str],
    /// What its lines begin with.
    lines: &'static [&'static str],
    /// Lines that must begin so.
    enough: usize,
}

const fn kind(
    what: &'static str,
    starts: &'static [&'static str],
    lines: &'static [&'static str],
    enough: usize,
) -> Kind {
    Kind { what, starts, lines, enough }
}

/// All kinds, those that are told more surely first.
const KINDS: [Kind; 28] = [
    kind(
        "a manual page",
        &[".TH ", ".\\\"", "'\\\"", ".Dd ", ".so man"],
        &["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", ".SH ", ".Sh "],
        2,
    ),
    kind("an XML document", &["<?xml", "<svg"], &[], 1),
    kind("a patch", &["diff --git ", "--- a/", "Index: "], &["@@ -"], 1),
    kind("a key or a certificate", &["-----BEGIN "], &[], 1),
    kind(
        "a recording of asciinema: print it with `asciinema cat`",
        &["{\"version\": 2", "{\"version\":2"],
        &[],
        1,
    ),
    kind("a flake lock file", &["{\n  \"nodes\": {"], &[], 1),
    kind("the kernel's log", &["[    0.000000]"], &["[    0.", "[    1."], 4),
    kind(
        "a log of apt",
        &[],
        &["Start-Date: ", "Commandline: ", "Setting up ", "Unpacking ", "Selecting previously "],
        2,
    ),
    kind("a shell script", &["#!/bin/sh", "#!/bin/bash", "#! /bin/sh"], &["fi", "done", "esac"], 2),
    kind("a shell script", &["#!/usr/bin/env bash", "#!/usr/bin/env sh"], &[], 1),
    kind(
        "a Python program",
        &["#!/usr/bin/env python", "#!/usr/bin/python"],
        &["def ", "from ", "    def ", "import "],
        3,
    ),
    kind("a script", &["#!/", "#! /"], &[], 1),
    kind(
        "a Nix expression",
        &["{ pkgs", "{ config", "{ lib", "{\n  description =", "let\n", "with import"],
        &["  inputs.", "  imports = ", "  services.", "  boot.", "  environment.", "  outputs = "],
        2,
    ),
    kind(
        "a program in Rust",
        &["//!", "#!["],
        &["use ", "pub ", "fn ", "impl ", "impl<", "mod ", "#[", "///", "//!"],
        4,
    ),
    kind(
        "a program in C",
        &["#include", "#ifndef ", "#pragma "],
        &["#include ", "#define ", "#ifdef ", "#endif", "typedef ", "static "],
        3,
    ),
    kind(
        "a program in JavaScript or TypeScript",
        &["'use strict'", "\"use strict\""],
        &["const ", "import ", "export ", "module.exports"],
        3,
    ),
    kind("source code", &["/*", "//", "import ", "package ", "use ", "function "], &[], 1),
    kind("a style sheet", &["@charset"], &["@media", ":root", "  color: ", "  margin"], 2),
    kind("JSON", &["{\"", "{\n", "[{", "[\n", "[\""], &[], 1),
    kind("YAML", &["%YAML"], &["- name: ", "version: ", "jobs:", "on:", "apiVersion: "], 2),
    kind(
        "settings (TOML or INI)",
        &[],
        &["[package]", "[dependencies]", "[workspace]", "[Unit]", "[Desktop Entry]"],
        1,
    ),
    kind("a change log", &["commit "], &[" -- ", "  * ", "Author: "], 2),
    kind(
        "a licence",
        &["MIT License", "The MIT License", "Format: https://www.debian.org/doc/packaging"],
        &["THE SOFTWARE IS PROVIDED", "                                 Apache License"],
        1,
    ),
    kind("a page in Markdown", &[], &["## ", "### ", "```"], 2),
    kind("a document in TeX", &["\\documentclass"], &["\\begin{", "\\section"], 2),
    kind("a document", &[".. "], &[".. ", "====", "----", "~~~~"], 2),
    kind(
        "the log of a build without Nix",
        &[],
        &[
            "make: ",
            "make[",
            "gcc ",
            "g++ ",
            "checking for ",
            "checking whether ",
            "-- ",
            "   Compiling ",
            "npm ",
            "ninja: ",
            "  CC ",
            "  LD ",
        ],
        3,
    ),
    kind("a script or settings", &[], &["# ", "export ", "set "], 3),
];

/// What a text seems to be.
pub(super) fn guess(text: &str) -> Option<&'static str> {
    if is_web_page(text.as_bytes()) {
        return Some(WEB_PAGE);
    }
    if is_mail(text) {
        return Some("an e-mail");
    }
    if is_timing(text) {
        return Some("the timing of a recording by `script`: read the recording itself");
    }
    if is_journal(text) {
        return Some("a journal in which nothing is built");
    }
    let start = text.trim_start_matches(['\u{FEFF}', '\n', '\r']);
    let begins = |kind: &&Kind| {
        let starts = kind.starts.iter().any(|it| start.starts_with(it));
        let holding = || text.lines().filter(|line| kind.holds(line)).count();
        starts || (!kind.lines.is_empty() && holding() >= kind.enough)
    };
    KINDS.iter().find(begins).map(|kind| kind.what)
}

impl Kind {
    fn holds(&self, line: &str) -> bool {
        let is_word = |it: &&&str| it.bytes().all(|byte| byte.is_ascii_alphabetic());
        let words = || self.lines.iter().filter(is_word);
        let line = line.trim_end();
        // Words that stand alone on their line, and beginnings of others.
        words().any(|word| *word == line)
            || self.lines.iter().filter(|it| !is_word(it)).any(|start| line.starts_with(start))
    }
}

/// Whether a document begins as those of the web do.
pub(super) fn is_web_page(head: &[u8]) -> bool {
    const STARTS: [&str; 4] = ["<!doctype html", "<html", "<head", "<body"];
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    STARTS.iter().any(|start| text.starts_with(start))
}

// Return-Path: <a@example.org>
// Subject: Cron <root@host> backup
fn is_mail(text: &str) -> bool {
    const FIELDS: [&str; 9] = [
        "From ",
        "From:",
        "To:",
        "Subject:",
        "Date:",
        "Received:",
        "Return-Path:",
        "Message-ID:",
        "Delivered-To:",
    ];
    let is_field = |line: &&str| FIELDS.iter().any(|field| line.starts_with(field));
    let head = || text.lines().take_while(|line| !line.is_empty());
    head().next().is_some_and(|line| is_field(&line)) && head().filter(is_field).count() >= 2
}

// 0.013377 45
// O 0.013377 45
fn is_timing(text: &str) -> bool {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_pair = |line: &str| {
        let pair = line.strip_prefix(['O', 'I']).unwrap_or(line).trim_start();
        pair.split_once(' ').is_some_and(|(delay, count)| {
            delay.contains('.') && is_number(delay) && is_number(count) && !count.contains('.')
        })
    };
    // The last line may be cut, and the first ones hold what was recorded.
    let lines = || text.lines().filter(|line| !line.starts_with("H "));
    let pairs = lines().filter(|line| is_pair(line)).count();
    pairs > 0 && pairs + 1 >= lines().count()
}

// Nov 22 06:39:39 host sshd[812]: Accepted publickey for root
fn is_journal(text: &str) -> bool {
    let is_entry = |line: &&str| {
        let mut words = line.split_whitespace().skip(2);
        let is_time = words.next().is_some_and(|word| {
            word.len() == 8 && word.bytes().filter(|byte| *byte == b':').count() == 2
        });
        is_time && words.nth(1).is_some_and(|word| word.ends_with(':'))
    };
    let lines = || text.lines().filter(|line| !line.starts_with("-- "));
    let entries = lines().filter(is_entry).count();
    entries > 0 && entries * 4 >= lines().count().saturating_sub(1) * 3
}
