//! Writes SVG that takes its colours from the style sheet of the page.

use std::fmt::Write as _;

/// Units across. A unit is about a pixel on a phone.
pub(super) const WIDTH: u32 = 360;

/// A drawing.
#[derive(Debug, Default)]
pub(super) struct Svg {
    inner: String,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ink {
    /// As the text around the figure.
    Plain,
    /// Less than that.
    Soft,
    /// A path, quoted.
    Code,
}

impl Svg {
    /// A filled bar; `class` names its colour.
    pub(super) fn bar(&mut self, class: &str, [x, y, width, height]: [u32; 4]) {
        let _ = write!(
            self.inner,
            "<rect class=\"figure__{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" \
             height=\"{height}\"/>"
        );
    }

    /// A line of text that begins at `x`, on the base line `y`.
    pub(super) fn text(&mut self, ink: Ink, x: u32, y: u32, text: &str) {
        self.anchored(ink, x, y, "start", text);
    }

    /// A line of text that ends at `x`.
    pub(super) fn text_to(&mut self, ink: Ink, x: u32, y: u32, text: &str) {
        self.anchored(ink, x, y, "end", text);
    }

    fn anchored(&mut self, ink: Ink, x: u32, y: u32, anchor: &str, text: &str) {
        let class = match ink {
            Ink::Plain => "text",
            Ink::Soft => "soft",
            Ink::Code => "code",
        };
        let text = escape(text);
        let _ = write!(
            self.inner,
            "<text class=\"figure__{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}\
             </text>"
        );
    }

    /// An arrow downwards.
    pub(super) fn arrow(&mut self, x: u32, from: u32, to: u32) {
        let (left, right, neck) = (x - 4, x + 4, to - 6);
        let _ = write!(
            self.inner,
            "<path class=\"figure__arrow\" d=\"M{x} {from}V{to}M{left} {neck}L{x} {to}L{right} \
             {neck}\"/>"
        );
    }

    /// The whole drawing, with what it says in words.
    pub(super) fn finish(self, height: u32, words: &str) -> String {
        format!(
            "<svg class=\"figure__svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
             aria-label=\"{}\">{}</svg>",
            escape(words),
            self.inner
        )
    }
}

/// The text as it stands in elements and attributes: it may come from a log.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text, or its start if it has more characters than that.
pub(super) fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let start: String = text.chars().take(max.saturating_sub(1)).collect();
    start + "…"
}
