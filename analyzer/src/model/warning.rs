//! Warnings, each kind once and counted.

use std::collections::HashMap;

use crate::moment::At;
use crate::report::{Lines, Warning, WarningClass};
use crate::store_path::{StorePath, store_paths};

/// Different warnings kept. A log of a linter or a compiler could have any number of them.
const MAX_WARNINGS: usize = 2000;

/// All warnings of a run, in log order.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    list: Vec<Warning>,
    by_key: HashMap<String, usize>,
}

impl Warnings {
    /// How many different ones there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Takes a warning.
    pub(super) fn push(&mut self, at: At, text: String, class: WarningClass) {
        let key = key(&text, class);
        if let Some(index) = self.by_key.get(&key) {
            let warning = &mut self.list[*index];
            warning.count += 1;
            (at.first..=at.last).for_each(|line| warning.lines.push(line));
            return;
        }
        if self.list.len() == MAX_WARNINGS {
            return;
        }
        self.by_key.insert(key, self.list.len());
        let lines = Lines::range(at.first, at.last);
        self.list.push(Warning { message: text, count: 1, class, lines });
    }

    /// Takes those of what came before.
    pub(super) fn prepend(&mut self, before: Self) {
        let own = std::mem::replace(self, before);
        self.append(own);
    }

    /// Takes the warnings that came after these.
    pub(super) fn append(&mut self, other: Self) {
        for warning in other.list {
            let key = key(&warning.message, warning.class);
            let Some(index) = self.by_key.get(&key) else {
                self.by_key.insert(key, self.list.len());
                self.list.push(warning);
                continue;
            };
            let known = &mut self.list[*index];
            known.count += warning.count;
            known.lines.0.extend(warning.lines.0);
        }
    }

    /// Whether a cache did not answer, or Nix was not allowed to ask it.
    pub(super) fn tell_of_a_cache_not_asked(&self) -> bool {
        self.list.iter().any(|warning| {
            let text = warning.message.as_str();
            let is_silent = warning.class == WarningClass::Download
                && (text.contains("binary cache did not answer")
                    || text.contains("/nix-cache-info'"));
            let is_ignored = text.starts_with("ignoring ")
                && text.contains("substituter")
                && (text.contains("untrusted") || text.contains("client-specified"));
            is_silent || is_ignored
        })
    }

    pub(super) fn into_report(self) -> Vec<Warning> {
        self.list
    }
}

/// A server that does not answer does so for many files, and each is tried again after another time.
// unable to download 'https://cache.nixos.org/nar/x.nar.xz': HTTP error 500; retrying in 251 ms
fn download_key(text: &str) -> String {
    let text = text.split("; retrying").next().unwrap_or(text);
    let Some((before, rest)) = text.split_once("'http") else { return text.to_owned() };
    let Some((url, after)) = rest.split_once('\'') else { return text.to_owned() };
    let host = url.split('/').nth(2).unwrap_or(url);
    let reason = after.lines().next().unwrap_or(after);
    format!("{before}{host}{reason}")
}

/// What makes two warnings the same: two packages that share files do so in many files, and a
/// download is tried again after a time that differs.
fn key(text: &str, class: WarningClass) -> String {
    match class {
        WarningClass::Collision => {
            let mut names = store_paths(text).map(StorePath::name);
            format!("collision {} {}", names.next().unwrap_or(""), names.next().unwrap_or(""))
        }
        WarningClass::Download => download_key(text),
        _ => text.to_owned(),
    }
}
