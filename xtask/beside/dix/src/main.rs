//! Compares two listings of store paths by the library of dix, as `beside-dix OLD NEW`.
//!
//! It reads lines, splits names from versions, lets the library compare, and prints how many
//! packages differ: the least that a program around that library does.

use std::{env, fs, process::ExitCode};

use dix_diff::{Package, PackageSnapshot, diff_snapshots};

/// Bytes before the name in a store path: the folder, 32 characters of hash, and a dash.
const NAME_START: usize = "/nix/store/".len() + 33;

fn main() -> ExitCode {
    let paths: Vec<String> = env::args().skip(1).collect();
    let [old, new] = &paths[..] else {
        eprintln!("usage: beside-dix OLD NEW");
        return ExitCode::from(2);
    };
    match (snapshot(old), snapshot(new)) {
        (Ok(old), Ok(new)) => {
            println!("{} packages differ", diff_snapshots(&old, &new).len());
            ExitCode::SUCCESS
        }
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("beside-dix: {error}");
            ExitCode::from(2)
        }
    }
}

fn snapshot(path: &str) -> Result<PackageSnapshot, std::io::Error> {
    let text = fs::read_to_string(path)?;
    let packages: Vec<Package> =
        text.lines().filter_map(|line| line.get(NAME_START..)).map(package).collect();
    Ok(PackageSnapshot::new(packages))
}

/// `hello-2.12`: the version begins with the first dash that no letter follows.
fn package(base: &str) -> Package {
    let follows_dash = |at: &usize| {
        let next = base.as_bytes().get(at + 1);
        base.as_bytes()[*at] == b'-' && next.is_some_and(|byte| !byte.is_ascii_alphabetic())
    };
    match (0..base.len()).find(follows_dash) {
        Some(dash) => Package::new(&base[..dash], base[dash + 1..].to_owned()),
        None => Package::new(base, String::new()),
    }
}
