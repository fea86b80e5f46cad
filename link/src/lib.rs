//! The format of links: the values of a report as letters, and back.
//!
//! `docs/share-format.md` describes it. What goes in and comes out is a report in the form of
//! postcard, so that this knows none of its types, and what opens links in the page stays small.
#![no_std]
#![expect(
    clippy::cast_possible_truncation,
    reason = "places and lengths have far fewer than 32 bits, and hashes wrap"
)]
// What only reads links has no use for parts of the writer, and the linker leaves them out.
#![cfg_attr(not(feature = "write"), allow(dead_code, reason = "what writes is not compiled"))]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod answer;
mod base64url;
mod bytes;
mod coding;
mod digits;
mod error;
mod field;
mod frame;
mod history;
mod level;
mod listed;
mod map;
mod memory;
#[cfg(feature = "program")]
pub mod module;
mod moment;
mod name_form;
mod name_table;
mod names;
mod report;
mod revision;
mod seal;
mod shape;
mod step;
mod stream;
mod tables;
mod text;
mod value;
mod versions;
mod walk;

#[cfg(feature = "write")]
pub use coding::encode_frame;
pub use coding::{Opened, decode, decode_frame};
pub use error::{Damage, OpenError};
pub use frame::{level, to_fragment};
pub use level::Level;
pub use seal::Sealed;
pub use tables::Tables;
