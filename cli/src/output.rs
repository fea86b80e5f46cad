//! Writes to standard output, in the form that was asked for.

use std::fmt;
use std::io::{self, BufWriter, ErrorKind, Write};

use analyzer::Report;

use crate::args::Format;

/// The reason why something could not be written.
#[derive(Debug)]
pub(crate) struct WriteError(io::Error);

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "cannot write to standard output: {}", self.0)
    }
}

/// Prints a report.
///
/// # Errors
///
/// Standard output cannot be written to.
pub(crate) fn report(report: &Report, _format: Option<Format>) -> Result<(), WriteError> {
    write_with(|out| json(out, report))
}

fn json(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    serde_json::to_writer(&mut *out, report)?;
    writeln!(out)
}

/// Prints the JSON Schema of a report.
///
/// # Errors
///
/// Standard output cannot be written to.
pub(crate) fn schema() -> Result<(), WriteError> {
    let schema = schemars::schema_for!(Report);
    write_with(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        writeln!(out)
    })
}

/// Prints text as it is.
///
/// # Errors
///
/// Standard output cannot be written to.
pub(crate) fn plain(text: &str) -> Result<(), WriteError> {
    write_with(|out| out.write_all(text.as_bytes()))
}

/// Runs `write` on standard output. A reader that has seen enough is no error.
fn write_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(WriteError),
    }
}
