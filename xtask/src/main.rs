//! Builds, serves and tests Rebuildscope.
fn main() {}
