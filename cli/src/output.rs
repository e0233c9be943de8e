//! Where results go: standard output, or a file that is replaced whole or not at all.

mod together;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::{Map, Value};
use waxseal_documents::{check_writable, write_atomically};
use zeroize::Zeroizing;

use crate::failure::{Failure, Result, chain};
use crate::printer::Printer;
pub(crate) use together::replace_all;

/// What documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Yaml,
    Json,
}

impl Format {
    /// What the extension of a file asks for.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(s: &str) -> std::result::Result<Self, String> {
        match s.to_ascii_lowercase().as_str() {
            "yaml" => Ok(Self::Yaml),
            "json" => Ok(Self::Json),
            _ => Err(format!("unsupported output format: {s}; the formats are yaml and json")),
        }
    }
}

/// Gathers the output of a command and delivers it once everything went well. It may hold plaintext and is wiped.
pub(crate) struct Output {
    format: Format,
    file: Option<PathBuf>,
    private: bool,
    text: Zeroizing<String>,
}

impl Output {
    pub(crate) fn new(format: Format, file: Option<PathBuf>) -> Self {
        Self { format, file, private: false, text: Zeroizing::default() }
    }

    /// Output with values in the clear: a new file is its owner's only.
    pub(crate) fn private(format: Format, file: Option<PathBuf>) -> Self {
        Self { private: true, ..Self::new(format, file) }
    }

    /// Adds a resource: YAML after `---`, JSON indented, as kubeseal prints them.
    pub(crate) fn resource(&mut self, value: &Value) {
        self.commented_resource(None, value);
    }

    /// Adds a resource with a line of comment above it, where the format has comments.
    pub(crate) fn commented_resource(&mut self, comment: Option<&str>, value: &Value) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.append("\n");
        }
        match self.format {
            Format::Yaml => {
                self.append("---\n");
                if let Some(comment) = comment {
                    self.append(comment);
                    self.append("\n");
                }
                self.append(&Zeroizing::new(waxseal_documents::to_yaml(value)));
            }
            Format::Json => self.append(&Zeroizing::new(waxseal_documents::to_json(value))),
        }
    }

    /// Adds text as it is, on a line of its own.
    pub(crate) fn verbatim(&mut self, text: &str) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.append("\n");
        }
        self.append(text);
    }

    /// What was gathered.
    pub(crate) fn into_text(self) -> Zeroizing<String> {
        self.text
    }

    pub(crate) fn deliver(self, printer: Printer) -> Result<()> {
        match &self.file {
            None => printer.data(self.text.as_bytes()),
            Some(path) if self.private => replace_private(path, self.text.as_bytes()),
            Some(path) => replace(path, self.text.as_bytes()),
        }
    }

    /// Appends without leaving a copy behind that nobody wipes.
    fn append(&mut self, text: &str) {
        if self.text.capacity() - self.text.len() < text.len() {
            let mut larger = Zeroizing::new(String::with_capacity((self.text.len() + text.len()) * 2));
            larger.push_str(&self.text);
            self.text = larger;
        }
        self.text.push_str(text);
    }
}

/// Puts `text` into the file such that nobody ever sees half of it; on failure the file stays as it was.
pub(crate) fn replace(path: &Path, text: &[u8]) -> Result<()> {
    write(path, text, 0o644)
}

/// Whether [`replace`] has a place to write to, before somebody does work that would be lost.
pub(crate) fn check_replaceable(path: &Path) -> Result<()> {
    check_writable(path).map_err(|error| Failure::input(chain(&error)))
}

/// Like [`replace`], and a new file can be read by its owner only: what is in it is secret.
pub(crate) fn replace_private(path: &Path, text: &[u8]) -> Result<()> {
    write(path, text, 0o600)
}

fn write(path: &Path, text: &[u8], new_mode: u32) -> Result<()> {
    write_atomically(path, text, new_mode).map_err(|error| Failure::input(chain(&error)))
}

/// The fields of a resource in the order in which Go's types have them, which is how kubeseal's JSON comes out.
pub(crate) fn in_go_order(value: Value) -> Value {
    const RESOURCE: &[&str] =
        &["kind", "apiVersion", "metadata", "spec", "immutable", "data", "stringData", "type", "status"];
    const METADATA: &[&str] = &["name", "generateName", "namespace", "labels", "annotations", "ownerReferences"];
    const SPEC: &[&str] = &["template", "data", "encryptedData"];
    const TEMPLATE: &[&str] = &["metadata", "type", "immutable", "data"];
    const OWNER: &[&str] = &["apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion"];

    let mut value = ordered(value, RESOURCE);
    edit(&mut value, "/metadata", |metadata| ordered(metadata, METADATA));
    edit(&mut value, "/metadata/ownerReferences/0", |owner| ordered(owner, OWNER));
    edit(&mut value, "/spec", |spec| ordered(spec, SPEC));
    edit(&mut value, "/spec/template", |template| ordered(template, TEMPLATE));
    edit(&mut value, "/spec/template/metadata", |metadata| ordered(metadata, METADATA));
    value
}

fn edit(value: &mut Value, pointer: &str, change: impl FnOnce(Value) -> Value) {
    if let Some(found) = value.pointer_mut(pointer) {
        *found = change(found.take());
    }
}

/// The known fields first, then whatever else there is.
fn ordered(value: Value, first: &[&str]) -> Value {
    let Value::Object(mut fields) = value else { return value };
    let mut sorted = Map::with_capacity(fields.len());
    for key in first {
        if let Some(found) = fields.shift_remove(*key) {
            sorted.insert((*key).to_owned(), found);
        }
    }
    sorted.extend(fields);
    Value::Object(sorted)
}
