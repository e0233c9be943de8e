//! The error of a render, and positions in a template.

use std::fmt;

use thiserror::Error;

use crate::reason::Reason;

/// Why a template did not render.
///
/// Says where in the template and in which function, and why from a fixed set of reasons; never a value.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenderError {
    /// The template does not parse.
    #[error("{0}")]
    Syntax(Failure),
    /// The template parses and then fails on this data, as it would in Go.
    #[error("{0}")]
    Execution(Failure),
    /// The template uses more than [`Limits`](crate::Limits) allow.
    #[error("{0}")]
    Limit(Failure),
}

impl RenderError {
    pub(crate) fn new(syntax: bool, failure: Failure) -> Self {
        if failure.reason.is_limit() {
            Self::Limit(failure)
        } else if syntax {
            Self::Syntax(failure)
        } else {
            Self::Execution(failure)
        }
    }

    /// Where and why.
    pub fn failure(&self) -> &Failure {
        match self {
            Self::Syntax(failure) | Self::Execution(failure) | Self::Limit(failure) => failure,
        }
    }
}

/// Where and why a template failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The template's name: the key of `template.data`.
    pub template: String,
    /// The place in the template.
    pub position: Position,
    /// The function that failed, or that does not exist.
    pub function: Option<String>,
    /// What went wrong.
    pub reason: Reason,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template {:?}, {}: ", Shortened(&self.template), self.position)?;
        if let Some(function) = &self.function {
            write!(f, "function {:?}: ", Shortened(function))?;
        }
        write!(f, "{}", self.reason)
    }
}

/// A place in a template: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Position {
    /// The place of the byte at `offset`.
    pub(crate) fn of(source: &str, offset: usize) -> Self {
        Positions::new(source).of(offset)
    }
}

/// Finds the places of many bytes in one walk through the source.
pub(crate) struct Positions<'a> {
    rest: &'a [u8],
    walked: usize,
    position: Position,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self { rest: source.as_bytes(), walked: 0, position: Position { line: 1, column: 1 } }
    }

    /// The place of the byte at `offset`, which is not before the one asked for last.
    pub(crate) fn of(&mut self, offset: usize) -> Position {
        let (passed, rest) = self.rest.split_at(offset.saturating_sub(self.walked).min(self.rest.len()));
        (self.rest, self.walked) = (rest, self.walked + passed.len());
        let mut line = passed;
        if let Some(newline) = memchr::memrchr(b'\n', passed) {
            self.position.line += memchr::memchr_iter(b'\n', passed).count();
            self.position.column = 1;
            line = &passed[newline + 1..];
        }
        let continuation = |byte: &&u8| **byte & 0xC0 == 0x80;
        self.position.column += line.iter().filter(|byte| !continuation(byte)).count();
        self.position
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// A name from the manifest, escaped and at most as long as the longest key of a Secret.
struct Shortened<'a>(&'a str);

impl fmt::Debug for Shortened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(253) {
            Some((end, _)) => write!(f, "{:?}…", &self.0[..end]),
            None => write!(f, "{:?}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters_from_one() {
        let source = "a\nbé{{x}}\n";
        assert_eq!(Position::of(source, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(source, 5), Position { line: 2, column: 3 });
        assert_eq!(Position::of(source, 999), Position { line: 3, column: 1 });
    }

    #[test]
    fn a_failure_names_template_place_function_and_reason() {
        let failure = Failure {
            template: "app\n.yml".into(),
            position: Position { line: 3, column: 5 },
            function: Some("upper".into()),
            reason: Reason::ArgumentType,
        };
        assert_eq!(
            failure.to_string(),
            r#"template "app\n.yml", line 3, column 5: function "upper": wrong type of argument"#
        );
    }
}
