//! The way from a fact to the lines that prove it.

use analyzer::report::Lines;
use leptos::prelude::use_context;

use super::markup::{Child, element, soft};
use crate::format;
use crate::link;

/// The two inputs that facts are from, where the page compares: the lines of the old one stand
/// before those of the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// How many lines the old one has.
    pub old_lines: u32,
    /// What an address needs to show the text of the old one and of the new one; `None` where
    /// there is none to show.
    pub texts: [Option<String>; 2],
}

/// A link to the lines of a fact, such as `L446`; two for two places, one from the first to the
/// last for more, and nothing where there are none. In a comparison, one for each input.
pub fn evidence(lines: &Lines) -> Child {
    if let Some(sources) = use_context::<Sources>() {
        return of_both(lines, &sources);
    }
    match lines.0.as_slice() {
        [first, second] => {
            let [first, second] = [first, second].map(|range| line_link(&Lines(vec![*range])));
            (first, " ", second).into()
        }
        _ => line_link(lines),
    }
}

fn line_link(lines: &Lines) -> Child {
    placed(lines, "", link::to_lines(lines))
}

fn of_both(lines: &Lines, sources: &Sources) -> Child {
    let sides = split(lines, sources.old_lines);
    let both = sides.iter().zip(&sources.texts).zip(["old", "new"]).map(|((lines, text), side)| {
        let href = text.as_deref().and_then(|text| link::to_lines_of(text, lines));
        let word = lines.first().map(|_| soft([side, " "].concat()));
        (word, placed(lines, side, href), " ").into()
    });
    both.collect::<Vec<Child>>().into_iter().collect()
}

/// Lines of both inputs as those of each.
fn split(lines: &Lines, old_lines: u32) -> [Lines; 2] {
    let [mut old, mut new] = [Lines::default(), Lines::default()];
    for &[first, last] in &lines.0 {
        if first <= old_lines {
            old.0.push([first, last.min(old_lines)]);
        }
        if last > old_lines {
            new.0.push([first.max(old_lines + 1) - old_lines, last - old_lines]);
        }
    }
    [old, new]
}

/// What the lines are called, and where they are shown if they can be.
fn placed(lines: &Lines, side: &str, href: Option<String>) -> Child {
    let (Some(short), Some(spoken)) = (format::lines(lines), format::lines_spoken(lines)) else {
        return Child::nothing();
    };
    let Some(href) = href else {
        return element("span", "evidence").text(short).into();
    };
    // The name begins with what is seen, so that it can be called by voice.
    let name = [short.as_str(), ", ", &spoken, " ", side].concat();
    element("a", "evidence").attr("href", href).attr("aria-label", name).text(short).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_inputs_are_told_apart() {
        let cases = [
            (vec![[3, 3], [54, 54]], vec![[3, 3], [54, 54]], vec![]),
            (vec![[55, 60]], vec![], vec![[1, 6]]),
            (vec![[50, 58], [100, 100]], vec![[50, 54]], vec![[1, 4], [46, 46]]),
            (vec![], vec![], vec![]),
        ];
        for (both, old, new) in cases {
            assert_eq!(split(&Lines(both), 54), [Lines(old), Lines(new)]);
        }
    }
}
