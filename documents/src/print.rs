//! Printing values, byte for byte as `kubeseal` prints them.

mod json;
mod order;
mod style;
mod yaml;

pub use json::to_json;
pub use yaml::to_yaml;
