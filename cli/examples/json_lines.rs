//! A yardstick: parses each line of a file as JSON with `serde_json`, and counts the lines that are.
#![allow(clippy::print_stdout, reason = "it prints a count")]

use std::fs::File;
use std::io::{BufRead, BufReader};

/// What stands before a record of Nix.
const PREFIX: &[u8] = b"@nix ";

fn main() -> std::io::Result<()> {
    let path = std::env::args_os().nth(1).unwrap_or_default();
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
    let (mut line, mut count) = (Vec::new(), 0_u64);
    while reader.read_until(b'\n', &mut line)? > 0 {
        let record = line.strip_prefix(PREFIX).unwrap_or(&line);
        count += u64::from(serde_json::from_slice::<serde_json::Value>(record).is_ok());
        line.clear();
    }
    println!("{count}");
    Ok(())
}
