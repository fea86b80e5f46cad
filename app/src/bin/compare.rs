//! The program that compares two inputs: see `app::comparing`.

use app as _;

fn main() {}
