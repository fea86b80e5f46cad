//! Makes the tables of links of version 1 from lists of names, and prints where they are.

mod names;
mod sample;

use std::io::{self, Write};
use std::path::Path;

use analyzer::report::LinkLevel;
use share::link::Tables;

/// Where the lists are, and where the tables go, seen from this crate.
const LISTS: &str = "../../shared/data";
const FIXTURES: &str = "../analyzer/tests/fixtures";
const TABLES: &str = "../link/data/tables-1.bin";

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ranked = std::fs::read_to_string(root.join(LISTS).join("names-8000.txt"))?;
    let seen = std::fs::read_to_string(root.join(LISTS).join("nixpkgs-names.tsv"))?;
    let names = names::lines(&ranked, &seen);
    let sample = sample::reports(&root.join(FIXTURES), &seen)?;
    let sample: Vec<Vec<u8>> = sample
        .iter()
        .map(|report| postcard::to_allocvec(&report.at_level(LinkLevel::Full)))
        .collect::<Result<_, _>>()
        .map_err(io::Error::other)?;
    let file = Tables::make(&names, &sample).ok_or_else(|| io::Error::other("bad names"))?;
    std::fs::write(root.join(TABLES), &file)?;
    writeln!(
        io::stdout(),
        "{TABLES}: {} bytes, {} of names, {} reports",
        file.len(),
        names.len(),
        sample.len()
    )
}
