//! What the report says on the page, worked out from [`Report`](analyzer::Report) without a
//! browser: words, rows, their order, and what to run where something is unknown.

pub mod builds;
pub mod commands;
pub mod downloads;
pub mod evidence;
pub mod failures;
pub mod figures;
pub mod inputs;
pub mod left_out;
pub mod remedy;
pub mod sections;
pub mod switch;
pub mod time;
pub mod verdict;
pub mod versions;
pub mod warnings;
