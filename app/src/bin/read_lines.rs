//! The program that reads lines of a log: see `app::lines`.

use app as _;

fn main() {}
