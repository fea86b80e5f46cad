//! What is made of what, as a tree that opens step by step.

use std::sync::Arc;

use analyzer::report::Derivation;

use super::super::builds::{status, timed};
use super::super::panel::{FoldState, ShownRun, late_fold, late_part};
use super::time_of;
use crate::chart::tree::{self, Branch, Tree};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, Markup, element, quoted, soft};
use crate::component::term::explained;
use crate::format;
use crate::summary::evidence::beyond_plan;
use crate::summary::time::derivation_label;

/// How many levels are open at first.
const OPEN: usize = 2;

/// How many derivations below another one are shown before all are asked for.
const AT_ONCE: usize = 30;

/// The tree of a run, or why there is none; nothing where nothing was to be built.
pub fn tree(run: &ShownRun) -> Child {
    if run.derivations.is_empty() {
        return Child::nothing();
    }
    let tree = Tree::of(run);
    if tree.roots.is_empty() {
        return element("p", "chart__remark").child(explained(tree::why_none(run))).into();
    }
    let count = tree.n_placed as u64;
    let title = ["What is made of what, ", &format::counted(count, "derivation", "derivations")];
    let shown = Arc::new(Shown { run: run.clone(), tree });
    late_fold(title.concat(), move || whole(&shown)).into()
}

/// A tree with what it is about.
struct Shown {
    run: ShownRun,
    tree: Tree,
}

fn whole(shown: &Arc<Shown>) -> Child {
    let n_others = shown.run.derivations.len() - shown.tree.n_placed;
    let others = (n_others > 0).then(|| {
        let words = format::counted(
            n_others as u64,
            "more derivation stands for itself: nothing here tells what needs it.",
            "more derivations stand for themselves: nothing here tells what needs them.",
        );
        element("p", "chart__remark").text(words)
    });
    let remark = if shown.run.timeline.edges.is_empty() {
        "Below each derivation stands what it is made of, directly or by way of others. It follows \
         from the order in which Nix lists and builds them, and from what failed."
    } else {
        "Below each derivation stands what it is made of, directly or by way of others. The log \
         says it, in a tree or a list of its own; what it does not say follows from the order in \
         which Nix lists and builds them, and from what failed."
    };
    let roots = shown.tree.roots.iter();
    let roots: Vec<Branch> =
        roots.map(|derivation| Branch { derivation: *derivation, is_repeated: false }).collect();
    (element("p", "chart__remark").child(explained(remark)), list(shown, &roots, 0), others).into()
}

/// What stands beside each other, the rest of a long list behind a button.
fn list(shown: &Arc<Shown>, branches: &[Branch], depth: usize) -> Child {
    let n_branches = branches.len();
    let (first, rest) = branches.split_at(n_branches.min(AT_ONCE));
    let items: Child = first.iter().map(|branch| item(shown, *branch, depth)).collect();
    let made = element("ul", "tree").child(items);
    if rest.is_empty() {
        return made.into();
    }
    let label = [&format::count(rest.len() as u64), " more"].concat();
    let (rest, shown) = (rest.to_vec(), shown.clone());
    (made, late_fold(label, move || list(&shown, &rest, depth))).into()
}

fn item(shown: &Arc<Shown>, branch: Branch, depth: usize) -> Markup {
    let derivation = &shown.run.derivations[branch.derivation];
    let is_step = tree::is_step(&shown.run, derivation);
    let class = if is_step { "tree__item tree__item--step" } else { "tree__item" };
    let made = element("li", class);
    let inputs = &shown.tree.inputs[branch.derivation];
    if branch.is_repeated {
        let seen =
            if inputs.is_empty() { "shown above" } else { "with what it needs, shown above" };
        return made.child(element("span", "tree__leaf").child(name(derivation)).child(soft(seen)));
    }
    let line = element("span", "tree__line")
        .child(name(derivation))
        .child(status(derivation))
        .child(derivation.time.as_ref().map(|_| timed(time_of(derivation))))
        .child(is_step.then(|| element("b", "tree__step").text("longest chain")));
    let lines = beyond_plan(&derivation.lines, shown.run.plan.as_ref());
    if inputs.is_empty() {
        return made.child(element("span", "tree__leaf").child(line).child(evidence(&lines)));
    }
    let below = format::counted(shown.tree.below(branch.derivation) as u64, "below", "below");
    let state = if depth + 1 < OPEN { FoldState::Open } else { FoldState::Closed };
    let (shown, user) = (shown.clone(), branch.derivation);
    // What folds and unfolds must not hold links.
    let inputs = move || -> Child {
        let proof = element("p", "tree__leaf").child(evidence(&lines));
        (proof, list(&shown, &shown.tree.inputs[user], depth + 1)).into()
    };
    made.child(late_part(line.child(soft(below)), state, Box::new(inputs)))
}

fn name(derivation: &Derivation) -> Markup {
    quoted(derivation_label(derivation))
}
