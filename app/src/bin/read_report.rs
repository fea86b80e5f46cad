//! The program that reads saved reports: see `app::saved`.

use app as _;

fn main() {}
