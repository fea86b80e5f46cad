//! Small charts of how the figures of a host went.

use crate::component::markup::{Child, Markup, element, soft, svg_element};
use crate::kept::list::Row;
use crate::kept::trend::{Trend, trends};

/// The figures that are known of two runs or more; the table below has the same numbers.
pub(super) fn charts(rows: &[Row]) -> Child {
    let trends = trends(rows);
    if trends.is_empty() {
        return Child::nothing();
    }
    element("div", "trends").children(trends.iter().map(figure)).into()
}

fn figure(trend: &Trend) -> Markup {
    let name = element("figcaption", "trend__name").text(trend.name);
    element("figure", "trend").child(name).child(chart(trend)).child(soft(trend.sentence()))
}

/// A bar for each run, oldest first.
fn chart(trend: &Trend) -> Markup {
    let heights = trend.heights();
    let bar = |(index, height): (usize, &u64)| {
        svg_element("rect", if index + 1 == heights.len() { "trend__last" } else { "trend__bar" })
            .attr("x", (index * 10 + 1).to_string())
            .attr("y", (100 - height).to_string())
            .attr("width", "8")
            .attr("height", height.to_string())
    };
    svg_element("svg", "trend__chart")
        .attr("viewBox", ["0 0 ", &(heights.len() * 10).to_string(), " 100"].concat())
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .children(heights.iter().enumerate().map(bar))
}
