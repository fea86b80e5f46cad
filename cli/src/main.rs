//! Reads a rebuild log on the command line.
fn main() {}
