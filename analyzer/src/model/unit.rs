//! What `systemctl status` says of units that failed.

use super::{excerpt, problem};
use crate::message::error::Quote;
use crate::message::text::{clipped, number};
use crate::moment::At;
use crate::report::{Failure, FailureClass, Lines};

/// Units kept; a switch that breaks more has one cause.
const MAX_UNITS: usize = 100;
/// Lines of a status that are kept.
const MAX_LINES: usize = 12;
/// Longer lines are cut here.
const MAX_LINE_LEN: usize = 400;

/// The statuses that a switch prints, in log order.
#[derive(Debug, Default)]
pub(super) struct UnitStatuses {
    list: Vec<UnitStatus>,
    /// Whether further lines belong to the last one.
    is_open: bool,
}

#[derive(Debug)]
struct UnitStatus {
    unit: String,
    excerpt: Vec<Quote>,
    exit_code: Option<i32>,
    lines: Lines,
}

impl UnitStatuses {
    /// Takes the first line of a status.
    pub(super) fn begin(&mut self, at: At, unit: &str) {
        self.is_open = self.list.len() < MAX_UNITS;
        if self.is_open {
            let lines = Lines::one(at.first);
            self.list.push(UnitStatus {
                unit: unit.to_owned(),
                excerpt: Vec::new(),
                exit_code: None,
                lines,
            });
        }
    }

    /// Takes a further line of a status.
    pub(super) fn detail(&mut self, at: At, text: &str) {
        let Some(status) = self.list.last_mut().filter(|_| self.is_open) else { return };
        status.lines.push(at.first);
        let text = text.trim();
        if text.starts_with("Active: ")
            || (text.starts_with("Process: ") && !text.contains("status=0/"))
        {
            status.exit_code = status.exit_code.or(exit_code(text));
            status.keep(at.first, text);
        }
    }

    /// Takes a line of the journal that may belong to a status. Whether it does.
    pub(super) fn journal(&mut self, at: At, text: &str) -> bool {
        let Some(status) = self.list.last_mut().filter(|_| self.is_open) else { return false };
        let is_journal = is_journal_line(text);
        if is_journal {
            status.lines.push(at.first);
            status.keep(at.first, text.trim());
        }
        is_journal
    }

    /// Takes a line of something else.
    pub(super) fn end(&mut self) {
        self.is_open = false;
    }

    /// The failure of a unit that `listed` names as failed.
    pub(super) fn failure(&self, unit: &str, listed: &Lines) -> Failure {
        let status = self.list.iter().find(|status| status.unit == unit);
        let mut lines = listed.clone();
        let own = status.map(|status| status.lines.0.as_slice()).unwrap_or_default();
        let last = lines.last();
        lines.0.extend(own.iter().filter(|range| Some(range[0]) > last));
        let quotes = status.map(|status| status.excerpt.as_slice()).unwrap_or_default();
        Failure {
            exit_code: status.and_then(|status| status.exit_code),
            unit: Some(unit.to_owned()),
            excerpt: quotes.iter().map(|quote| quote.text.clone()).collect(),
            excerpt_lines: quotes.iter().map(|quote| quote.line).collect(),
            error_line: excerpt::error_of_unit(quotes),
            ..problem::other_failure_on(lines, FailureClass::UnitFailed, &format!("{unit} failed"))
        }
    }
}

impl UnitStatus {
    fn keep(&mut self, line: u32, text: &str) {
        // What the unit printed last tells more than what it printed first.
        if self.excerpt.len() == MAX_LINES {
            self.excerpt.remove(1);
        }
        self.excerpt.push(Quote::new(line, clipped(text, MAX_LINE_LEN)));
    }
}

// Process: 3229 ExecStart=/bin/docker compose up (code=exited, status=1/FAILURE)
fn exit_code(text: &str) -> Option<i32> {
    let (_, rest) = text.split_once("status=")?;
    number(rest).and_then(|(code, _)| i32::try_from(code).ok())
}

// Mar 13 12:17:25 host systemd[1]: nginx.service: Failed with result 'exit-code'.
fn is_journal_line(text: &str) -> bool {
    let Some((head, _)) = text.split_once(": ") else { return false };
    let has_process = head.ends_with(']') && head.contains('[');
    has_process && head.split_whitespace().any(is_clock)
}

// 12:17:25
fn is_clock(word: &str) -> bool {
    let parts: Vec<&str> = word.split(':').collect();
    parts.len() == 3
        && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_the_journal_go_on_with_a_status() {
        assert!(is_journal_line("mar 13 12:17:25 zpctr hm-activate-a[41194]: Existing file"));
        assert!(!is_journal_line("Command 'x' returned non-zero exit status 4."));
        assert!(!is_journal_line("a[1]: b"));
    }

    #[test]
    fn the_exit_status_of_the_process_is_read() {
        let text = "Process: 1 ExecStart=/x (code=exited, status=203/EXEC)";
        assert_eq!(exit_code(text), Some(203));
    }
}
