//! What came of a run, and the formats that it is printed in. Each is a pure function of the report.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::{Finding, Severity};

/// What was found in all files.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// What was found, by file and place.
    pub findings: Vec<Finding>,
    /// What was found and accepted by a comment.
    pub suppressed: Vec<Suppressed>,
    /// The files in which there was something to check.
    pub checked: Vec<Arc<str>>,
    /// How many files were looked at, the certificates that were given among them.
    pub files: usize,
    /// How many files the caller left out because somebody asked for it.
    pub excluded: usize,
    /// The least severity that fails.
    pub fails_from: Severity,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            findings: Vec::new(),
            suppressed: Vec::new(),
            checked: Vec::new(),
            files: 0,
            excluded: 0,
            fails_from: Severity::Error,
        }
    }
}

/// A finding that somebody accepted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Suppressed {
    /// What was found.
    pub finding: Finding,
    /// Why it is fine.
    pub reason: String,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// Workflow commands of GitHub Actions, which become annotations of a pull request.
    Github,
    /// SARIF 2.1.0 (OASIS), for code scanning.
    Sarif,
    /// JUnit's XML, for GitLab, Jenkins and others.
    Junit,
    /// Our own, for scripts.
    Json,
}

/// Whether text is coloured. The caller knows the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Without any escape sequence.
    Never,
    /// With ANSI escape sequences.
    Always,
}

impl Report {
    /// Whether the gate stays shut.
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| self.fails_for(finding))
    }

    /// Whether it stays shut for this finding.
    pub fn fails_for(&self, finding: &Finding) -> bool {
        finding.severity >= self.fails_from
    }

    /// How many findings of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The report in a format, with a line break at its end (or nothing, where the format has nothing to say). Only text
    /// is coloured.
    pub fn render(&self, format: Format, colour: Colour) -> String {
        match format {
            Format::Text => text::render(self, colour),
            Format::Github => github::render(self),
            Format::Sarif => sarif::render(self),
            Format::Junit => junit::render(self),
            Format::Json => json::render(self),
        }
    }
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Text, Self::Github, Self::Sarif, Self::Junit, Self::Json];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Json => "json",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = ParseFormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|format| format.as_str() == text).ok_or(ParseFormatError)
    }
}

/// The text names no format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a format; the formats are text, github, sarif, junit and json")]
pub struct ParseFormatError;
