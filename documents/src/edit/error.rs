use std::fmt;

use crate::{MAX_DEPTH, ParseError, Path, Position};

/// Why a text was not edited. Nothing is changed then. It never repeats a value of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditError {
    /// The file, or what stands for standard input.
    pub source_name: String,
    /// The node that the edit was for.
    pub path: Path,
    /// Where the obstacle stands, when it has a place.
    pub position: Option<Position>,
    /// What is in the way.
    pub kind: EditErrorKind,
}

/// What is in the way of an edit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditErrorKind {
    /// There is no document of this number, or it is empty.
    #[error("there is no document here to edit")]
    NoDocument,
    /// The document cannot be read.
    #[error("{0}")]
    Unreadable(Box<ParseError>),
    /// A key to remove that is not there.
    #[error("there is no such key")]
    NotFound,
    /// The path leads through something that has no keys.
    #[error("the value here is not a mapping, so it cannot have this key")]
    NotAMapping,
    /// The path leads to an item that a sequence does not have.
    #[error("there is no such item")]
    NoSuchItem,
    /// The value is an alias.
    #[error("the value is an alias of the one on line {}; write it out here, or edit that one", anchor.line)]
    Alias {
        /// Where the value itself stands.
        anchor: Position,
    },
    /// The value comes from a mapping that `<<` merges in.
    #[error("the value is merged in by `<<` from line {}; set it there, or write the mapping out here", origin.line)]
    Merged {
        /// Where the value itself stands.
        origin: Position,
    },
    /// An anchor in what would change is used outside of it.
    #[error("the anchor here is used on line {}; write that value out first", alias.line)]
    AnchorInUse {
        /// Where the alias stands.
        alias: Position,
    },
    /// A value with a tag, which would change what is put in its place.
    #[error("the value has a tag; remove the tag first")]
    Tagged,
    /// A notation that cannot be edited: `? key`, or `{key}` without a value.
    #[error("a key in this notation cannot be edited; write it as `key: value`")]
    Notation,
    /// A new key that YAML would not read as one: it would have more than 1024 characters, its escapes included.
    #[error("a key of more than 1024 characters cannot be written in YAML; shorten it")]
    LongKey,
    /// Deeper than any document that can be read.
    #[error("nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
    /// A comment between braces, next to what would be removed.
    #[error("a comment between braces is in the way; move it out of the braces")]
    CommentInFlow,
    /// The edited text would not read as it should. A fault of this program.
    #[error(
        "this edit would have changed something else, so nothing was changed; please report the notation that is used here"
    )]
    NotAsIntended,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let EditErrorKind::Unreadable(error) = &self.kind {
            return error.fmt(f);
        }
        f.write_str(&self.source_name)?;
        if let Some(position) = self.position {
            write!(f, ":{position}")?;
        }
        match self.path.segments() {
            [] => write!(f, ": {}", self.kind),
            _ => write!(f, ": {}: {}", self.path, self.kind),
        }
    }
}

impl std::error::Error for EditError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            EditErrorKind::Unreadable(error) => Some(&**error),
            _ => None,
        }
    }
}

/// An [`EditError`] before source and path are put to it.
#[derive(Debug)]
pub(crate) struct Obstacle {
    pub(crate) position: Option<Position>,
    pub(crate) kind: EditErrorKind,
}

impl Obstacle {
    pub(crate) fn at(position: Position, kind: EditErrorKind) -> Self {
        Self { position: Some(position), kind }
    }

    pub(crate) fn nowhere(kind: EditErrorKind) -> Self {
        Self { position: None, kind }
    }

    pub(crate) fn into_error(self, source_name: &str, path: &Path) -> EditError {
        EditError { source_name: source_name.to_owned(), path: path.clone(), position: self.position, kind: self.kind }
    }
}
