//! Mouse, fingers and wheel over an element, as shares of its width.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, MouseEvent, PointerEvent, WheelEvent};

/// Where in the element that listens something happens, as a share of its width.
pub fn share_across(event: &MouseEvent) -> Option<f64> {
    let rect = listener(event)?.get_bounding_client_rect();
    has_width(&rect).then(|| (f64::from(event.client_x()) - rect.left()) / rect.width())
}

/// How wide the element that listens is, in CSS pixels; `None` for one that is not laid out.
pub fn width(event: &MouseEvent) -> Option<f64> {
    let rect = listener(event)?.get_bounding_client_rect();
    has_width(&rect).then(|| rect.width())
}

/// Lets all that this finger or mouse does until it is lifted come to the element that listens,
/// wherever it does it.
pub fn capture(event: &PointerEvent) {
    if let Some(element) = listener(event) {
        // Fails for a pointer that was lifted meanwhile.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// What turning a wheel asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Turn {
    /// So many times as much is to be seen; below one to come closer.
    Zoom(f64),
    /// Move by this share of the width.
    Move(f64),
}

/// What turning the wheel asks of a chart; `None` for scrolling the page.
pub fn turn(event: &WheelEvent) -> Option<Turn> {
    /// Touch pads send many small steps, wheels few large ones.
    const STEP: f64 = 120.0;
    let (x, y) = (event.delta_x() * unit(event), event.delta_y() * unit(event));
    if event.ctrl_key() || event.meta_key() {
        return Some(Turn::Zoom((y / STEP).clamp(-2.0, 2.0) / 2.0 + 1.0).flattened());
    }
    let sideways = if event.shift_key() && x == 0.0 { y } else { x };
    (sideways.abs() > y.abs() || event.shift_key())
        .then(|| width(event).map(|width| Turn::Move(sideways / width)))?
}

impl Turn {
    /// A factor that undoes the one of the same turn the other way.
    fn flattened(self) -> Self {
        match self {
            // From 0 to 2, around 1: one half and twice at the ends.
            Self::Zoom(turned) if turned < 1.0 => Self::Zoom(1.0 / (2.0 - turned)),
            other => other,
        }
    }
}

/// CSS pixels per unit of a wheel: some browsers count in lines.
fn unit(event: &WheelEvent) -> f64 {
    const LINE: f64 = 40.0;
    if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { LINE }
}

fn listener(event: &MouseEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

fn has_width(rect: &DomRect) -> bool {
    rect.width() > 0.0
}
