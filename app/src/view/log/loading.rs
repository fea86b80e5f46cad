//! Asks for the lines around those in view.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::folds::Place;
use super::{Panel, Source, search};
use crate::component::virtual_list::RowRange;
use crate::protocol::lines::{Pattern, Stretch, TextSpan};

/// Lines are asked for in steps of this many, so that scrolling asks seldom.
const BLOCK: u32 = 256;

/// The same where output is folded.
const FOLDED_BLOCK: u32 = 32;

/// How many are asked for at once.
const COUNT: u32 = 4 * BLOCK;

/// Lines that have come.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Loaded {
    lines: Arc<Vec<Vec<TextSpan>>>,
    /// What they were asked for with.
    asked: Option<Asked>,
}

/// What lines are asked for.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    /// Which; each row of the text is the line of the next number.
    stretches: Vec<Stretch>,
    /// Which derivation is shown alone.
    alone: Option<(u32, u32)>,
    n_rows: u32,
    pattern: Option<Pattern>,
}

impl Loaded {
    /// The line of a row of the text, if it is there.
    pub(super) fn get(&self, row: u32) -> Option<&Vec<TextSpan>> {
        let mut before = 0;
        for Stretch { first, count } in &self.asked.as_ref()?.stretches {
            if let Some(index) = (row + 1).checked_sub(*first).filter(|index| index < count) {
                return self.lines.get((before + index) as usize);
            }
            before += count;
        }
        None
    }

    /// Forgets the lines, as those of another text.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Asks for lines whenever others come into view; one question at a time.
pub(super) fn keep_loaded(panel: Panel) {
    let is_asking = RwSignal::new(false);
    Effect::new(move || {
        let visible = panel.visible.get();
        let asked = wanted(panel, visible);
        let is_settled = has_all(panel, &asked, visible);
        if visible.end > visible.first && !is_settled && !is_asking.get() {
            is_asking.set(true);
            spawn_local(async move {
                ask(panel, asked).await;
                // None if the panel was left meanwhile.
                let _ = is_asking.try_set(false);
            });
        }
    });
}

fn wanted(panel: Panel, visible: RowRange) -> Asked {
    let first = (visible.first / BLOCK).saturating_sub(1) * BLOCK;
    let stretches = panel.folds.with(|folds| match folds {
        // Lines between folds lie far apart, and fewer are asked for.
        Some(folds) => {
            folds.text_in(visible.first / FOLDED_BLOCK * FOLDED_BLOCK, visible.end + FOLDED_BLOCK)
        }
        None => vec![Stretch { first: first + 1, count: COUNT }],
    });
    Asked {
        stretches,
        alone: panel.view.state().with(|state| state.in_log.alone),
        n_rows: panel.text.with(|text| text.n_lines),
        pattern: panel.found.with(Option::is_some).then(|| search::pattern(panel)).flatten(),
    }
}

fn has_all(panel: Panel, asked: &Asked, visible: RowRange) -> bool {
    panel.loaded.with(|loaded| {
        let Some(before) = &loaded.asked else { return false };
        let is_same = Asked { stretches: Vec::new(), ..before.clone() }
            == Asked { stretches: Vec::new(), ..asked.clone() };
        let has = |row| match panel.place(row) {
            Place::Text(row) => loaded.get(row).is_some(),
            Place::Head(_) => true,
        };
        // What came and does not reach far enough is all that there is.
        is_same && (before.stretches == asked.stretches || (visible.first..visible.end).all(has))
    })
}

async fn ask(panel: Panel, asked: Asked) {
    let source = panel.source.try_get_value();
    let (Some(Source { reader, .. }), Some(text)) = (source, panel.text.try_get_untracked()) else {
        return;
    };
    let lines = reader.lines(&text, &asked.stretches, asked.pattern.clone()).await;
    let (lines, problem) = match lines {
        Ok(lines) => (lines, String::new()),
        Err(problem) => (Vec::new(), problem),
    };
    let loaded = Loaded { lines: Arc::new(lines), asked: Some(asked) };
    // None if the panel was left meanwhile.
    let _ = panel.loaded.try_set(loaded);
    let _ = panel.problem.try_set(problem);
}
