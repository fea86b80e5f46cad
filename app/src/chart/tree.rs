//! Which derivation is made of which, as a tree: below each stands what it is made of.

use std::collections::BTreeSet;

use analyzer::report::{Derivation, DerivationStatus, Lines, Run};
use analyzer::users_in_plan;

use super::step_name;
use crate::sorting;
use crate::summary::evidence::beyond_plan;
use crate::summary::time::seconds;

/// The derivations of a run of which it is known what needs them or what they need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// What nothing else needs, in the order in which it is shown; indices of derivations.
    pub roots: Vec<usize>,
    /// What stands below each derivation of the run, in the order in which it is shown.
    pub inputs: Vec<Vec<Branch>>,
    /// How many derivations are in it.
    pub n_placed: usize,
}

/// A derivation below another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Index of the derivation.
    pub derivation: usize,
    /// Whether it stands further up already, with all that is below it.
    pub is_repeated: bool,
}

impl Tree {
    /// The tree of a run; empty where the log tells nothing of this.
    pub fn of(run: &Run) -> Self {
        let mut edges = Edges::new(run.derivations.len());
        edges.add_read(run);
        for list in plan_lists(run) {
            edges.add_plan(run, &list);
        }
        edges.add_chain(run);
        edges.add_blocked(run);
        edges.into_tree(run)
    }

    /// How many derivations stand below one, those that stand further up not counted again.
    pub fn below(&self, derivation: usize) -> usize {
        let mut count = 0;
        let mut left = vec![derivation];
        while let Some(index) = left.pop() {
            let own = self.inputs[index].iter().filter(|branch| !branch.is_repeated);
            let before = left.len();
            left.extend(own.map(|branch| branch.derivation));
            count += left.len() - before;
        }
        count
    }
}

/// The sentence for a run of which no tree can be drawn.
pub fn why_none(run: &Run) -> &'static str {
    let has_paths = run.derivations.iter().any(|derivation| derivation.drv.is_some());
    if has_paths {
        "The log does not tell which of these is made of which: it lacks the whole list of what Nix \
         will build, whose order would tell."
    } else {
        "Which of these is made of which is not told: only whole paths of derivations in a list of \
         Nix would say it, and none is here."
    }
}

/// What needs what, by indices of derivations.
struct Edges {
    inputs: Vec<Vec<usize>>,
    users: Vec<Vec<usize>>,
}

impl Edges {
    fn new(length: usize) -> Self {
        Self { inputs: vec![Vec::new(); length], users: vec![Vec::new(); length] }
    }

    /// Adds what is not known yet, be it by way of others.
    fn add(&mut self, user: usize, input: usize) {
        if user != input && !self.is_below(input, user) && !self.is_below(user, input) {
            self.inputs[user].push(input);
            self.users[input].push(user);
        }
    }

    /// Whether `user` is made of `input`, be it by way of others.
    fn is_below(&self, input: usize, user: usize) -> bool {
        // One failure may have kept thousands from being built, none of which has inputs yet.
        if self.inputs[user].is_empty() {
            return false;
        }
        let mut left = vec![input];
        let mut seen = BTreeSet::from([input]);
        while let Some(index) = left.pop() {
            if index == user {
                return true;
            }
            left.extend(self.users[index].iter().copied().filter(|above| seen.insert(*above)));
        }
        false
    }

    /// What the log says itself.
    fn add_read(&mut self, run: &Run) {
        for [user, input] in run.timeline.edges.iter().map(|edge| edge.map(|it| it as usize)) {
            // A report that was saved elsewhere may say anything.
            if user.max(input) < self.inputs.len() {
                self.add(user, input);
            }
        }
    }

    /// What the order of a list tells, unless the order of the builds contradicts it.
    fn add_plan(&mut self, run: &Run, list: &[usize]) {
        let paths: Vec<&str> =
            list.iter().filter_map(|index| run.derivations[*index].drv.as_deref()).collect();
        if paths.len() != list.len() {
            return;
        }
        let users = users_in_plan(&paths);
        let pairs = || {
            let pairs = users.iter().enumerate();
            pairs.filter_map(|(place, user)| Some((list[(*user)?], list[place])))
        };
        let is_possible = |(user, input): (usize, usize)| {
            let [user, input] = [user, input].map(|index| start(run, &run.derivations[index]));
            user.is_none() || input.is_none() || input < user
        };
        if pairs().all(is_possible) {
            pairs().for_each(|(user, input)| self.add(user, input));
        }
    }

    /// Each step of the longest chain waited for the one before.
    fn add_chain(&mut self, run: &Run) {
        let place =
            |name: &String| run.derivations.iter().position(|it| step_name(it) == name.as_str());
        let steps: Vec<usize> = run.timeline.chain.iter().filter_map(place).collect();
        if steps.len() == run.timeline.chain.len() {
            for pair in steps.windows(2) {
                self.add(pair[1], pair[0]);
            }
        }
    }

    /// What was not built because something else failed is made of that.
    fn add_blocked(&mut self, run: &Run) {
        // Most have the same cause as the one before.
        let mut last: Option<usize> = None;
        for (user, derivation) in run.derivations.iter().enumerate() {
            if derivation.status != DerivationStatus::Blocked || !self.inputs[user].is_empty() {
                continue;
            }
            let Some(cause) = derivation.caused_by_input.as_deref() else { continue };
            let is_cause = |index: &usize| run.derivations[*index].drv.as_deref() == Some(cause);
            last = last.filter(is_cause).or_else(|| (0..run.derivations.len()).find(is_cause));
            if let Some(input) = last {
                self.add(user, input);
            }
        }
    }

    fn into_tree(self, run: &Run) -> Tree {
        let weights: Vec<(bool, f64)> =
            run.derivations.iter().map(|it| (is_step(run, it), seconds(it))).collect();
        let by_weight = |a: usize, b: usize| {
            let ((a_step, a_time), (b_step, b_time)) = (weights[a], weights[b]);
            b_step.cmp(&a_step).then_with(|| b_time.total_cmp(&a_time))
        };
        let is_placed =
            |index: &usize| !self.inputs[*index].is_empty() || !self.users[*index].is_empty();
        let placed: Vec<usize> = (0..self.inputs.len()).filter(is_placed).collect();
        let mut roots: Vec<usize> =
            placed.iter().copied().filter(|index| self.users[*index].is_empty()).collect();
        sorting::sort(&mut roots, &by_weight);
        let mut tree =
            Tree { inputs: vec![Vec::new(); self.inputs.len()], n_placed: placed.len(), roots };
        let mut is_shown = vec![false; self.inputs.len()];
        let mut left: Vec<(Option<usize>, usize)> =
            tree.roots.iter().rev().map(|root| (None, *root)).collect();
        // In the order in which they are shown.
        while let Some((user, derivation)) = left.pop() {
            let is_repeated = std::mem::replace(&mut is_shown[derivation], true);
            if let Some(user) = user {
                tree.inputs[user].push(Branch { derivation, is_repeated });
            }
            if !is_repeated {
                let mut inputs = self.inputs[derivation].clone();
                sorting::sort(&mut inputs, &by_weight);
                left.extend(inputs.into_iter().rev().map(|input| (Some(derivation), input)));
            }
        }
        tree
    }
}

/// Whether it is a step of the longest chain.
pub fn is_step(run: &Run, derivation: &Derivation) -> bool {
    let name = step_name(derivation);
    run.timeline.chain.iter().any(|step| *step == name)
}

/// The line on which its build began, if it did.
fn start(run: &Run, derivation: &Derivation) -> Option<u32> {
    let lines = beyond_plan(&derivation.lines, run.plan.as_ref());
    lines.first().filter(|_| derivation.started)
}

/// The lists of what will be built, each in its order; none where one is not whole.
fn plan_lists(run: &Run) -> Vec<Vec<usize>> {
    let Some(plan) = &run.plan else { return Vec::new() };
    let mut lines: Vec<(u32, usize)> = Vec::new();
    for (index, derivation) in run.derivations.iter().enumerate().filter(|(_, it)| it.planned) {
        let planned = derivation.lines.0.iter().map(|[first, _]| *first);
        lines.extend(planned.filter(|line| holds(&plan.lines, *line)).map(|line| (line, index)));
    }
    if plan.builds.is_none_or(|builds| builds != lines.len() as u64) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..lines.len()).collect();
    sorting::sort(&mut order, &|a, b| lines[a].cmp(&lines[b]));
    let mut lists: Vec<Vec<usize>> = Vec::new();
    let mut before = None;
    for (line, index) in order.into_iter().map(|place| lines[place]) {
        // A list has one line for each.
        match lists.last_mut().filter(|_| before == line.checked_sub(1)) {
            Some(list) => list.push(index),
            None => lists.push(vec![index]),
        }
        before = Some(line);
    }
    lists
}

fn holds(lines: &Lines, line: u32) -> bool {
    lines.0.iter().any(|[first, last]| (*first..=*last).contains(&line))
}

#[cfg(test)]
mod tests {
    use analyzer::report::Plan;

    use super::*;
    use crate::testing;

    /// A derivation whose path begins with `hash`, planned on a line and started on another.
    fn planned(hash: &str, line: u32, start: u32) -> Derivation {
        let mut derivation = testing::built(hash);
        derivation.drv = Some(["/nix/store/", hash, "-it.drv"].concat());
        derivation.planned = true;
        derivation.lines = Lines(vec![[line, line], [start, start]]);
        derivation
    }

    fn planned_run(hashes: &[(&str, u32)]) -> Run {
        let lines = 11..;
        let all = hashes.iter().zip(lines).map(|((hash, start), line)| planned(hash, line, *start));
        let plan = Plan {
            builds: Some(hashes.len() as u64),
            lines: Lines::range(10, 40),
            ..Plan::default()
        };
        Run { derivations: all.collect(), plan: Some(plan), ..testing::run() }
    }

    /// The tree as text: `a(b c(d))`, with `^` after what stands further up.
    fn text(run: &Run) -> String {
        fn add(run: &Run, tree: &Tree, index: usize, text: &mut String) {
            *text += &run.derivations[index].name;
            if tree.inputs[index].is_empty() {
                return;
            }
            *text += "(";
            for (place, branch) in tree.inputs[index].iter().enumerate() {
                *text += if place == 0 { "" } else { " " };
                if branch.is_repeated {
                    *text += &run.derivations[branch.derivation].name;
                    *text += "^";
                } else {
                    add(run, tree, branch.derivation, text);
                }
            }
            *text += ")";
        }
        let tree = Tree::of(run);
        let mut text = String::new();
        for root in &tree.roots {
            add(run, &tree, *root, &mut text);
            text += ";";
        }
        text
    }

    #[test]
    fn the_order_of_the_plan_makes_a_tree() {
        let mut run = planned_run(&[("d", 50), ("c", 51), ("x", 52), ("a", 53), ("z", 54)]);
        assert_eq!(text(&run), "a(d c x);");
        assert_eq!(Tree::of(&run).below(3), 3);
        assert_eq!(Tree::of(&run).n_placed, 4);
        run.derivations[2].time = Some(testing::stamped(60.0));
        assert_eq!(text(&run), "a(x d c);");
    }

    #[test]
    fn a_list_that_is_not_whole_or_that_the_builds_contradict_tells_nothing() {
        let mut run = planned_run(&[("d", 50), ("c", 51), ("a", 53)]);
        assert_ne!(text(&run), "");
        run.derivations[2].lines = Lines(vec![[13, 13], [49, 49]]);
        assert_eq!(text(&run), "");
        let mut run = planned_run(&[("d", 50), ("c", 51), ("a", 53)]);
        run.plan.as_mut().unwrap().builds = Some(4);
        assert_eq!(text(&run), "");
        assert!(why_none(&run).contains("whole list"));
        for derivation in &mut run.derivations {
            derivation.drv = None;
        }
        assert!(why_none(&run).contains("none is here"));
    }

    #[test]
    fn the_longest_chain_comes_first_and_what_two_need_is_shown_once() {
        let mut run =
            Run { derivations: ["a", "b", "c"].map(testing::built).to_vec(), ..testing::run() };
        let paths = |run: &Run, names: &[usize]| -> Vec<String> {
            names.iter().map(|it| run.derivations[*it].drv.clone().unwrap()).collect()
        };
        run.timeline.chain = paths(&run, &[0, 1]);
        assert_eq!(text(&run), "b(a);");
        run.derivations[2].status = DerivationStatus::Blocked;
        run.derivations[2].caused_by_input = Some(paths(&run, &[0]).remove(0));
        assert_eq!(text(&run), "b(a);c(a^);");
    }

    #[test]
    fn each_derivation_of_a_real_log_stands_in_one_place() {
        let mut n_placed = 0;
        for sample in ["ollama-upgrade", "failed-build", "fetch-heavy"] {
            let log = std::fs::read(format!("../public/samples/{sample}.log")).unwrap();
            let mut analyzer = analyzer::Analyzer::default();
            analyzer.feed(&log);
            for run in analyzer.finish().runs {
                let tree = Tree::of(&run);
                let below: usize = tree.roots.iter().map(|root| tree.below(*root)).sum();
                assert_eq!(tree.roots.len() + below, tree.n_placed, "{sample}");
                n_placed += tree.n_placed;
            }
        }
        assert!(n_placed > 50, "only {n_placed} are placed");
    }

    #[test]
    fn what_the_log_says_itself_is_in_the_tree_but_not_what_cannot_be() {
        let mut run =
            Run { derivations: ["a", "b", "c"].map(testing::built).to_vec(), ..testing::run() };
        run.timeline.edges = vec![[0, 2], [2, 0], [2, 1], [2, 9]];
        assert_eq!(text(&run), "a(c(b));");
    }

    #[test]
    fn a_circle_is_not_made() {
        let mut run = planned_run(&[("d", 50), ("a", 53)]);
        let path = |index: usize| run.derivations[index].drv.clone().unwrap();
        run.timeline.chain = vec![path(1), path(0)];
        assert_eq!(text(&run), "a(d);");
    }
}
