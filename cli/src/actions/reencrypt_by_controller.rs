//! Values sealed to the controller's newest key, by the controller.

use std::path::{Path as FilePath, PathBuf};

use serde_json::Value;
use waxseal_documents::{Edit, Editor, Path};

use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{Input, Inputs};
use crate::output::{Format, Output, in_go_order, replace};
use crate::printer::Printer;
use crate::resources::{Place, documents, is_sealed_secret};

/// Re-encrypts. The output file may be the input file, which is then edited in place.
pub(crate) struct ReencryptByController {
    pub(crate) inputs: Inputs,
    pub(crate) connection: Connection,
    pub(crate) format: Format,
    pub(crate) file: Option<PathBuf>,
}

/// Fields of one object in one cluster, which the controller sends back as it got them.
const OF_ONE_OBJECT: [&str; 3] = ["creationTimestamp", "deletionTimestamp", "generation"];

impl ReencryptByController {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let inputs = self.inputs.read(printer)?;
        if let [input] = inputs.as_slice()
            && let Some(file) = &self.file
            && input.path().is_some_and(|path| is_same(path, file))
        {
            self.edit(input, file)?;
            return Ok(Exit::Done);
        }
        let mut output = Output::new(self.format, self.file.clone());
        let mut found = false;
        for input in &inputs {
            for document in documents(input, printer)? {
                for item in document.items().iter().filter(|item| is_sealed_secret(item.value)) {
                    found = true;
                    let place = Place::of(&document, item);
                    let mut answer = self.ask(item.value).map_err(|failure| failure.about(place))?;
                    if let Some(metadata) = answer.get_mut("metadata").and_then(Value::as_object_mut) {
                        metadata.retain(|field, _| !OF_ONE_OBJECT.contains(&field.as_str()));
                    }
                    output.resource(&in_go_order(answer));
                }
            }
        }
        if !found {
            return Err(nothing_found());
        }
        output.deliver(printer)?;
        Ok(Exit::Done)
    }

    /// Puts new values in the place of the old ones and leaves everything else as it is.
    fn edit(&self, input: &Input, file: &FilePath) -> Result<()> {
        let mut editor = Editor::open(&input.text, &input.name).map_err(Failure::input)?;
        let mut found = false;
        for document in 0..editor.len() {
            let mut edits = Vec::new();
            for item in editor.items(document).iter().filter(|item| is_sealed_secret(item.value)) {
                found = true;
                let answer = self.ask(item.value)?;
                edits.extend(changes(&item.path, item.value, &answer));
            }
            editor.apply_all(document, &edits).map_err(Failure::input)?;
        }
        if !found {
            return Err(nothing_found().about(&input.name));
        }
        replace(file, editor.text().as_bytes())
    }

    fn ask(&self, sealed: &Value) -> Result<Value> {
        self.connection.cluster()?.reencrypt(&self.connection.controller, sealed)
    }
}

/// The values that differ. What the answer holds beyond the object's own keys is not wanted.
pub(super) fn changes(at: &Path, before: &Value, after: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut compare = |pointer: &str, path: Path, old: &Value| {
        if let Some(new) = after.pointer(pointer).filter(|new| new.is_string() && *new != old) {
            edits.push(Edit::set(path, new.clone()));
        }
    };
    let spec = at.clone().key("spec");
    if let Some(old) = before.pointer("/spec/data") {
        compare("/spec/data", spec.clone().key("data"), old);
    }
    for (key, old) in before.pointer("/spec/encryptedData").and_then(Value::as_object).into_iter().flatten() {
        let pointer = format!("/spec/encryptedData/{}", key.replace('~', "~0").replace('/', "~1"));
        compare(&pointer, spec.clone().key("encryptedData").key(key), old);
    }
    edits
}

fn nothing_found() -> Failure {
    Failure::input("no SealedSecret found").remedy("name the file that holds it")
}

fn is_same(a: &FilePath, b: &FilePath) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
