//! The Secrets and SealedSecrets of a document, wherever in it they stand.

use serde_json::{Map, Value};
use waxseal_api::names;
use waxseal_documents::{Document, Format, Path, Position};

use crate::ObjectName;
use crate::collect::{Findings, Problem, Span};

/// What kind of object it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Secret,
    SealedSecret,
}

/// One object and its place in its document.
pub(crate) struct Object<'d> {
    document: &'d Document,
    /// The text of the whole file.
    file: &'d str,
    path: Path,
    pub(crate) value: &'d Value,
    pub(crate) name: ObjectName,
    /// Whether it is applied as it is, and not carried inside of another object.
    pub(crate) is_applied: bool,
}

/// The objects of a document: itself, the items of a list at any depth, and what other kinds carry inside of them
/// (OpenShift's Template, policies that generate Secrets).
pub(crate) fn find<'d>(document: &'d Document, file: &'d str) -> Vec<(Kind, Object<'d>)> {
    let mut search = Search { document, file, steps: Vec::new(), found: Vec::new() };
    search.top(document.value(), None);
    search.found
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Secret => "Secret",
            Self::SealedSecret => names::KIND,
        }
    }

    fn of(kind: &str) -> Option<Self> {
        [Self::Secret, Self::SealedSecret].into_iter().find(|known| known.as_str() == kind)
    }
}

impl<'d> Object<'d> {
    /// What the fields lead to.
    pub(crate) fn get(&self, fields: &[&str]) -> Option<&'d Value> {
        fields.iter().try_fold(self.value, |value, field| value.get(field))
    }

    /// The mapping that the fields lead to.
    pub(crate) fn mapping(&self, fields: &[&str]) -> Option<&'d Map<String, Value>> {
        self.get(fields)?.as_object()
    }

    /// The text that the fields lead to.
    pub(crate) fn text(&self, fields: &[&str]) -> Option<&'d str> {
        self.get(fields)?.as_str()
    }

    /// Reports a problem at the field, or at the closest one above it that exists.
    pub(crate) fn report(&self, findings: &mut Findings, fields: &[&str], problem: Problem) {
        findings.add(problem, Some(&self.name), || self.span(fields));
    }

    /// Where the field's key stands, or the closest one above it that exists.
    pub(crate) fn span(&self, fields: &[&str]) -> Span {
        let path = fields.iter().fold(self.path.clone(), |path, field| path.key(*field));
        span(self.document, &path, fields.last().copied())
    }

    /// The place in the file of a place in a text that the fields hold, where the text stands in the file line by line,
    /// as it does in a block and mostly also in quotes.
    pub(crate) fn inside_text(&self, fields: &[&str], text: &str, at: Position) -> Option<Position> {
        let line_of_text = text.lines().nth(at.line - 1).filter(|line| !line.trim().is_empty())?;
        let begins = self.span(fields).start.line;
        // A block begins on the line after its key.
        [begins, begins + 1].into_iter().find_map(|first| {
            let line = first + at.line - 1;
            let (before, _) = self.file.lines().nth(line - 1)?.split_once(line_of_text)?;
            Some(Position { line, column: before.chars().count() + at.column })
        })
    }
}

/// Where the key `name` stands that the path ends with, or the closest place above it.
pub(crate) fn span(document: &Document, path: &Path, name: Option<&str>) -> Span {
    match (document.key_position(path), name) {
        (Some(start), Some(name)) => {
            let quotes = if document.format() == Format::Json { 2 } else { 0 };
            Span::of(start, name.chars().count() + quotes)
        }
        _ => Span::point(document.nearest_position(path)),
    }
}

#[derive(Clone, Copy)]
enum Step<'d> {
    Key(&'d str),
    Index(usize),
}

struct Search<'d> {
    document: &'d Document,
    file: &'d str,
    steps: Vec<Step<'d>>,
    found: Vec<(Kind, Object<'d>)>,
}

impl<'d> Search<'d> {
    /// A document or an item of a list. `implied` is the kind that a list of a type gives its items. The recursion here
    /// and in [`Self::below`] is bounded by the depth that the parser accepts.
    fn top(&mut self, value: &'d Value, implied: Option<Kind>) {
        // A strategic merge patch that deletes carries no values.
        if value.get("$patch").is_some() {
            return;
        }
        let kind_name = value.get("kind").and_then(Value::as_str);
        if let Some(list) = list_items(kind_name, value) {
            let implied = kind_name.and_then(|kind| Kind::of(kind.strip_suffix("List")?));
            self.steps.push(Step::Key("items"));
            for (index, item) in list.iter().enumerate() {
                self.steps.push(Step::Index(index));
                self.top(item, implied);
                self.steps.pop();
            }
            self.steps.pop();
            return;
        }
        let api_version = value.get("apiVersion").and_then(Value::as_str);
        let is_it = match kind_name.map_or(implied, Kind::of) {
            Some(Kind::Secret) => matches!(api_version, None | Some("v1")),
            Some(Kind::SealedSecret) => of_our_group(api_version) || value.pointer("/spec/encryptedData").is_some(),
            None => false,
        };
        match kind_name.map_or(implied, Kind::of) {
            Some(kind) if is_it => self.take(kind, value, true),
            _ => self.below(value),
        }
    }

    /// What stands somewhere inside of another object. References to Secrets stand there too, so it takes the fields
    /// that make it an object.
    fn nested(&mut self, value: &'d Value) {
        let api_version = value.get("apiVersion").and_then(Value::as_str);
        let has = |field| value.get(field).is_some();
        match value.get("kind").and_then(Value::as_str).and_then(Kind::of) {
            Some(Kind::Secret) if api_version == Some("v1") && (has("data") || has("stringData")) => {
                self.take(Kind::Secret, value, false);
            }
            Some(Kind::SealedSecret) if of_our_group(api_version) && has("spec") => {
                self.take(Kind::SealedSecret, value, false);
            }
            _ => self.below(value),
        }
    }

    fn below(&mut self, value: &'d Value) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.step(Step::Key(key), value);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.step(Step::Index(index), item);
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, step: Step<'d>, value: &'d Value) {
        if matches!(value, Value::Object(_) | Value::Array(_)) {
            self.steps.push(step);
            self.nested(value);
            self.steps.pop();
        }
    }

    fn take(&mut self, kind: Kind, value: &'d Value, is_applied: bool) {
        let path = self.steps.iter().fold(Path::root(), |path, step| match step {
            Step::Key(key) => path.key(*key),
            Step::Index(index) => path.index(*index),
        });
        let text = |field: &str| {
            let text = value.get("metadata")?.get(field)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let name = ObjectName { kind: kind.as_str(), namespace: text("namespace"), name: text("name") };
        self.found.push((kind, Object { document: self.document, file: self.file, path, value, name, is_applied }));
    }
}

fn of_our_group(api_version: Option<&str>) -> bool {
    api_version.is_some_and(|version| version.starts_with("bitnami.com/"))
}

fn list_items<'d>(kind: Option<&str>, value: &'d Value) -> Option<&'d Vec<Value>> {
    kind.filter(|kind| kind.ends_with("List"))?;
    value.get("items")?.as_array()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let documents = waxseal_documents::parse(text.as_bytes(), "x.yaml").unwrap();
        let objects: Vec<_> = documents.iter().flat_map(|document| find(document, text)).collect();
        objects.iter().map(|(_, object)| format!("{} at {}", object.name, object.span(&["metadata"]).start)).collect()
    }

    #[test]
    fn objects_are_found_in_lists_in_templates_and_alone() {
        assert_eq!(found("kind: Secret\nmetadata: {name: a}\n"), ["Secret a at 2:1"]);
        assert_eq!(
            found(
                "kind: List\napiVersion: v1\nitems:\n- kind: Secret\n  apiVersion: v1\n  metadata: {name: a, namespace: ns}\n"
            ),
            ["Secret ns/a at 6:3"]
        );
        assert_eq!(found("kind: SecretList\nitems:\n- metadata: {name: a}\n"), ["Secret a at 3:3"]);
        assert_eq!(
            found("kind: Template\nobjects:\n- {kind: Secret, apiVersion: v1, metadata: {name: a}, data: {}}\n"),
            ["Secret a at 3:34"]
        );
    }

    #[test]
    fn references_foreign_kinds_and_definitions_are_not_objects() {
        for text in [
            "kind: Pod\nspec:\n  ref: {apiVersion: v1, kind: Secret, name: a}\n",
            "kind: CustomResourceDefinition\nspec:\n  names: {kind: SealedSecret}\n",
            "kind: Pod\nmetadata:\n  ownerReferences:\n  - {apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, name: a}\n",
            "apiVersion: example.com/v1\nkind: Secret\nspec: {}\n",
            "$patch: delete\napiVersion: v1\nkind: Secret\nmetadata: {name: a}\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
