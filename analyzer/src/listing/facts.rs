//! What a listing says of the paths in it.

use super::Depend;
use super::json::Fact;
use super::row::Row;
use super::tree::Tree;
use crate::inventory::{Inventory, Size};
use crate::report::ListingKind;
use crate::sorting;
use crate::store_path::{STORE_DIR, StorePath};

/// Packages whose references are what a person chose to install.
const PROFILES: [&str; 3] = ["system-path", "home-manager-path", "user-environment"];

/// Starts of the names of packages that hold all others of their system.
const ROOTS: [&str; 4] =
    ["nixos-system-", "darwin-system-", "home-manager-generation", "user-environment"];

/// What was listed, and in which forms.
#[derive(Debug, Default)]
pub(super) struct Facts {
    inventory: Inventory,
    counts: Counts,
    tree: Tree,
    /// The largest size of a path with all that it needs.
    closure: Option<Size>,
    /// Hashes of what a profile refers to.
    selected: Vec<String>,
}

/// How many rows or paths there are of each form.
#[derive(Debug, Default)]
struct Counts {
    plain: u32,
    one_size: u32,
    two_sizes: u32,
    json_paths: u32,
    derivations: u32,
    nodes: u32,
    branches: u32,
    phases: u32,
}

/// In which form something is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `nix-store -qR`
    Plain,
    /// `nix path-info -rsS`
    PathInfo,
    /// `nix path-info --json`
    PathInfoJson,
    /// `nix derivation show`
    Derivations,
    /// `nix-store -q --graph`
    Graph,
    /// `nix-store -q --tree`
    Tree,
    /// `nix why-depends`
    WhyDepends,
    /// `nix log`
    BuildLog,
}

impl Form {
    /// What it lists.
    pub(super) fn kind(self) -> ListingKind {
        match self {
            Self::Plain | Self::PathInfo | Self::PathInfoJson => ListingKind::Paths,
            Self::Derivations => ListingKind::Derivations,
            Self::Graph => ListingKind::Graph,
            Self::Tree => ListingKind::Tree,
            Self::WhyDepends => ListingKind::WhyDepends,
            Self::BuildLog => ListingKind::BuildLog,
        }
    }

    /// What it is called among the dialects.
    pub(super) fn dialect(self) -> &'static str {
        match self {
            Self::Plain => "store-paths",
            Self::PathInfo => "path-info",
            Self::PathInfoJson => "path-info-json",
            Self::Derivations => "derivation-json",
            Self::Graph => "store-graph",
            Self::Tree => "store-tree",
            Self::WhyDepends => "why-depends",
            Self::BuildLog => "stdenv",
        }
    }

    /// Whether what is not listed is not there.
    pub(super) fn is_whole(self) -> bool {
        !matches!(self, Self::WhyDepends | Self::BuildLog)
    }
}

impl Facts {
    /// Takes a line.
    pub(super) fn row(&mut self, row: Row<'_>, line: u32, depend: &mut Depend<'_>) {
        match row {
            Row::Path { path, sizes } => self.path(path, sizes, line),
            Row::Branch { path, depth, is_repeated } => {
                self.counts.branches += 1;
                self.inventory.push_path(path, None, line);
                self.tree.row(path.hash(), depth, is_repeated);
            }
            Row::Node(base) => {
                self.counts.nodes += 1;
                self.inventory.push_base(base, None, line);
            }
            Row::Edge(needed, by) => {
                self.reference(by, needed);
                give_input(by, needed, depend);
            }
            Row::LogOf(path) => {
                self.counts.phases += 1;
                self.inventory.push_path(path, None, line);
            }
            Row::Phase => self.counts.phases += 1,
            Row::Graph | Row::End | Row::File => {}
        }
    }

    /// Takes a fact of a listing in JSON.
    pub(super) fn fact(&mut self, fact: Fact<'_>, line: u32, depend: &mut Depend<'_>) {
        match fact {
            Fact::Path { base, nar_bytes, closure_bytes } => {
                self.counts.json_paths += 1;
                let exact = |bytes| Size { bytes, slack: 0 };
                self.closure(closure_bytes.map(exact));
                let size = nar_bytes.map(exact);
                self.inventory.push_base(base, size, line);
            }
            Fact::Derivation(base) => {
                self.counts.derivations += 1;
                self.inventory.push_base(base, None, line);
            }
            Fact::Reference { from, to } => self.reference(from, to),
            Fact::Input { drv, input } => give_input(drv, input, depend),
        }
    }

    /// Whether there is anything from JSON.
    pub(super) fn has_json(&self) -> bool {
        self.counts.json_paths + self.counts.derivations > 0
    }

    /// The form of what is in JSON.
    pub(super) fn json_form(&self) -> Form {
        if self.counts.derivations > 0 { Form::Derivations } else { Form::PathInfoJson }
    }

    /// The form of most of it; `None` if nothing is listed.
    pub(super) fn form(&self) -> Option<Form> {
        let Counts { plain, one_size, two_sizes, json_paths, derivations, nodes, branches, phases } =
            self.counts;
        let tree = if self.tree.is_whole() { Form::Tree } else { Form::WhyDepends };
        let forms = [
            (branches, tree),
            (nodes, Form::Graph),
            (derivations, Form::Derivations),
            (json_paths, Form::PathInfoJson),
            (one_size + two_sizes, Form::PathInfo),
            (plain, Form::Plain),
            (phases, Form::BuildLog),
        ];
        let (count, form) = forms.into_iter().rev().max_by_key(|(count, _)| *count)?;
        (count > 0).then_some(form)
    }

    /// What is known of the system.
    pub(super) fn into_inventory(mut self, is_whole: bool) -> Inventory {
        if self.counts.one_size > 0 {
            self.settle_single_column();
        }
        let Self { mut inventory, closure, mut selected, .. } = self;
        if !selected.is_empty() {
            sorting::sort(&mut selected);
            inventory.select(|hash| selected.binary_search_by(|it| it.as_str().cmp(hash)).is_ok());
        }
        if is_whole {
            inventory.set_complete();
        }
        inventory.set_total(closure);
        inventory
    }

    /// Takes the size of a path with all that it needs.
    fn closure(&mut self, size: Option<Size>) {
        self.closure = self.closure.into_iter().chain(size).max_by_key(|size| size.bytes);
    }

    fn path(&mut self, path: StorePath<'_>, sizes: [Option<Size>; 2], line: u32) {
        match sizes {
            [None, _] => self.counts.plain += 1,
            [_, None] => self.counts.one_size += 1,
            [_, Some(closure)] => {
                self.counts.two_sizes += 1;
                self.closure(Some(closure));
            }
        }
        self.inventory.push_path(path, sizes[0], line);
    }

    fn reference(&mut self, from: &str, to: &str) {
        let name = from.get(33..).unwrap_or_default();
        if PROFILES.contains(&name) {
            self.selected.extend(to.get(..32).map(str::to_owned));
        }
    }

    /// Decides what a single column of sizes is: with `-S` the path that holds all others has the
    /// largest, and with `-s` it is small.
    fn settle_single_column(&mut self) {
        let sized = || self.inventory.items().filter_map(|item| Some((item.size?, item)));
        let is_root = |name: &str| ROOTS.iter().any(|root| name.starts_with(root));
        let Some((size, largest)) = sized().max_by_key(|(size, _)| size.bytes) else { return };
        let has_root = sized().any(|(_, item)| is_root(item.name));
        let is_last = sized().last().is_some_and(|(_, item)| item.line == largest.line);
        let is_closure = is_root(largest.name) || (!has_root && is_last);
        if is_closure {
            self.closure(Some(size));
        }
        if is_closure || !has_root {
            self.inventory.forget_sizes();
        }
    }
}

/// Tells what a derivation needs; both are base names.
fn give_input(drv: &str, input: &str, depend: &mut Depend<'_>) {
    if drv.ends_with(".drv") && input.ends_with(".drv") {
        depend(&format!("{STORE_DIR}{drv}"), &format!("{STORE_DIR}{input}"));
    }
}
