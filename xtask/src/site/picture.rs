//! Draws pictures: those that stand beside a link to a page, and the icons of the site.

use std::fmt::Write as _;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use super::head::escape;
use crate::failure::{Failure, Result, While};

/// Width of a preview in pixels, as previews of links are shown.
pub(super) const WIDTH: u32 = 1200;

/// Height of a preview in pixels.
pub(super) const HEIGHT: u32 = 630;

/// The mark of the site, on a grid of 24.
const MARK: &str = "M2 4h11v4H2zM7 10h15v4H7zM15 16h7v4h-7z";

/// About how many letters of the title fit into a line.
const TITLE_LETTERS: usize = 28;

/// About how many letters of the sentence below it fit into a line.
const SENTENCE_LETTERS: usize = 62;

/// Draws with the fonts of this program, and so alike on every machine.
pub(super) struct Painter(Options<'static>);

impl Painter {
    /// Reads the fonts.
    pub(super) fn new() -> Self {
        let mut fonts = Database::new();
        fonts.load_font_data(include_bytes!("../../fonts/inter-regular.ttf").to_vec());
        fonts.load_font_data(include_bytes!("../../fonts/inter-semibold.ttf").to_vec());
        Self(Options { fontdb: Arc::new(fonts), ..Options::default() })
    }

    /// The picture of a page, as PNG.
    ///
    /// # Errors
    ///
    /// It cannot be drawn.
    pub(super) fn preview(&self, title: &str, description: &str) -> Result<Vec<u8>> {
        self.draw(&preview(title, description), WIDTH, HEIGHT)
    }

    /// The site's icon as a square of so many pixels.
    ///
    /// # Errors
    ///
    /// It cannot be drawn.
    pub(super) fn icon(&self, pixels: u32, shape: Shape) -> Result<Vec<u8>> {
        // A mask cuts away a fifth at most, so the mark stays within the rest.
        let (radius, inset) = match shape {
            Shape::Rounded => (4.5, 3.0),
            Shape::Full => (0.0, 5.0),
        };
        let scale = (24.0 - 2.0 * inset) / 24.0;
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\
             <rect width=\"24\" height=\"24\" rx=\"{radius}\" fill=\"#1f4ba5\"/>\
             <path transform=\"translate({inset} {inset}) scale({scale})\" fill=\"#fff\" d=\"{MARK}\"/>\
             </svg>"
        );
        self.draw(&svg, pixels, pixels)
    }

    fn draw(&self, svg: &str, width: u32, height: u32) -> Result<Vec<u8>> {
        let doing = || "drawing a picture".to_owned();
        let tree = Tree::from_str(svg, &self.0).while_doing(doing)?;
        let mut pixels = Pixmap::new(width, height)
            .ok_or_else(|| Failure::new("a picture without pixels cannot be drawn"))?;
        #[expect(clippy::cast_possible_truncation, reason = "sizes of pictures are small")]
        let scale = (f64::from(width) / f64::from(tree.size().width())) as f32;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        pixels.encode_png().while_doing(doing)
    }
}

/// What surrounds an icon's mark.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// A square with round corners, to be shown as it is.
    Rounded,
    /// The whole square, out of which a system cuts the shape that it likes.
    Full,
}

fn preview(title: &str, description: &str) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"Inter\"><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fcfcfb\"/>\
         <rect width=\"16\" height=\"{HEIGHT}\" fill=\"#1f4ba5\"/>\
         <path transform=\"translate(84 70) scale(2.4)\" fill=\"#1f4ba5\" d=\"{MARK}\"/>\
         <text x=\"160\" y=\"114\" font-size=\"40\" font-weight=\"600\" fill=\"#191c20\">\
         Rebuildscope</text>"
    );
    let mut baseline = 270;
    for line in wrapped(title, TITLE_LETTERS, 3) {
        let line = escape(&line);
        let _ = write!(
            svg,
            "<text x=\"88\" y=\"{baseline}\" font-size=\"72\" font-weight=\"600\" \
             letter-spacing=\"-1.4\" fill=\"#191c20\">{line}</text>"
        );
        baseline += 86;
    }
    baseline += 4;
    for line in wrapped(description, SENTENCE_LETTERS, 3) {
        let line = escape(&line);
        let _ = write!(
            svg,
            "<text x=\"88\" y=\"{baseline}\" font-size=\"33\" fill=\"#4d535b\">{line}</text>"
        );
        baseline += 46;
    }
    svg + "</svg>"
}

/// The words in lines of about so many letters; what is over ends in `…`.
fn wrapped(text: &str, letters: usize, max_lines: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let is_full = lines[last].chars().count() + 1 + word.chars().count() > letters;
        if lines[last].is_empty() {
            lines[last].push_str(word);
        } else if !is_full {
            lines[last] = format!("{} {word}", lines[last]);
        } else if lines.len() < max_lines {
            lines.push(word.to_owned());
        } else {
            lines[last].push_str(" …");
            break;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_the_same_each_time_and_differs_by_its_words() {
        let painter = Painter::new();
        let picture = painter.preview("The Nix store", "One sentence.").unwrap();
        assert_eq!(picture, Painter::new().preview("The Nix store", "One sentence.").unwrap());
        assert_ne!(picture, painter.preview("Binary caches", "One sentence.").unwrap());
        assert!(picture.starts_with(b"\x89PNG"));
        // Width and height stand behind the first header.
        assert_eq!(picture[16..24], [0, 0, 4, 0xb0, 0, 0, 2, 0x76]);
    }

    #[test]
    fn icons_have_the_size_that_is_asked_for() {
        let icon = Painter::new().icon(192, Shape::Full).unwrap();
        assert_eq!(icon[16..24], [0, 0, 0, 192, 0, 0, 0, 192]);
    }

    #[test]
    fn words_stay_whole_and_what_is_over_is_marked() {
        assert_eq!(wrapped("one two three", 7, 2), ["one two", "three"]);
        assert_eq!(wrapped("one two three four", 7, 1), ["one two …"]);
        assert_eq!(wrapped("incomprehensibilities", 7, 2), ["incomprehensibilities"]);
    }
}
