//! Builds, serves and tests Rebuildscope: `cargo xtask help` lists the commands.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to a terminal")]

mod args;
mod bench;
mod build;
mod failure;
mod files;
mod html;
mod process;
mod serve;
mod server;
mod site;
mod test;
mod tidy;
mod tools;
mod workspace;

use std::env;
use std::process::ExitCode;

use args::Command;
use failure::Result;
use workspace::Workspace;

fn main() -> ExitCode {
    match args::parse(env::args().skip(1)).and_then(run) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    match command {
        Command::Help => println!("{}", args::USAGE),
        Command::Serve(options) => serve::run(&workspace, &options)?,
        Command::Build(hosting) => build::release(&workspace, hosting)?,
        Command::Test(options) => return Ok(test::run(&workspace, &options)),
        Command::Bench { measured, records } => {
            bench::run(&workspace, measured, records.as_deref())?;
        }
        Command::BenchShare => bench::share::run(&workspace, bench::share::Program::Sizes)?,
        Command::Tables => bench::share::run(&workspace, bench::share::Program::Tables)?,
        Command::Site => site::run(&workspace)?,
        Command::Tidy => tidy::run(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}
