//! The program that decodes zstd in the page's worker: see `unpack::module`.

use unpack as _;

fn main() {}
