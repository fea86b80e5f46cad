//! What the number of builds at once tells.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Builds, MAX_OPEN};
use crate::moment::Moment;
use crate::sorting;

impl Builds {
    /// The most builds at once, where the end of each is known.
    pub(in crate::model) fn slots(&self) -> Option<u32> {
        let started = self.list.iter().filter_map(|build| Some((build.since?, build.ended)));
        let mut intervals: Vec<(u32, u32)> = started
            .map(|(since, ended)| Some((since.line, ended?.exact?.line)))
            .collect::<Option<_>>()?;
        sorting::sort(&mut intervals);
        let mut ends = BinaryHeap::new();
        let mut slots = 0;
        for (since, end) in intervals {
            while ends.peek().is_some_and(|Reverse(end)| *end <= since) {
                ends.pop();
            }
            ends.push(Reverse(end));
            slots = slots.max(ends.len());
        }
        u32::try_from(slots).ok().filter(|slots| *slots > 0)
    }

    /// Says that no more than `max_jobs` builds ran at once on this machine: where all but one slot
    /// certainly were taken when a build began, everything else had ended.
    pub(in crate::model) fn bound_by_slots(&mut self, max_jobs: usize) {
        let mut open: Vec<usize> = Vec::new();
        for index in self.in_order_of_start() {
            let Some(moment) = self.list[index].since else { continue };
            if self.list[index].host.is_some() {
                continue;
            }
            open.retain(|other| !self.has_ended(*other, moment));
            let (running, unclear): (Vec<usize>, Vec<usize>) =
                open.iter().partition(|other| self.is_running(**other, moment));
            if running.len() + 1 >= max_jobs {
                for other in unclear {
                    self.list[other].bound_end(moment);
                }
                open = running;
            }
            open.push(index);
            if open.len() > MAX_OPEN {
                return;
            }
        }
    }

    fn has_ended(&self, index: usize, moment: Moment) -> bool {
        let latest = self.list[index].ended.and_then(|ended| ended.at_latest);
        latest.is_some_and(|latest| latest.line <= moment.line)
    }

    /// Whether a later line shows that a build was still running.
    fn is_running(&self, index: usize, moment: Moment) -> bool {
        let build = &self.list[index];
        let exact = build.ended.and_then(|ended| ended.exact);
        let last = exact.into_iter().chain(build.last_output);
        last.map(|last| last.line).max().is_some_and(|line| line > moment.line)
    }
}
