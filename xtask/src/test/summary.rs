//! The table at the end.

use std::fmt::{self, Write as _};
use std::time::Duration;

use super::run::Counts;

pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) outcome: Outcome,
    pub(super) took: Duration,
}

pub(super) enum Outcome {
    Passed(Counts),
    Failed(String),
    /// A step that it needs has failed.
    Blocked(&'static str),
}

impl Outcome {
    pub(super) fn passed(&self) -> bool {
        matches!(self, Self::Passed(_))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed(Counts::NONE) => write!(f, "ok"),
            Self::Passed(counts) => write!(f, "ok      {counts}"),
            Self::Failed(why) => write!(f, "FAILED  {why}"),
            Self::Blocked(step) => write!(f, "NOT RUN because {step} failed"),
        }
    }
}

/// What ran, how long it took, and what came of it.
pub(super) fn table(rows: &[Row], steps: usize) -> String {
    let mut text = String::from("\n");
    for row in rows {
        let took = clock(row.took);
        // Writing to a string does not fail.
        let _ = writeln!(text, "{:<14} {took:>7}  {}", row.name, row.outcome);
    }
    let total = clock(rows.iter().map(|row| row.took).sum());
    let good = rows.iter().filter(|row| row.outcome.passed()).count();
    let left_out = match steps - rows.len() {
        0 => String::new(),
        some => format!(", {some} left out as asked"),
    };
    let _ = writeln!(text, "{:<14} {total:>7}  {good} of {} steps passed{left_out}", "total", rows.len());
    text
}

/// `4:07`: minutes and seconds.
fn clock(span: Duration) -> String {
    let seconds = span.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_ran_and_what_did_not() {
        let counts = Counts { passed: 12, ..Counts::NONE };
        let rows = [
            Row { name: "fmt", outcome: Outcome::Passed(Counts::NONE), took: Duration::from_secs(1) },
            Row { name: "unit", outcome: Outcome::Passed(counts), took: Duration::from_secs(247) },
            Row { name: "build", outcome: Outcome::Failed("`cargo build` failed".into()), took: Duration::ZERO },
            Row { name: "e2e", outcome: Outcome::Blocked("build"), took: Duration::ZERO },
        ];
        let expected = "
fmt               0:01  ok
unit              4:07  ok      12 passed
build             0:00  FAILED  `cargo build` failed
e2e               0:00  NOT RUN because build failed
total             4:08  2 of 4 steps passed, 7 left out as asked
";
        assert_eq!(table(&rows, 11), expected);
    }
}
