//! Edits of a text that leave everything else in it as it is.

mod error;
mod insert;
mod layout;
mod locate;
mod reconcile;
mod remove;
mod render;
mod replace;
mod splice;

use serde_json::Value;
use zeroize::Zeroizing;

pub use error::{EditError, EditErrorKind};

use crate::build::build;
use crate::decode::{bom_length, decode};
use crate::document::{Document, Format, Item, items_of};
use crate::error::Fault;
use crate::json::parse_json;
use crate::limits::{MAX_DEPTH, MAX_NODES};
use crate::split::split_documents;
use crate::tree::Tree;
use crate::yaml::parse_yaml;
use crate::{ParseError, Path, Segment, Wiped, parse_each};
use error::Obstacle;
use layout::Layout;
use locate::{Site, Slot, locate};
use render::Renderer;
use splice::{Splice, splice};

/// A change of one node.
pub struct Edit {
    path: Path,
    /// `None` removes the key.
    value: Option<Wiped>,
}

impl Edit {
    /// Sets the node that the path leads to. Keys and mappings on the way that are missing are added: among sorted keys
    /// in their place, else at the end.
    pub fn set(path: Path, value: impl Into<Value>) -> Self {
        Self { path, value: Some(Wiped::new(value.into())) }
    }

    /// Removes the key at the end of the path, with its value.
    pub fn remove(path: Path) -> Self {
        Self { path, value: None }
    }
}

/// A YAML or JSON text that is edited in place.
///
/// Comments, order, quotes, anchors, blank lines, line endings and all other documents stay byte for byte. After each
/// edit the text is read again: exactly the intended nodes differ, or the edit fails and changes nothing.
///
/// Documents are numbered like the chunks of [`parse_each`].
pub struct Editor {
    source_name: String,
    newline: &'static str,
    documents: Vec<EditedDocument>,
}

struct EditedDocument {
    text: Zeroizing<String>,
    /// The line of the file that it begins on.
    line: usize,
    format: Format,
    /// `Ok(None)` where there is nothing to edit.
    content: Result<Option<Content>, ParseError>,
}

struct Content {
    tree: Tree,
    value: Wiped,
}

impl Editor {
    /// Reads the text. Documents that cannot be read do not matter to the others.
    pub fn open(input: &[u8], source_name: &str) -> Result<Self, ParseError> {
        let text = decode(input).map_err(|fault| fault.in_source(source_name))?;
        let mut documents = Vec::new();
        let mut line = 1;
        for chunk in parse_each(input, source_name)? {
            let text = &text[chunk.span.clone()];
            let (format, content) = match chunk.document {
                Ok(Some(Document { format, mut tree, value, .. })) => {
                    tree.rebase(chunk.span.start);
                    (format, Ok(Some(Content { tree, value })))
                }
                Ok(None) => (Format::Yaml, Ok(None)),
                Err(error) => (Format::Yaml, Err(error)),
            };
            documents.push(EditedDocument { text: Zeroizing::new(text.to_owned()), line, format, content });
            line += lines_in(text);
        }
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Ok(Self { source_name: source_name.to_owned(), newline, documents })
    }

    /// How many documents there are, with those that are empty or cannot be read.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The document as it is now, unless it is empty or cannot be read.
    pub fn value(&self, document: usize) -> Option<&Value> {
        self.content(document).map(|content| &*content.value)
    }

    /// The document's text as it is now, readable or not.
    pub fn document_text(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |document| &document.text)
    }

    /// The objects of the document: itself, or the items of a `List`.
    pub fn items(&self, document: usize) -> Vec<Item<'_>> {
        self.value(document).map(items_of).unwrap_or_default()
    }

    /// The text as it is now. All documents follow each other as they came.
    pub fn text(&self) -> String {
        self.documents.iter().map(|document| document.text.as_str()).collect()
    }

    /// What the document is written in.
    pub fn format(&self, document: usize) -> Option<Format> {
        self.documents.get(document).map(|document| document.format)
    }

    /// Makes one change.
    pub fn apply(&mut self, document: usize, edit: &Edit) -> Result<(), EditError> {
        self.apply_all(document, std::slice::from_ref(edit))
    }

    /// Makes the changes one after the other, all of them or, when one fails, none.
    pub fn apply_all(&mut self, document: usize, edits: &[Edit]) -> Result<(), EditError> {
        let source_name = self.source_name.clone();
        let fail = |obstacle: Obstacle, path: &Path| obstacle.into_error(&source_name, path);
        let newline = self.newline;
        let Some(edited) = self.documents.get_mut(document) else {
            return Err(fail(Obstacle::nowhere(EditErrorKind::NoDocument), &Path::root()));
        };
        let obstacle = match &edited.content {
            Ok(Some(_)) => None,
            Ok(None) => Some(EditErrorKind::NoDocument),
            Err(error) => Some(EditErrorKind::Unreadable(Box::new(error.clone()))),
        };
        if let Some(kind) = obstacle {
            return Err(fail(Obstacle::nowhere(kind), &Path::root()));
        }
        let text = edited.text.clone();
        for edits in runs(edits) {
            if let Err((edit, obstacle)) = edited.apply_run(edits, newline) {
                edited.content = read(&text, edited.line, edited.format).map_err(|fault| fault.in_source(&source_name));
                edited.text = text;
                return Err(fail(obstacle, &edits[edit].path));
            }
        }
        Ok(())
    }

    /// Makes the node that the path leads to equal to `value` with the smallest changes: only keys and scalars that
    /// differ are touched.
    pub fn reconcile(&mut self, document: usize, path: &Path, value: &Value) -> Result<(), EditError> {
        let edits = match self.value(document).and_then(|root| value_at(root, path.segments())) {
            Some(old) => reconcile::differences(path, old, value),
            None => vec![Edit::set(path.clone(), value.clone())],
        };
        self.apply_all(document, &edits)
    }

    fn content(&self, document: usize) -> Option<&Content> {
        self.documents.get(document)?.content.as_ref().ok()?.as_ref()
    }
}

impl EditedDocument {
    /// Makes changes that [`runs`] put together: at once, and if that does not work, one after the other.
    /// Fails with the number of the one that does not work.
    fn apply_run(&mut self, edits: &[Edit], newline: &str) -> Result<(), (usize, Obstacle)> {
        if edits.len() > 1 && self.apply(edits, newline).is_ok() {
            return Ok(());
        }
        for (index, edit) in edits.iter().enumerate() {
            self.apply(std::slice::from_ref(edit), newline).map_err(|obstacle| (index, obstacle))?;
        }
        Ok(())
    }

    /// Makes changes in places of their own, by one new reading.
    fn apply(&mut self, edits: &[Edit], newline: &str) -> Result<(), Obstacle> {
        let Ok(Some(content)) = &self.content else {
            return Err(Obstacle::nowhere(EditErrorKind::NoDocument));
        };
        let layout = Layout::new(&self.text, &content.tree, self.format, newline);
        let mut expected = Wiped::new(content.value.clone());
        for edit in edits {
            match &edit.value {
                Some(value) => set_value(&mut expected, edit.path.segments(), value),
                None => remove_value(&mut expected, edit.path.segments()),
            }
        }
        let Some((text, content)) = self.check(splices_of(&layout, edits)?, &expected) else {
            let found = edits.first().and_then(|edit| content.tree.find(edit.path.segments()));
            let position = found.map(|(_, node)| content.tree.node(node).start.position());
            return Err(Obstacle { position, kind: EditErrorKind::NotAsIntended });
        };
        self.text = text;
        self.content = Ok(Some(content));
        Ok(())
    }

    /// The edited text, if it is still one document and has the expected value.
    fn check(&self, splices: Vec<Splice>, expected: &Value) -> Option<(Zeroizing<String>, Content)> {
        let text = splice(&self.text, splices)?;
        if self.format == Format::Yaml && split_documents(&text).len() != 1 {
            return None;
        }
        let content = read(&text, self.line, self.format).ok()??;
        (*content.value == *expected).then_some((text, content))
    }
}

/// Parts the edits into runs that can be made at once: scalars that are set, which most often are there already, so that
/// a thousand values cost one reading and not a thousand.
fn runs(edits: &[Edit]) -> impl Iterator<Item = &[Edit]> {
    let sets_scalar = |edit: &Edit| edit.value.as_ref().is_some_and(|value| !value.is_object() && !value.is_array());
    edits.chunk_by(move |a, b| sets_scalar(a) && sets_scalar(b))
}

/// What the edits change in the text. Nothing when two new keys would get the same place, where they would stand in the
/// order of the edits and not in their own.
fn splices_of(layout: &Layout<'_>, edits: &[Edit]) -> Result<Vec<Splice>, Obstacle> {
    let mut splices = Vec::new();
    for edit in edits {
        splices.extend(match &edit.value {
            Some(value) => set(layout, edit.path.segments(), value)?,
            None => remove(layout, edit.path.segments())?,
        });
    }
    if edits.len() > 1 && !splice::starts_are_distinct(&splices) {
        splices.clear();
    }
    Ok(splices)
}

fn set(layout: &Layout<'_>, path: &[Segment], value: &Value) -> Result<Vec<Splice>, Obstacle> {
    let site = locate(layout, path)?;
    let renderer = Renderer::of(layout);
    let is_new = |segment: &Segment| matches!(segment, Segment::Key(key) if renderer.is_long_key(key));
    if site.missing().iter().any(is_new) || renderer.has_long_key(value) {
        return Err(Obstacle::nowhere(EditErrorKind::LongKey));
    }
    if path.len() + levels(value) > MAX_DEPTH {
        return Err(Obstacle::nowhere(EditErrorKind::TooDeep));
    }
    match site {
        Site::Found { slot, node } => replace::replace(layout, slot, node, value),
        Site::Missing { slot, mapping, missing } => insert::insert(layout, slot, mapping, missing, value),
        Site::Null { slot, node, missing } => {
            let position = layout.tree.node(node).start.position();
            let value = Wiped::new(insert::nested(missing, value).map_err(|kind| Obstacle::at(position, kind))?);
            replace::replace(layout, slot, node, &value)
        }
    }
}

/// How many collections there are inside one another.
fn levels(value: &Value) -> usize {
    match value {
        Value::Object(fields) => 1 + fields.values().map(levels).max().unwrap_or(0),
        Value::Array(items) => 1 + items.iter().map(levels).max().unwrap_or(0),
        _ => 0,
    }
}

fn remove(layout: &Layout<'_>, path: &[Segment]) -> Result<Vec<Splice>, Obstacle> {
    let Some((Segment::Key(_), parent)) = path.split_last() else {
        return Err(Obstacle::nowhere(EditErrorKind::NotFound));
    };
    match (locate(layout, path)?, locate(layout, parent)?) {
        (Site::Found { slot: Slot::Entry { mapping, index }, .. }, Site::Found { slot, .. }) => {
            remove::remove(layout, slot, mapping, index)
        }
        _ => Err(Obstacle::nowhere(EditErrorKind::NotFound)),
    }
}

fn read(text: &str, line: usize, format: Format) -> Result<Option<Content>, Fault> {
    let mut budget = MAX_NODES;
    let tree = match format {
        Format::Yaml => parse_yaml(text, 0..text.len(), line, &mut budget)?,
        Format::Json => match parse_json(text, bom_length(text), line, &mut budget)?.pop() {
            Some((_, tree)) => tree,
            None => return Ok(None),
        },
    };
    let value = build(&tree)?;
    Ok(Some(Content { tree, value }))
}

fn lines_in(text: &str) -> usize {
    crate::Position::of(text, text.len()).line - 1
}

fn value_at<'v>(value: &'v Value, path: &[Segment]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, segment| match segment {
        Segment::Key(key) => value.get(key),
        Segment::Index(index) => value.get(index),
    })
}

fn set_value(root: &mut Value, path: &[Segment], new: &Value) {
    let mut value = root;
    for segment in path {
        value = match segment {
            Segment::Key(key) => {
                if value.is_null() {
                    *value = Value::Object(serde_json::Map::new());
                }
                match value.as_object_mut() {
                    Some(fields) => fields.entry(key).or_insert(Value::Null),
                    None => return,
                }
            }
            Segment::Index(index) => match value.get_mut(index) {
                Some(item) => item,
                None => return,
            },
        };
    }
    *value = new.clone();
}

fn remove_value(root: &mut Value, path: &[Segment]) {
    let Some((Segment::Key(last), parent)) = path.split_last() else { return };
    let mut value = root;
    for segment in parent {
        let below = match segment {
            Segment::Key(key) => value.get_mut(key),
            Segment::Index(index) => value.get_mut(index),
        };
        match below {
            Some(below) => value = below,
            None => return,
        }
    }
    if let Some(fields) = value.as_object_mut() {
        // `shift_remove`, since equality must not depend on how the map fills the gap.
        fields.shift_remove(last);
    }
}
