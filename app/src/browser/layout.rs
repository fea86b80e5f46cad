//! Boxes that scroll: how high things are, where they are put, and what moves them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, WheelEvent};

/// How high each child of an element is, in pixels.
pub fn heights_of_children(element: &HtmlElement) -> Vec<f64> {
    let children = element.children();
    let child = |index| children.item(index)?.dyn_into::<HtmlElement>().ok();
    (0..children.length()).filter_map(child).map(|it| f64::from(it.offset_height())).collect()
}

/// Draws an element so many pixels below where it stands.
pub fn shift_down(element: &HtmlElement, px: f64) {
    let text = ["translateY(", &whole(px).to_string(), "px)"].concat();
    // Fails for no property of this name.
    let _ = element.style().set_property("transform", &text);
}

/// Puts the scroll bar of an element somewhere, if it is not there.
pub fn scroll_to(element: &Element, px: f64) {
    let px = whole(px);
    if element.scroll_top() != px {
        element.set_scroll_top(px);
    }
}

/// What a key asks of a box that scrolls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScrollKey {
    /// To the start.
    Start,
    /// To the end.
    End,
    /// So many lines down, or up.
    Lines(f64),
    /// So many pages down, or up.
    Pages(f64),
}

/// What a key asks of the box that has the focus.
pub fn scroll_key(event: &KeyboardEvent) -> Option<ScrollKey> {
    let key = event.key();
    let is_back = event.shift_key() && key == " ";
    let is_other = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    if is_other && !is_back {
        return None;
    }
    Some(match key.as_str() {
        "Home" => ScrollKey::Start,
        "End" => ScrollKey::End,
        "ArrowDown" => ScrollKey::Lines(1.0),
        "ArrowUp" => ScrollKey::Lines(-1.0),
        "PageDown" => ScrollKey::Pages(1.0),
        "PageUp" => ScrollKey::Pages(-1.0),
        " " if is_on(event, "button") => return None,
        " " => ScrollKey::Pages(if is_back { -1.0 } else { 1.0 }),
        _ => return None,
    })
}

/// What a key asks of text of which only a part is in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKey {
    /// To choose all of it.
    ChooseAll,
    /// To copy what was chosen.
    Copy,
}

/// What a key asks of the text in the box, found by `selector`, that has the focus.
pub fn text_key(event: &KeyboardEvent, selector: &str) -> Option<TextKey> {
    let is_command = event.ctrl_key() || event.meta_key();
    if !is_command || event.alt_key() || event.shift_key() || !is_on(event, selector) {
        return None;
    }
    match event.key().as_str() {
        "a" | "A" => Some(TextKey::ChooseAll),
        "c" | "C" => Some(TextKey::Copy),
        _ => None,
    }
}

/// Whether what has the focus is, or is in, what `selector` finds.
fn is_on(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.closest(selector).ok().flatten().is_some())
}

/// How far down the box around it that `selector` finds the thing is that was clicked on, as a share
/// of the height of the box.
pub fn share_above(click: &MouseEvent, selector: &str) -> Option<f64> {
    let thing = click.target()?.dyn_into::<Element>().ok()?;
    let frame = thing.closest(selector).ok()??.get_bounding_client_rect();
    let share = (thing.get_bounding_client_rect().top() - frame.top()) / frame.height();
    Some(share.clamp(0.0, 1.0))
}

/// How far down a wheel asks to go; `None` if it asks for something else.
pub fn wheel_px(event: &WheelEvent, line_px: f64, page_px: f64) -> Option<f64> {
    let is_sideways = event.delta_x().abs() > event.delta_y().abs();
    if event.ctrl_key() || event.shift_key() || is_sideways {
        return None;
    }
    let unit_px = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => line_px,
        WheelEvent::DOM_DELTA_PAGE => page_px,
        _ => 1.0,
    };
    Some(event.delta_y() * unit_px)
}

/// Whole pixels: the code that prints fractions is larger than what needs them.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
fn whole(px: f64) -> i32 {
    px.round() as i32
}
