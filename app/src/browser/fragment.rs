//! Puts an article of this site into the page and fills the reader's own numbers into it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A place for a number of the reader's own, with the words for none, one and many of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the value.
    pub value: String,
    /// The words for none; empty where there are none, as for the others.
    pub zero: String,
    /// The words for one.
    pub one: String,
    /// The words for more; `#` stands for the number.
    pub many: String,
}

/// What becomes of the parts of an article.
pub struct Filling<'a> {
    /// The text for a place; `None` leaves what stands there.
    pub text: &'a dyn Fn(&Place) -> Option<String>,
    /// Whether a condition applies.
    pub applies: &'a dyn Fn(&str) -> bool,
    /// The address of an article, given as `slug` or `slug#heading`.
    pub link: &'a dyn Fn(&str) -> String,
}

/// Shows the HTML of an article in `root`.
///
/// The HTML must come from the files of this site and never hold text of a log: what is filled
/// in goes in as text.
pub fn show(root: &HtmlElement, html: &str, filling: &Filling<'_>) {
    root.set_inner_html(html);
    for element in all(root, "[data-value]") {
        if let Some(text) = (filling.text)(&place(&element)) {
            element.set_text_content(Some(&text));
        }
    }
    for element in all(root, "[data-when]") {
        let applies = (filling.applies)(&attribute(&element, "data-when"));
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            element.set_hidden(!applies);
        }
    }
    for element in all(root, "[data-article]") {
        set(&element, "href", &(filling.link)(&attribute(&element, "data-article")));
    }
    // The heading of the report is the first one of the page.
    for element in all(root, "h1") {
        set(&element, "aria-level", "2");
    }
}

/// The names of the figures in `root`, in order.
pub fn figures(root: &HtmlElement) -> Vec<String> {
    all(root, FIGURES).map(|figure| attribute(&figure, "data-figure")).collect()
}

/// Puts drawings in the place of those of the sample; where there is none, the sample's stays.
///
/// A drawing is made of text of a log, and holds it escaped.
pub fn draw(root: &HtmlElement, drawings: Vec<Option<String>>) {
    for (figure, drawing) in all(root, FIGURES).zip(drawings) {
        let Some(drawing) = drawing else { continue };
        for (part, html) in [(".figure__drawing", &*drawing), (".figure__whose", OWN)] {
            if let Ok(Some(element)) = figure.query_selector(part) {
                element.set_inner_html(html);
            }
        }
    }
}

const FIGURES: &str = "[data-figure]";
const OWN: &str = "Drawn from your report.";

/// Scrolls to a heading within `root`, or to its start, and gives it the focus.
pub fn go_to(root: &HtmlElement, heading: Option<&str>) {
    let heading = heading.and_then(|id| all(root, "[id]").find(|element| element.id() == id));
    let target = heading.or_else(|| all(root, "h1").next());
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        target.scroll_into_view();
        super::document::focus(&target);
    }
}

fn place(element: &Element) -> Place {
    Place {
        value: attribute(element, "data-value"),
        zero: attribute(element, "data-zero"),
        one: attribute(element, "data-one"),
        many: attribute(element, "data-many"),
    }
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn set(element: &Element, name: &str, value: &str) {
    // Fails only for names that are no names.
    let _ = element.set_attribute(name, value);
}

fn all(root: &HtmlElement, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let list = root.query_selector_all(selector).ok();
    let len = list.as_ref().map_or(0, web_sys::NodeList::length);
    (0..len).filter_map(move |index| list.as_ref()?.item(index)?.dyn_into().ok())
}
