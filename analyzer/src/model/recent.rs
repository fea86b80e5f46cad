//! The last lines of build output, to show what stood before a failure.

use std::collections::VecDeque;

use crate::message::error::Problem;
use crate::message::text::clipped;
use crate::store_path::{StorePath, split_name_version, without_drv};

/// Lines kept.
const MAX_LINES: usize = 60;
/// Longer lines are cut here.
const MAX_LINE_LEN: usize = 400;

/// The last lines of build output.
#[derive(Debug, Default)]
pub(super) struct Recent {
    lines: VecDeque<Line>,
}

#[derive(Debug, Default)]
struct Line {
    /// What stood before it: the name of the derivation, without version.
    name: Option<String>,
    text: String,
}

impl Recent {
    /// Takes a line of build output.
    pub(super) fn push(&mut self, name: Option<&str>, text: &str) {
        // Every line of a long build comes here: the memory of the oldest is used again.
        let oldest = if self.lines.len() == MAX_LINES { self.lines.pop_front() } else { None };
        let mut line = oldest.unwrap_or_default();
        line.text.clear();
        line.text.push_str(clipped(text, MAX_LINE_LEN));
        line.name = name.map(|name| {
            let mut kept = line.name.take().unwrap_or_default();
            kept.clear();
            kept.push_str(name);
            kept
        });
        self.lines.push_back(line);
    }

    /// Takes a line of the output of `drv`.
    pub(super) fn push_of(&mut self, drv: &str, text: &str) {
        self.push(Some(name_of(drv)), text);
    }

    /// Takes an error that a builder may have printed.
    pub(super) fn push_error(&mut self, problem: &Problem) {
        self.push(None, &format!("error: {}", problem.message));
        problem.excerpt.iter().for_each(|line| self.push(None, line));
    }

    /// What `drv` printed before it failed: the lines with its name; else those without any name,
    /// if `only` it can have printed them, or if they tell of an error.
    pub(super) fn before_failure(&self, drv: &str, only: Option<&str>) -> Vec<String> {
        let name = name_of(drv);
        let own: Vec<String> = self.texts(|line| line.name.as_deref() == Some(name));
        if !own.is_empty() {
            return own;
        }
        if only == Some(drv) {
            return self.texts(|line| line.name.is_none());
        }
        self.texts(|line| line.name.is_none() && super::problem::is_telling(&line.text))
    }

    fn texts(&self, choose: impl Fn(&Line) -> bool) -> Vec<String> {
        self.lines.iter().filter(|line| choose(line)).map(|line| line.text.clone()).collect()
    }
}

/// The name of a derivation without version, as it stands before its output.
fn name_of(drv: &str) -> &str {
    let name = StorePath::parse(drv).map_or(drv, StorePath::name);
    split_name_version(without_drv(name)).0
}
