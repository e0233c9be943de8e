//! The objects in the documents of an input.

use std::fmt;

use serde::Deserialize as _;
use serde_json::Value;
use waxseal_api::{SealedSecret, names};
use waxseal_documents::{Chunk, Document, Item, Path, Position, parse, parse_each};

use crate::failure::{Failure, Result};
use crate::inputs::{Input, Origin};
use crate::printer::Printer;

/// The documents of an input. What cannot be read fails it, unless the file was merely found in a directory, where
/// templates lie about: then it is warned about and passed over.
pub(crate) fn documents(input: &Input, printer: Printer) -> Result<Vec<Document>> {
    if input.origin != Origin::Found {
        return parse(&input.text, &input.name).map_err(Failure::input);
    }
    let mut documents = Vec::new();
    for chunk in chunks(input)? {
        match chunk.document {
            Ok(document) => documents.extend(document),
            Err(error) => printer.warn(format_args!("{error}; this document is passed over")),
        }
    }
    Ok(documents)
}

/// The parts of an input, each a document or what stands between them.
pub(crate) fn chunks(input: &Input) -> Result<Vec<Chunk>> {
    parse_each(&input.text, &input.name).map_err(Failure::input)
}

/// Whether the object is of that kind, in any version of its group.
pub(crate) fn is_kind(object: &Value, group: &str, kind: &str) -> bool {
    let text = |field| object.get(field).and_then(Value::as_str).unwrap_or_default();
    let of_group = match text("apiVersion").rsplit_once('/') {
        Some((found, _)) => found == group,
        None => group.is_empty(),
    };
    of_group && text("kind") == kind
}

/// Whether it is a core Secret.
pub(crate) fn is_secret(object: &Value) -> bool {
    is_kind(object, "", "Secret")
}

/// Whether it is a SealedSecret.
pub(crate) fn is_sealed_secret(object: &Value) -> bool {
    is_kind(object, "bitnami.com", names::KIND)
}

/// Reads a SealedSecret. The error of the JSON reader would quote what it found, so it is not passed on.
pub(crate) fn sealed_secret(object: &Value) -> Result<SealedSecret> {
    SealedSecret::deserialize(object).map_err(|_| {
        Failure::input("is no SealedSecret that can be read: a field has the wrong type")
            .remedy("`waxseal lint` points at the field")
    })
}

/// Where an object stands and what it is called, for messages: `app.yaml:12:1: Secret team-a/db`.
pub(crate) struct Place {
    file: String,
    position: Position,
    name: String,
}

impl Place {
    pub(crate) fn of(document: &Document, item: &Item<'_>) -> Self {
        Self::at(document, item, &Path::root())
    }

    /// The place of a field of the object.
    pub(crate) fn at(document: &Document, item: &Item<'_>, field: &Path) -> Self {
        let position = document.nearest_position(&item.path.clone().join(field));
        Self { file: document.source_name().to_owned(), position, name: title(item.value) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.position, self.name)
    }
}

/// Kind, namespace and name.
pub(crate) fn title(object: &Value) -> String {
    let text = |pointer| object.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty());
    let kind = text("/kind").unwrap_or("object");
    match (text("/metadata/namespace"), text("/metadata/name")) {
        (Some(namespace), Some(name)) => format!("{kind} {namespace}/{name}"),
        (None, Some(name)) => format!("{kind} {name}"),
        _ => format!("{kind} without a name"),
    }
}
