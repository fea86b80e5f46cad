//! The JSON Schema that is committed beside the program.

use std::process::Command;

/// What rewrites the file.
const REWRITE: &str = "cargo run -p rebuildscope -- schema > cli/report.schema.json";

#[test]
fn committed_schema_is_that_of_the_types() {
    let output = Command::new(env!("CARGO_BIN_EXE_rebuildscope")).arg("schema").output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let committed = include_str!("../report.schema.json");
    assert!(printed == committed, "the types have changed; if that is right: {REWRITE}");
}
