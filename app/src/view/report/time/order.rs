//! The same for a log without a clock: what happened in which part of the log.

use leptos::prelude::*;

use super::super::panel::ShownRun;
use super::timeline::{base_line, grid_line, part_name, rect};
use crate::chart::{self, Histogram};
use crate::format;
use crate::summary::time;

/// Height of the bars of a part, in CSS pixels.
const BARS: usize = 42;

/// Upper edge of the first part, in CSS pixels.
const FIRST: usize = 50;

/// From one part to the next, in CSS pixels.
const PART: usize = 76;

/// What happened in which part of the log; nothing where nothing was copied, built or failed.
pub(super) fn chart(run: &ShownRun) -> AnyView {
    let (Some(first), Some(last)) = (run.lines.first(), run.lines.last()) else {
        return ().into_any();
    };
    let parts: Vec<_> = time::order_parts(run)
        .into_iter()
        .map(|part| (part.name, part.class, Histogram::new([first, last], part.lines.into_iter())))
        .filter(|(_, _, histogram)| histogram.most() > 0)
        .collect();
    if parts.is_empty() {
        return ().into_any();
    }
    let height = FIRST + PART * (parts.len() - 1) + BARS + 2;
    let ticks = chart::line_ticks(first, last);
    let spoken = time::order_spoken(run, [first, last]);
    view! {
        <figure class="chart">
            <svg height=height role="img" aria-label=spoken>
                {ticks.iter().map(|tick| grid_line(tick, height)).collect_view()}
                {parts
                    .into_iter()
                    .enumerate()
                    .map(|(index, (name, class, histogram))| {
                        bars(FIRST + PART * index, name, class, &histogram)
                    })
                    .collect_view()}
            </svg>
            <figcaption class="chart__legend">
                <span>
                    <strong>"Order only. "</strong>
                    "This log has no clock: left to right is the order of its lines, and width says nothing about time."
                </span>
            </figcaption>
        </figure>
    }
    .into_any()
}

fn bars(y: usize, name: &'static str, class: &'static str, histogram: &Histogram) -> AnyView {
    let most = histogram.most();
    let bar = |(index, &count): (usize, &usize)| {
        let height = (BARS * count).div_ceil(most);
        let (x, width) = histogram.part(index);
        let title = format::count(count as u64);
        rect(class, x, width, y + BARS - height, height, title)
    };
    let counts = histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0);
    view! { {part_name(y - 8, name)} {counts.map(bar).collect_view()} {base_line(y + BARS)} }
        .into_any()
}
