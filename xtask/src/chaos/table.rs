//! The table at the end.

use std::fmt::Write as _;
use std::time::Duration;

/// What came of one row.
pub(super) struct Line {
    pub(super) row: String,
    pub(super) holds: String,
    pub(super) held: bool,
    pub(super) injected: String,
    pub(super) observed: String,
    pub(super) took: Duration,
}

/// The table, in Markdown.
pub(super) fn table(seed: u64, lines: &[Line]) -> String {
    let mut text =
        format!("\nseed {seed}\n\n| row | what must hold | injected | observed | |\n|---|---|---|---|---|\n");
    for line in lines {
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        let held = if line.held { "held" } else { "**FAILED**" };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {held}, {} s |",
            line.row,
            cell(&line.holds),
            cell(&line.injected),
            cell(&line.observed),
            line.took.as_secs()
        );
    }
    let held = lines.iter().filter(|line| line.held).count();
    let _ = writeln!(text, "\n{held} of {} rows held", lines.len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_held_and_what_did_not() {
        let line = |row: &str, held| Line {
            row: row.into(),
            holds: "x | y".into(),
            held,
            injected: "1 × z".into(),
            observed: "all\nwell".into(),
            took: Duration::from_secs(7),
        };
        let expected = "
seed 3

| row | what must hold | injected | observed | |
|---|---|---|---|---|
| a | x \\| y | 1 × z | all well | held, 7 s |
| b | x \\| y | 1 × z | all well | **FAILED**, 7 s |

1 of 2 rows held
";
        assert_eq!(table(3, &[line("a", true), line("b", false)]), expected);
    }
}
