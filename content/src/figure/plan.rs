//! What was built and what was fetched, as parts of one bar.

use super::Facts;
use super::svg::{Ink, Svg, WIDTH};

/// A part that is there is never thinner.
const MIN_WIDTH: u32 = 4;

/// The figure; `None` where nothing was built or fetched.
pub(super) fn draw(facts: &Facts) -> Option<String> {
    let parts = [
        ("a", "configuration files built", facts.configuration),
        ("b", "software built", facts.software),
        ("c", "other builds, such as sources", facts.other),
        ("d", "fetched from a cache", facts.fetched),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(_, _, count)| *count > 0).collect();
    let total: u64 = parts.iter().map(|(_, _, count)| count).sum();
    let last = parts.len().checked_sub(1)?;
    let mut svg = Svg::default();
    let mut x = 0;
    let mut y = 50;
    for (index, (class, label, count)) in parts.iter().enumerate() {
        let share = u64::from(WIDTH) * count / total;
        let width = u32::try_from(share).unwrap_or(WIDTH).max(MIN_WIDTH);
        // The last part takes what rounding left.
        let width = if index == last { WIDTH.saturating_sub(x).max(MIN_WIDTH) } else { width };
        svg.bar(class, [x, 0, width, 26]);
        svg.bar(class, [0, y - 11, 12, 12]);
        svg.text(Ink::Plain, 20, y, label);
        svg.text_to(Ink::Plain, WIDTH, y, &count.to_string());
        x += width;
        y += 22;
    }
    let words = parts.iter().map(|(_, label, count)| format!("{label}: {count}"));
    let words = words.collect::<Vec<_>>().join("; ");
    Some(svg.finish(y - 14, &format!("What was built and what was fetched. {words}.")))
}
