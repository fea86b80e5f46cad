//! What the analyzer makes of a log.

use analyzer::{Analyzer, Report};

/// The report of a log.
pub(crate) fn report(log: &[u8]) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log);
    analyzer.finish()
}
