//! The runs of several hosts, which were read by themselves, become those of one log.

use super::Model;
use super::run::Run;
use crate::report::Lines;
use crate::sorting;

impl Model {
    /// Says whose lines these are.
    pub(crate) fn host(&mut self, host: &str) {
        if self.host.is_none() {
            self.host = Some(host.to_owned());
            self.run.host.get_or_insert_with(|| host.to_owned());
        }
    }

    /// What is read of a host, which takes part in what all hosts do.
    pub(crate) fn for_host(&self, host: &str) -> Self {
        let host = Some(host.to_owned());
        let mut run = Run::of_host(host.clone(), true);
        run.command.clone_from(&self.run.command);
        run.tool = self.run.tool;
        run.ending.take_over(&self.run.ending);
        Self { host, is_told_apart: true, run, ..Self::default() }
    }

    /// Lines that some message claimed.
    pub(crate) fn understood_lines(&self) -> u32 {
        self.understood_lines
    }

    /// Takes back that lines were claimed, which others claim, too.
    pub(crate) fn set_understood_lines(&mut self, lines: u32) {
        self.understood_lines = lines;
    }

    /// Says that the lines were about no host.
    pub(crate) fn forget_host(&mut self) {
        self.host = None;
        self.run.host = None;
        self.runs.iter_mut().for_each(|run| run.host = None);
    }

    /// Takes the runs of hosts. What all of them share is a run of its own where it built or
    /// fetched something, or failed; else it belongs to the first host.
    pub(crate) fn join(mut self, hosts: impl Iterator<Item = Self>) -> Self {
        let mut of_hosts = Vec::new();
        for mut host in hosts {
            host.next_run();
            self.understood_lines += host.understood_lines;
            self.forgotten.append(host.forgotten);
            self.dialects.extend(host.dialects);
            of_hosts.extend(host.runs.into_iter().filter(Run::is_real));
        }
        if of_hosts.is_empty() {
            return self;
        }
        sorting::sort_by(&mut of_hosts, |left, right| {
            Run::first_line(left).cmp(&Run::first_line(right))
        });
        self.next_run();
        if self.host.is_none() {
            let shared = std::mem::take(&mut self.runs);
            self.runs.extend(shared.into_iter().filter_map(|run| share(run, &mut of_hosts)));
        }
        self.runs.extend(of_hosts);
        sorting::sort_by(&mut self.runs, |left, right| {
            Run::first_line(left).cmp(&Run::first_line(right))
        });
        self.forget_early();
        self
    }
}

/// Gives what hosts share to the first one that comes after it, unless it is a run of its own.
fn share(mut shared: Run, of_hosts: &mut [Run]) -> Option<Run> {
    let next = of_hosts.iter_mut().find(|run| run.first_line() > shared.first_line());
    let Some(host) = next else { return Some(shared) };
    if !shared.has_work() {
        host.prepend(shared);
        return None;
    }
    if !shared.problems.any() && !shared.ending.said_failures() {
        // What ended badly is a host.
        shared.ending.bad = Lines::default();
        // Nothing is switched before everything is built.
        if let Some(line) = host.ending.activated.first() {
            shared.ending.built.push(line);
        }
    }
    shared.is_shared = true;
    Some(shared)
}
