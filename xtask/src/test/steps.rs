//! The checks that can be run alone.

mod corpus;
mod e2e;
mod lighthouse;
mod nginx;
mod size;

use super::{Ended, Options};
use crate::failure::Result;
use crate::site::Hosting;
use crate::workspace::Workspace;
use crate::{build, process, tidy};

/// One check, or a group that is run by one program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// rustfmt.
    Fmt,
    /// Our own rules.
    Tidy,
    /// Clippy and the links of the documentation.
    Clippy,
    /// All Rust tests.
    Unit,
    /// The score on labelled logs.
    Corpus,
    /// The release site.
    Build,
    /// What it weighs.
    Size,
    /// What a person sees and does, in a browser.
    E2e,
    /// The recipe for nginx.
    Nginx,
    /// What Lighthouse says of it.
    Lighthouse,
}

impl Step {
    /// All steps, quick ones first.
    pub(crate) const ALL: [Self; 10] = [
        Self::Fmt,
        Self::Tidy,
        Self::Clippy,
        Self::Unit,
        Self::Corpus,
        Self::Build,
        Self::Size,
        Self::E2e,
        Self::Nginx,
        Self::Lighthouse,
    ];

    /// The step of this name on the command line.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The step's name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Clippy => "clippy",
            Self::Unit => "unit",
            Self::Corpus => "corpus",
            Self::Build => "build",
            Self::Size => "size",
            Self::E2e => "e2e",
            Self::Nginx => "nginx",
            Self::Lighthouse => "lighthouse",
        }
    }

    /// What it does and how long that may take on two cores.
    pub(super) fn what(self) -> &'static str {
        match self {
            Self::Fmt => "is the code formatted? (seconds)",
            Self::Tidy => "dependencies, names, lengths, styles (seconds)",
            Self::Clippy => {
                "lints, tests included, and links of the docs (seconds; minutes the first time)"
            }
            Self::Unit => "unit, property, snapshot and fuzz tests (a minute; more the first time)",
            Self::Corpus => "the score on labelled logs (seconds; a minute the first time)",
            Self::Build => "the release site (a minute; up to 15 with its tools the first time)",
            Self::Size => "what a browser loads, against the budgets (seconds)",
            Self::E2e => "the site in a headless Chromium (two minutes)",
            Self::Nginx => "the site as nginx serves it by our recipe (seconds)",
            Self::Lighthouse => "some pages as Lighthouse judges them (three minutes)",
        }
    }

    /// Runs the check.
    pub(super) fn run(self, workspace: &Workspace, options: &Options) -> Result<Ended> {
        match self {
            Self::Fmt => fmt(workspace)?,
            Self::Tidy => tidy::run(workspace)?,
            Self::Clippy => clippy(workspace)?,
            Self::Unit => process::run(workspace.cargo("test").arg("--workspace"))?,
            Self::Corpus => return corpus::run(workspace),
            Self::Build => build::release(workspace, Hosting::default())?,
            Self::Size => size::run(workspace)?,
            Self::E2e => e2e::run(workspace, &options.playwright_args)?,
            Self::Nginx => return nginx::run(workspace),
            Self::Lighthouse => return lighthouse::run(workspace),
        }
        Ok(Ended::Passed)
    }
}

fn fmt(workspace: &Workspace) -> Result<()> {
    let mut cargo = process::cargo();
    process::run(cargo.args(["fmt", "--all", "--check"]).current_dir(&workspace.root))
}

/// Lints, and links inside the documentation, which need the same compilation.
fn clippy(workspace: &Workspace) -> Result<()> {
    let mut clippy = workspace.cargo("clippy");
    process::run(clippy.args(["--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    let mut doc = workspace.cargo("doc");
    doc.args(["--workspace", "--no-deps", "--quiet"]).env("RUSTDOCFLAGS", "--deny warnings");
    process::run(&mut doc)
}
