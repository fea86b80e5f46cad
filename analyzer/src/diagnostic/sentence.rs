//! One sentence for each cause of failure: what failed, and what that means.

mod configuration;

use super::english::list;
use crate::report::{Failure, FailureClass};

/// Longer quotes are cut here: a sentence is to be read at a glance.
const MAX_QUOTE_LEN: usize = 180;

/// Says what failed, with the words of the log where they say most.
pub(super) fn sentence(failure: &Failure) -> String {
    let text = match failure.class {
        FailureClass::BuilderExit | FailureClass::Killed => not_built(failure),
        FailureClass::HashMismatch => hash_mismatch(failure),
        FailureClass::OutOfMemory => {
            named(failure, "could not be built: the memory ran out", "The memory ran out")
        }
        FailureClass::DiskFull => {
            named(failure, "could not be built: the disk is full", "The disk is full")
        }
        FailureClass::Timeout => given_up(failure),
        FailureClass::Collision => collision(failure),
        FailureClass::Network => network(failure),
        FailureClass::Unfree => named(
            failure,
            "is unfree, and the configuration does not allow that",
            "A package is unfree, and the configuration does not allow that",
        ),
        FailureClass::Insecure => named(
            failure,
            "has known security holes, so Nix refuses it unless the configuration permits it",
            "A package has known security holes, so Nix refuses it",
        ),
        FailureClass::Broken => broken(failure),
        FailureClass::Assertion
        | FailureClass::Evaluation
        | FailureClass::InfiniteRecursion
        | FailureClass::MissingAttribute => configuration::sentence(failure),
        _ => machine(failure),
    };
    if text.ends_with('?') { text } else { text + "." }
}

/// A sentence about what failed by name, or one without a name.
fn named(failure: &Failure, with: &str, without: &str) -> String {
    match full_name(failure) {
        Some(name) => format!("{name} {with}"),
        None => without.to_owned(),
    }
}

fn not_built(failure: &Failure) -> String {
    let why = ended(failure);
    let how = match (quote(failure), why) {
        (Some(quote), why) => format!("{}: {quote}", aside(why)),
        (None, Some(why)) => format!(": {why}"),
        (None, None) => ": its builder failed".to_owned(),
    };
    let text = named(failure, &format!("could not be built{how}"), &format!("A build failed{how}"));
    let is_needed = failure.message.ends_with("the evaluation needs its result");
    if is_needed { text + "; without it, the configuration cannot be evaluated" } else { text }
}

fn aside(why: Option<String>) -> String {
    why.map_or_else(String::new, |why| format!(" ({why})"))
}

/// How the builder ended. A shell adds 128 to the number of the signal that ended a program.
fn ended(failure: &Failure) -> Option<String> {
    const KILLED: &str = "its builder was killed, often because the memory ran out";
    const CRASHED: &str = "its builder crashed with a segmentation fault";
    if let Some(signal) = &failure.details.signal {
        return Some(match signal.split(' ').next() {
            Some("9") => KILLED.to_owned(),
            Some("11") => CRASHED.to_owned(),
            _ => format!("its builder was ended by signal {signal}"),
        });
    }
    Some(match failure.exit_code? {
        137 => KILLED.to_owned(),
        139 => CRASHED.to_owned(),
        code if quote(failure).is_some() => format!("exit code {code}"),
        code => format!("its builder exited with code {code}"),
    })
}

fn hash_mismatch(failure: &Failure) -> String {
    let details = &failure.details;
    let is_placeholder = details.specified.as_deref().is_some_and(|hash| {
        let digits = hash.trim_start_matches("sha256-").trim_start_matches("sha256:");
        let digits = digits.trim_end_matches('=');
        !digits.is_empty() && digits.bytes().all(|byte| byte == b'A' || byte == b'0')
    });
    let got = details.got.as_ref().map_or_else(String::new, |got| format!(", and is {got}"));
    if is_placeholder {
        return named(
            failure,
            &format!("has only a placeholder for its hash; the hash is known now{got}"),
            &format!("A download has only a placeholder for its hash; it is known now{got}"),
        );
    }
    let of = failure.message.strip_prefix("hash mismatch of ");
    let without = of.map_or("A download".to_owned(), upper);
    let text = format!("is not what was expected: its hash differs{got}");
    named(failure, &format!("was downloaded and {text}"), &format!("{without} {text}"))
}

fn given_up(failure: &Failure) -> String {
    let limit = failure.message.strip_prefix("timed out after ");
    let why = match limit {
        Some(limit) if limit.ends_with("silence") => {
            format!("it had printed nothing for {}", limit.trim_end_matches(" of silence"))
        }
        Some(limit) => format!("it took longer than {limit}"),
        None => "it took too long or was silent too long".to_owned(),
    };
    named(failure, &format!("was given up: {why}"), &format!("A build was given up: {why}"))
}

fn collision(failure: &Failure) -> String {
    let what = "two packages hold the same file";
    let which = paths_of_conflict(failure)
        .or_else(|| quote(failure))
        .map_or_else(String::new, |quote| format!(": {quote}"));
    named(failure, &format!("could not be built: {what}{which}"), &(upper(what) + &which))
}

// pkgs.buildEnv error: two given paths contain a conflicting subpath:
//   `/nix/store/…-clang-wrapper-19.1.7/bin/c++' and
//   `/nix/store/…-gcc-wrapper-14.2.1/bin/c++'
fn paths_of_conflict(failure: &Failure) -> Option<String> {
    let paths = failure.excerpt.iter().filter_map(|line| line.trim().strip_prefix('`'));
    let paths = paths.filter_map(|line| line.split_once('\''));
    let paths: Vec<String> = paths.map(|(path, _)| shortened(path)).collect();
    (paths.len() >= 2).then(|| paths.join(" and "))
}

fn network(failure: &Failure) -> String {
    if failure.message.starts_with("some substitutes for its outputs") {
        let text = "could not be fetched from a cache; `--fallback` builds it here instead";
        return named(failure, text, &upper(&failure.message));
    }
    if failure.message.contains(" while decompressing ") {
        return format!("A download is damaged: {}", shortened(&failure.message));
    }
    let why = quote(failure).unwrap_or_else(|| shortened(&failure.message));
    let reason = quote(failure).filter(|quote| !quote.contains(&shortened(&failure.message)));
    let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
    named(failure, &format!("could not be downloaded: {why}"), &(stated(failure) + &reason))
}

fn broken(failure: &Failure) -> String {
    if failure.message.contains("is not available on the requested hostPlatform") {
        return named(
            failure,
            "is not available for this kind of machine",
            "A package is not available for this kind of machine",
        );
    }
    named(
        failure,
        "is marked as broken, so Nix does not try to build it",
        "A package is marked as broken, so Nix does not try to build it",
    )
}

/// What has to do with the machine rather than with what is built.
fn machine(failure: &Failure) -> String {
    let quote = quote(failure).filter(|quote| !quote.contains(&shortened(&failure.message)));
    let text = stated(failure) + &quote.map_or_else(String::new, |quote| format!(": {quote}"));
    let message = failure.message.as_str();
    let advice = if message.contains("/nix/var/nix/profiles/system") && is_denied(message) {
        "; only root may switch the system, so it needs `sudo`"
    } else if message.contains("executing 'git'") {
        "; flakes need the program git"
    } else if message.contains("lacks a signature by a trusted key") {
        "; the store that it was copied to does not trust who built it"
    } else if message.contains("Broken pipe") {
        "; the program that read the output had ended"
    } else if message.contains("daemon-socket") {
        "; the Nix daemon does not answer"
    } else {
        ""
    };
    if message.starts_with("failed to produce output path") {
        let text = "was built, and made nothing where its result should be";
        return named(failure, text, "A build made nothing where its result should be");
    }
    if message.ends_with("not allowed to refer to the following paths") {
        let paths: Vec<String> = failure.excerpt.iter().map(|line| shortened(line)).collect();
        return format!("{text}: {}", list(&paths, 3));
    }
    let sides = failure.excerpt.iter().filter(|line| is_side(line)).cloned().collect::<Vec<_>>();
    let sides = if sides.is_empty() { String::new() } else { format!(" ({})", sides.join(", ")) };
    text + &sides + advice
}

fn is_denied(message: &str) -> bool {
    message.contains("Permission denied")
}

/// What a build requires of a machine, and what this one has.
fn is_side(line: &str) -> bool {
    ["Required system: ", "Current system: ", "Required features: ", "Available features: "]
        .iter()
        .any(|side| line.starts_with(side))
}

/// For what has no better words, those of the log.
fn stated(failure: &Failure) -> String {
    let message = shortened(failure.message.trim().trim_end_matches(['.', ':']));
    match full_name(failure) {
        Some(name) if !message.contains(&name) => format!("{name}: {message}"),
        _ => upper(&message),
    }
}

/// The line of the log that says what went wrong, in quotation marks.
pub(super) fn quote(failure: &Failure) -> Option<String> {
    let number = failure.error_line?;
    let index = failure.excerpt_lines.iter().position(|line| *line == number)?;
    let line = failure.excerpt.get(index)?.trim();
    // Mar 13 12:17:25 host hm-activate-a[41194]: Existing file '/home/a/.bashrc' is in the way of …
    let journal = line.split_once("]: ").filter(|_| failure.unit.is_some());
    let line = journal.map_or(line, |(_, text)| text);
    let line = shortened(line.strip_prefix("error: ").unwrap_or(line));
    Some(format!("“{}”", line.trim_end_matches('.')))
}

/// The text with names in place of store paths, and not longer than a sentence may be.
pub(super) fn shortened(text: &str) -> String {
    const STORE: &str = "/nix/store/";
    const HASH_LEN: usize = 32;
    let mut short = String::new();
    for (index, part) in text.split(STORE).enumerate() {
        let name = part.get(HASH_LEN..).and_then(|rest| rest.strip_prefix('-'));
        match name {
            _ if index == 0 => short.push_str(part),
            Some(name) => short.push_str(name),
            None => {
                short.push_str(STORE);
                short.push_str(part);
            }
        }
    }
    if short.chars().count() > MAX_QUOTE_LEN {
        short = short.chars().take(MAX_QUOTE_LEN).chain(['…']).collect();
    }
    with_pairs_of_backticks(&short)
}

/// Names between backticks, as findings mark them. Nix ends them with an apostrophe, and one may
/// have been cut off.
// The option `hardware.pulseaudio' has been renamed to `services.pulseaudio'.
fn with_pairs_of_backticks(text: &str) -> String {
    let mut paired = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        paired.push_str(before);
        let Some((name, behind)) = after.split_once(['`', '\'']) else {
            paired.push('\'');
            rest = after;
            continue;
        };
        paired.extend(["`", name, "`"]);
        rest = behind;
    }
    paired + rest
}

fn full_name(failure: &Failure) -> Option<String> {
    let name = failure.name.as_ref()?;
    Some(match &failure.version {
        Some(version) => format!("{name}-{version}"),
        None => name.clone(),
    })
}

/// With a capital letter at its start.
fn upper(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_backticks() {
        for (text, expected) in [
            ("the option `a.b' is now `c.d'", "the option `a.b` is now `c.d`"),
            ("`a` is deprecated, isn't it", "`a` is deprecated, isn't it"),
            ("renamed to `a.b…", "renamed to 'a.b…"),
        ] {
            assert_eq!(shortened(text), expected);
        }
    }

    #[test]
    fn store_paths_are_named_without_their_hashes() {
        let path = "/nix/store/qsy68ydnaqr4llnaxzfrhy9va1izn841-source/a.nix";
        assert_eq!(shortened(&format!("path '{path}' is gone")), "path 'source/a.nix' is gone");
        assert_eq!(shortened("/nix/store/x"), "/nix/store/x");
        assert_eq!(shortened(&"é".repeat(1000)).chars().count(), MAX_QUOTE_LEN + 1);
    }
}
