//! Where the site is to be hosted, as far as the build knows it.

use crate::failure::{Failure, Result};

/// Every link is relative to the root of the site, to which each page has a `<base>` of its own:
/// so the same files work below any path. Only what must be absolute needs the address.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// `https://example.org/scope/`
    address: Option<String>,
}

impl Place {
    /// Takes the address that a person gave; an empty one is none.
    ///
    /// # Errors
    ///
    /// It is not that of a folder on a host.
    pub(crate) fn of(address: &str) -> Result<Self> {
        if address.is_empty() {
            return Ok(Self::default());
        }
        let rest = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme));
        let is_folder = rest.is_some_and(|rest| rest.ends_with('/') && !rest.starts_with('/'));
        if is_folder && !address.contains(['?', '#', '"', '<', ' ']) {
            return Ok(Self { address: Some(address.to_owned()) });
        }
        let expected = "an address such as `https://example.org/scope/`, with `/` at its end";
        Err(Failure::new(format!("expected {expected}, but found `{address}`")))
    }

    /// The absolute address of a path of the site.
    pub(crate) fn absolute(&self, path: &str) -> Option<String> {
        self.address.as_ref().map(|address| format!("{address}{path}"))
    }

    /// The path of the site on its host: `/scope/`.
    pub(crate) fn path(&self) -> Option<&str> {
        let (_, rest) = self.address.as_ref()?.split_once("://")?;
        rest.find('/').map(|slash| &rest[slash..])
    }
}

/// Leads from a page to the root of the site: `../../` from `learn/nix-store/`.
pub(super) fn to_root(path: &str) -> String {
    match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_that_of_a_folder() {
        let place = Place::of("https://example.org/scope/").unwrap();
        let expected = Some("https://example.org/scope/learn/".to_owned());
        assert_eq!((place.absolute("learn/"), place.path()), (expected, Some("/scope/")));
        assert_eq!(Place::of("http://a.org/").unwrap().path(), Some("/"));
        for bad in ["/scope/", "example.org/", "https://a.org", "https:///", "https://a.org/?x/"] {
            assert!(Place::of(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn without_an_address_nothing_is_absolute() {
        let place = Place::of("").unwrap();
        assert_eq!((place.absolute("learn/"), place.path()), (None, None));
    }

    #[test]
    fn each_page_knows_the_way_to_the_root() {
        for (path, expected) in [("", "./"), ("about/", "../"), ("learn/nix-store/", "../../")] {
            assert_eq!(to_root(path), expected);
        }
    }
}
