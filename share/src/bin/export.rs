//! The program that makes documents for the page: see `share::export::module`.

use share as _;

fn main() {}
