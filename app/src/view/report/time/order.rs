//! The same for a log without a clock: what happened in which part of the log.

use std::sync::Arc;

use analyzer::report::Lines;
use leptos::prelude::*;

use super::super::panel::ShownRun;
use super::drawing;
use super::timeline::{base_line, grid_line, part_name, rect};
use crate::chart::{self, Extent, Histogram};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, element};
use crate::component::zoom::{Drawn, Mark, Zoom, zoom};
use crate::format;
use crate::summary::time::{self, OrderPart};
use crate::view::context::ViewContext;
use crate::view_state::Window;

/// Height of the bars of a part, in CSS pixels.
const BARS: usize = 42;

/// Upper edge of the first part, in CSS pixels.
const FIRST: usize = 50;

/// From one part to the next, in CSS pixels.
const PART: usize = 76;

/// What happened in which part of the log; nothing where nothing was copied, built or failed.
pub(super) fn chart(run: &ShownRun, view: ViewContext) -> Child {
    let Some(extent) = Extent::of_lines(&run.lines) else { return Child::nothing() };
    let parts: Vec<OrderPart> =
        time::order_parts(run).into_iter().filter(|part| !part.lines.is_empty()).collect();
    if parts.is_empty() {
        return Child::nothing();
    }
    let spoken = time::order_spoken(run, [extent.whole.from, extent.whole.to - 1]);
    let state = view.state();
    let chart = zoom(Zoom {
        name: "Order of events",
        extent,
        chosen: Memo::new(move |_| state.with(|state| state.window)).into(),
        on_choose: Callback::new(move |window| view.replace(|state| state.window = window)),
        words: chart::lines_words,
        draw: Arc::new(move |window| draw(&parts, spoken.clone(), window)),
    });
    let caption = element("span", "").child(element("strong", "").text("Order only. ")).text(
        "This log has no clock: left to right is the order of its lines, and width says nothing \
         about time.",
    );
    element("figure", "chart")
        .child(chart)
        .child(element("figcaption", "chart__legend").child(caption))
        .into()
}

fn draw(parts: &[OrderPart], spoken: String, window: Window) -> Drawn {
    let lines = [window.from, window.to - 1];
    let height = FIRST + PART * (parts.len() - 1) + BARS + 2;
    let ticks = chart::line_ticks(lines[0], lines[1]);
    let mut bars = Bars { lines, marks: Vec::new(), said: Vec::new() };
    let drawn: Child = parts
        .iter()
        .enumerate()
        .map(|(index, part)| bars.part(FIRST + PART * index, part))
        .collect();
    let drawing = drawing(height, spoken)
        .children(ticks.iter().map(|tick| grid_line(tick, height)))
        .child(drawn);
    let said = bars.said;
    Drawn { drawing, marks: bars.marks, detail: Box::new(move |index| said[index].detail()) }
}

/// The bars, while they are drawn.
struct Bars {
    /// The first and the last line in view.
    lines: [u32; 2],
    marks: Vec<Mark>,
    said: Vec<Said>,
}

/// What a bar stands for.
struct Said {
    name: &'static str,
    count: usize,
    lines: [u32; 2],
}

impl Bars {
    fn part(&mut self, y: usize, part: &OrderPart) -> Child {
        let histogram = Histogram::new(self.lines, part.lines.iter().copied());
        let most = histogram.most().max(1);
        let counts = histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let bars: Child = counts
            .map(|(index, &count)| {
                let height = (BARS * count).div_ceil(most);
                let (x, width) = histogram.part(index);
                let lines = histogram.lines_of(index);
                let mark = self.marks.len().to_string();
                let window = Window { from: lines[0], to: lines[1] + 1 };
                self.marks.push(Mark { x, width, top: y + BARS - height, height, window });
                self.said.push(Said { name: part.name, count, lines });
                rect(part.class, x, width, y + BARS - height, height).attr("data-mark", mark)
            })
            .collect();
        (part_name(y - 8, part.name), bars, base_line(y + BARS)).into()
    }
}

impl Said {
    fn detail(&self) -> Child {
        let [first, last] = self.lines;
        let words = [self.name, ": ", &format::count(self.count as u64), " in "].concat();
        element("p", "zoom__title")
            .child(element("strong", "").text(words))
            .child(evidence(&Lines::range(first, last)))
            .into()
    }
}
