//! Guesses why a derivation was built here, from what its name and the log say.

mod cascade;

pub(super) use cascade::follow;

use std::collections::HashMap;

use super::builds::Build;
use super::kind::full_name;
use crate::report::{
    Confidence, DerivationKind, Direction, Fetch, FetchStatus, WhyBuilt, WhyBuiltGuess,
};

/// Packages whose licence keeps them out of the public cache.
const UNFREE: [&str; 24] = [
    "1password",
    "android-studio",
    "blackmagic",
    "broadcom-sta",
    "clion",
    "corefonts",
    "davinci-resolve",
    "discord",
    "google-chrome",
    "idea-ultimate",
    "mongodb",
    "nvidia-x11",
    "obsidian",
    "slack",
    "spotify",
    "steam-original",
    "steam-unwrapped",
    "sublimetext4",
    "teamviewer",
    "unrar",
    "vscode",
    "webstorm",
    "zoom",
    "zoom-us",
];

/// Parts of names of what is made with NVIDIA's compiler.
const CUDA: [&str; 6] = ["cuda", "cudnn", "cutensor", "nccl", "tensorrt", "libnvjpeg"];

/// Ends of names of thin layers around a package, which are marked to be built locally.
const WRAPPERS: [&str; 12] = [
    "-wrapped",
    "-wrapper",
    "-with-packages",
    "-with-addons",
    "-with-extensions",
    "-with-plugins",
    "-env",
    "-fhs",
    "-bwrap",
    "-init",
    "-fhsenv-rootfs",
    "-fhsenv-profile",
];

/// What a run says about its builds besides their names.
pub(super) struct Evidence<'a> {
    by_name: HashMap<&'a str, Vec<&'a Fetch>>,
    surroundings: Surroundings,
}

/// What holds for all builds of a run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surroundings {
    /// Whether it is about a system or a home, which are made of many small files.
    pub(super) is_for_configuration: bool,
    /// Whether a cache did not answer or was not to be asked.
    pub(super) lacks_a_cache: bool,
    /// Whether nixpkgs was moved to a revision of the day or the day before.
    pub(super) is_fresh: bool,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(fetches: &'a [Fetch], surroundings: Surroundings) -> Self {
        let mut by_name: HashMap<&str, Vec<&Fetch>> = HashMap::new();
        for fetch in fetches.iter().filter(|fetch| is_from_cache(fetch)) {
            by_name.entry(&fetch.name).or_default().push(fetch);
        }
        Self { by_name, surroundings }
    }

    /// Guesses why `build` was built; `None` where nothing speaks for anything.
    pub(super) fn explain(&self, build: &Build, kind: DerivationKind) -> Option<WhyBuilt> {
        if !build.started && !build.planned {
            return None;
        }
        let full = full_name(&build.name, build.version.as_deref());
        self.fetch_failed(build)
            .or_else(|| source(kind))
            .or_else(|| local(kind, &full))
            .or_else(|| unfree_or_cuda(build, &full))
            .or_else(|| wrapper(&build.name, &full))
            .or_else(|| own_source(&full))
            .or_else(|| self.variant(build))
            .or_else(|| other_system(kind, &full))
            .or_else(|| self.not_in_cache(build, kind))
    }

    fn of(&self, build: &Build) -> impl Iterator<Item = &'a Fetch> {
        let fetches = self.by_name.get(build.name.as_str()).into_iter().flatten().copied();
        fetches.filter(move |fetch| fetch.version == build.version)
    }

    fn fetch_failed(&self, build: &Build) -> Option<WhyBuilt> {
        let failed = self.of(build).any(|fetch| fetch.status == FetchStatus::Failed);
        (failed && build.started)
            .then(|| why(WhyBuiltGuess::FetchFailed, Confidence::Likely, "its download failed"))
    }

    /// A package of the same name and version came from a cache.
    fn variant(&self, build: &Build) -> Option<WhyBuilt> {
        let is_fetched =
            build.version.is_some() && self.of(build).any(|fetch| fetch.output.is_none());
        is_fetched.then(|| {
            let because = "a package of this name and version was fetched, too: this is a variant \
                           of it, or wraps it";
            why(WhyBuiltGuess::Override, Confidence::Possible, because)
        })
    }

    fn not_in_cache(&self, build: &Build, kind: DerivationKind) -> Option<WhyBuilt> {
        let is_package = matches!(kind, DerivationKind::Software | DerivationKind::KernelOrInitrd);
        if kind == DerivationKind::Other && self.surroundings.is_for_configuration {
            let because = "it has no version, like most that is made from the configuration";
            return Some(why(WhyBuiltGuess::LocalConfiguration, Confidence::Possible, because));
        }
        if !is_package || !build.planned {
            return None;
        }
        let (guess, because) = match self.surroundings {
            Surroundings { lacks_a_cache: true, .. } => (
                WhyBuiltGuess::CacheNotAsked,
                "a cache did not answer, or was not to be asked, when this was planned",
            ),
            Surroundings { is_fresh: true, .. } => (
                WhyBuiltGuess::AheadOfCache,
                "nixpkgs was moved to a revision of the day, or of the day before",
            ),
            _ => (
                WhyBuiltGuess::NotInCache,
                "Nix planned to build it, so no cache that it asked had it",
            ),
        };
        Some(why(guess, Confidence::Possible, because))
    }
}

/// What a remote builder made is copied from there, and says nothing of caches.
fn is_from_cache(fetch: &Fetch) -> bool {
    let is_builder = fetch.store.as_deref().is_some_and(|store| store.starts_with("ssh"));
    fetch.direction == Direction::From && !is_builder
}

fn unfree_or_cuda(build: &Build, full: &str) -> Option<WhyBuilt> {
    let guess = WhyBuiltGuess::UnfreeOrCuda;
    if build.uses_cuda {
        return Some(why(guess, Confidence::Likely, "its output shows that it compiles for CUDA"));
    }
    if CUDA.iter().any(|part| full.contains(part)) {
        return Some(why(guess, Confidence::Likely, "its name speaks of CUDA"));
    }
    UNFREE
        .contains(&build.name.as_str())
        .then(|| why(guess, Confidence::Likely, "nixpkgs has this package under an unfree licence"))
}

fn local(kind: DerivationKind, full: &str) -> Option<WhyBuilt> {
    let is_local = match kind {
        DerivationKind::Configuration | DerivationKind::System => true,
        // An initial ram disk and its modules are chosen by the configuration.
        DerivationKind::KernelOrInitrd => full.starts_with("initrd") || full.contains("modules"),
        _ => false,
    };
    is_local.then(|| {
        let because = "its name is that of something made from the configuration";
        why(WhyBuiltGuess::LocalConfiguration, Confidence::Likely, because)
    })
}

/// A thin layer around a package.
fn wrapper(name: &str, full: &str) -> Option<WhyBuilt> {
    let guess = WhyBuiltGuess::PreferLocalBuild;
    let is_wrapper = WRAPPERS.iter().any(|end| full.ends_with(end) || name.ends_with(end));
    is_wrapper.then(|| why(guess, Confidence::Likely, "its name is that of a wrapper"))
}

fn source(kind: DerivationKind) -> Option<WhyBuilt> {
    matches!(kind, DerivationKind::Source | DerivationKind::Patch).then(|| {
        let because = "it is a source, which is downloaded for what is built of it";
        why(WhyBuiltGuess::Source, Confidence::Likely, because)
    })
}

// hyprland-0.54.0+date=2026-04-04_af4e196
fn own_source(full: &str) -> Option<WhyBuilt> {
    let is_own = full.contains("+date=") || full.ends_with("dirty");
    is_own.then(|| {
        let because = "its version names a revision of its own repository, and no release";
        why(WhyBuiltGuess::OwnSource, Confidence::Likely, because)
    })
}

// cups-riscv64-unknown-linux-gnu-2.4.16
fn other_system(kind: DerivationKind, full: &str) -> Option<WhyBuilt> {
    const TARGETS: [&str; 5] =
        ["-unknown-linux-", "-w64-mingw32", "-apple-darwin", "-none-elf", "-none-eabi"];
    let is_package = matches!(kind, DerivationKind::Software | DerivationKind::KernelOrInitrd);
    let is_cross = is_package && TARGETS.iter().any(|target| full.contains(target));
    is_cross.then(|| {
        let because = "its name is that of a package for another kind of machine";
        why(WhyBuiltGuess::OtherSystem, Confidence::Likely, because)
    })
}

fn why(guess: WhyBuiltGuess, confidence: Confidence, because: &str) -> WhyBuilt {
    WhyBuilt { guess, confidence, because: because.to_owned() }
}
