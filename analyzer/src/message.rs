//! What a line of a log says, or a block of lines.

pub(crate) mod activation;
pub(crate) mod bar;
pub(crate) mod colmena;
pub(crate) mod deploy;
pub(crate) mod diff;
pub(crate) mod error;
pub(crate) mod fast_build;
pub(crate) mod internal_json;
pub(crate) mod lock;
pub(crate) mod nom;
pub(crate) mod plain;
mod prompt;
pub(crate) mod service;
pub(crate) mod stdenv;
pub(crate) mod text;
pub(crate) mod took;
pub(crate) mod tool;
pub(crate) mod warning;

use activation::ActivationLine;
use bar::Bar;
use diff::DiffLine;
use error::Problem;
use internal_json::Event;
use lock::LockLine;
use plain::Plain;
use tool::ToolLine;
use warning::Warning;

/// What a line or a block of lines says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message<'a> {
    /// A line of Nix.
    Plain(Plain<'a>),
    /// A path in the list of a plan.
    Listed(List, &'a str),
    /// An error block.
    Problem(Box<Problem>),
    /// A warning with all its lines.
    Warning(Warning),
    /// What `builtins.trace` printed.
    Trace,
    /// A line of an activation, with its text.
    Activation(ActivationLine<'a>, &'a str),
    /// A component that cannot be exchanged in a running system: `dbus : a -> b`.
    Inhibitor(&'a str),
    /// A line about inputs.
    Lock(LockLine<'a>),
    /// A line of a comparison of two systems.
    Diff(DiffLine<'a>),
    /// A line of a program around Nix.
    Tool(ToolLine<'a>),
    /// Build output with the name of its derivation in front: `ollama> Running phase: buildPhase`.
    Output {
        /// Name of the derivation, without version.
        name: &'a str,
        /// The line of the builder.
        text: &'a str,
    },
    /// A record of `--log-format internal-json`.
    Record(Option<Event>),
    /// A drawing of the progress bar.
    Bar(Bar<'a>),
    /// The progress bar is taken down, and nothing is printed in its place.
    BarEnds,
    /// A line without text.
    Blank,
    /// A line that is none of these. While a build runs, it may be its output.
    Unrecognized(&'a str),
}

/// Which list a path stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// Derivations that will be built.
    Builds,
    /// Derivations that will be built; the head of the list is lost.
    BuildsWithoutHead,
    /// Paths that will be fetched.
    Fetches,
    /// Paths that Nix knows no way to make.
    Unknown,
}
