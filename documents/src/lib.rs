//! The text of Kubernetes manifests.
//!
//! - [`parse`] and [`parse_each`] read YAML and JSON as `kubectl` and `kubeseal` do (YAML 1.1 scalars, by the rules of
//!   `sigs.k8s.io/yaml`) and keep the line and column of every node.
//!
//! - [`Editor`] changes single values of a text and leaves everything else byte for byte.
//! - [`to_yaml`] and [`to_json`] print as `kubeseal` does.
//! - [`write_atomically`] replaces a file whole; [`check_writable`] tells beforehand whether it could.
//!
//! Documents hold plaintext: values are wiped when they go, nothing that holds one has `Debug`, and no error repeats
//! any of a document's content.

mod build;
mod decode;
mod document;
mod edit;
mod error;
mod json;
mod limits;
mod number;
mod parse;
mod path;
mod position;
mod print;
mod scalar;
mod split;
mod timestamp;
mod tree;
mod wiped;
mod write;
mod yaml;

pub use document::{Document, Format, Item};
pub use edit::{Edit, EditError, EditErrorKind, Editor};
pub use error::{ParseError, ParseErrorKind};
pub use limits::{MAX_DEPTH, MAX_INPUT_BYTES, MAX_NODES};
pub use number::unquoted_text;
pub use parse::{Chunk, parse, parse_each};
pub use path::{Path, Segment};
pub use position::Position;
pub use print::{to_json, to_yaml};
pub use wiped::Wiped;
pub use write::{WriteError, check_writable, write_atomically};
