//! Running a command whose output is seen live.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::{fmt, io};

use anyhow::{Context as _, Result, ensure};

use crate::workspace;

/// How many tests ran, from the lines that libtest ends with.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) ignored: u64,
}

impl Counts {
    pub(super) const NONE: Self = Self { passed: 0, failed: 0, ignored: 0 };

    /// Adds what `test result: ok. 12 passed; 0 failed; 1 ignored; …` says, if the line is one of those.
    fn add_line(&mut self, line: &str) {
        let Some((_, numbers)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for part in numbers.split("; ") {
            let Some((number, what)) = part.trim().split_once(' ') else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::NONE {
            return Ok(());
        }
        write!(f, "{} passed", self.passed)?;
        if self.failed > 0 {
            write!(f, ", {} failed", self.failed)?;
        }
        if self.ignored > 0 {
            write!(f, ", {} ignored", self.ignored)?;
        }
        Ok(())
    }
}

/// Runs a command on this terminal.
pub(super) fn plain(command: &mut Command) -> Result<Counts> {
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("running {}", shown(command)))?;
    ensure!(status.success(), "{} failed ({status})", shown(command));
    Ok(Counts::NONE)
}

/// Runs a command that runs tests, passing its stdout on and counting.
pub(super) fn tests(command: &mut Command) -> Result<Counts> {
    let child = workspace::same_cases(command).stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("running {}", shown(command)))?;
    let mut counts = Counts::NONE;
    if let Some(stdout) = child.stdout.take() {
        let mut stdout = BufReader::new(stdout);
        let mut line = Vec::new();
        while stdout.read_until(b'\n', &mut line).context("reading the output of the tests")? > 0 {
            io::stdout().write_all(&line).context("writing to stdout")?;
            counts.add_line(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    let status = child.wait().context("waiting for the tests")?;
    ensure!(status.success(), "{} ({counts}): {status}", shown(command));
    Ok(counts)
}

fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_over_the_closing_lines_of_several_programs() {
        let mut counts = Counts::NONE;
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 5 filtered out; finished in 0.00s\n",
        ] {
            counts.add_line(line);
        }
        assert_eq!(counts, Counts { passed: 5, failed: 1, ignored: 1 });
        assert_eq!(counts.to_string(), "5 passed, 1 failed, 1 ignored");
    }
}
