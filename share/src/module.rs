//! What a script sees that has loaded one of the programs of this crate.

pub mod make_link;

use std::sync::OnceLock;

use crate::link::Tables;

/// The tables of links, once they were needed.
static TABLES: OnceLock<Option<Tables>> = OnceLock::new();

/// The tables of this file, which is the same each time; none if it is another file.
fn tables(file: &[u8]) -> Option<&'static Tables> {
    TABLES.get_or_init(|| Tables::parse(file)).as_ref()
}
