//! Decodes packed files as they come in chunks: gzip, zstd, bzip2, xz, and the first file of a
//! zip or tar archive.
//!
//! ```
//! use unpack::{Format, Unpacker};
//!
//! # let packed = include_bytes!("../tests/fixtures/rebuild.log.gz");
//! let format = Format::of(packed).unwrap();
//! let mut text = Vec::new();
//! let mut unpacker = Unpacker::new(format, 1 << 30).unwrap();
//! for chunk in packed.chunks(100) {
//!     unpacker.feed(chunk, &mut |bytes| text.extend_from_slice(bytes)).unwrap();
//! }
//! unpacker.finish(&mut |bytes| text.extend_from_slice(bytes)).unwrap();
//! assert!(text.starts_with(b"building the system configuration..."));
//! ```
//!
//! What comes out depends on the bytes alone, not on how they are cut into chunks. Memory is
//! bounded by [`MAX_WINDOW_BYTES`]; output by the limit that the caller sets. Whatever is wrong
//! with a file, all that was decoded before has been handed over when the error comes.

mod archive;
#[cfg(feature = "bzip2")]
mod bzip2;
mod error;
mod format;
mod gather;
#[cfg(feature = "inflate")]
mod gzip;
#[cfg(feature = "inflate")]
mod inflate;
mod input;
#[cfg(feature = "module")]
pub mod module;
mod output;
mod tar;
mod unpacker;
#[cfg(feature = "xz")]
mod xz;
#[cfg(feature = "inflate")]
mod zip;
#[cfg(feature = "zstd")]
mod zstd;

pub use archive::Archive;
pub use error::{BEFORE, Problem, UnpackError};
pub use format::Format;
pub use unpacker::{MAX_WINDOW_BYTES, Unpacker};
