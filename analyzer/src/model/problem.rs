//! What failed, causes apart from consequences.

use super::builds::{Build, Builds};
use super::excerpt::Excerpt;
use crate::message::error::{Problem, Quote, Role};
use crate::moment::At;
use crate::report::{Failure, FailureClass, FailureDetails, Lines};
use crate::sorting;
use crate::store_path::{StorePath, split_name_version, without_drv};

/// Failures kept: a build of all packages with `--keep-going` can have thousands.
const MAX_FAILURES: usize = 5000;
/// What the kernel says when it ends a program because no memory is left.
const KERNEL_KILLED: &str = "Out of memory: Killed process";
/// The last lines of an output, in which a sign of what went wrong is looked for.
const MAX_CLASSIFIED: usize = 200;

/// An error block, where it stands, and what shows it.
type Told = (At, Problem, Excerpt);

/// All failures of a run, in log order.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Failure>,
    /// Errors that Nix or a build may have printed: they count where nothing else explains the end.
    unclear: Vec<Told>,
    /// What Nix closes with where it names no derivation.
    closing: Option<Told>,
    /// Where Nix says what it was asked to build and did not.
    pub(super) summary: Lines,
    /// Where somebody stopped it.
    pub(super) interrupt: Lines,
}

impl Problems {
    /// Takes an error block with what shows it.
    pub(super) fn push(&mut self, at: At, problem: Problem, shown: Excerpt) {
        match problem.role {
            Role::Interrupt => self.interrupt.push(at.first),
            Role::Summary => self.summarize((at, problem, shown)),
            Role::Unclear if self.unclear.len() < MAX_FAILURES => {
                self.unclear.push((at, problem, shown));
            }
            Role::Unclear => {}
            Role::Cause | Role::Consequence => self.add((at, problem, shown)),
        }
    }

    /// Takes a failure that is not an error block.
    pub(super) fn push_failure(&mut self, failure: Failure) {
        if self.list.len() < MAX_FAILURES {
            self.list.push(failure);
        }
    }

    /// Whether a failure is that of a build.
    pub(super) fn names(&self, build: &Build) -> bool {
        let full_name = build.full_name();
        self.list.iter().any(|known| match (&known.drv, &build.drv) {
            (Some(known), Some(drv)) => known == drv,
            _ => is_named(known, &full_name),
        })
    }

    pub(super) fn n_failures(&self) -> usize {
        self.list.len()
    }

    /// Whether somebody stopped it.
    pub(super) fn is_interrupted(&self) -> bool {
        !self.interrupt.0.is_empty()
    }

    /// Whether anything says that it did not work.
    pub(super) fn any(&self) -> bool {
        !self.list.is_empty() || !self.unclear.is_empty() || !self.summary.0.is_empty()
    }

    /// The last line on which something is said to have failed.
    pub(super) fn last_line(&self) -> Option<u32> {
        let listed = self.list.iter().filter_map(|failure| failure.lines.last());
        let unclear = self.unclear.iter().map(|(at, ..)| at.last);
        listed.chain(unclear).chain(self.summary.last()).max()
    }

    /// Says what each consequence comes from where that is certain, and takes the unclear errors
    /// for failures where there are no others.
    pub(super) fn into_report(mut self) -> Vec<Failure> {
        if self.list.iter().all(|failure| !failure.root) {
            self.add_unclear();
        }
        let mut roots = self.list.iter().filter(|failure| failure.root && failure.name.is_some());
        if let (Some(root), None) = (roots.next(), roots.next()) {
            let cause = root.drv.clone().or_else(|| root.name.clone());
            let consequences = self.list.iter_mut().filter(|failure| !failure.root);
            consequences.for_each(|failure| failure.caused_by.clone_from(&cause));
        }
        self.list
    }

    /// What Nix closes with says the least, so it counts only where it is alone.
    fn add_unclear(&mut self) {
        let mut unclear = std::mem::take(&mut self.unclear);
        if unclear.is_empty() && self.list.is_empty() {
            unclear.extend(self.closing.take());
        }
        self.list.extend(unclear.into_iter().map(failure));
        sorting::sort_by(&mut self.list, |left, right| {
            left.lines.first().cmp(&right.lines.first())
        });
    }

    /// The same derivation may be reported twice: by a remote builder, by one of its outputs, and
    /// in a closing summary.
    fn add(&mut self, (at, problem, shown): Told) {
        // Nix ran itself: what failed was said before.
        if problem.message.starts_with("program ") && self.list.iter().any(|known| known.root) {
            return;
        }
        let Some(known) = self.list.iter_mut().find(|known| is_same(known, &problem)) else {
            return self.push_failure(failure((at, problem, shown)));
        };
        (at.first..=at.last).for_each(|line| known.lines.push(line));
        if known.drv.is_none() && problem.drv.is_some() {
            known.drv = problem.drv;
            known.class = problem.class;
            known.message = problem.message;
        }
        if known.excerpt.is_empty() {
            show(known, shown);
        }
    }

    /// Nix 2.3 names the derivation only here where it spoke of an output before, or of nothing.
    fn summarize(&mut self, told: Told) {
        self.summary.push(told.0.first);
        let Some(drv) = told.1.drv.clone() else {
            self.closing = Some(told);
            return;
        };
        if self.list.is_empty() {
            let (at, cause, shown) = self.unclear.pop().unwrap_or(told);
            let cause = Problem { role: Role::Cause, drv: Some(drv), ..cause };
            return self.push_failure(failure((at, cause, shown)));
        }
        let nameless =
            self.list.iter_mut().find(|known| known.drv.is_none() && is_named(known, &drv));
        if let Some(failure) = nameless {
            failure.drv = Some(drv);
        }
    }
}

/// Whether a failure is the one that a problem tells of.
fn is_same(known: &Failure, problem: &Problem) -> bool {
    let Some(drv) = &problem.drv else {
        // Some logs hold each line twice.
        return problem.output.is_none()
            && known.drv.is_none()
            && (is_cut_copy(&known.message, &problem.message)
                || (is_same_text(&known.message, &problem.message)
                    && known.details.got == problem.details.got));
    };
    known.drv.as_ref() == Some(drv) || (known.drv.is_none() && is_named(known, drv))
}

/// Whether a message is another one whose lines nix-output-monitor cut at the width of the terminal.
fn is_cut_copy(whole: &str, cut: &str) -> bool {
    let mut whole = whole.lines();
    let is_start = |cut: &str| {
        let line = whole.next().unwrap_or_default();
        cut.strip_suffix('…').map_or(line == cut, |start| line.starts_with(start))
    };
    cut.contains('…') && cut.lines().all(is_start)
}

/// Whether two messages differ in nothing but the hashes of store paths: the copy of a
/// configuration that is tried twice may have two.
fn is_same_text(left: &str, right: &str) -> bool {
    const STORE: &str = "/nix/store/";
    const HASH_LEN: usize = 32;
    let are_same = |left: &str, right: &str| {
        left.get(HASH_LEN..).zip(right.get(HASH_LEN..)).is_some_and(|(left, right)| left == right)
    };
    let mut rights = right.split(STORE);
    let are_equal = left.split(STORE).enumerate().all(|(index, left)| {
        let right = rights.next();
        right == Some(left) || (index > 0 && right.is_some_and(|right| are_same(left, right)))
    });
    are_equal && rights.next().is_none()
}

/// Whether a failure has the name of a derivation.
fn is_named(failure: &Failure, drv: &str) -> bool {
    let (name, version) = split(drv);
    failure.name.as_deref() == Some(name) && failure.version.as_deref() == version
}

/// Fills in the derivation where the wording has none, if only one can be meant.
pub(super) fn complete(problem: &mut Problem, builds: &Builds) {
    if problem.drv.is_some() || problem.role != Role::Cause {
        return;
    }
    let is_about_a_build = matches!(problem.class, FailureClass::Timeout);
    let named =
        problem.output.as_deref().map(|path| StorePath::parse(path).map_or(path, StorePath::name));
    problem.drv = match named {
        Some(name) => builds.sole_named(name).and_then(|build| build.drv.clone()),
        None if is_about_a_build => builds.sole_open_drv().map(str::to_owned),
        None => None,
    };
}

/// What the output of a builder says of its failure that its exit status does not.
pub(super) fn classify_by_output(problem: &mut Problem, output: &[Quote]) {
    const SIGNS: [(&str, FailureClass); 14] = [
        ("No space left on device", FailureClass::DiskFull),
        ("Disk quota exceeded", FailureClass::DiskFull),
        ("Killed signal terminated program", FailureClass::OutOfMemory),
        (KERNEL_KILLED, FailureClass::OutOfMemory),
        ("killed by the OOM killer", FailureClass::OutOfMemory),
        ("(signal: 9, SIGKILL: kill)", FailureClass::OutOfMemory),
        ("ld terminated with signal 9", FailureClass::OutOfMemory),
        ("virtual memory exhausted", FailureClass::OutOfMemory),
        ("Cannot allocate memory", FailureClass::OutOfMemory),
        ("std::bad_alloc", FailureClass::OutOfMemory),
        ("heap out of memory", FailureClass::OutOfMemory),
        ("java.lang.OutOfMemoryError", FailureClass::OutOfMemory),
        ("two given paths contain a conflicting subpath", FailureClass::Collision),
        ("error: collision between ", FailureClass::Collision),
    ];
    if !matches!(problem.class, FailureClass::BuilderExit | FailureClass::Killed) {
        return;
    }
    let last = &output[output.len().saturating_sub(MAX_CLASSIFIED)..];
    let says = |sign: &str| last.iter().any(|quote| quote.text.contains(sign));
    if let Some((_, class)) = SIGNS.iter().find(|(sign, _)| says(sign)) {
        problem.class = *class;
    } else if last.iter().any(|quote| is_failed_download(&quote.text)) {
        problem.class = FailureClass::Network;
    }
}

/// Takes it from the kernel why a build ended, in a journal that holds its lines, too.
pub(super) fn classify_by_kernel(problem: &mut Problem, unowned: &[Quote]) {
    let is_open = matches!(problem.class, FailureClass::BuilderExit | FailureClass::Killed);
    if is_open && unowned.iter().any(|quote| quote.text.contains(KERNEL_KILLED)) {
        problem.class = FailureClass::OutOfMemory;
    }
}

/// What only the fetchers of Nix and nixpkgs print.
// error: unable to download 'https://example.org/a.patch': HTTP error 404
// error: cannot download a.tar.gz from any mirror
fn is_failed_download(line: &str) -> bool {
    line.starts_with("error: unable to download '")
        || (line.starts_with("error: cannot download ") && line.ends_with(" from any mirror"))
}

fn failure((at, problem, shown): Told) -> Failure {
    let path = problem.drv.as_deref().or(problem.output.as_deref());
    let named = path.or_else(|| refused_package(&problem.message));
    let (name, version) = named.map(split).unzip();
    let mut failure = Failure {
        root: problem.role != Role::Consequence,
        name: name.map(str::to_owned),
        version: version.flatten().map(str::to_owned),
        drv: problem.drv,
        exit_code: problem.exit_code,
        details: problem.details,
        ..other_failure(at, problem.class, &problem.message)
    };
    show(&mut failure, shown);
    failure
}

/// Gives a failure the lines that show it.
pub(super) fn show(failure: &mut Failure, shown: Excerpt) {
    failure.excerpt_lines = shown.lines.iter().map(|quote| quote.line).collect();
    failure.excerpt = shown.lines.into_iter().map(|quote| quote.text).collect();
    failure.error_line = shown.error_line;
    failure.output = shown.output;
}

// Package ‘openssl-1.1.1w’ in /etc/nixos/default.nix:9 is marked as insecure, refusing to evaluate.
fn refused_package(message: &str) -> Option<&str> {
    let (package, _) = message.strip_prefix("Package ‘")?.split_once('’')?;
    Some(package)
}

/// A failure of something that is not a derivation.
pub(super) fn other_failure(at: At, class: FailureClass, message: &str) -> Failure {
    other_failure_on(Lines::range(at.first, at.last), class, message)
}

/// A failure of something that is not a derivation, on any lines.
pub(super) fn other_failure_on(lines: Lines, class: FailureClass, message: &str) -> Failure {
    Failure {
        root: true,
        class,
        drv: None,
        name: None,
        version: None,
        exit_code: None,
        caused_by: None,
        unit: None,
        remedy: None,
        message: message.to_owned(),
        excerpt: Vec::new(),
        excerpt_lines: Vec::new(),
        error_line: None,
        output: Lines::default(),
        details: FailureDetails::default(),
        lines,
    }
}

fn split(path: &str) -> (&str, Option<&str>) {
    split_name_version(without_drv(StorePath::parse(path).map_or(path, StorePath::name)))
}
