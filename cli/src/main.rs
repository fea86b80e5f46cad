//! Reads a rebuild log on the command line.

mod args;
mod feed;
mod input;
mod interrupt;
mod output;
mod text;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use analyzer::Reading;
use analyzer::compare::compare;
use args::{Command, DiffOptions, ReportOptions, Tee};
use output::WriteError;

/// The input is not a log.
const NOT_A_LOG: u8 = 1;
/// Wrong usage, or input or output failed.
const CANNOT: u8 = 2;

fn main() -> ExitCode {
    match args::parse(env::args_os().skip(1)) {
        Ok(Command::Report(options)) => report(&options),
        Ok(Command::Diff(options)) => diff(&options),
        Ok(Command::Schema) => ended(output::schema()),
        Ok(Command::Help) => ended(output::plain(args::HELP)),
        Ok(Command::Version) => {
            ended(output::plain(concat!("rebuildscope ", env!("CARGO_PKG_VERSION"), "\n")))
        }
        Err(error) => {
            complain(&format!("{error}\nTry `rebuildscope --help`."));
            ExitCode::from(CANNOT)
        }
    }
}

fn report(options: &ReportOptions) -> ExitCode {
    match read(options.file.as_deref(), options.tee) {
        Ok(reading) => ended(output::report(&reading.report, options.format)),
        Err(code) => code,
    }
}

fn diff(options: &DiffOptions) -> ExitCode {
    let both = read(options.old.as_deref(), Tee::Off)
        .and_then(|old| Ok((old, read(options.new.as_deref(), Tee::Off)?)));
    match both {
        Ok((old, new)) => ended(output::report(&compare(&old, &new), options.format)),
        Err(code) => code,
    }
}

/// Reads an input; where it is none that can be read, the person was told.
fn read(file: Option<&Path>, tee: Tee) -> Result<Reading, ExitCode> {
    let reading = input::read(file, tee).map_err(|error| {
        complain(&error.to_string());
        ExitCode::from(CANNOT)
    })?;
    let report = &reading.report;
    if report.runs.is_empty() && report.source.listing.is_none() {
        complain(&not_a_log(&report.notes));
        return Err(ExitCode::from(NOT_A_LOG));
    }
    Ok(reading)
}

/// One line that says what was read instead of a log: the first note of such a report.
fn not_a_log(notes: &[String]) -> String {
    notes.first().map_or_else(
        || "This is not the log of a rebuild.".to_owned(),
        |note| share::export::plain(note),
    )
}

fn ended(result: Result<(), WriteError>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(CANNOT)
        }
    }
}

/// Tells the person on standard error. If that is closed, nobody can be told.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "rebuildscope: {message}");
}
