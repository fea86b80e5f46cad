//! The command line of `cargo xtask`.

use std::path::PathBuf;

use crate::bench::Measured;
use crate::failure::{Failure, Result};
use crate::serve;
use crate::site::{Hosting, Offline, Place};
use crate::test::{self, Step};

/// What `cargo xtask help` prints.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [--release] [--port N] [--open]   install what is missing, build, serve on 127.0.0.1,
                                          and build again when a file changes
  build [--address https://host/path/]    the release site, in dist/, for any host and path; where
        [--without-offline]               the address is known, also what needs it: canonical
                                          links, previews, sitemap and feed
  test [step...] [-- playwright args]     all checks, or those named, of:
                                          fmt tidy clippy unit corpus build size e2e nginx lighthouse
  ci                                      the same as `test`, for a machine
  bench [worker] [log]                    how fast logs are read by the command line, or by the
                                          page's worker in a browser: one that is generated and,
                                          if given, a log of internal-json
  bench browser [log]                     how long a person waits for the page, and how busy it
                                          is, with a log of 1 GB and, if given, another
  bench diff                              how fast two systems are compared
  bench share                             how long links are, beside other ways to pack reports
  tables                                  the tables of links, from lists of names; those of a
                                          version that was released may not change
  tidy                                    the rules on layout, names and sizes alone
  help                                    this text

Tools are kept in $REBUILDSCOPE_TOOLS, by default ~/.cache/rebuildscope/tools.
The browser of the tests is $CHROMIUM, by default the system's Chromium.";

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print [`USAGE`].
    Help,
    /// Build and serve the site for a person.
    Serve(serve::Options),
    /// Build the release site.
    Build(Hosting),
    /// Run checks.
    Test(test::Options),
    /// Measure how fast logs are read or systems compared.
    Bench {
        /// Which of these, and by what.
        measured: Measured,
        /// A log of `--log-format internal-json`.
        records: Option<PathBuf>,
    },
    /// Measure how long links are.
    BenchShare,
    /// Make the tables of links.
    Tables,
    /// Run the `tidy` check alone.
    Tidy,
    /// Finish a build of Trunk's; not for people, so not in [`USAGE`].
    Site,
}

/// Reads the arguments after `cargo xtask`.
///
/// # Errors
///
/// A sentence that names the argument that is not understood.
pub(crate) fn parse(args: impl Iterator<Item = String>) -> Result<Command> {
    let mut args = args;
    let Some(name) = args.next() else { return Ok(Command::Help) };
    match name.as_str() {
        "help" | "--help" | "-h" => Ok(Command::Help),
        "serve" => parse_serve(args),
        "build" => parse_build(args),
        "test" => parse_test(args),
        "bench" => parse_bench(args),
        "ci" => no_more(args, Command::Test(test::Options::everything())),
        "tables" => no_more(args, Command::Tables),
        "tidy" => no_more(args, Command::Tidy),
        "site" => no_more(args, Command::Site),
        other => Err(Failure::new(format!("expected a command, but found `{other}`\n\n{USAGE}"))),
    }
}

fn parse_serve(mut args: impl Iterator<Item = String>) -> Result<Command> {
    let mut options = serve::Options::default();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--release" => options.release = true,
            "--open" => options.open = true,
            "--port" => options.port = Some(parse_port(args.next())?),
            _ => return Err(unexpected("serve", &arg)),
        }
    }
    Ok(Command::Serve(options))
}

fn parse_port(value: Option<String>) -> Result<u16> {
    let value = value.unwrap_or_default();
    value.parse().map_err(|_| {
        Failure::new(format!("expected a port number after `--port`, but found `{value}`"))
    })
}

fn parse_build(mut args: impl Iterator<Item = String>) -> Result<Command> {
    let mut hosting = Hosting::from_environment()?;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--address" => hosting.place = Place::of(&args.next().unwrap_or_default())?,
            "--without-offline" => hosting.offline = Offline::Off,
            _ => return Err(unexpected("build", &arg)),
        }
    }
    Ok(Command::Build(hosting))
}

fn parse_test(args: impl Iterator<Item = String>) -> Result<Command> {
    let mut options = test::Options::everything();
    let mut steps = Vec::new();
    let mut args = args;
    for arg in args.by_ref() {
        if arg == "--" {
            break;
        }
        steps.push(Step::from_name(&arg).ok_or_else(|| unexpected("test", &arg))?);
    }
    options.playwright_args = args.collect();
    if !steps.is_empty() {
        options.steps = steps;
    }
    Ok(Command::Test(options))
}

fn parse_bench(args: impl Iterator<Item = String>) -> Result<Command> {
    let mut args = args.peekable();
    if args.next_if(|arg| arg == "diff").is_some() {
        return no_more(args, Command::Bench { measured: Measured::Diff, records: None });
    }
    if args.next_if(|arg| arg == "share").is_some() {
        return no_more(args, Command::BenchShare);
    }
    let of_word = |word: &str| match word {
        "worker" => Some(Measured::Worker),
        "browser" => Some(Measured::Browser),
        _ => None,
    };
    let named = args.peek().and_then(|word| of_word(word));
    if named.is_some() {
        args.next();
    }
    let measured = named.unwrap_or(Measured::CommandLine);
    let records = args.next().map(PathBuf::from);
    no_more(args, Command::Bench { measured, records })
}

fn no_more(mut args: impl Iterator<Item = String>, command: Command) -> Result<Command> {
    match args.next() {
        None => Ok(command),
        Some(arg) => Err(unexpected("this command", &arg)),
    }
}

fn unexpected(command: &str, arg: &str) -> Failure {
    Failure::new(format!("`{arg}` is not understood after `{command}`\n\n{USAGE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn serve_takes_its_options_in_any_order() {
        let expected = serve::Options { release: true, port: Some(8000), open: true };
        assert_eq!(parsed("serve --open --port 8000 --release"), Ok(Command::Serve(expected)));
    }

    #[test]
    fn test_without_steps_means_all_of_them() {
        assert_eq!(parsed("test"), Ok(Command::Test(test::Options::everything())));
        assert_eq!(parsed("test"), parsed("ci"));
    }

    #[test]
    fn words_after_two_dashes_go_to_playwright() {
        let Ok(Command::Test(options)) = parsed("test e2e -- --grep drop") else { panic!() };
        assert_eq!(options.steps, [Step::E2e]);
        assert_eq!(options.playwright_args, ["--grep", "drop"]);
    }

    #[test]
    fn bench_is_of_the_command_line_unless_it_names_something_else() {
        for (line, measured, records) in [
            ("bench", Measured::CommandLine, None),
            ("bench a.json", Measured::CommandLine, Some("a.json")),
            ("bench worker", Measured::Worker, None),
            ("bench worker a.json", Measured::Worker, Some("a.json")),
            ("bench browser", Measured::Browser, None),
            ("bench browser a.json", Measured::Browser, Some("a.json")),
            ("bench diff", Measured::Diff, None),
        ] {
            let records = records.map(PathBuf::from);
            assert_eq!(parsed(line), Ok(Command::Bench { measured, records }), "{line}");
        }
        assert!(parsed("bench a.json worker").is_err());
        assert!(parsed("bench diff a.json").is_err());
        assert_eq!(parsed("bench share"), Ok(Command::BenchShare));
    }

    #[test]
    fn every_step_has_a_name_that_is_read_back() {
        for step in Step::ALL {
            assert_eq!(Step::from_name(step.name()), Some(step));
            assert!(USAGE.contains(step.name()), "{} is not in the usage", step.name());
        }
    }

    #[test]
    fn unknown_words_are_refused_by_name() {
        for line in ["serv", "serve --prot 1", "serve --port x", "build x", "test lint", "tidy x"] {
            let failure = parsed(line).unwrap_err().to_string();
            let word = line.split_whitespace().last().unwrap();
            assert!(failure.contains(&format!("`{word}`")) || line.contains("--prot"), "{failure}");
        }
    }

    #[test]
    fn an_address_to_build_for_is_that_of_a_folder() {
        assert!(parsed("build --without-offline --address https://x.org/sub/").is_ok());
        for bad in ["sub", "/sub/", "https://x.org/sub"] {
            assert!(parsed(&format!("build --address {bad}")).is_err(), "{bad}");
        }
    }
}
