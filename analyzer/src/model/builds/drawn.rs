//! Builds as nix-output-monitor draws them: by name, over and over.

use super::{Build, Builds, End, Ended, Namesakes, Surroundings};
use crate::message::nom::{Node, State};
use crate::message::stdenv::StdenvLine;
use crate::model::time;
use crate::moment::At;
use crate::report::{Lines, Span};
use crate::sorting;

/// Tools print whole seconds, and none where it was less.
const SHORTEST_S: f64 = 1.0;

/// What drawings said of the time of a build.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    line: u32,
    /// Whole seconds, where any were drawn.
    seconds: Option<f64>,
    /// Whether it had ended.
    is_over: bool,
    /// Who says so.
    because: &'static str,
}

const BY_NOM: &str = "nix-output-monitor printed it";

impl Drawn {
    /// How long it took, if it had ended.
    pub(super) fn time(self) -> Option<Span> {
        if !self.is_over {
            return None;
        }
        let Some(seconds) = self.least_s() else {
            let because = "a whole second would have been printed";
            return Some(time::bounded(None, Some(SHORTEST_S), because, Lines::one(self.line)));
        };
        Some(time::stated(seconds, self.because, self.line))
    }

    /// Seconds that it took at least.
    pub(super) fn least_s(self) -> Option<f64> {
        self.seconds.filter(|seconds| *seconds > 0.0)
    }
}

/// Edges of trees that are kept; a terminal shows far fewer.
const MAX_EDGES: usize = 1 << 16;

impl Builds {
    /// Takes a derivation of a tree. Its index; `None` if several have its name.
    pub(in crate::model) fn draw(&mut self, at: At, node: &Node<'_>) -> Option<usize> {
        let index = self.index_drawn(node.name)?;
        let is_new = self.list[index].lines.0.is_empty();
        match node.state {
            State::Waiting if is_new => {
                self.list[index].lines.push(at.first);
                self.list[index].planned = true;
            }
            State::Running => self.draw_running(at, index, node),
            State::Built => self.end_drawn(at, index, End::Built, node.seconds, BY_NOM),
            State::Failed(_) => self.end_drawn(at, index, End::Failed, node.seconds, BY_NOM),
            _ => {}
        }
        Some(index)
    }

    /// Says that a tree shows that `user` is made of `input`.
    pub(in crate::model) fn drawn_below(&mut self, user: usize, input: usize) {
        if self.drawn_edges.len() < MAX_EDGES {
            self.drawn_edges.insert((user, input));
        }
    }

    /// Says that what needs a failed build, by a tree, was not begun because of that.
    pub(in crate::model) fn block_drawn(&mut self) {
        let mut users: Vec<(usize, usize)> =
            self.drawn_edges.iter().map(|&(user, input)| (input, user)).collect();
        sorting::sort(&mut users);
        let mut bad: Vec<usize> = self.drawn_edges.iter().map(|(_, input)| *input).collect();
        bad.retain(|index| self.list[*index].is_bad());
        while let Some(input) = bad.pop() {
            let first = users.partition_point(|(it, _)| *it < input);
            for (_, user) in users[first..].iter().take_while(|(it, _)| *it == input) {
                let build = &mut self.list[*user];
                if !build.started && build.ended.is_none() {
                    build.ended = Some(Ended { end: End::Blocked, ..Ended::default() });
                    bad.push(*user);
                }
            }
        }
    }

    /// Says where a build runs.
    pub(in crate::model) fn set_host(&mut self, index: usize, host: &str) {
        self.list[index].host.get_or_insert_with(|| host.to_owned());
    }

    /// The build with this index.
    pub(in crate::model) fn get(&self, index: usize) -> &Build {
        &self.list[index]
    }

    fn draw_running(&mut self, at: At, index: usize, node: &Node<'_>) {
        self.start_drawn(at, index);
        let build = &mut self.list[index];
        if build.ended.is_some() {
            return;
        }
        if let Some(phase) = node.phase {
            build.stdenv(at.start(), StdenvLine::Phase(phase));
        }
        let (line, seconds) = (at.first, node.seconds);
        build.drawn = Some(Drawn { line, seconds, is_over: false, because: BY_NOM });
    }

    /// Takes how long a build took that has ended: of a derivation by its path, or of anything else
    /// by its name.
    pub(in crate::model) fn state(&mut self, at: At, name: &str, end: End, seconds: f64) {
        let index = self.index(name);
        self.end_drawn(at, index, end, Some(seconds), "nix-fast-build printed it");
    }

    fn end_drawn(
        &mut self,
        at: At,
        index: usize,
        end: End,
        seconds: Option<f64>,
        because: &'static str,
    ) {
        if self.list[index].drawn.is_some_and(|drawn| drawn.is_over) {
            return;
        }
        self.start_drawn(at, index);
        let build = &mut self.list[index];
        build.lines.push(at.first);
        build.drawn = Some(Drawn { line: at.first, seconds, is_over: true, because });
        self.set_end(index, Ended { end, exact: None, at_latest: Some(at.start()) });
    }

    fn start_drawn(&mut self, at: At, index: usize) {
        let build = &self.list[index];
        if !build.started {
            let key = build.drv.clone().unwrap_or_else(|| build.full_name());
            self.start(at, &key, None, Surroundings::Busy);
        }
    }

    /// Behind the name of what is built for another system stands that system.
    fn index_drawn(&mut self, name: &str) -> Option<usize> {
        const SYSTEMS: [&str; 4] =
            ["-x86_64-linux", "-aarch64-linux", "-x86_64-darwin", "-aarch64-darwin"];
        let without_system = SYSTEMS.iter().find_map(|system| name.strip_suffix(system));
        for name in [Some(name), without_system].into_iter().flatten() {
            match self.by_full_name.get(name) {
                Some(Namesakes::One(index)) => return Some(*index),
                Some(Namesakes::Several) => return None,
                None => {}
            }
        }
        Some(self.index(name))
    }
}
