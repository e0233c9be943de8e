//! Printing values, byte for byte as `kubeseal` prints them.

mod json;
mod order;
mod style;
mod yaml;

pub use json::to_json;
pub(crate) use json::{number_text, write_json_string};
pub(crate) use order::compare_keys;
pub(crate) use style::{Quoting, analyze, is_printable, quoting};
pub(crate) use yaml::push_escaped;
pub use yaml::to_yaml;
