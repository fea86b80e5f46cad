//! Reports that are typical of others: of the analyzer's fixtures those that have something new to
//! say, and an upgrade that is made of the names and versions of the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io;
use std::path::Path;

use analyzer::report::{LinkLevel, Report};
use analyzer::version::compare_nix;
use analyzer::{Analyzer, report::Run};

use crate::names;

/// Lines of an excerpt that are kept, and bytes of each.
const EXCERPT: (usize, usize) = (3, 100);

/// Derivations and changes that are kept of a fixture.
const MANY: usize = 4;

/// Rows of the upgrade: other versions, new packages, packages that are gone.
const N_BUMPS: usize = 260;
const N_ADDED: usize = 24;
const N_REMOVED: usize = 20;

/// Where inputs that many have come from.
const INPUTS: [&str; 18] = [
    "cachix/git-hooks.nix",
    "numtide/treefmt-nix",
    "numtide/flake-utils",
    "hercules-ci/flake-parts",
    "ryantm/agenix",
    "Mic92/sops-nix",
    "nix-community/disko",
    "nix-community/impermanence",
    "nix-community/lanzaboote",
    "nix-community/nixvim",
    "nix-community/NUR",
    "nix-community/stylix",
    "nix-darwin/nix-darwin",
    "oxalica/rust-overlay",
    "hyprwm/Hyprland",
    "NixOS/nixos-hardware",
    "nix-community/home-manager",
    "NixOS/nixpkgs",
];

/// What the upgrade prints at its end.
const SWITCH: [&str; 8] = [
    "Closure size: 2704 -> 2711 (335 paths added, 328 paths removed, delta +7, disk usage +42.6MiB).",
    "stopping the following units: nginx.service, systemd-timesyncd.service",
    "activating the configuration...",
    "setting up /etc...",
    "reloading the following units: dbus.service",
    "restarting the following units: nix-daemon.service, sshd.service",
    "starting the following units: nginx.service, systemd-timesyncd.service",
    "the following new units were started: podman.socket",
];

/// All reports, the most typical last.
pub(crate) fn reports(fixtures: &Path, seen: &str) -> io::Result<Vec<Report>> {
    let mut reports = of_fixtures(fixtures)?;
    reports.push(read(upgrade(seen).as_bytes()).at_level(LinkLevel::Full));
    Ok(reports)
}

fn read(log: &[u8]) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log);
    analyzer.finish()
}

fn of_fixtures(fixtures: &Path) -> io::Result<Vec<Report>> {
    let mut paths = Vec::new();
    for folder in std::fs::read_dir(fixtures)? {
        let folder = folder?.path();
        if folder.is_dir() {
            paths.extend(
                std::fs::read_dir(folder)?
                    .map(|entry| Ok(entry?.path()))
                    .collect::<io::Result<Vec<_>>>()?,
            );
        }
    }
    paths.retain(|path| path.extension().is_some_and(|it| it == "log"));
    paths.sort();
    let mut known = Known::default();
    let mut reports = Vec::new();
    for path in paths {
        let mut report = read(&std::fs::read(path)?).at_level(LinkLevel::Full);
        if known.leave_news(&mut report) {
            reports.push(report);
        }
    }
    Ok(reports)
}

/// What earlier reports said.
#[derive(Default)]
struct Known(BTreeSet<String>);

impl Known {
    /// Leaves out of a report what others said before; says whether anything is left.
    fn leave_news(&mut self, report: &mut Report) -> bool {
        let before = self.0.len();
        report.findings.retain(|it| self.0.insert(it.id.clone()));
        report.notes.retain(|it| self.0.insert(it.chars().take(40).collect()));
        self.0.extend(report.source.dialects.iter().chain(&report.source.envelopes).cloned());
        for run in &mut report.runs {
            self.0.insert(run.time.because.clone());
            self.0.insert(format!("{:?}", run.tool));
            run.stages.retain(|it| self.0.insert(it.time.because.clone()));
            run.failures.retain(|it| self.0.insert(format!("failure {:?}", it.class)));
            run.warnings.retain(|it| self.0.insert(format!("warning {:?}", it.class)));
            shorten(run);
        }
        self.0.len() > before
    }
}

fn shorten(run: &mut Run) {
    run.derivations.truncate(MANY);
    run.changes.truncate(MANY);
    for failure in &mut run.failures {
        failure.excerpt.truncate(EXCERPT.0);
        for line in &mut failure.excerpt {
            *line = line.chars().take(EXCERPT.1).collect();
        }
    }
    for warning in &mut run.warnings {
        warning.message = warning.message.chars().take(EXCERPT.1).collect();
    }
}

/// The log of a switch to a newer nixpkgs.
fn upgrade(seen: &str) -> String {
    let mut made = Made { state: 1, releases: BTreeMap::new() };
    let packages: Vec<(&str, Vec<&str>)> = seen
        .lines()
        .filter(|line| {
            !line.starts_with('#') && !names::is_made(line.split('\t').next().unwrap_or_default())
        })
        .map(|line| {
            let mut fields = line.split('\t');
            let name = fields.next().unwrap_or_default();
            let mut versions: Vec<&str> = fields.skip(1).filter_map(names::plain_version).collect();
            versions.sort_by(|a, b| compare_nix(a, b));
            versions.dedup();
            (name, versions)
        })
        .filter(|(_, versions)| !versions.is_empty())
        .collect();
    let chosen = made.choose(packages.len(), N_BUMPS + N_ADDED + N_REMOVED);
    let of = |at: usize| (packages[chosen[at]].0, packages[chosen[at]].1.as_slice());
    let mut rows = [const { Vec::new() }; 3];
    for at in 0..chosen.len() {
        let (name, versions) = of(at);
        let group = if at < N_BUMPS { 0 } else { 1 + usize::from(at >= N_BUMPS + N_ADDED) };
        let version = versions[0].to_owned();
        let text = if group == 0 {
            let new = versions.get(1).map_or_else(|| made.next(&version), |new| (*new).to_owned());
            format!("{version} -> {new}")
        } else {
            version
        };
        rows[group].push((name.to_owned(), text));
    }
    made.log(rows)
}

/// Numbers that are always the same, and what became of versions.
struct Made {
    state: u32,
    releases: BTreeMap<String, String>,
}

impl Made {
    /// A number below `n`.
    fn below(&mut self, n: u32) -> u32 {
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.state >> 8) % n
    }

    fn choose(&mut self, n: usize, len: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..n).collect();
        for at in 0..len {
            let rest = u32::try_from(n - at).unwrap_or(1);
            let other = at + self.below(rest) as usize;
            all.swap(at, other);
        }
        all.truncate(len);
        all
    }

    /// A later version; what has the same version has the same later one.
    fn next(&mut self, version: &str) -> String {
        if let Some(next) = self.releases.get(version) {
            return next.clone();
        }
        let mut parts: Vec<String> = version.split('.').map(str::to_owned).collect();
        let place = match self.below(10) {
            0..5 => parts.len() - 1,
            5..9 => 1.min(parts.len() - 1),
            _ => 0,
        };
        let step = 1 + self.below(3) * self.below(2);
        for (at, part) in parts.iter_mut().enumerate() {
            if at == place {
                let number = part.parse::<u32>().map_or(1, |number| number + step);
                *part = number.to_string();
            } else if at > place {
                "0".clone_into(part);
            }
        }
        let next = parts.join(".");
        self.releases.insert(version.to_owned(), next.clone());
        next
    }

    fn log(&mut self, mut rows: [Vec<(String, String)>; 3]) -> String {
        const CHARS: &[u8] = b"0123456789abcdfghijklmnpqrsvwxyz";
        let mut log = Log { text: String::new(), second: 0 };
        for (at, input) in INPUTS.iter().enumerate() {
            let name = input.rsplit('/').next().unwrap_or_default();
            log.line(&format!("• Updated input '{name}':"));
            for (sign, month) in [(' ', 2), ('→', 3)] {
                let rev: String =
                    (0..40).map(|_| char::from(CHARS[self.below(14).min(15) as usize])).collect();
                let day = 1 + self.below(28);
                let day = if at == 0 { 1 } else { day };
                log.line(&format!("  {sign} 'github:{input}/{rev}' (2026-{month:02}-{day:02})"));
            }
        }
        log.line("building the system configuration...");
        for rows in &mut rows {
            rows.sort();
        }
        let built: Vec<String> = rows[0]
            .iter()
            .step_by(9)
            .map(|(name, text)| format!("{name}-{}", text.rsplit(' ').next().unwrap_or_default()))
            .chain(
                [
                    "etc",
                    "system-path",
                    "unit-nginx.service",
                    "unit-sshd.service",
                    "system-units",
                    "user-units",
                    "etc-os-release",
                    "nix.conf",
                    "unit-script-nginx-pre-start",
                    "X-Restart-Triggers-sshd",
                    "nixos-system-laptop-26.05.20260312.9ba6e0f",
                ]
                .map(str::to_owned),
            )
            .collect();
        let path = |made: &mut Self, name: &str| {
            let hash: String =
                (0..32).map(|_| char::from(CHARS[made.below(32) as usize])).collect();
            format!("/nix/store/{hash}-{name}")
        };
        let paths: Vec<String> = built.iter().map(|name| path(self, name) + ".drv").collect();
        log.line(&format!("these {} derivations will be built:", paths.len()));
        for path in &paths {
            log.line(&format!("  {path}"));
        }
        log.line("these 214 paths will be fetched (812.4 MiB download, 3120.9 MiB unpacked):");
        for (name, text) in rows[0].iter().take(40) {
            log.second += self.below(2);
            let path =
                path(self, &format!("{name}-{}", text.rsplit(' ').next().unwrap_or_default()));
            log.line(&format!("copying path '{path}' from 'https://cache.nixos.org'..."));
        }
        for path in paths {
            let seconds = self.below(3) * self.below(40);
            log.line(&format!("building '{path}'..."));
            log.second += seconds;
        }
        log.line("<<< /run/current-system");
        log.line(">>> result");
        for (rows, (title, letter)) in rows.iter().zip([
            ("Version changes:", "U."),
            ("Added packages:", "A."),
            ("Removed packages:", "R."),
        ]) {
            log.line(title);
            for (at, (name, text)) in rows.iter().enumerate() {
                log.line(&format!("[{letter}]  #{:03}  {name}  {text}", at + 1));
            }
        }
        for line in SWITCH {
            log.line(line);
        }
        log.text
    }
}

/// Lines with the time of each.
struct Log {
    text: String,
    second: u32,
}

impl Log {
    fn line(&mut self, line: &str) {
        let (minute, second) = (self.second / 60, self.second % 60);
        let _ = writeln!(
            self.text,
            "2026-03-13T{:02}:{:02}:{second:02}+00:00 {line}",
            4 + minute / 60,
            minute % 60
        );
    }
}
