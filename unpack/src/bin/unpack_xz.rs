//! The program that decodes xz in the page's worker: see `unpack::module`.

use unpack as _;

fn main() {}
