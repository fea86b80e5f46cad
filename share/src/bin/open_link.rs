//! The program that opens a link for the page: see `share::module`.

use share as _;

fn main() {}
