//! Two systems compared, beside the library of dix on the same listings.

use std::path::{Path, PathBuf};

use super::closure::Pair;
use super::cpu::{Contestant, Match};
use super::instructions;
use crate::failure::{Result, While};
use crate::process;
use crate::workspace::Workspace;

/// How many store paths the systems have: about a desktop, and more than any system known.
const SIZES: [usize; 2] = [3_600, 50_000];

/// Rounds: one takes few milliseconds, which other programs disturb more than minutes.
const ROUNDS: usize = 21;

/// What each of them does, since they do not do the same.
const WHAT: &str = "\
Each reads two listings of `nix-store -qR` that are made here. `dix-diff` is the library of dix with
as little around it as can be: it splits names from versions, compares, and prints a count.
`diff` also tells what was rebuilt, families, renames and levels, and prints all of it.";

/// Builds what is compared with, makes the listings, and prints the tables.
///
/// # Errors
///
/// Our program cannot be run, or a listing not be written.
pub(super) fn print(workspace: &Workspace, program: &Path, folder: &Path) -> Result<()> {
    println!("{WHAT}");
    let dix = beside_dix(workspace);
    if let Err(failure) = &dix {
        println!("\ndix-diff: cannot be built here, so it is left out: {failure}");
    }
    for n_paths in SIZES {
        let pair = Pair::write(workspace, folder, n_paths)?;
        let contestants = contestants(program, dix.as_deref().ok(), &pair);
        let bytes = length(&pair.old)? + length(&pair.new)?;
        let title = format!("two systems of {n_paths} paths");
        Match { title: &title, bytes, rounds: ROUNDS, contestants: &contestants }.print()?;
        print_instructions(&contestants)?;
    }
    Ok(())
}

fn contestants(program: &Path, dix: Option<&Path>, pair: &Pair) -> Vec<Contestant> {
    let files = || [pair.old.clone().into_os_string(), pair.new.clone().into_os_string()];
    let ours = |name, format: &str| {
        let args = ["diff", "--format", format].map(Into::into);
        Contestant::new(name, program, args.into_iter().chain(files()))
    };
    let dix = dix.map(|dix| Contestant::new("dix-diff", dix, files()));
    dix.into_iter()
        .chain([
            ours("diff, text", "text"),
            ours("diff, json", "json"),
            ours("diff, markdown", "markdown"),
        ])
        .collect()
}

fn print_instructions(contestants: &[Contestant]) -> Result<()> {
    for contestant in contestants {
        let Some(count) = instructions::count(&contestant.command())? else {
            println!("instructions: valgrind is not installed");
            break;
        };
        println!("{:<14} {:>8.1} million instructions", contestant.name(), count as f64 / 1e6);
    }
    Ok(())
}

/// Builds the program around the library of dix, which is in no workspace of ours.
fn beside_dix(workspace: &Workspace) -> Result<PathBuf> {
    let target = workspace.target.join("beside");
    let mut cargo = workspace.cargo("build");
    cargo.args(["--release", "--manifest-path", "xtask/beside/dix/Cargo.toml"]);
    cargo.arg("--target-dir").arg(&target);
    process::run(&mut cargo)?;
    Ok(target.join("release/beside-dix"))
}

fn length(path: &Path) -> Result<u64> {
    Ok(std::fs::metadata(path).while_doing(|| path.display().to_string())?.len())
}
