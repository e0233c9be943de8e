//! JSON as Go's encoding/json reads and writes it.

mod decode;
mod encode;

pub(crate) use decode::decode;
pub(crate) use encode::{Escape, encode, encode_indented};
