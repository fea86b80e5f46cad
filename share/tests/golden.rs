//! Links of version 1, which every later version must open, and the tables that they need.
//!
//! A line of `golden/links-1.txt` is a link; `golden/N.json` is the report that it holds, with N
//! counted from 1. They are never made again.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use share::link::{self, Tables};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

#[test]
fn links_of_version_1_hold_what_they_held() {
    let tables = Tables::built_in().unwrap();
    let links = fs::read_to_string(folder().join("links-1.txt")).unwrap();
    assert!(links.lines().count() >= 8, "links are missing");
    for (number, link) in (1..).zip(links.lines()) {
        let opened = link::decode(link, &tables).unwrap();
        let held = fs::read_to_string(folder().join(format!("{number}.json"))).unwrap();
        let held: Value = serde_json::from_str(&held).unwrap();
        let found = serde_json::to_value(&opened.report).unwrap();
        assert_eq!(lost(&held, &found, "report"), None, "link {number}");
    }
}

/// What was held and is not found; fields that reports have got since are no matter.
fn lost(held: &Value, found: &Value, path: &str) -> Option<String> {
    match (held, found) {
        (Value::Object(held), Value::Object(found)) => held.iter().find_map(|(name, held)| {
            let found = found.get(name).unwrap_or(&Value::Null);
            lost(held, found, &format!("{path}.{name}"))
        }),
        (Value::Array(held), Value::Array(found)) if held.len() == found.len() => {
            (0..held.len()).find_map(|at| lost(&held[at], &found[at], &format!("{path}[{at}]")))
        }
        _ => (held != found).then(|| format!("{path}: expected {held}, found {found}")),
    }
}

/// FNV-1a of the file `link/data/tables-1.bin`.
const TABLES: u64 = 0xc673_c09c_8d64_41d8;

#[test]
fn the_tables_of_version_1_are_what_they_were() {
    let file =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../link/data/tables-1.bin")).unwrap();
    let hash = file.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(hash, TABLES, "links that were made before could not be opened any more");
}
