//! The only place for the address bar, storage, files and the document itself.

pub mod address;
pub mod choices;
pub mod clipboard;
pub mod clock;
pub mod crypto;
pub mod document;
pub mod files;
pub mod fragment;
pub mod layout;
pub mod pointer;
pub mod share_sheet;
pub mod storage;
pub mod tab_store;
pub mod task;
