//! The file that is sealed over: its comments stay, and what need not change in it does not.

use std::path::Path as FilePath;

use serde_json::{Map, Value};
use waxseal_api::SealedSecret;
use waxseal_api::names::{CLUSTER_WIDE, NAMESPACE_WIDE, SEALING_KEYS};
use waxseal_documents::{Editor, Format as Written};
use zeroize::Zeroizing;

use super::keep::Keeper;
use super::manifests;
use crate::actions::in_place::{Target, targets, unreadable};
use crate::failure::{Failure, Result};
use crate::inputs::read_file;
use crate::output::{Format, Output};
use crate::resources::is_secret;
use crate::sealing::Job;

/// A file that holds SealedSecrets.
pub(super) struct Previous {
    editor: Editor,
    targets: Vec<Target>,
    /// Whether it is one that can be edited: all of it can be read, and there is nothing in it in the clear.
    editable: bool,
    format: Format,
}

/// What the file becomes.
pub(super) struct Update {
    /// Its text, if it could be edited.
    pub(super) text: Option<Zeroizing<String>>,
    /// What became of the values, for whoever waits.
    pub(super) lines: Vec<String>,
}

impl Previous {
    /// Reads the file; nothing where it holds no SealedSecret, and then there is nothing to keep.
    pub(super) fn open(file: &FilePath, format: Format) -> Option<Self> {
        if !file.is_file() {
            return None;
        }
        let text = read_file(file).ok()?;
        let mut editor = Editor::open(&text, &file.display().to_string()).ok()?;
        let found = targets(&editor);
        let all_readable = unreadable(&mut editor).is_none() && found.iter().all(Result::is_ok);
        let targets: Vec<Target> = found.into_iter().filter_map(Result::ok).collect();
        if targets.is_empty() {
            return None;
        }
        let documents = 0..editor.len();
        let in_the_clear = documents.clone().any(|at| editor.items(at).iter().any(|item| is_secret(item.value)));
        let written = match format {
            Format::Yaml => Written::Yaml,
            Format::Json => Written::Json,
        };
        let same_format = targets.iter().all(|target| editor.format(target.document) == Some(written));
        Some(Self { editor, targets, editable: all_readable && !in_the_clear && same_format, format })
    }

    /// Puts old values in the place of new ones where they are proven unchanged, and all of it into the text.
    pub(super) fn update(
        mut self,
        file: &FilePath,
        jobs: &[Job],
        sealed: &mut [SealedSecret],
        keeper: &Keeper<'_>,
    ) -> Result<Update> {
        let mut lines = Vec::new();
        let mut places = Vec::new();
        for (job, sealed) in jobs.iter().zip(&mut *sealed) {
            let place = self.place_of(sealed, jobs.len());
            if let Some(target) = place.map(|at| &self.targets[at]) {
                let title = format!("{}: {}", file.display(), target.title);
                lines.extend(keeper.keep(&title, job, &target.sealed, sealed)?.lines());
            }
            places.push(place);
        }
        let is_meant = |at: usize| places.contains(&Some(at));
        let gone: Vec<_> = (0..self.targets.len()).filter(|at| !is_meant(*at)).collect();
        lines.extend(gone.iter().map(|at| format!("{}: {}: removed", file.display(), self.targets[*at].title)));
        // An item cannot be taken out of a List.
        let editable = self.editable && gone.iter().all(|at| self.targets[*at].at().segments().is_empty());
        let text = if editable {
            let manifests = manifests(jobs, sealed)?;
            Some(
                self.edited(&places, &gone, &manifests)
                    .map_err(|failure| failure.or(&format!("remove {} to have it written anew", file.display())))?,
            )
        } else {
            None
        };
        Ok(Update { text, lines })
    }

    /// The old object that is to become this one: the one of the same name and namespace, or the only one of that name.
    fn place_of(&self, sealed: &SealedSecret, jobs: usize) -> Option<usize> {
        let of = |text: &Option<String>| text.clone().unwrap_or_default();
        let (name, namespace) = (of(&sealed.metadata.name), of(&sealed.metadata.namespace));
        let is_it = |target: &Target| {
            target.name() == name && (target.namespace().is_empty() || target.namespace() == namespace)
        };
        let only = (jobs == 1 && self.targets.len() == 1 && self.targets[0].name() == name).then_some(0);
        self.targets.iter().position(is_it).or(only)
    }

    fn edited(&mut self, places: &[Option<usize>], gone: &[usize], new: &[Value]) -> Result<Zeroizing<String>> {
        for (place, new) in places.iter().zip(new) {
            let Some(target) = place.map(|at| &self.targets[at]) else { continue };
            let items = self.editor.items(target.document);
            let Some(old) = items.iter().find(|item| item.path == *target.at()) else { continue };
            let wanted = updated(old.value, new);
            self.editor.reconcile(target.document, target.at(), &wanted).map_err(Failure::input)?;
        }
        let mut output = Output::new(self.format, None);
        let is_gone = |document: usize| gone.iter().any(|at| self.targets[*at].document == document);
        for document in (0..self.editor.len()).filter(|document| !is_gone(*document)) {
            output.verbatim(self.editor.document_text(document));
        }
        for (_, new) in places.iter().zip(new).filter(|(place, _)| place.is_none()) {
            output.resource(new);
        }
        Ok(output.into_text())
    }
}

/// The old object with everything in it that sealing decides as it is in the new one. What people add by hand stays:
/// labels and annotations of the SealedSecret itself, and its templates.
fn updated(old: &Value, new: &Value) -> Value {
    let mut wanted = old.clone();
    for field in ["name", "namespace"] {
        put(&mut wanted, &["metadata", field], new.pointer(&format!("/metadata/{field}")));
    }
    for annotation in [NAMESPACE_WIDE, CLUSTER_WIDE, SEALING_KEYS] {
        let value = new.pointer("/metadata/annotations").and_then(|all| all.get(annotation));
        put(&mut wanted, &["metadata", "annotations", annotation], value);
    }
    if wanted.pointer("/metadata/annotations").and_then(Value::as_object).is_some_and(Map::is_empty) {
        put(&mut wanted, &["metadata", "annotations"], None);
    }
    put(&mut wanted, &["spec", "encryptedData"], new.pointer("/spec/encryptedData"));
    put(&mut wanted, &["spec", "data"], None);
    for field in ["type", "immutable"] {
        put(&mut wanted, &["spec", "template", field], new.pointer(&format!("/spec/template/{field}")));
    }
    let mut metadata = new.pointer("/spec/template/metadata").cloned();
    let before = old.pointer("/spec/template/metadata").and_then(Value::as_object);
    for (key, _) in before.into_iter().flatten().filter(|(_, value)| value.is_null()) {
        // The original writes `creationTimestamp: null`, which says nothing and is no reason for a change.
        if let Some(fields) = metadata.get_or_insert_with(|| Value::Object(Map::new())).as_object_mut() {
            fields.entry(key).or_insert(Value::Null);
        }
    }
    put(&mut wanted, &["spec", "template", "metadata"], metadata.as_ref());
    wanted
}

/// Sets the field that the keys lead to, or removes it.
fn put(root: &mut Value, keys: &[&str], value: Option<&Value>) {
    let Some((last, above)) = keys.split_last() else { return };
    let mut place = root;
    for key in above {
        let Some(fields) = fields_of(place) else { return };
        if value.is_none() && !fields.contains_key(*key) {
            return;
        }
        place = fields.entry(*key).or_insert(Value::Null);
    }
    let Some(fields) = fields_of(place) else { return };
    match value {
        Some(value) => drop(fields.insert((*last).to_owned(), value.clone())),
        None => drop(fields.shift_remove(*last)),
    }
}

fn fields_of(value: &mut Value) -> Option<&mut Map<String, Value>> {
    if value.is_null() {
        *value = Value::Object(Map::new());
    }
    value.as_object_mut()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn metadata_follows_the_input_and_what_people_added_stays() {
        let old = json!({
            "kind": "SealedSecret",
            "metadata": { "name": "db", "creationTimestamp": null, "labels": { "mine": "1" },
                "annotations": { "argocd.argoproj.io/sync-wave": "1", CLUSTER_WIDE: "true" } },
            "spec": {
                "encryptedData": { "old": "x", "same": "y" },
                "template": { "data": { "url": "{{ .same }}" }, "type": "Opaque",
                    "metadata": { "creationTimestamp": null, "labels": { "gone": "1" } } },
            },
        });
        let new = json!({
            "kind": "SealedSecret",
            "metadata": { "name": "db", "namespace": "team-a", "annotations": { SEALING_KEYS: "k" } },
            "spec": { "encryptedData": { "same": "y", "new": "z" }, "template": { "metadata": { "name": "db" }, "immutable": true } },
        });
        assert_eq!(
            updated(&old, &new),
            json!({
                "kind": "SealedSecret",
                "metadata": { "name": "db", "namespace": "team-a", "creationTimestamp": null, "labels": { "mine": "1" },
                    "annotations": { "argocd.argoproj.io/sync-wave": "1", SEALING_KEYS: "k" } },
                "spec": {
                    "encryptedData": { "same": "y", "new": "z" },
                    "template": { "data": { "url": "{{ .same }}" }, "immutable": true,
                        "metadata": { "name": "db", "creationTimestamp": null } },
                },
            })
        );
    }
}
