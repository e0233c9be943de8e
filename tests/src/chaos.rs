//! Faults injected into real processes, and what was observed: one row for each line of what must hold.
//!
//! `cargo xtask chaos` runs all rows at full strength and prints them as a table; the tests run them at a strength that
//! fits into the time of a test run.

mod dice;
mod history;
mod report;
mod rows;
mod stage;

pub use dice::Dice;
pub use history::History;
pub use report::Report;
pub use rows::{ROWS, Row};
pub use stage::{Replica, Stage};

/// How hard a row tries, and where its chance comes from.
#[derive(Debug, Clone, Copy)]
pub struct Dose {
    /// The same seed makes the same choices; what the processes make of them is their own affair.
    pub seed: u64,
    /// Full strength, or what fits into a test run.
    pub full: bool,
}

impl Dose {
    /// For a test run.
    pub const SMALL: Self = Self { seed: 1, full: false };

    /// The first at full strength, else the second.
    pub fn pick<T>(self, full: T, small: T) -> T {
        if self.full { full } else { small }
    }
}
