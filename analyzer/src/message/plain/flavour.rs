//! Which Nix prints a line: Nix itself, Lix or Determinate Nix.

use crate::report::NixFlavour;

/// What `nix --version` says.
// nix (Nix) 2.18.1
// nix (Lix, like Nix) 2.93.0
// nix (Determinate Nix 3.6.5) 2.29.0
pub(super) fn of_version(text: &str) -> Option<NixFlavour> {
    let (program, rest) = text.split_once(" (")?;
    if !matches!(program, "nix" | "nix-build" | "nix-env" | "nix-store" | "nix-instantiate") {
        return None;
    }
    let (flavour, version) = rest.split_once(") ")?;
    let flavour = match flavour {
        "Nix" => NixFlavour::Nix,
        "Lix, like Nix" => NixFlavour::Lix,
        _ if flavour.starts_with("Determinate Nix") => NixFlavour::Determinate,
        _ => return None,
    };
    version.starts_with(|c: char| c.is_ascii_digit()).then_some(flavour)
}

/// Who warns in this wording, if only one does.
// Git tree '/etc/nixos' has uncommitted changes
pub(crate) fn of_warning(message: &str) -> Option<NixFlavour> {
    message.ends_with("' has uncommitted changes").then_some(NixFlavour::Determinate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_names_the_flavour() {
        for (text, expected) in [
            ("nix (Nix) 2.18.1", Some(NixFlavour::Nix)),
            ("nix-env (Nix) 2.3.7", Some(NixFlavour::Nix)),
            ("nix (Lix, like Nix) 2.93.0", Some(NixFlavour::Lix)),
            ("nix (Determinate Nix 3.6.5) 2.29.0", Some(NixFlavour::Determinate)),
            ("nix (Nix) is a package manager", None),
            ("hello (Nix) 2.12", None),
        ] {
            assert_eq!(of_version(text), expected, "{text}");
        }
    }
}
