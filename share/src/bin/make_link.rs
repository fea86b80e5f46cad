//! The program that makes links for the page: see `share::module`.

use share as _;

fn main() {}
