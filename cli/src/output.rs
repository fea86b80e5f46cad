//! Writes to standard output, in the form that was asked for.

use std::env;
use std::fmt;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use analyzer::Report;
use schemars::generate::SchemaSettings;
use share::export::{self, NoTimes};

use crate::args::Format;
use crate::text::{self, Colours, Screen};

/// The reason why nothing was written.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum WriteError {
    /// Standard output cannot be written to.
    Output(io::Error),
    /// There is no trace of a report without times.
    NoTimes(NoTimes),
}

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => write!(out, "cannot write to standard output: {error}"),
            Self::NoTimes(error) => write!(out, "{error}"),
        }
    }
}

/// Prints a report; without a format, as text on a terminal and as JSON elsewhere.
///
/// # Errors
///
/// Standard output cannot be written to, or the report has not what the format shows.
pub(crate) fn report(report: &Report, format: Option<Format>) -> Result<(), WriteError> {
    let on_terminal = io::stdout().is_terminal();
    let default = if on_terminal { Format::Text } else { Format::JSON };
    let text = match format.unwrap_or(default) {
        Format::Text => {
            let screen = if on_terminal { terminal() } else { PAPER };
            text::render(&export::present(report), screen)
        }
        Format::Document(format) => export::export(report, format).map_err(WriteError::NoTimes)?,
    };
    plain(&text)
}

/// A file or a program: lines of any length, no colours.
const PAPER: Screen = Screen { width: None, colours: Colours::Off };

/// Width of a terminal that does not tell its own.
const USUAL_WIDTH: usize = 80;

fn terminal() -> Screen {
    let size = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    // https://no-color.org: any value but the empty one counts.
    let unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let unable = env::var_os("TERM").is_some_and(|value| value == "dumb");
    let colours = if unwanted || unable { Colours::Off } else { Colours::On };
    Screen { width: Some(size.unwrap_or(USUAL_WIDTH)), colours }
}

/// Prints the JSON Schema of a report.
///
/// # Errors
///
/// Standard output cannot be written to.
pub(crate) fn schema() -> Result<(), WriteError> {
    // What is written is described, not what would be accepted: every field is there.
    let generator = SchemaSettings::default().for_serialize().into_generator();
    let schema = generator.into_root_schema_for::<Report>();
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
        other => other.map_err(WriteError::Output),
    }
}
