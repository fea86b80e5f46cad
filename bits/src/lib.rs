//! Bits to bytes and back, each with a probability that both sides predict alike.
//!
//! `docs/share-format.md` describes it (§5 to §7). Opening a link does little else than this some
//! hundred thousand times, so it is a crate of its own that is built for speed, while what
//! surrounds it is built to be small.
#![no_std]
#![cfg_attr(not(feature = "write"), allow(dead_code, reason = "what writes is not compiled"))]

extern crate alloc;

mod coder;
mod hash;
mod logistic;
mod model;
mod predicted;

pub use coder::{Coder, Ending};
pub use hash::hash;
pub use model::{Kind, MAX_CONTEXTS, Model};
pub use predicted::{Expected, Fault, PredictedBits};
