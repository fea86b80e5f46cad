//! Sentences on errors of the configuration, which Nix finds before it builds anything.

use super::{shortened, upper};
use crate::report::{Failure, FailureClass};

/// Says what is wrong with the configuration, and where.
pub(super) fn sentence(failure: &Failure) -> String {
    let message = failure.message.trim().trim_end_matches(['.', ':']);
    let known = match failure.class {
        FailureClass::Assertion => Some(assertion(failure, message)),
        FailureClass::InfiniteRecursion => Some(recursion(message)),
        _ => untracked(message)
            .or_else(|| missing_file(message))
            .or_else(|| missing_output(message))
            .or_else(|| no_flake(message))
            .or_else(|| option(failure, message)),
    };
    let text = known.unwrap_or_else(|| upper(&shortened(message)));
    // Where an option is set says more than where that was noticed.
    let place = place(failure).filter(|_| !text.contains("; it is set in "));
    let place = place.map_or_else(String::new, |place| format!(", at {place}"));
    text + &place + &hint(failure)
}

/// Where it is, unless that is in nixpkgs: what is wrong is rarely there.
fn place(failure: &Failure) -> Option<String> {
    let place = failure.details.position.as_deref()?;
    let in_store = place.split_once("-source/").map(|(_, file)| file);
    let is_foreign = in_store
        .unwrap_or(place)
        .split('/')
        .next()
        .is_some_and(|folder| in_store.is_some() && ["lib", "nixos", "pkgs"].contains(&folder));
    let is_shown = !is_foreign && !place.starts_with('«') && !place.contains("/channels/nixos/");
    is_shown.then(|| in_store.unwrap_or(place).to_owned())
}

// Did you mean firefox?
fn hint(failure: &Failure) -> String {
    let hint = failure.excerpt.iter().find(|line| line.starts_with("Did you mean "));
    hint.map_or_else(String::new, |hint| format!(". {hint}"))
}

// Failed assertions: The fileSystems option does not specify your root file system.
fn assertion(failure: &Failure, message: &str) -> String {
    let first = shortened(message.trim_start_matches("Failed assertions: "));
    let count = failure.excerpt.iter().filter(|line| line.starts_with("- ")).count();
    if count > 1 {
        return format!("{count} assertions of the configuration failed; the first: {first}");
    }
    format!("An assertion of the configuration failed: {first}")
}

fn recursion(message: &str) -> String {
    let text = if message.contains("stack overflow") {
        "The evaluation went too deep, most likely because a value needs itself"
    } else {
        "A value of the configuration needs itself to be worked out: infinite recursion"
    };
    text.to_owned()
}

// Path 'new.nix' in the repository "/etc/nixos" is not tracked by Git.
// Path 'new.nix' does not exist in Git repository "/etc/nixos".
fn untracked(message: &str) -> Option<String> {
    let (file, rest) = message.strip_prefix("Path '")?.split_once('\'')?;
    let is_git = rest.contains("is not tracked by Git") || rest.contains("in Git repository");
    is_git.then(|| {
        format!(
            "{file} is not tracked by Git, so a flake does not see it; `git add {file}` mends that"
        )
    })
}

// path '/nix/store/…-source/modules/vpn' does not exist
// getting status of '/nix/store/…-source/modules/vpn': No such file or directory
fn missing_file(message: &str) -> Option<String> {
    let is_missing =
        message.ends_with("does not exist") || message.ends_with("No such file or directory");
    let path =
        message.strip_prefix("path '").or_else(|| message.strip_prefix("getting status of '"));
    let (path, _) = path.filter(|_| is_missing)?.split_once('\'')?;
    let Some((_, file)) = path.split_once("-source/") else {
        return Some(format!("The configuration names {}, which does not exist", shortened(path)));
    };
    Some(format!(
        "The configuration names {file}, which is not in the copy that Nix works on; of a Git \
         repository, that holds only files that were added with `git add`"
    ))
}

// flake 'git+file:///etc/nixos' does not provide attribute
// 'packages.x86_64-linux.nixosConfigurations."host".config.system.build.toplevel', …
fn missing_output(message: &str) -> Option<String> {
    const KINDS: [(&str, &str); 3] = [
        ("nixosConfigurations.", "NixOS configuration"),
        ("darwinConfigurations.", "nix-darwin configuration"),
        ("homeConfigurations.", "home-manager configuration"),
    ];
    let (_, attributes) = message.split_once(" does not provide attribute ")?;
    let (rest, kind) =
        KINDS.iter().find_map(|(start, kind)| Some((attributes.split_once(start)?.1, *kind)))?;
    let name = rest.trim_start_matches('"').split(['"', '.', '\'']).next()?;
    Some(format!("The flake has no {kind} named {name}"))
}

// could not find a flake.nix file
fn no_flake(message: &str) -> Option<String> {
    (message == "could not find a flake.nix file").then(|| {
        "There is no flake.nix in the folder that was named, nor in those above it".to_owned()
    })
}

// The option `services.foo.enable' does not exist. Definition values
// A definition for option `a.b' is not of type `boolean'. Definition values
fn option(failure: &Failure, message: &str) -> Option<String> {
    let is_option =
        message.starts_with("The option `") || message.starts_with("A definition for option `");
    let text = is_option.then(|| message.trim_end_matches(". Definition values"))?;
    let files = failure.excerpt.iter().filter_map(|line| {
        let (file, _) = line.strip_prefix("- In `")?.split_once('\'')?;
        Some(file.split_once("-source/").map_or(file, |(_, file)| file).to_owned())
    });
    let files: Vec<String> = files.collect();
    let set_in = match files.as_slice() {
        [] => String::new(),
        files => format!("; it is set in {}", super::super::english::list(files, 3)),
    };
    Some(shortened(text) + &set_in)
}
