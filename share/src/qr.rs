//! The QR code of a link, as an SVG file.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// The empty edge that a camera needs around the code, in modules, as ISO/IEC 18004 asks.
const QUIET_ZONE: i32 = 4;

/// Pixels of one module where the file is opened by itself.
const MODULE_PX: i32 = 4;

/// The SVG file of a QR code with this text; `None` if the text is longer than 2,953 bytes.
///
/// The code is dark on white whatever is around it, and has the highest level of error
/// correction that takes no more room.
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size() + 2 * QUIET_ZONE;
    let px = size * MODULE_PX;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{px}\" height=\"{px}\" \
         viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\""
    );
    for y in 0..code.size() {
        row(&code, y, &mut svg);
    }
    svg.push_str("\"/></svg>\n");
    Some(svg)
}

/// Draws the dark modules of a row, those beside each other at once.
fn row(code: &QrCode, y: i32, svg: &mut String) {
    let mut x = 0;
    while x < code.size() {
        let len = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
        let len = i32::try_from(len).unwrap_or_default();
        if len > 0 {
            // Writing to a string does not fail.
            let _ = write!(svg, "M{} {}h{len}v1h-{len}z", x + QUIET_ZONE, y + QUIET_ZONE);
        }
        x += len.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that the file draws, as it would look: `#` is dark.
    fn drawn(svg: &str) -> Vec<String> {
        let size: usize =
            svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let mut rows = vec![vec!['.'; size]; size];
        let path = svg.rsplit("d=\"").next().unwrap().split('"').next().unwrap();
        for run in path.split('z').filter(|run| !run.is_empty()) {
            let numbers: Vec<usize> =
                run.split(['M', ' ', 'h', 'v', '-']).filter_map(|it| it.parse().ok()).collect();
            let [x, y, len, ..] = numbers[..] else { panic!("{run}") };
            rows[y][x..x + len].fill('#');
        }
        rows.into_iter().map(String::from_iter).collect()
    }

    #[test]
    fn every_module_is_drawn_within_its_quiet_zone() {
        let text = "https://site.test/#r1abc";
        let code = QrCode::encode_text(text, QrCodeEcc::Low).unwrap();
        let rows = drawn(&svg(text).unwrap());
        assert_eq!(rows.len(), usize::try_from(code.size() + 8).unwrap());
        for (y, row) in (-4..).zip(&rows) {
            let expected =
                (-4..code.size() + 4).map(|x| if code.get_module(x, y) { '#' } else { '.' });
            assert_eq!(*row, expected.collect::<String>());
        }
    }

    #[test]
    fn as_much_fits_as_the_standard_says() {
        assert!(svg(&"a".repeat(2953)).is_some());
        assert_eq!(svg(&"a".repeat(2954)), None);
    }
}
