//! Reads a rebuild log on the command line.

mod args;
mod feed;
mod input;
mod interrupt;
mod kept;
mod links;
mod output;
mod text;

use std::env;
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use analyzer::Reading;
use analyzer::compare::compare;
use args::{Command, DiffOptions, OpenOptions, ReportOptions, ShareOptions};
use input::ReadError;
use links::LinkError;
use output::WriteError;
use share::link::OpenError;

/// The input is not a log, or not a link that can be read.
const NOT_A_LOG: u8 = 1;
/// Wrong usage, or input or output failed.
const CANNOT: u8 = 2;

fn main() -> ExitCode {
    match args::parse(env::args_os().skip(1)) {
        Ok(Command::Report(options)) => report(&options),
        Ok(Command::Diff(options)) => diff(&options),
        Ok(Command::Share(options)) => share(&options),
        Ok(Command::Open(options)) => open(&options),
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
    match checked(input::read(options.file.as_deref(), options.tee)) {
        Ok(reading) => ended(output::report(&reading.report, options.format)),
        Err(code) => code,
    }
}

fn diff(options: &DiffOptions) -> ExitCode {
    let side = |file: &Option<PathBuf>| checked(input::read_side(file.as_deref()));
    match side(&options.old).and_then(|old| Ok((old, side(&options.new)?))) {
        Ok((old, new)) => {
            let report = compare(&old, &new);
            let code = ended(output::report(&report, options.format));
            // The process ends here: to free each text of a large system takes a while.
            std::mem::forget((old, new, report));
            code
        }
        Err(code) => code,
    }
}

fn share(options: &ShareOptions) -> ExitCode {
    let (reading, names) = match input::read_with_names(options.file.as_deref(), options.tee) {
        Ok(read) => read,
        Err(error) => return failed_to_read(&error),
    };
    if let Err(code) = check_log(&reading) {
        return code;
    }
    match links::share(&reading.report, &names, options) {
        Ok(shared) => {
            // The link is all that matters if nobody can be told.
            let _ = writeln!(io::stderr(), "{shared}");
            ended(output::plain(&format!("{}\n", shared.link)))
        }
        Err(error) => failed(&error, CANNOT),
    }
}

fn open(options: &OpenOptions) -> ExitCode {
    match links::open(options) {
        Ok(opened) => {
            if let Some(damage) = opened.damage {
                complain(&damage.to_string());
            }
            ended(output::report(&opened.report, options.format))
        }
        Err(error @ LinkError::Open(OpenError::NeedsPassword)) => failed(&error, CANNOT),
        Err(error @ LinkError::Open(_)) => failed(&error, NOT_A_LOG),
        Err(error) => failed(&error, CANNOT),
    }
}

/// What was read; where that is nothing, the person was told.
fn checked(read: Result<Reading, ReadError>) -> Result<Reading, ExitCode> {
    let reading = read.map_err(|error| failed_to_read(&error))?;
    check_log(&reading)?;
    Ok(reading)
}

fn failed_to_read(error: &ReadError) -> ExitCode {
    failed(error, if matches!(error, ReadError::Kept(_)) { NOT_A_LOG } else { CANNOT })
}

/// Tells the person if nothing was read that there is a report of.
fn check_log(Reading { report, .. }: &Reading) -> Result<(), ExitCode> {
    if report.runs.is_empty() && report.source.listing.is_none() {
        return Err(failed(&not_a_log(&report.notes), NOT_A_LOG));
    }
    Ok(())
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
        Err(error) => failed(&error, CANNOT),
    }
}

fn failed(reason: &dyn fmt::Display, code: u8) -> ExitCode {
    complain(&reason.to_string());
    ExitCode::from(code)
}

/// Tells the person on standard error. If that is closed, nobody can be told.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "rebuildscope: {message}");
}
