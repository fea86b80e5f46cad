//! The system that a run makes: its path, its version, its host, its generation.

use super::time;
use crate::moment::At;
use crate::report::System;
use crate::store_path::{StorePath, split_name_version, without_drv};

/// How the names of system derivations begin.
const SYSTEM_NAMES: [&str; 3] = ["nixos-system-", "activatable-nixos-system-", "darwin-system-"];

/// What is known of the system of a run.
#[derive(Debug, Default)]
pub(super) struct SystemFacts {
    path: Option<String>,
    label: Option<String>,
    host: Option<String>,
    generation: Option<u64>,
    /// A result counts only once the whole log is read, so lines do not come in order.
    lines: Vec<u32>,
}

/// Whether the log says that a path exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existence {
    /// It was printed as a result, or is used.
    Exists,
    /// It is only named.
    Named,
}

impl SystemFacts {
    /// Takes a store path or a derivation that may be a system.
    pub(super) fn path(&mut self, at: At, path: &str, existence: Existence) {
        let Some(path) = StorePath::parse(path) else { return };
        self.name(at, path.name());
        let is_system = SYSTEM_NAMES.iter().any(|start| path.name().starts_with(start));
        let exists = existence == Existence::Exists && is_system && !path.is_derivation();
        if exists && self.path.as_deref() != Some(path.as_str()) {
            self.path = Some(path.as_str().to_owned());
            self.lines.push(at.first);
        }
    }

    /// Takes the path that a tool printed as its result, whatever its name.
    pub(super) fn result(&mut self, at: At, path: &str) {
        self.path(at, path, Existence::Named);
        self.path = Some(path.to_owned());
        self.lines.push(at.first);
    }

    /// Takes the name of a derivation: that of a system tells host and version.
    pub(super) fn name(&mut self, at: At, name: &str) {
        let Some(rest) = SYSTEM_NAMES.iter().find_map(|start| name.strip_prefix(start)) else {
            return;
        };
        // A host may have no version behind it, and a version may follow at once.
        let (host, version) = match split_name_version(without_drv(rest)) {
            _ if rest.starts_with(|c: char| c.is_ascii_digit()) => (None, Some(without_drv(rest))),
            (host, version) => (Some(host), version),
        };
        if let Some(version) = version
            && self.label.as_deref() != Some(version)
        {
            self.label = Some(version.to_owned());
            self.lines.push(at.first);
        }
        if let Some(host) = host {
            self.host = Some(host.to_owned());
        }
    }

    /// Takes the number of the new generation.
    pub(super) fn generation(&mut self, at: At, number: u64) {
        self.generation = Some(number);
        self.lines.push(at.first);
    }

    /// The host that the name of the system holds.
    pub(super) fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// Whether a system is named at all.
    pub(super) fn is_named(&self) -> bool {
        self.label.is_some() || self.host.is_some()
    }

    /// `None` where nothing is known.
    pub(super) fn into_report(self) -> Option<System> {
        if self.lines.is_empty() {
            return None;
        }
        let lines = time::lines(self.lines);
        Some(System { path: self.path, label: self.label, generation: self.generation, lines })
    }
}
