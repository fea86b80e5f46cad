//! The same for a log without a clock: what happened in which part of the log.

use super::super::panel::ShownRun;
use super::drawing;
use super::timeline::{base_line, grid_line, part_name, rect, title};
use crate::chart::{self, Histogram};
use crate::component::markup::{Child, element};
use crate::format;
use crate::summary::time;

/// Height of the bars of a part, in CSS pixels.
const BARS: usize = 42;

/// Upper edge of the first part, in CSS pixels.
const FIRST: usize = 50;

/// From one part to the next, in CSS pixels.
const PART: usize = 76;

/// What happened in which part of the log; nothing where nothing was copied, built or failed.
pub(super) fn chart(run: &ShownRun) -> Child {
    let (Some(first), Some(last)) = (run.lines.first(), run.lines.last()) else {
        return Child::nothing();
    };
    let parts: Vec<_> = time::order_parts(run)
        .into_iter()
        .map(|part| (part.name, part.class, Histogram::new([first, last], part.lines.into_iter())))
        .filter(|(_, _, histogram)| histogram.most() > 0)
        .collect();
    if parts.is_empty() {
        return Child::nothing();
    }
    let height = FIRST + PART * (parts.len() - 1) + BARS + 2;
    let ticks = chart::line_ticks(first, last);
    let bars =
        |(index, (name, class, histogram))| bars(FIRST + PART * index, name, class, histogram);
    let drawing = drawing(height, time::order_spoken(run, [first, last]))
        .children(ticks.iter().map(|tick| grid_line(tick, height)))
        .children(parts.iter().map(|(name, class, of)| (*name, *class, of)).enumerate().map(bars));
    let caption = element("span", "").child(element("strong", "").text("Order only. ")).text(
        "This log has no clock: left to right is the order of its lines, and width says nothing \
         about time.",
    );
    element("figure", "chart")
        .child(drawing)
        .child(element("figcaption", "chart__legend").child(caption))
        .into()
}

fn bars(y: usize, name: &'static str, class: &'static str, histogram: &Histogram) -> Child {
    let most = histogram.most();
    let bar = |(index, &count): (usize, &usize)| {
        let height = (BARS * count).div_ceil(most);
        let (x, width) = histogram.part(index);
        rect(class, x, width, y + BARS - height, height).child(title(format::count(count as u64)))
    };
    let counts = histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let bars: Child = counts.map(bar).collect();
    (part_name(y - 8, name), bars, base_line(y + BARS)).into()
}
