//! What Nix announced, over all plans of a run.

use crate::moment::At;
use crate::report::{self, Lines};

/// The plans of a run.
#[derive(Debug, Default)]
pub(super) struct Plans {
    builds: Option<u64>,
    fetches: Option<u64>,
    download_bytes: Option<u64>,
    unpacked_bytes: Option<u64>,
    lines: Lines,
    /// The list that is being read.
    open: Option<OpenList>,
    /// Whether a list has lost its head, so that nobody knows how long it was.
    has_orphans: bool,
    n_build_lists: u32,
}

#[derive(Debug)]
struct OpenList {
    count: Option<u64>,
    sizes: Option<(u64, u64)>,
    kind: Kind,
    listed: u64,
    /// Listed paths that no plan had named before.
    new: u64,
}

/// What a plan lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Derivations to be built.
    Builds,
    /// Paths to be fetched.
    Fetches,
}

/// Whether an earlier plan named a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Novelty {
    /// None did.
    New,
    /// One did: Nix prints a plan again, for instance after a dry run.
    Known,
}

impl Plans {
    /// Takes the head of a list.
    pub(super) fn head(
        &mut self,
        at: At,
        kind: Kind,
        count: Option<u64>,
        sizes: Option<(u64, u64)>,
    ) {
        self.close();
        self.lines.push(at.first);
        self.n_build_lists += u32::from(kind == Kind::Builds);
        self.open = Some(OpenList { count, sizes, kind, listed: 0, new: 0 });
    }

    /// Takes a path of a list.
    pub(super) fn path(&mut self, at: At, novelty: Novelty) {
        self.lines.push(at.first);
        let Some(open) = &mut self.open else {
            self.has_orphans = true;
            return;
        };
        open.listed += 1;
        open.new += u64::from(novelty == Novelty::New);
    }

    /// Takes the end of a list. A list that only repeats what was announced does not count again.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.listed > 0 && open.new == 0 {
            return;
        }
        let count = open.count.unwrap_or(open.listed);
        let total = match open.kind {
            Kind::Builds => &mut self.builds,
            Kind::Fetches => &mut self.fetches,
        };
        *total = Some(total.unwrap_or(0) + count);
        if let Some((download, unpacked)) = open.sizes {
            self.download_bytes = Some(self.download_bytes.unwrap_or(0) + download);
            self.unpacked_bytes = Some(self.unpacked_bytes.unwrap_or(0) + unpacked);
        }
    }

    /// Whether a list has lost its head.
    pub(super) fn has_orphans(&self) -> bool {
        self.has_orphans
    }

    /// Whether nothing was announced.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.0.is_empty()
    }

    /// The first line of all lists.
    pub(super) fn first_line(&self) -> Option<u32> {
        self.lines.first()
    }

    /// How often a list of builds was announced.
    pub(super) fn count(&self) -> u32 {
        self.n_build_lists
    }

    /// The sum; `None` without any plan.
    pub(super) fn into_report(mut self) -> Option<report::Plan> {
        self.close();
        if self.lines.0.is_empty() {
            return None;
        }
        Some(report::Plan {
            builds: self.builds,
            fetches: self.fetches,
            download_bytes: self.download_bytes,
            unpacked_bytes: self.unpacked_bytes,
            lines: self.lines,
        })
    }
}
