//! The address bar and the history of the tab.

use wasm_bindgen::JsValue;

/// An address of this site, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The path, relative to the base of the site: empty or like `report/`.
    pub path: String,
    /// The query without its `?`; may be empty.
    pub query: String,
    /// The fragment without its `#`; may be empty.
    pub fragment: String,
}

impl Address {
    /// Takes an absolute address apart; `None` if it lies outside of `base`.
    ///
    /// `base` ends in a slash, as in `https://example.org/rebuildscope/`.
    pub fn parse(href: &str, base: &str) -> Option<Self> {
        let rest = href.strip_prefix(base)?;
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let [path, query, fragment] = [path, query, fragment].map(str::to_owned);
        Some(Self { path, query, fragment })
    }

    /// The address in the address bar.
    pub fn read() -> Option<Self> {
        Self::of_link(&web_sys::window()?.location().href().ok()?)
    }

    /// Where an absolute address leads within this site; `None` for another site.
    pub fn of_link(href: &str) -> Option<Self> {
        Self::parse(href, &base())
    }
}

/// The address to which all others are relative; ends in a slash.
pub fn base() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default()
}

/// Puts a relative address into the bar, with an entry in the history of its own.
pub fn push(address: &str) {
    let url = base() + address;
    if let Some(history) = history() {
        // Fails only if a page pushes hundreds of entries in seconds; the view is right anyway.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// Puts a relative address into the bar in place of the one that is there.
pub fn replace(address: &str) {
    let url = base() + address;
    if let Some(history) = history() {
        // See `push`.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// Goes back, as the Back button does.
pub fn back() {
    if let Some(history) = history() {
        // See `push`.
        let _ = history.back();
    }
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(href: &str, expected: Option<[&str; 3]>) {
        let address = Address::parse(href, "https://a.org/sub/");
        let parts = address.map(|address| [address.path, address.query, address.fragment]);
        assert_eq!(parts, expected.map(|parts| parts.map(str::to_owned)));
    }

    #[test]
    fn address_below_the_base_is_taken_apart() {
        check("https://a.org/sub/", Some(["", "", ""]));
        check("https://a.org/sub/report/?v=1&q=a%3Fb#top", Some(["report/", "v=1&q=a%3Fb", "top"]));
        check("https://a.org/sub/#r1abc?x", Some(["", "", "r1abc?x"]));
    }

    #[test]
    fn other_sites_are_not_ours() {
        check("https://a.org/other/", None);
        check("https://b.org/sub/", None);
    }
}
