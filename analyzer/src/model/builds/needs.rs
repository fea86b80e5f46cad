//! Which builds of a run waited for which.

use super::ended::{self, Reach};
use super::{Builds, MAX_NAMESAKES, PlanList};
use crate::model::graph::{Graph, Origin, users_in_plan};
use crate::sorting;
use crate::store_path::StorePath;

/// Edges of a report; a terminal shows far fewer.
const MAX_READ: usize = 10_000;

/// A build that could begin only after the end of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::model) struct Need {
    /// Index of the derivation that waited.
    pub(in crate::model) user: usize,
    /// Index of what it is made of, directly or not.
    pub(in crate::model) input: usize,
    /// How that is known.
    pub(in crate::model) origin: Origin,
}

impl PlanList {
    /// Whether nothing is missing: a gap would make its order tell what is not so.
    fn is_whole(&self) -> bool {
        self.count.is_none_or(|count| count == self.indices.len() as u64)
    }
}

impl Builds {
    /// Which of the builds that began are made of which, sorted and each once. What the lines
    /// contradict is left out: whatever is used was begun before, and had ended.
    pub(super) fn needs(&self, graph: &Graph) -> Vec<Need> {
        let mut needs = self.needs_told(graph);
        self.needs_by_name(&mut needs);
        for list in self.lists.iter().filter(|list| list.is_whole()) {
            self.needs_by_order(&list.indices, &mut needs);
        }
        needs.retain(|need| self.is_possible(need));
        sorting::sort(&mut needs);
        // Of two for the same pair, the one that was read comes first.
        needs.dedup_by_key(|need| (need.user, need.input));
        needs
    }

    /// Which builds are made of which, whether they began or not, where the log itself says so:
    /// indices of the one that is made and of its input, sorted and each once.
    pub(in crate::model) fn read_edges(&self, graph: &Graph) -> Vec<[u32; 2]> {
        let mut needs = self.needs_told(graph);
        needs.retain(|need| need.origin == Origin::Read);
        sorting::sort(&mut needs);
        needs.dedup();
        needs.truncate(MAX_READ);
        let index = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        needs.into_iter().map(|need| [index(need.user), index(need.input)]).collect()
    }

    /// What dumps and drawings tell.
    fn needs_told(&self, graph: &Graph) -> Vec<Need> {
        let mut needs = Vec::new();
        self.needs_by_dump(graph, &mut needs);
        let drawn = self.drawn_edges.iter();
        needs.extend(drawn.map(|&(user, input)| Need { user, input, origin: Origin::Read }));
        needs
    }

    fn needs_by_dump(&self, graph: &Graph, needs: &mut Vec<Need>) {
        for (user, build) in self.list.iter().enumerate() {
            let Some(drv) = build.drv.as_deref() else { continue };
            for (input, origin) in graph.inputs(drv) {
                let input = self.by_path.get(input);
                needs.extend(input.map(|input| Need { user, input: *input, origin }));
            }
        }
    }

    fn needs_by_name(&self, needs: &mut Vec<Need>) {
        let started = self.in_order_of_start();
        // What one system is made of, the next one is by way of that.
        let mut since_system = 0;
        let mut of_any_name: Vec<usize> = Vec::new();
        for (place, user) in started.iter().copied().enumerate() {
            let build = &self.list[user];
            let candidates = match ended::reach(build) {
                Reach::SameName => self.namesakes(&build.name),
                Reach::Any => &of_any_name[of_any_name.len().saturating_sub(MAX_NAMESAKES)..],
                Reach::All => {
                    let first = std::mem::replace(&mut since_system, place);
                    &started[first..place]
                }
            };
            let is_input = |it: &usize| *it != user && ended::needs(build, &self.list[*it]);
            let inputs = candidates.iter().copied().filter(is_input);
            needs.extend(inputs.map(|input| Need { user, input, origin: Origin::Inferred }));
            if ended::may_be_input(&build.name) {
                of_any_name.push(user);
            }
        }
    }

    /// The latest that began of a name, without version.
    fn namesakes(&self, name: &str) -> &[usize] {
        let all = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        &all[all.len().saturating_sub(MAX_NAMESAKES)..]
    }

    /// Indices of the derivations that began.
    pub(in crate::model) fn in_order_of_start(&self) -> Vec<usize> {
        let lines = self.list.iter().map(|build| build.since.map(|since| since.line));
        let mut started: Vec<(u32, usize)> =
            lines.enumerate().filter_map(|(index, line)| Some((line?, index))).collect();
        sorting::sort(&mut started);
        started.into_iter().map(|(_, index)| index).collect()
    }

    /// A list that a start contradicts is not in the order of Nix, and tells nothing at all.
    fn needs_by_order(&self, list: &[usize], needs: &mut Vec<Need>) {
        let Some(paths) = self.paths(list) else { return };
        let known = needs.len();
        let mut users = users_in_plan(&paths);
        for place in (0..list.len()).rev() {
            let Some(user) = users[place] else { continue };
            if !self.is_started(list[user]) {
                users[place] = users[user];
            }
            if let Some(user) = users[place].filter(|_| self.is_started(list[place])) {
                let (user, input) = (list[user], list[place]);
                needs.push(Need { user, input, origin: Origin::Inferred });
            }
        }
        if !needs[known..].iter().all(|need| self.is_possible(need)) {
            needs.truncate(known);
        }
    }

    /// The paths of a list; `None` where one of them is not whole.
    fn paths(&self, list: &[usize]) -> Option<Vec<&str>> {
        let path = |index: &usize| StorePath::parse(self.list[*index].drv.as_deref()?);
        list.iter().map(|index| path(index).map(StorePath::as_str)).collect()
    }

    fn is_started(&self, index: usize) -> bool {
        self.list[index].since.is_some()
    }

    /// Whether `input` began before `user`, and is not known to have ended after it began.
    fn is_possible(&self, need: &Need) -> bool {
        let (user, input) = (&self.list[need.user], &self.list[need.input]);
        let (Some(user), Some(began)) = (user.since, input.since) else { return false };
        let end = input.ended.and_then(|ended| ended.exact);
        began.line < user.line && end.is_none_or(|end| end.line <= user.line)
    }
}
