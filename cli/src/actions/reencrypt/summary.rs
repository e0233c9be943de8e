//! What came of all files.

use super::Outcome;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::printer::Printer;

#[derive(Default)]
pub(super) struct Summary {
    files: Row,
    values: Row,
    /// What the first failure was about decides on the exit code.
    first: Option<Exit>,
}

#[derive(Default)]
struct Row {
    changed: usize,
    kept: usize,
    failed: usize,
}

/// `1 value`, `2 values`.
pub(super) fn values(count: usize) -> String {
    format!("{count} value{}", if count == 1 { "" } else { "s" })
}

impl Summary {
    pub(super) fn add(&mut self, outcome: &Outcome) {
        let row = &mut self.files;
        let count = if !outcome.failures.is_empty() {
            &mut row.failed
        } else if outcome.changed > 0 {
            &mut row.changed
        } else {
            &mut row.kept
        };
        *count += 1;
        self.values.changed += outcome.changed;
        self.values.kept += outcome.kept;
        self.values.failed += outcome.failed;
        self.first = self.first.or(outcome.failures.first().map(Failure::exit));
    }

    pub(super) fn add_failed_file(&mut self, failure: &Failure) {
        self.files.failed += 1;
        self.first = self.first.or(Some(failure.exit()));
    }

    /// Prints the table and says how it went.
    pub(super) fn conclude(self, check: bool, printer: Printer) -> Result<Exit> {
        printer.talk(self.table(check));
        let all = self.files.changed + self.files.kept + self.files.failed;
        if let Some(exit) = self.first {
            let what = format!("{} of {all} file{} failed", self.files.failed, if all == 1 { "" } else { "s" });
            let failure = match exit {
                Exit::Cluster => Failure::cluster(what),
                Exit::Key => Failure::key(what),
                _ => Failure::input(what),
            };
            return Err(failure.remedy("what failed is as it was; correct it and run the command again"));
        }
        Ok(if check && self.values.changed > 0 { Exit::No } else { Exit::Done })
    }

    fn table(&self, check: bool) -> String {
        let changed = if check { "due" } else { "re-encrypted" };
        let row = |name: &str, row: &Row| format!("{name:6}  {:>12}  {:>5}  {:>6}", row.changed, row.kept, row.failed);
        format!(
            "{:6}  {changed:>12}  {:>5}  {:>6}\n{}\n{}",
            "",
            "kept",
            "failed",
            row("files", &self.files),
            row("values", &self.values)
        )
    }
}
