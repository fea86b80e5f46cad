//! The program that searches a log, with regular expressions: see `app::lines`.

use app as _;

fn main() {}
