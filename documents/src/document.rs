use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use crate::tree::{Body, NodeId, Style, Tree};
use crate::{Path, Position, Wiped};

/// A document that was read: its value, and where each part of it stands.
///
/// It has no `Debug`: the value may hold plaintext. Value and positions are wiped when it goes.
pub struct Document {
    pub(crate) source_name: Arc<str>,
    pub(crate) format: Format,
    pub(crate) span: Range<usize>,
    pub(crate) tree: Tree,
    pub(crate) value: Wiped,
}

/// What a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Also JSON inside of a YAML stream with `---`.
    Yaml,
    /// JSON alone, or several JSON values one after the other.
    Json,
}

/// One object of a document: the document itself, or an item when it is a `List`.
#[derive(Clone)]
pub struct Item<'d> {
    /// The path from the document's root.
    pub path: Path,
    /// The object.
    pub value: &'d Value,
}

impl Document {
    /// The file, or what stands for standard input.
    pub fn source_name(&self) -> &str {
        &self.source_name
    }

    /// What it is written in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The bytes of the input that belong to the document, from its `---` or the comments before it to the next one's.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The line on which the document's content begins, from 1.
    pub fn line(&self) -> usize {
        self.tree.root.map_or(1, |root| self.tree.node(root).start.position().line)
    }

    /// The document as JSON values.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The value alone, still to be wiped.
    #[must_use]
    pub fn into_value(self) -> Wiped {
        self.value
    }

    /// Where the node begins that the path leads to. An alias stands where it is written; what a merge brings in, where
    /// that is written.
    pub fn position(&self, path: &Path) -> Option<Position> {
        let (_, node) = self.tree.find(path.segments())?;
        Some(self.tree.node(node).start.position())
    }

    /// Where the key begins whose value the path leads to.
    pub fn key_position(&self, path: &Path) -> Option<Position> {
        let (key, _) = self.tree.find(path.segments())?;
        Some(self.tree.node(key?).start.position())
    }

    /// The place that is nearest to the path: of the key, else of the value, else of the closest parent that exists.
    pub fn nearest_position(&self, path: &Path) -> Position {
        let segments = path.segments();
        let found = (0..=segments.len()).rev().find_map(|length| self.tree.find(&segments[..length]));
        found
            .map_or(Position { line: 1, column: 1 }, |(key, node)| self.tree.node(key.unwrap_or(node)).start.position())
    }

    /// A scalar's text as it is written, without quotes and before its type is resolved: `0123`, `yes`, `1.10`.
    /// For telling what somebody meant who forgot the quotes. It may be plaintext.
    pub fn scalar_text(&self, path: &Path) -> Option<&str> {
        let (_, node) = self.tree.find(path.segments())?;
        match &self.tree.node(self.tree.dereferenced(node)).body {
            Body::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The objects of the document: the items of a `List`, at any depth of lists, or the document itself.
    pub fn items(&self) -> Vec<Item<'_>> {
        items_of(self.value())
    }

    /// The lines, first and last, that a scalar takes up. For comments that speak about a value.
    pub fn lines_of(&self, path: &Path, text: &str) -> Option<(usize, usize)> {
        let (key, node) = self.tree.find(path.segments())?;
        let first = self.tree.node(key.unwrap_or(node)).start.position().line;
        Some((first, self.last_line(node, text).max(first)))
    }

    fn last_line(&self, id: NodeId, text: &str) -> usize {
        let node = self.tree.node(id);
        let end = match &node.body {
            // A block scalar ends with the line break of its last line.
            Body::Scalar(scalar) if matches!(scalar.style, Style::Literal | Style::Folded) => {
                text.get(..node.end as usize).map_or(0, |before| before.trim_end().len())
            }
            _ => node.end as usize,
        };
        Position::of(text, end).line
    }
}

pub(crate) fn items_of(value: &Value) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    collect_items(value, Path::root(), &mut items);
    items
}

/// Lists of lists are unpacked as kubectl does, as deep as the parser lets them nest.
fn collect_items<'d>(value: &'d Value, path: Path, items: &mut Vec<Item<'d>>) {
    match list_items(value) {
        Some(list) => {
            for (index, item) in list.iter().enumerate() {
                collect_items(item, path.clone().key("items").index(index), items);
            }
        }
        None => items.push(Item { path, value }),
    }
}

/// `kind: List` and `SecretList` and their like: a kind that ends in `List`, with `items` (or none at all).
fn list_items(value: &Value) -> Option<&[Value]> {
    let kind = value.get("kind")?.as_str()?;
    if !kind.ends_with("List") {
        return None;
    }
    match value.get("items") {
        Some(Value::Array(items)) => Some(items),
        Some(Value::Null) => Some(&[]),
        None if kind == "List" => Some(&[]),
        _ => None,
    }
}
