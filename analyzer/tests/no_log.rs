//! What is no log gives no run, and a sentence that says what it seems to be.

use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};

use analyzer::Analyzer;
use analyzer::report::Report;

fn read(input: &[u8]) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(input);
    analyzer.finish()
}

/// Lines that would be a log anywhere else.
const LOG: &str = "building '/nix/store/0c0i4nhx51l9rzd5kx2rv07ilxpcy2ls-a-1.0.drv'...\n\
    error: builder for '/nix/store/0c0i4nhx51l9rzd5kx2rv07ilxpcy2ls-a-1.0.drv' failed with exit code 1\n";

#[track_caller]
fn check(input: &[u8], what: &str) {
    let report = read(input);
    let text = String::from_utf8_lossy(input);
    assert_eq!(report.runs, [], "{text}");
    assert!(report.findings.is_empty(), "{text}");
    assert_eq!(report.source.understood_lines, 0, "{text}");
    let note = report.notes.first().map(String::as_str).unwrap_or_default();
    assert!(note.starts_with("Th") && note.contains(what), "{text}: {note}");
}

#[test]
fn files_of_other_kinds_give_no_run_whatever_they_hold() {
    for (start, what) in [
        ("<!DOCTYPE html>\n<title>Log</title>\n<pre>\n", "a web page"),
        ("\u{7f}ELF\u{2}\u{1}\u{1}\0", "a program"),
        ("%PDF-1.7\n", "a PDF document"),
        ("!<arch>\n", "an archive"),
        ("LPKSHHRH\0\n", "a binary journal"),
    ] {
        check(format!("{start}{LOG}").as_bytes(), what);
    }
}

#[test]
fn programs_and_settings_give_no_run() {
    for (text, what) in [
        (
            "use serde::Deserialize;\npub struct A;\nimpl<'de, 'a> A\nwhere\n    'de: 'a,\n    's: 'b,\n{\n\
             fn a() {}\n",
            "a program in Rust",
        ),
        ("{\n  \"urls\": [\n    \"https://example.org/a\"\n  ]\n}\n", "JSON"),
        ("[package]\nname = \"a\"\n\n[lib]\npath = \"src/lib.rs\"\n", "settings"),
        (
            "import os\nfrom a import b\n\ndef status(self):\n    \"\"\"A.\n\n    Returns:\n            \
             Status: what it is.\n    \"\"\"\n    return [\n    'https://example.org/a',\n    ]\n",
            "a Python program",
        ),
        (
            "#!/bin/bash\nset -e\nif [ -n \"$1\" ]; then\n  echo \"building Nix...\" >&2\nfi\n",
            "a shell script",
        ),
        ("{ config, pkgs, ... }:\n{\n  services.openssh.enable = true;\n}\n", "a Nix expression"),
        (
            "NAME\n       nixos-rebuild - reconfigure a NixOS machine\n\nSYNOPSIS\n       nixos-rebuild \
             switch\n\nEXAMPLES\n           $ nixos-rebuild switch\n",
            "a manual page",
        ),
    ] {
        check(text.as_bytes(), what);
    }
}

#[test]
fn logs_of_other_programs_give_no_run() {
    for (text, what) in [
        (
            "Nov 22 06:39:39 box sshd[812]: Accepted publickey for root\n\
             Nov 22 06:39:40 box systemd[1]: Started Session 3 of User root.\n\
             Nov 22 06:39:41 box cron[9]: error: no such file\n",
            "a journal",
        ),
        (
            "[    0.000000] Linux version 6.12.19\n[    0.000000] Command line: quiet\n\
             [    1.203999] warning: process `a' used a removed call\n",
            "the kernel's log",
        ),
        (
            "Start-Date: 2025-03-13  04:40:12\nCommandline: apt install hello\nUnpacking hello (2.10-3) ...\n\
             Setting up hello (2.10-3) ...\n",
            "a log of apt",
        ),
        (
            "checking for gcc... gcc\nchecking whether gcc works... yes\ngcc -c a.c\n\
             make: *** [Makefile:2: a.o] Error 1\n",
            "a build without Nix",
        ),
        (
            "   Compiling a v0.1.0 (/a)\n   Compiling b v0.1.0\n   Compiling c v0.1.0\n\
             warning: unused variable: `x`\n",
            "a build without Nix",
        ),
        (
            "● sshd.service - SSH Daemon\n     Loaded: loaded (/etc/systemd/system/sshd.service; enabled)\n     \
             Active: active (running) since Sat 2025-11-22 06:26:01 UTC; 1h ago\n   Main PID: 812 (sshd)\n",
            "This is not the log",
        ),
        ("0.013377 45\n0.202993 1024\n1.500000 7\n", "the timing of a recording"),
    ] {
        check(text.as_bytes(), what);
    }
}

/// Logs below a folder beside the workspace that not every machine has.
fn shared(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(folder);
    let Ok(entries) = fs::read_dir(&root) else {
        // Nobody can be told if this fails, and nothing depends on it.
        let _ = writeln!(stderr(), "skipped: there is no {}", root.display());
        return Vec::new();
    };
    entries.map(|entry| entry.expect("a readable folder").path()).collect()
}

#[test]
fn no_real_log_is_called_something_else() {
    let folders = ["corpus/logs", "nix-logs/2.3.7", "nix-logs/2.8.0", "nix-logs/2.34.8"];
    let is_log = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A manual page, and a list of generations.
        !name.contains("not-a-log")
            && !name.contains("list-generations")
            && [".log", ".ts", ".journal", ".ansi"].iter().any(|end| name.ends_with(end))
    };
    let mut refused = Vec::new();
    for path in folders.into_iter().flat_map(shared).filter(is_log) {
        let log = fs::read(&path).expect("a readable log");
        let report = read(&log);
        if report.runs.is_empty() && report.source.listing.is_none() && !log.is_empty() {
            refused.push(format!("{}: {:?}", path.display(), report.notes));
        }
    }
    assert_eq!(refused, Vec::<String>::new());
}
