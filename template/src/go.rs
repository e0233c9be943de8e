//! What Go's standard library does to bytes, numbers and characters, where Rust's does something else.

pub(crate) mod chars;
pub(crate) mod float;
pub(crate) mod number;
pub(crate) mod quote;
pub(crate) mod url;
pub(crate) mod utf8;
