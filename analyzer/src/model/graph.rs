//! Which derivation is made of which, as far as the log tells.
//!
//! Build activities of internal-json have no parents, so their records tell nothing here.

mod plan_order;

use std::collections::HashMap;

pub use plan_order::users_in_plan;

/// How it is known that a derivation is made of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The log says it: a dump of derivations, a tree.
    Read,
    /// It follows from names or from the order of a list.
    Inferred,
}

/// Derivations and what they are made of, by path. Paths are the same in every run.
#[derive(Debug, Default)]
pub(super) struct Graph {
    index: HashMap<String, u32>,
    paths: Vec<String>,
    /// What each derivation is made of.
    inputs: Vec<Vec<(u32, Origin)>>,
    n_edges: usize,
}

/// Edges kept: a system has some three hundred thousand; a dump must not fill the memory.
const MAX_EDGES: usize = 1 << 20;

impl Graph {
    /// Says that `drv` is made of `input`; both are full paths.
    pub(super) fn depends(&mut self, drv: &str, input: &str, origin: Origin) {
        if self.n_edges == MAX_EDGES {
            return;
        }
        self.n_edges += 1;
        let (user, input) = (self.node(drv), self.node(input));
        self.inputs[user as usize].push((input, origin));
    }

    /// What `drv` is made of; nothing where that is not known.
    pub(super) fn inputs(&self, drv: &str) -> impl Iterator<Item = (&str, Origin)> {
        let inputs = self.index.get(drv).map_or(&[][..], |node| &self.inputs[*node as usize]);
        inputs.iter().map(|(input, origin)| (self.paths[*input as usize].as_str(), *origin))
    }

    fn node(&mut self, path: &str) -> u32 {
        if let Some(node) = self.index.get(path) {
            return *node;
        }
        let node = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        self.index.insert(path.to_owned(), node);
        self.paths.push(path.to_owned());
        self.inputs.push(Vec::new());
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_kept_with_how_they_are_known() {
        let mut graph = Graph::default();
        graph.depends("/b.drv", "/a.drv", Origin::Read);
        graph.depends("/c.drv", "/a.drv", Origin::Inferred);
        graph.depends("/c.drv", "/b.drv", Origin::Read);
        let inputs = |drv| graph.inputs(drv).collect::<Vec<_>>();
        assert_eq!(inputs("/c.drv"), [("/a.drv", Origin::Inferred), ("/b.drv", Origin::Read)]);
        assert_eq!(inputs("/a.drv"), []);
        assert_eq!(inputs("/unknown.drv"), []);
    }
}
