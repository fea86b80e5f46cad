//! Warnings of Nix and of the configuration, and what `builtins.trace` prints.

use crate::report::WarningClass;

/// A warning with all its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    /// Its text, without decoration.
    pub(crate) text: String,
    /// What sort of warning it is.
    pub(crate) class: WarningClass,
    /// Who warns.
    pub(crate) origin: Origin,
}

/// Who warns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A program.
    Program,
    /// The configuration, while it is evaluated.
    Evaluation,
}

/// The first line of a warning or trace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Head<'a> {
    /// What it says behind the word that introduces it.
    pub(crate) message: &'a str,
    /// How it goes on.
    pub(crate) shape: Shape,
}

/// Which lines belong to a warning besides its first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// None.
    OneLine,
    /// Those that are indented as far as its own text begins.
    Indented,
    /// Whatever is not another message: `builtins.trace` does not indent.
    Loose,
    /// Those up to the one that says when the download is tried again.
    UntilRetry,
    /// As [`Shape::Loose`], and it is no warning.
    Trace,
}

impl Shape {
    /// Who warns in this shape.
    pub(crate) fn origin(self) -> Origin {
        match self {
            Self::Indented | Self::Loose => Origin::Evaluation,
            Self::OneLine | Self::UntilRetry | Self::Trace => Origin::Program,
        }
    }
}

/// Reads a line that introduces a warning or a trace.
pub(crate) fn parse(text: &str) -> Option<Head<'_>> {
    match text.as_bytes().first()? {
        b'w' => nix(text),
        // evaluation warning: `programs.zsh.initExtra` is deprecated, use `programs.zsh.initContent` instead.
        b'e' => text.strip_prefix("evaluation warning: ").map(|m| Head::new(m, Shape::Indented)),
        b't' => trace(text),
        b'W' => text.strip_prefix("Warning: the new NixOS ").map(|_| Head::new(text, Shape::Loose)),
        // nixos-rebuild: warning: --fast deprecated, use --no-reexec instead
        b'n' => text.strip_prefix("nixos-rebuild: warning: ").map(Head::one_line),
        // cannot build on 'ssh://builder1': error: failed to start SSH connection to 'builder1'
        b'c' => text.starts_with("cannot build on '").then(|| Head::one_line(text)),
        _ => None,
    }
}

impl<'a> Head<'a> {
    fn new(message: &'a str, shape: Shape) -> Self {
        Self { message, shape }
    }

    fn one_line(message: &'a str) -> Self {
        Self::new(message, Shape::OneLine)
    }
}

// warning: error: unable to download 'https://cache.nixos.org/x.narinfo': SSL connect error (35); retrying in 276 ms
fn nix(text: &str) -> Option<Head<'_>> {
    let message = text.strip_prefix("warning: ")?;
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let has_body = message.starts_with("unable to download") && message.contains("HTTP error");
    let is_open = has_body && !message.contains("retrying ");
    let shape = if is_open { Shape::UntilRetry } else { Shape::OneLine };
    Some(Head::new(message, shape))
}

// trace: warning: The option `hardware.opengl.enable' defined in `…' has been renamed to `hardware.graphics.enable'.
fn trace(text: &str) -> Option<Head<'_>> {
    let rest = text.strip_prefix("trace: ")?;
    let warning =
        rest.strip_prefix("warning: ").or_else(|| rest.strip_prefix("evaluation warning: "));
    if let Some(message) = warning {
        return Some(Head::new(message, Shape::Loose));
    }
    if rest.starts_with("Obsolete option ") {
        return Some(Head::new(rest, Shape::Loose));
    }
    Some(Head::new(rest, Shape::Trace))
}

/// What sort of warning `message` is.
pub(crate) fn class(message: &str) -> WarningClass {
    const CLASSES: [(&str, WarningClass); 25] = [
        ("' has uncommitted changes", WarningClass::DirtyTree),
        ("' is dirty", WarningClass::DirtyTree),
        ("collision between ", WarningClass::Collision),
        ("unable to download '", WarningClass::Download),
        ("does not exist in binary cache", WarningClass::Download),
        ("disabling binary cache", WarningClass::Download),
        ("Internet access", WarningClass::Download),
        ("download buffer is full", WarningClass::Download),
        ("substituter", WarningClass::Substituter),
        ("substitute for '", WarningClass::Substituter),
        ("binary cache", WarningClass::Substituter),
        ("trusted-public-keys", WarningClass::Substituter),
        ("unknown setting '", WarningClass::Setting),
        ("unknown experimental feature '", WarningClass::Setting),
        ("ignoring untrusted flake configuration setting", WarningClass::Setting),
        ("ignoring the client-specified setting", WarningClass::Setting),
        ("Nix search path entry", WarningClass::Setting),
        ("has been renamed to", WarningClass::RenamedOption),
        ("Obsolete option", WarningClass::RenamedOption),
        ("renamed", WarningClass::RenamedOption),
        ("deprecated", WarningClass::Deprecated),
        ("obsolete", WarningClass::Deprecated),
        ("will be removed", WarningClass::Deprecated),
        ("end-of-life", WarningClass::Deprecated),
        ("should be used instead", WarningClass::Deprecated),
    ];
    let found = CLASSES.iter().find(|(words, _)| message.contains(words));
    found.map_or(WarningClass::Other, |(_, class)| *class)
}

/// Whether Nix itself prints such a warning while builds run; a compiler's `warning:` is build output.
pub(crate) fn is_nix_wording(message: &str) -> bool {
    !matches!(
        class(message),
        WarningClass::Other | WarningClass::Deprecated | WarningClass::RenamedOption
    ) || message.starts_with("could not ")
        || message.starts_with("'install' is a deprecated alias")
        || message.ends_with("' does not match any packages")
        || message.starts_with("Use 'nix profile list'")
        || message.starts_with("Found some packages but none of them")
        || message.ends_with("so it can't be checked for upgrades!")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, message: &str, shape: Shape, expected: WarningClass) {
        assert_eq!(parse(text), Some(Head { message, shape }));
        assert_eq!(class(message), expected, "{message}");
    }

    #[test]
    fn warnings_of_all_wordings_are_read() {
        check(
            "warning: Git tree '/etc/nixos' is dirty",
            "Git tree '/etc/nixos' is dirty",
            Shape::OneLine,
            WarningClass::DirtyTree,
        );
        check(
            "evaluation warning: `a` is deprecated, use `b` instead.",
            "`a` is deprecated, use `b` instead.",
            Shape::Indented,
            WarningClass::Deprecated,
        );
        check(
            "trace: warning: The option `a' has been renamed to `b'.",
            "The option `a' has been renamed to `b'.",
            Shape::Loose,
            WarningClass::RenamedOption,
        );
        check(
            "trace: Obsolete option `a' is used. It was renamed to `b'.",
            "Obsolete option `a' is used. It was renamed to `b'.",
            Shape::Loose,
            WarningClass::RenamedOption,
        );
    }

    #[test]
    fn an_error_within_a_warning_is_a_warning() {
        check(
            "warning: error: unable to download 'https://c/x': HTTP error 500; retrying in 276 ms",
            "unable to download 'https://c/x': HTTP error 500; retrying in 276 ms",
            Shape::OneLine,
            WarningClass::Download,
        );
    }

    #[test]
    fn a_compiler_does_not_warn_like_nix() {
        assert!(is_nix_wording("Git tree '/x' is dirty"));
        assert!(!is_nix_wording("unused variable: `x`"));
    }
}
