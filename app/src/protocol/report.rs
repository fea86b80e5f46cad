//! Reads the bytes of a report in turns: a long one would keep the page from answering.

use analyzer::Report;
use analyzer::report::Run;
use serde::Deserialize;

use super::take;

/// Elements of lists that are read in one turn.
const TURN: usize = 1000;

/// Takes a report off the front of bytes, and gives what stands behind it; waits for `pause` between
/// two turns. `None` if another build wrote them.
pub async fn take_in_turns(bytes: &[u8], pause: impl AsyncFn()) -> Option<(Report, &[u8])> {
    let mut reader = Reader { rest: bytes, pause, n_read: 0 };
    let (schema, source) = (reader.next()?, reader.next()?);
    let mut runs = Vec::new();
    for _ in 0..reader.next::<usize>()? {
        runs.push(reader.run().await?);
    }
    let (findings, notes) = (reader.next()?, reader.next()?);
    Some((Report { schema, source, runs, findings, notes }, reader.rest))
}

struct Reader<'a, P> {
    rest: &'a [u8],
    pause: P,
    n_read: usize,
}

impl<'a, P: AsyncFn()> Reader<'a, P> {
    fn next<T: Deserialize<'a>>(&mut self) -> Option<T> {
        let (value, rest) = take(self.rest)?;
        self.rest = rest;
        Some(value)
    }

    async fn list<T: Deserialize<'a>>(&mut self) -> Option<Vec<T>> {
        let length: usize = self.next()?;
        // An element takes a byte at least.
        let mut list = Vec::with_capacity(length.min(self.rest.len()));
        for _ in 0..length {
            list.push(self.next()?);
            self.n_read += 1;
            if self.n_read.is_multiple_of(TURN) {
                (self.pause)().await;
            }
        }
        Some(list)
    }

    /// A run; its fields lie in the bytes as its type lists them.
    async fn run(&mut self) -> Option<Run> {
        Some(Run {
            command: self.next()?,
            tool: self.next()?,
            host: self.next()?,
            nix_flavour: self.next()?,
            outcome: self.next()?,
            activated: self.next()?,
            lines: self.next()?,
            time: self.next()?,
            stages: self.next()?,
            timeline: self.next()?,
            plan: self.next()?,
            derivations: self.list().await?,
            fetches: self.list().await?,
            changes: self.list().await?,
            closure: self.next()?,
            inputs: self.next()?,
            failures: self.list().await?,
            warnings: self.list().await?,
            activation: self.next()?,
            system: self.next()?,
            reboot: self.next()?,
            garbage: self.next()?,
            counts: self.next()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::protocol::to_bytes;

    /// What is read of bytes, and after how many pauses.
    fn read(bytes: &[u8]) -> (Option<(Report, &[u8])>, u32) {
        let n_pauses = Cell::new(0);
        let reading = pin!(take_in_turns(bytes, async || n_pauses.set(n_pauses.get() + 1)));
        let Poll::Ready(report) = reading.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("nothing was waited for")
        };
        (report, n_pauses.get())
    }

    fn report_on(log: &[u8]) -> Report {
        let mut analyzer = analyzer::Analyzer::default();
        analyzer.feed(log);
        analyzer.finish()
    }

    #[test]
    fn report_comes_back_with_all_that_it_holds() {
        for sample in ["failed-build", "fetch-heavy", "ollama-upgrade"] {
            let path = format!("{}/../public/samples/{sample}.log", env!("CARGO_MANIFEST_DIR"));
            let report = report_on(&std::fs::read(path).unwrap());
            let bytes = to_bytes(&(&report, "more")).unwrap();
            assert_eq!(read(&bytes).0, Some((report, &b"\x04more"[..])));
        }
    }

    #[test]
    fn long_report_is_read_in_turns() {
        let plan = (0..2500).map(|n| format!("  /nix/store/{n:032}-a{n}.drv\n"));
        let log = format!("these 2500 derivations will be built:\n{}", plan.collect::<String>());
        let report = report_on(log.as_bytes());
        assert_eq!(report.runs[0].derivations.len(), 2500);
        assert_eq!(read(&to_bytes(&report).unwrap()), (Some((report, &[][..])), 2));
    }

    #[test]
    fn what_is_cut_off_is_no_report() {
        let bytes = to_bytes(&report_on(
            b"building '/nix/store/00000000000000000000000000000000-a.drv'...\n",
        ))
        .unwrap();
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]).0, None, "cut after {end} bytes");
        }
    }
}
