//! The document: focus, scrolling, and what lies outside of the app's own element.

use std::panic::PanicHookInfo;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Event, FocusOptions, HtmlAnchorElement, HtmlDialogElement, HtmlInputElement,
    KeyboardEvent, MouseEvent,
};
pub use web_sys::{Element, HtmlElement};

/// Takes the text away that stood in for the app, and gives the element to put the app into.
pub fn take_main() -> Option<HtmlElement> {
    let main = find("main")?;
    main.set_text_content(None);
    // Fails for nothing that is an element.
    let _ = main.remove_attribute("aria-busy");
    Some(main)
}

/// The content of `<meta name="…">`.
pub fn meta(name: &str) -> Option<String> {
    let selector = format!("meta[name='{name}']");
    document()?.query_selector(&selector).ok()??.get_attribute("content")
}

/// Shows the sentence that stands in the page for the case that the program stops by a mistake
/// of its own, and leaves the details in the console.
pub fn show_stopped(panic: &PanicHookInfo<'_>) {
    web_sys::console::error_1(&JsValue::from_str(&panic.to_string()));
    if let Some(sentence) = find("stopped") {
        sentence.set_hidden(false);
    }
}

/// What a click on a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A part of this page, by its id.
    Part(String),
    /// An absolute address.
    Address(String),
}

/// Where a click leads in this tab; `None` if it opens elsewhere or there is no link.
pub fn destination(click: &MouseEvent) -> Option<Destination> {
    let is_plain = click.button() == 0
        && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key());
    if !is_plain || click.default_prevented() {
        return None;
    }
    let target = click.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    if !link.target().is_empty() || link.has_attribute("download") {
        return None;
    }
    // With a `<base>`, the browser would look for the part on the start page.
    let written = link.get_attribute("href").unwrap_or_default();
    match written.strip_prefix('#') {
        Some(id) => Some(Destination::Part(id.to_owned())),
        None => Some(Destination::Address(link.href())),
    }
}

/// Whether something happens in a field of one line, which is for names and not for logs.
pub fn is_in_search_field(event: &Event) -> bool {
    event.target().is_some_and(|target| target.has_type::<HtmlInputElement>())
}

/// Whether the person has selected text, as by the mouse.
pub fn has_selection() -> bool {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// The id of the nearest element around an event that `selector` finds.
pub fn closest_id(event: &Event, selector: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    Some(target.closest(selector).ok()??.id())
}

/// Marks the entry of the site's navigation that leads to this path.
pub fn mark_current(path: &str) {
    let Some(links) = document().and_then(|it| it.query_selector_all("nav.top__nav a").ok()) else {
        return;
    };
    for link in (0..links.length()).filter_map(|index| links.item(index)) {
        let Ok(link) = link.dyn_into::<Element>() else { continue };
        let to = link.get_attribute("href").unwrap_or_default();
        // Fails for no attribute of that name.
        let _ = if to.trim_start_matches("./") == path {
            link.set_attribute("aria-current", "page")
        } else {
            link.remove_attribute("aria-current")
        };
    }
}

/// Says in the title what the page shows.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Shows another picture beside the title, by its path below the base of the site.
pub fn set_icon(path: &str) {
    if let Some(link) = query_any("link[rel='icon']") {
        // Fails for no attribute of that name.
        let _ = link.set_attribute("href", path);
    }
}

/// Opens all that opens on demand, and gives what was closed.
pub fn open_folds() -> Vec<Element> {
    let closed = elements("main details:not([open], [data-left-folded])");
    for fold in &closed {
        // See `set_icon`.
        let _ = fold.set_attribute("open", "");
    }
    closed
}

/// Closes what [`open_folds`] opened.
pub fn close_folds(opened: &[Element]) {
    for fold in opened {
        // See `set_icon`.
        let _ = fold.remove_attribute("open");
    }
}

/// What `data-…` says on the root element; scripts of all pages keep their choices there.
pub fn root_data(name: &str) -> Option<String> {
    document()?.document_element()?.get_attribute(&["data-", name].concat())
}

/// Whether there is room for notes beside the report.
pub fn is_wide() -> bool {
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width| width >= WIDE_PX)
}

/// The width at which notes go beside the report; the same as in the styles, 75rem.
const WIDE_PX: f64 = 1200.0;

/// The key, if it is pressed alone and where nobody types; letters come as typed.
pub fn shortcut(event: &KeyboardEvent) -> Option<String> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_typed = target.is_some_and(|it| it.closest(TAKES_KEYS).ok().flatten().is_some());
    (!is_typed || event.key() == "Escape").then(|| event.key())
}

/// Where letters mean something already.
const TAKES_KEYS: &str = "input, textarea, select, dialog";

/// Brings the element with this id into view and gives it the focus.
pub fn skip_to(id: &str) {
    if let Some(element) = find(id) {
        element.scroll_into_view();
        focus(&element);
    }
}

/// Brings the element with this id into view and gives the focus to its heading, or to the
/// element itself if it has none. Does nothing if there is no such element.
pub fn go_to(id: &str) {
    go_to_part(id, "h1, h2, h3");
}

/// Brings the element with this id into view and gives the focus to the first part of it that
/// `selector` finds, or to the element itself. In a window with no room for both, the part is what
/// is in view. Does nothing if there is no such element.
pub fn go_to_part(id: &str, selector: &str) {
    let Some(element) = find(id) else { return };
    element.scroll_into_view();
    let part = element.query_selector(selector).ok().flatten();
    let part = part.and_then(|part| part.dyn_into::<HtmlElement>().ok());
    if let Some(part) = &part {
        scroll_to_show(part);
    }
    focus(&part.unwrap_or(element));
}

/// Scrolls as little as is needed to have what `selector` finds in the window.
pub fn bring_into_view(selector: &str) {
    if let Some(element) = query(selector) {
        scroll_to_show(&element);
    }
}

/// Scrolls as little as is needed to have an element in the window.
fn scroll_to_show(element: &Element) {
    let Some(window) = web_sys::window() else { return };
    let shown = element.get_bounding_client_rect();
    let height = window.inner_height().ok().and_then(|height| height.as_f64());
    if shown.top() < 0.0 || height.is_some_and(|height| shown.bottom() > height) {
        element.scroll_into_view_with_bool(shown.top() < 0.0);
    }
}

/// Gives the focus to the first element that `selector` finds; says whether there is one.
pub fn focus_first(selector: &str) -> bool {
    let Some(element) = query(selector) else { return false };
    focus(&element);
    true
}

/// What the element that was clicked on, or the nearest around it that has the attribute, says in
/// it.
pub fn clicked(click: &MouseEvent, attribute: &str) -> Option<String> {
    let target = click.target()?.dyn_into::<Element>().ok()?;
    target.closest(&["[", attribute, "]"].concat()).ok()??.get_attribute(attribute)
}

/// Gives the focus to the first element that has this value in the attribute, if there is one.
pub fn focus_marked(attribute: &str, value: &str) {
    let elements = elements(&["[", attribute, "]"].concat());
    let has_value = |element: &Element| element.get_attribute(attribute).as_deref() == Some(value);
    if let Some(Ok(element)) = elements.into_iter().find(has_value).map(Element::dyn_into) {
        focus(&element);
    }
}

/// What has the focus, if it is more than the page itself.
pub fn focused() -> Option<HtmlElement> {
    let element = document()?.active_element()?.dyn_into::<HtmlElement>().ok()?;
    (element.tag_name() != "BODY").then_some(element)
}

/// Gives the focus to an element without scrolling; a heading becomes able to take it.
pub fn focus(element: &HtmlElement) {
    if element.tab_index() < 0 && !element.has_attribute("tabindex") {
        element.set_tab_index(-1);
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails for nothing that is in the document.
    let _ = element.focus_with_options(&options);
}

/// Opens a dialog over the page; says whether there is one.
pub fn open(dialog: Option<&HtmlDialogElement>) -> bool {
    // Fails for a dialog that is open already.
    dialog.is_some_and(|dialog| dialog.show_modal().is_ok())
}

/// The next section after the topmost that is in view, or the one before it.
pub fn neighbour_section(direction: Direction) -> Option<String> {
    let sections = elements("main section[id]").into_iter();
    let tops: Vec<(String, f64)> =
        sections.map(|section| (section.id(), section.get_bounding_client_rect().top())).collect();
    let found = match direction {
        Direction::Next => tops.iter().find(|(_, top)| *top > REACHED_PX),
        Direction::Previous => tops.iter().rev().find(|(_, top)| *top < -REACHED_PX),
    };
    found.map(|(id, _)| id.clone())
}

/// Which way to go through the sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Down the page.
    Next,
    /// Up the page.
    Previous,
}

/// A section this close below the upper edge of the window counts as reached; the edge itself
/// may be covered by the list of sections.
const REACHED_PX: f64 = 96.0;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// All elements that `selector` finds, in the order of the page.
fn elements(selector: &str) -> Vec<Element> {
    let found = document().and_then(|document| document.query_selector_all(selector).ok());
    let Some(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn find(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

fn query(selector: &str) -> Option<HtmlElement> {
    query_any(selector)?.dyn_into().ok()
}

fn query_any(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}
