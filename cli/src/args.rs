//! What the person asked for: command line arguments, checked.

mod sharing;

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use lexopt::{Arg, Parser};
use share::export;
pub(crate) use sharing::{OpenOptions, ShareOptions};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Reads the log of a NixOS rebuild and says what it did.

Usage:
  rebuildscope report [FILE|-] [--format FORMAT] [--tee]
  rebuildscope diff OLD NEW [--format FORMAT]
  rebuildscope share [FILE|-] [--base URL] [--level LEVEL] [--allow WHAT]
                     [--password-file FILE] [--tee]
  rebuildscope open LINK|- [--format FORMAT] [--password-file FILE]
  rebuildscope schema

Commands:
  report    Read a log and print its report. Without FILE, or with `-`, the log
            comes from standard input, also while the rebuild is still running;
            Ctrl-C then ends the rebuild, and the report follows.
            The log may be packed by gzip, zstd, bzip2, xz, zip or tar.
  diff      Compare two systems. Each input is a log, a listing of a closure, a
            report that was saved with `--format json`, or a link.
            `nix-store -qR` or `nix path-info -rs --json` prints such a listing.
            One of both may be `-`, standard input.
  share     Read a log and print a link that holds its report. Names, addresses,
            tokens and the like are masked first; standard error lists them.
  open      Print the report that a link holds: an address, or what stands in it
            from `#` on. With `-`, the link comes from standard input.
  schema    Print the JSON Schema of the report.

Options of report, diff and open:
  -f, --format FORMAT   Default: text on a terminal, json otherwise.
                          text        for a terminal
                          json        for programs, as the schema says
                          markdown    for a forum or a pull request
                          html        one page that needs nothing else
                          csv         a row for each version change
                          csv-builds  a row for each derivation
                          csv-copies  a row for each path fetched or sent
                          nvd         the version changes as nvd prints them
                          trace       trace events, to open in Perfetto; of a
                                      log with times only

Options of report and share:
  -t, --tee             Pass on what is read, as it comes, to standard error;
                        the report or link alone goes to standard output.

Options of share:
  -b, --base URL        Address of the page that the link leads to. Default: the
                        variable REBUILDSCOPE_BASE; without it, only the part of
                        the link from `#` on is printed.
  -l, --level LEVEL     How much the link carries. Default: full.
                          verdict     how it ended, how long it took
                          changes     also versions and inputs
                          full        also builds, failures, units, warnings
  -a, --allow WHAT      Do not mask this: a kind (keys, tokens, passwords,
                        users, hosts, homes, addresses, mails, repositories) or
                        a text itself. May be given again, or as a list with
                        commas.

Options of share and open:
  -p, --password-file FILE
                        The first line of FILE is the password that the link
                        needs.

Options:
  -h, --help            Print this.
  -V, --version         Print the version.

Exit status:
  0  the log or link was read; the rebuild in it may well have failed
  1  the input is not a log that it knows, or not a link that it can read
  2  wrong usage, a file that cannot be read, or no times for a trace

Examples:
  nixos-rebuild switch 2>&1 | rebuildscope report --tee
  journalctl -u nixos-upgrade -o short-iso | rebuildscope report
  rebuildscope report --format markdown rebuild.log
  nix-store -qR /run/current-system | rebuildscope diff before.txt -
  nixos-rebuild switch 2>&1 | rebuildscope share --tee --allow hosts
";

/// The names of all commands, for a person.
const COMMANDS: &str = "`report`, `diff`, `share`, `open` or `schema`";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print the report of a log.
    Report(ReportOptions),
    /// Print what differs between two systems.
    Diff(DiffOptions),
    /// Print a link that holds the report of a log.
    Share(ShareOptions),
    /// Print the report that a link holds.
    Open(OpenOptions),
    /// Print the JSON Schema.
    Schema,
    /// Print [`HELP`].
    Help,
    /// Print name and version.
    Version,
}

/// What to read, and how to show it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ReportOptions {
    /// File to read; `None` is standard input.
    pub(crate) file: Option<PathBuf>,
    /// Form of the output; `None` depends on where it goes.
    pub(crate) format: Option<Format>,
    /// Whether what is read is passed on.
    pub(crate) tee: Tee,
}

/// What to compare, and how to show it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DiffOptions {
    /// The input about the old system; `None` is standard input.
    pub(crate) old: Option<PathBuf>,
    /// The input about the new system; `None` is standard input, for one of the two at most.
    pub(crate) new: Option<PathBuf>,
    /// Form of the output; `None` depends on where it goes.
    pub(crate) format: Option<Format>,
}

/// The form in which a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For a terminal.
    Text,
    /// A document.
    Document(export::Format),
}

impl Format {
    /// For programs.
    pub(crate) const JSON: Self = Self::Document(export::Format::Json);

    fn named(name: &str) -> Option<Self> {
        if name == "text" {
            return Some(Self::Text);
        }
        export::Format::named(name).map(Self::Document)
    }
}

/// Whether the log is passed on while it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tee {
    /// It is not shown.
    #[default]
    Off,
    /// It goes to standard error as it comes.
    On,
}

/// Why the arguments make no command.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum UsageError {
    /// No command was given.
    MissingCommand,
    /// A comparison needs two inputs, of which one at most is standard input.
    MissingInput,
    /// There is no such command.
    UnknownCommand(String),
    /// There is no such format.
    UnknownFormat(String),
    /// There is no such level of a link.
    UnknownLevel(String),
    /// An argument is wrong by itself.
    Argument(lexopt::Error),
}

impl fmt::Display for UsageError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingCommand => {
                write!(out, "expected a command, {COMMANDS}")
            }
            Self::MissingInput => write!(out, "expected two inputs, at least one of them a file"),
            Self::UnknownCommand(found) => {
                write!(out, "expected a command, {COMMANDS}, found {found:?}")
            }
            Self::UnknownFormat(found) => {
                let names: Vec<_> = export::Format::all().map(export::Format::name).collect();
                let names = names.join("`, `");
                write!(out, "expected `text`, `{names}` as format, found {found:?}")
            }
            Self::UnknownLevel(found) => {
                write!(out, "expected `verdict`, `changes` or `full` as level, found {found:?}")
            }
            Self::Argument(error) => write!(out, "{error}"),
        }
    }
}

impl From<lexopt::Error> for UsageError {
    fn from(error: lexopt::Error) -> Self {
        Self::Argument(error)
    }
}

/// Reads the arguments that follow the name of the program.
///
/// # Errors
///
/// Anything that is not in [`HELP`].
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, UsageError> {
    let mut parser = Parser::from_args(args);
    match parser.next()? {
        None => Err(UsageError::MissingCommand),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help),
        Some(Arg::Short('V') | Arg::Long("version")) => Ok(Command::Version),
        Some(Arg::Value(name)) => match name.to_str() {
            Some("report") => report(&mut parser),
            Some("diff") => diff(&mut parser),
            Some("share") => sharing::share(&mut parser),
            Some("open") => sharing::open(&mut parser),
            Some("schema") => schema(&mut parser),
            Some("help") => Ok(Command::Help),
            _ => Err(UsageError::UnknownCommand(name.to_string_lossy().into_owned())),
        },
        Some(arg) => Err(arg.unexpected().into()),
    }
}

fn report(parser: &mut Parser) -> Result<Command, UsageError> {
    let mut options = ReportOptions::default();
    let mut file: Option<OsString> = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('f') | Arg::Long("format") => options.format = Some(format(parser)?),
            Arg::Short('t') | Arg::Long("tee") => options.tee = Tee::On,
            Arg::Value(value) if file.is_none() => file = Some(value),
            arg => return Err(arg.unexpected().into()),
        }
    }
    options.file = file.and_then(input);
    Ok(Command::Report(options))
}

fn diff(parser: &mut Parser) -> Result<Command, UsageError> {
    let mut form = None;
    let mut inputs: Vec<OsString> = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('f') | Arg::Long("format") => form = Some(format(parser)?),
            Arg::Value(value) if inputs.len() < 2 => inputs.push(value),
            arg => return Err(arg.unexpected().into()),
        }
    }
    let Ok([old, new]) = <[OsString; 2]>::try_from(inputs) else {
        return Err(UsageError::MissingInput);
    };
    let (old, new) = (input(old), input(new));
    if old.is_none() && new.is_none() {
        return Err(UsageError::MissingInput);
    }
    Ok(Command::Diff(DiffOptions { old, new, format: form }))
}

/// The file of that name; `-` is standard input.
fn input(name: OsString) -> Option<PathBuf> {
    (name != "-").then(|| PathBuf::from(name))
}

fn schema(parser: &mut Parser) -> Result<Command, UsageError> {
    match parser.next()? {
        None => Ok(Command::Schema),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help),
        Some(arg) => Err(arg.unexpected().into()),
    }
}

fn format(parser: &mut Parser) -> Result<Format, UsageError> {
    let value = parser.value()?;
    let format = value.to_str().and_then(Format::named);
    format.ok_or_else(|| UsageError::UnknownFormat(value.to_string_lossy().into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn check(line: &str, file: Option<&str>, format: Option<Format>, tee: Tee) {
        let file = file.map(PathBuf::from);
        assert_eq!(parsed(line), Ok(Command::Report(ReportOptions { file, format, tee })));
    }

    #[track_caller]
    fn check_refused(line: &str, message: &str) {
        assert_eq!(parsed(line), Err(message.to_owned()));
    }

    #[test]
    fn dash_and_no_file_are_standard_input() {
        check("report", None, None, Tee::Off);
        check("report -", None, None, Tee::Off);
    }

    #[test]
    fn options_stand_before_or_after_the_file() {
        check("report a.log --format json", Some("a.log"), Some(Format::JSON), Tee::Off);
        check("report --format=text -t a.log", Some("a.log"), Some(Format::Text), Tee::On);
        check(
            "report --tee -f markdown",
            None,
            Some(Format::Document(export::Format::Markdown)),
            Tee::On,
        );
    }

    #[test]
    fn a_file_whose_name_begins_with_a_dash_stands_after_two() {
        check("report -- --tee", Some("--tee"), None, Tee::Off);
    }

    #[test]
    fn help_and_version_are_commands() {
        assert_eq!(parsed("--help"), Ok(Command::Help));
        assert_eq!(parsed("report --help"), Ok(Command::Help));
        assert_eq!(parsed("-V"), Ok(Command::Version));
        assert_eq!(parsed("schema"), Ok(Command::Schema));
    }

    #[test]
    fn two_inputs_are_compared() {
        let file = |name: &str| Some(PathBuf::from(name));
        let command = |old, new, format| Ok(Command::Diff(DiffOptions { old, new, format }));
        assert_eq!(parsed("diff a b"), command(file("a"), file("b"), None));
        assert_eq!(parsed("diff a - -f json"), command(file("a"), None, Some(Format::JSON)));
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        check_refused("", "expected a command, `report`, `diff`, `share`, `open` or `schema`");
        check_refused(
            "read",
            "expected a command, `report`, `diff`, `share`, `open` or `schema`, found \"read\"",
        );
        check_refused("diff a", "expected two inputs, at least one of them a file");
        check_refused("diff - -", "expected two inputs, at least one of them a file");
        check_refused("diff a b c", "unexpected argument \"c\"");
        check_refused("report --colour", "invalid option '--colour'");
        check_refused("report a b", "unexpected argument \"b\"");
        check_refused("schema a", "unexpected argument \"a\"");
        check_refused(
            "report --format xml",
            "expected `text`, `json`, `markdown`, `csv`, `csv-builds`, `csv-copies`, `nvd`, `trace`, \
             `html` \
             as format, found \"xml\"",
        );
        check_refused("report --format", "missing argument for option '--format'");
    }
}
