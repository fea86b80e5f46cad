//! Guesses why a derivation was built here, from what its name and the log say.

use std::collections::HashMap;

use super::builds::Build;
use super::kind::full_name;
use crate::report::{
    Confidence, DerivationKind, Direction, Fetch, FetchStatus, WhyBuilt, WhyBuiltGuess,
};

/// Packages whose licence keeps them out of the public cache.
const UNFREE: [&str; 22] = [
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
    "steam-unwrapped",
    "sublimetext4",
    "teamviewer",
    "unrar",
    "vscode",
    "webstorm",
    "zoom",
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

/// What the downloads of a run say about its builds.
pub(super) struct Downloads<'a> {
    by_name: HashMap<&'a str, Vec<&'a Fetch>>,
}

impl<'a> Downloads<'a> {
    pub(super) fn new(fetches: &'a [Fetch]) -> Self {
        let mut by_name: HashMap<&str, Vec<&Fetch>> = HashMap::new();
        for fetch in fetches.iter().filter(|fetch| is_from_cache(fetch)) {
            by_name.entry(&fetch.name).or_default().push(fetch);
        }
        Self { by_name }
    }

    /// Guesses why `build` was built; `None` where nothing speaks for anything.
    pub(super) fn explain(&self, build: &Build, kind: DerivationKind) -> Option<WhyBuilt> {
        if !build.started && !build.planned {
            return None;
        }
        let full = full_name(&build.name, build.version.as_deref());
        self.fetch_failed(build)
            .or_else(|| unfree_or_cuda(build, &full))
            .or_else(|| local(kind, &full))
            .or_else(|| self.wrapper(build, &full))
            .or_else(|| not_in_cache(build, kind))
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

    /// A package of the same name and version came from a cache: this is a layer around it.
    fn wrapper(&self, build: &Build, full: &str) -> Option<WhyBuilt> {
        let guess = WhyBuiltGuess::PreferLocalBuild;
        if WRAPPERS.iter().any(|end| full.ends_with(end)) {
            return Some(why(guess, Confidence::Likely, "its name is that of a wrapper"));
        }
        let is_fetched =
            build.version.is_some() && self.of(build).any(|fetch| fetch.output.is_none());
        is_fetched.then(|| {
            let because = "a package of this name and version was fetched: this wraps it";
            why(guess, Confidence::Likely, because)
        })
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

fn not_in_cache(build: &Build, kind: DerivationKind) -> Option<WhyBuilt> {
    let is_package = matches!(kind, DerivationKind::Software | DerivationKind::KernelOrInitrd);
    (is_package && build.planned).then(|| {
        let because = "Nix planned to build it, so no cache that it asked had it";
        why(WhyBuiltGuess::NotInCache, Confidence::Possible, because)
    })
}

fn why(guess: WhyBuiltGuess, confidence: Confidence, because: &str) -> WhyBuilt {
    WhyBuilt { guess, confidence, because: because.to_owned() }
}
