//! Articles as checked data.
