use std::fmt;

use crate::{MAX_DEPTH, MAX_INPUT_BYTES, MAX_NODES, Position};

/// Why a text could not be read. It never repeats any of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The file, or what stands for standard input.
    pub source_name: String,
    /// Where in the file, when the reason has a place.
    pub position: Option<Position>,
    /// What is wrong there.
    pub kind: ParseErrorKind,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// More than [`MAX_INPUT_BYTES`].
    #[error("the input is larger than {} MiB; split it into several files", MAX_INPUT_BYTES / 1024 / 1024)]
    TooLarge,
    /// A byte order mark or the zero bytes of UTF-16, as Windows PowerShell writes with `>`.
    #[error("the input is UTF-16; save it as UTF-8 (in PowerShell: `Out-File -Encoding utf8`)")]
    Utf16,
    /// A byte sequence that is not UTF-8.
    #[error("the input is not UTF-8 here")]
    NotUtf8,
    /// A NUL byte, or another control character that YAML and JSON do not allow.
    #[error("a control character that may not appear here; write it as an escape in double quotes")]
    ControlCharacter,
    /// U+0085, U+2028 or U+2029 in YAML.
    #[error(
        "a line or paragraph separator that kubectl takes for a line break and others do not; write it as an escape in double quotes"
    )]
    AmbiguousBreak,
    /// Not well-formed. The text comes from a fixed set.
    #[error("{0}")]
    Syntax(String),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
    /// More nodes than [`MAX_NODES`].
    #[error("more than {MAX_NODES} keys and values; split the input into several files")]
    TooManyNodes,
    /// Aliases that stand for far more than is written.
    #[error("aliases expand to too much; write the values out")]
    AliasesExpandTooMuch,
    /// An anchor inside of which an alias refers to it.
    #[error("the alias refers to a value that contains it")]
    RecursiveAlias,
    /// `*name` without `&name` before it in the same document.
    #[error("the alias refers to an anchor that is not set before it in this document")]
    UnknownAnchor,
    /// The same key twice in one mapping.
    #[error("duplicate key; it is first set on line {}", first.line)]
    DuplicateKey {
        /// Where the key stands first.
        first: Position,
    },
    /// A mapping, a sequence or null as a key.
    #[error("a key must be a string, a number or a boolean")]
    UnsupportedKey,
    /// `<<` with something else than a mapping or a sequence of mappings.
    #[error("`<<` needs a mapping, an alias of one, or a sequence of those")]
    MergeNeedsMapping,
    /// A value that is not of the type its tag says.
    #[error("the value does not fit its tag")]
    TagMismatch,
    /// `.inf` or `.nan`, which JSON, and so Kubernetes, does not know.
    #[error("infinity and not-a-number cannot be part of a Kubernetes object; quote it if it is text")]
    NotFinite,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source_name)?;
        if let Some(position) = self.position {
            write!(f, ":{position}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl std::error::Error for ParseError {}

/// A [`ParseError`] before the name of the source is put to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) position: Option<Position>,
    pub(crate) kind: ParseErrorKind,
}

impl Fault {
    pub(crate) fn at(position: Position, kind: ParseErrorKind) -> Self {
        Self { position: Some(position), kind }
    }

    pub(crate) fn in_source(self, source_name: &str) -> ParseError {
        ParseError { source_name: source_name.to_owned(), position: self.position, kind: self.kind }
    }
}
