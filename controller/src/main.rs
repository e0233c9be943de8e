//! Placeholder of the workspace layout.
fn main() {}
