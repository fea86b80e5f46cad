//! The parts that views are made of. They know nothing of what is loaded or looked at.

pub mod command;
pub mod copied;
pub mod evidence;
pub mod file_drop;
pub mod fold_button;
pub mod grade;
pub mod icon;
pub mod markup;
pub mod printing;
pub mod progress_bar;
pub mod row_fields;
pub mod sentence;
pub mod steps;
pub mod table;
pub mod term;
pub mod virtual_list;
pub mod zoom;
