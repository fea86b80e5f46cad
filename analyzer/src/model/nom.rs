//! What the drawings of nix-output-monitor say of a run; each repeats what is not over.

use std::collections::{BTreeMap, HashMap};

use super::problem;
use super::run::Run;
use crate::message::nom::{Failing, Finish, Host, Node, NomLine, State};
use crate::moment::At;
use crate::report::{Direction, Failure, FailureClass, Stage, Tool};

/// Derivations of one drawing, and transfers, that are kept. A terminal shows far fewer.
const MAX_DRAWN: usize = 10_000;

/// What is known from drawings until the next one, and until the end.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// Derivations of the tree below which what needs them is still to come: how deep each stands,
    /// and its index if it is a build.
    open: Vec<(usize, Option<usize>)>,
    /// Builds with the number by which the tree calls their host; the table below names it.
    numbered: Vec<(u64, usize)>,
    /// Builds that failed, and where that was drawn first.
    failed: BTreeMap<usize, (At, Failing)>,
    /// Copies, in the order in which they were drawn first.
    copies: Vec<Copy>,
    /// The places of downloads and of uploads in that list, by name.
    downloads: HashMap<String, usize>,
    uploads: HashMap<String, usize>,
}

/// A copy that was drawn.
#[derive(Debug)]
struct Copy {
    at: At,
    name: String,
    direction: Direction,
    /// Whether it began.
    began: bool,
}

impl Run {
    /// Takes a line that nix-output-monitor drew.
    pub(super) fn nom(&mut self, at: At, line: &NomLine<'_>) {
        match *line {
            NomLine::Head => {
                self.drawing.open.clear();
                self.drawing.numbered.clear();
            }
            NomLine::Node(node) => self.node(at, &node),
            NomLine::Host(number, address) => self.host_of_nodes(number, address),
            NomLine::Finished(finish) => self.finished(at, finish),
            NomLine::Errors(_) | NomLine::Other => {}
        }
    }

    fn node(&mut self, at: At, node: &Node<'_>) {
        let mut index = None;
        match node.state {
            State::Unknown => {}
            State::ToDownload => self.drawing.copy(at, node.name, Direction::From, false),
            State::Downloaded => self.drawing.copy(at, node.name, Direction::From, true),
            State::Uploaded => self.drawing.copy(at, node.name, Direction::To, true),
            State::Waiting | State::Running | State::Built | State::Failed(_) => {
                index = self.build_node(at, node);
            }
        }
        self.branch(node.depth, index);
    }

    /// What a derivation is made of stands right above it, one step deeper.
    fn branch(&mut self, depth: usize, user: Option<usize>) {
        let open = &mut self.drawing.open;
        while let Some((_, input)) = open.pop_if(|(deep, _)| *deep > depth) {
            if let (Some(user), Some(input)) = (user, input) {
                self.builds.drawn_below(user, input);
            }
        }
        if open.len() < MAX_DRAWN {
            open.push((depth, user));
        }
    }

    fn build_node(&mut self, at: At, node: &Node<'_>) -> Option<usize> {
        if node.state != State::Waiting {
            self.stages.see(Stage::Build, at);
        }
        let index = self.builds.draw(at, node)?;
        self.system.name(at, node.name);
        match node.host {
            Some(Host::Named(host)) => self.builds.set_host(index, host),
            Some(Host::Number(number)) if self.drawing.numbered.len() < MAX_DRAWN => {
                self.drawing.numbered.push((number, index));
            }
            _ => {}
        }
        if let State::Failed(failing) = node.state {
            self.drawing.failed.entry(index).or_insert((at, failing));
        }
        Some(index)
    }

    fn host_of_nodes(&mut self, number: u64, address: &str) {
        let of_host = self.drawing.numbered.iter().filter(|(it, _)| *it == number);
        of_host.for_each(|(_, index)| self.builds.set_host(*index, address));
    }

    fn finished(&mut self, at: At, finish: Finish) {
        self.closing = Some(at.start());
        self.ending.stated(at, Tool::Nh, finish.seconds);
        let lines = if finish.good { &mut self.ending.built } else { &mut self.ending.bad };
        lines.push(at.first);
    }

    /// Turns what was only drawn into facts.
    pub(super) fn close_drawing(&mut self) {
        let drawing = std::mem::take(&mut self.drawing);
        self.builds.block_drawn();
        for (index, (at, failing)) in drawing.failed {
            self.drawn_failure(index, at, failing);
        }
        if self.transfers.is_empty() {
            for Copy { at, name, direction, began } in drawing.copies {
                self.transfers.drawn(at, &name, direction, began);
            }
        }
    }

    /// A build that failed is a failure where no error tells of it.
    fn drawn_failure(&mut self, index: usize, at: At, failing: Failing) {
        let build = self.builds.get(index);
        if self.problems.names(build) {
            return;
        }
        let (class, message) = match failing {
            Failing::ExitCode(status) => {
                (FailureClass::BuilderExit, format!("builder failed with exit code {status}"))
            }
            Failing::HashMismatch => {
                (FailureClass::HashMismatch, "hash mismatch in fixed-output derivation".to_owned())
            }
            Failing::Unsaid => (FailureClass::Other, "the build failed".to_owned()),
        };
        let exit_code = match failing {
            Failing::ExitCode(status) => i32::try_from(status).ok(),
            _ => None,
        };
        let failure = Failure {
            name: Some(build.name.clone()),
            version: build.version.clone(),
            drv: build.drv.clone(),
            exit_code,
            ..problem::other_failure(at, class, &message)
        };
        self.problems.push_failure(failure);
    }
}

impl Drawing {
    fn copy(&mut self, at: At, name: &str, direction: Direction, began: bool) {
        let Self { copies, downloads, uploads, .. } = self;
        let places = if direction == Direction::From { downloads } else { uploads };
        if let Some(place) = places.get(name) {
            copies[*place].began |= began;
        } else if copies.len() < MAX_DRAWN {
            places.insert(name.to_owned(), copies.len());
            copies.push(Copy { at, name: name.to_owned(), direction, began });
        }
    }
}
