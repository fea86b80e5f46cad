//! The program that decodes gzip, zip and tar in the page's worker: see `unpack::module`.

use unpack as _;

fn main() {}
