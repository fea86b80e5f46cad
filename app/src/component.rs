//! The parts that views are made of. They know nothing of what is loaded or looked at.

pub mod file_drop;
pub mod progress_bar;
pub mod virtual_list;
