//! Signs that stand beside a word, never in its place.

use super::markup::{Markup, element, svg_element};

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A tick in a circle: it went well.
    Good,
    /// A cross in an octagon: it failed.
    Failed,
    /// An exclamation mark in a triangle: look at this.
    Warning,
    /// A circle that is closed by an arrow: it starts again.
    Turn,
    /// A dash in a circle: nothing.
    Nothing,
    /// Hands of a clock: it began, and its end is not known.
    Begun,
    /// Two sheets.
    Copy,
    /// A magnifying glass.
    Search,
    /// A drawing pin.
    Pin,
}

impl Icon {
    /// Its strokes, on a grid of 24 by 24.
    fn strokes(self) -> &'static str {
        match self {
            Self::Good => "M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0M7.5 12.4l3 3 6-6.6",
            Self::Failed => {
                "M8 2.5h8l5.5 5.5v8L16 21.5H8L2.5 16V8zM8.8 8.8l6.4 6.4M15.2 8.8l-6.4 6.4"
            }
            Self::Warning => "M12 3L2.2 20.5h19.6zM12 9.5v5M12 17.4v.2",
            Self::Turn => "M20.5 12a8.5 8.5 0 1 1-2.6-6.1M20.8 2.5v4.6h-4.6",
            Self::Nothing => "M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0M8 12h8",
            Self::Begun => "M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0M12 6.5V12l3.8 2.4",
            Self::Copy => "M8.5 8.5H20.5V21H8.5zM15.5 8.5V3H3.5v12.5h5",
            Self::Pin => "M9 3h6l-.8 7 3.8 3.5v1.5H6v-1.5L9.8 10zM12 15v6.5",
            Self::Search => "M3.5 10.5a7 7 0 1 0 14 0a7 7 0 1 0-14 0M15.7 15.7l5.8 5.8",
        }
    }
}

/// Draws a sign. It is decoration: the word beside it says the same.
pub fn icon(icon: Icon) -> Markup {
    svg_element("svg", "icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(svg_element("path", "").attr("d", icon.strokes()))
}

/// Draws a sign in the colour of a class, such as `danger`.
pub fn icon_in(class: &'static str, sign: Icon) -> Markup {
    element("span", class).child(icon(sign))
}
