//! Asks for the lines around those in view.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Panel, search};
use crate::component::virtual_list::RowRange;
use crate::protocol::lines::{Pattern, TextSpan};

/// Lines are asked for in steps of this many, so that scrolling asks seldom.
const BLOCK: u32 = 256;

/// How many are asked for at once.
const COUNT: u32 = 4 * BLOCK;

/// Lines that have come.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Loaded {
    /// The row of the first. The first row is `0`.
    first: u32,
    lines: Arc<Vec<Vec<TextSpan>>>,
    /// What they were asked for with.
    asked: Option<Asked>,
}

/// What lines are asked for.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    first: u32,
    /// Which derivation is shown alone.
    alone: Option<(u32, u32)>,
    n_rows: u32,
    pattern: Option<Pattern>,
}

impl Loaded {
    /// The line of a row, if it is there.
    pub(super) fn get(&self, row: u32) -> Option<&Vec<TextSpan>> {
        self.lines.get(row.checked_sub(self.first)? as usize)
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
        let is_settled = panel.loaded.with(|loaded| has_all(loaded, &asked, visible));
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
    Asked {
        first: (visible.first / BLOCK).saturating_sub(1) * BLOCK,
        alone: panel.view.state().with(|state| state.in_log.alone),
        n_rows: panel.text.with(|text| text.n_lines),
        pattern: panel.found.with(Option::is_some).then(|| search::pattern(panel)).flatten(),
    }
}

fn has_all(loaded: &Loaded, asked: &Asked, visible: RowRange) -> bool {
    let Some(before) = &loaded.asked else { return false };
    let is_same = Asked { first: asked.first, ..before.clone() } == *asked;
    let has = |row| loaded.get(row).is_some();
    // What came and does not reach far enough is all that there is.
    is_same && (before.first == asked.first || (has(visible.first) && has(visible.end - 1)))
}

async fn ask(panel: Panel, asked: Asked) {
    let (Some(reader), Some(text)) = (panel.reader.try_get_value(), panel.text.try_get_untracked())
    else {
        return;
    };
    let lines = reader.lines(&text, asked.first, COUNT, asked.pattern.clone()).await;
    let (lines, problem) = match lines {
        Ok(lines) => (lines, String::new()),
        Err(problem) => (Vec::new(), problem),
    };
    let loaded = Loaded { first: asked.first, lines: Arc::new(lines), asked: Some(asked) };
    // None if the panel was left meanwhile.
    let _ = panel.loaded.try_set(loaded);
    let _ = panel.problem.try_set(problem);
}
