//! Which lines are those of nix-fast-build, which prints what an attribute printed when it is over.

use super::{Open, Reader, Sink};
use crate::message::fast_build::{self, Certainty, FastBuild};
use crate::message::tool::ToolLine;
use crate::moment::Moment;

/// What is known of nix-fast-build so far.
#[derive(Debug, Default)]
pub(super) struct FastBuilds {
    is_seen: bool,
    /// The attribute whose lines follow.
    printed: String,
}

/// What a line is to nix-fast-build.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part<'a> {
    /// Nothing.
    None,
    /// It says something.
    Said(FastBuild<'a>),
    /// What an attribute printed.
    Printed(&'a str),
}

impl FastBuilds {
    /// Takes a line.
    pub(super) fn take<'a>(&mut self, text: &'a str) -> Part<'a> {
        if let Some(inner) = self.printed(text) {
            return Part::Printed(inner);
        }
        let is_possible = match text.as_bytes() {
            [0xE2, ..]
            | [b'0'..=b'9', _, b':', ..]
            | [b':', b':', b'g', ..]
            | [b's', b'u', b'm', b'm', ..] => true,
            [b'I' | b'E' | b'W' | b'D', ..] => text.contains(":nix_fast_build"),
            _ => false,
        };
        if self.is_seen && text == "::endgroup::" {
            return Part::Said(FastBuild::Other);
        }
        let line = is_possible.then(|| fast_build::parse(text.trim_end())).flatten();
        match line.filter(|(_, certainty)| self.is_seen || *certainty == Certainty::Sure) {
            Some((line, _)) => {
                self.is_seen = true;
                if let FastBuild::Ended { attribute, .. } = line {
                    attribute.clone_into(&mut self.printed);
                }
                Part::Said(line)
            }
            None => Part::None,
        }
    }

    // x86_64-linux.hello> error: builder for '/nix/store/…-hello-2.12.1.drv' failed
    fn printed<'a>(&self, text: &'a str) -> Option<&'a str> {
        if self.printed.is_empty() {
            return None;
        }
        let rest = text.strip_prefix(self.printed.as_str())?.strip_prefix('>')?;
        Some(rest.strip_prefix(' ').unwrap_or(rest))
    }
}

impl Reader {
    /// Reads a line of nix-fast-build. Whether it is one.
    pub(super) fn of_fast_build(
        &mut self,
        moment: Moment,
        text: &str,
        emit: &mut Sink<'_>,
    ) -> bool {
        let said = match self.fast_builds.take(text) {
            Part::None => return false,
            Part::Printed(inner) => {
                let is_error =
                    inner.starts_with("error:") || matches!(self.open, Open::Problem(..));
                if is_error {
                    self.human(moment, inner, emit);
                    return true;
                }
                FastBuild::Output
            }
            Part::Said(line) => line,
        };
        self.tool(moment, ToolLine::FastBuild(said), emit);
        true
    }
}
