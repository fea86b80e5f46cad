//! The program that decodes bzip2 in the page's worker: see `unpack::module`.

use unpack as _;

fn main() {}
