//! A Secret's items, sealed into a SealedSecret that lies in a file.

use std::path::PathBuf;

use serde_json::Value;
use waxseal_api::PlainSecret;
use waxseal_api::names::{CLUSTER_WIDE, NAMESPACE_WIDE};
use waxseal_crypto::Scope;
use waxseal_documents::{Edit, Editor, Path, parse};

use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{Inputs, Origin, read_file};
use crate::output::replace;
use crate::printer::Printer;
use crate::resources::{documents, is_sealed_secret, is_secret, sealed_secret, title};
use crate::sealing::Sealing;
use crate::settings::Settings;

/// Merges. Only what changes is touched: the rest of the file stays byte for byte.
pub(crate) struct Merge {
    pub(crate) inputs: Inputs,
    pub(crate) target: PathBuf,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    pub(crate) allow_empty: bool,
}

/// A SealedSecret of the file.
struct Target {
    document: usize,
    path: Path,
    name: String,
    namespace: String,
    scope: Scope,
}

impl Merge {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let source_name = self.target.display().to_string();
        let text = read_file(&self.target)?;
        let mut editor = Editor::open(&text, &source_name).map_err(Failure::input)?;
        let targets = targets(&editor).map_err(|failure| failure.about(&source_name))?;
        if targets.is_empty() {
            // It may be in the document that cannot be read.
            parse(&text, &source_name).map_err(Failure::input)?;
            return Err(Failure::input("no SealedSecret found to merge into").about(&source_name));
        }
        let certificates = Certificates::new(&self.connection, printer);
        let mut merged = false;
        for input in self.inputs.read(printer)? {
            for document in documents(&input, printer)? {
                for item in document.items() {
                    if input.origin == Origin::Found && !is_secret(item.value) {
                        continue;
                    }
                    let target = chosen(&targets, item.value).map_err(|failure| failure.about(&source_name))?;
                    self.check_scope(target)?;
                    let sealing = Sealing {
                        settings: &self.settings,
                        connection: &self.connection,
                        certificates: &certificates,
                        name: Some(&target.name),
                        namespace: Some(&target.namespace),
                        allow_empty: self.allow_empty,
                        unquoted: Some(printer),
                        hints: false,
                        cluster: None,
                    };
                    let mut job = sealing.prepare(&document, &item, Some(&self.target))?;
                    job.secret.set_scope(target.scope);
                    let sealed = job.manifest(&job.seal()?)?;
                    editor.apply_all(target.document, &edits(target, &sealed, &job.secret)).map_err(Failure::input)?;
                    merged = true;
                }
            }
        }
        if !merged {
            return Err(Failure::input("no secrets found. Ensure the input is valid and UTF-8 encoded"));
        }
        replace(&self.target, editor.text().as_bytes())?;
        Ok(Exit::Done)
    }

    /// The scope is the file's: a value sealed for another one would not open there.
    fn check_scope(&self, target: &Target) -> Result<()> {
        match self.settings.scope(Some(&self.target))? {
            Some(asked) if asked.value != target.scope => Err(Failure::input(format_args!(
                "{}: SealedSecret {} has the scope {}, and {} asks for {}",
                self.target.display(),
                target.name,
                target.scope,
                asked.origin,
                asked.value
            ))
            .remedy("leave out --scope; values take the scope of the file that they go into")),
            _ => Ok(()),
        }
    }
}

fn targets(editor: &Editor) -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    for document in 0..editor.len() {
        for item in editor.items(document).into_iter().filter(|item| is_sealed_secret(item.value)) {
            let sealed = sealed_secret(item.value)?;
            targets.push(Target {
                document,
                scope: sealed.scope(),
                name: sealed.metadata.name.unwrap_or_default(),
                namespace: sealed.metadata.namespace.unwrap_or_default(),
                path: item.path,
            });
        }
    }
    Ok(targets)
}

/// The only one, else the one that is called like the Secret.
fn chosen<'t>(targets: &'t [Target], secret: &Value) -> Result<&'t Target> {
    if let [only] = targets {
        return Ok(only);
    }
    let text = |pointer| secret.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let (name, namespace) = (text("/metadata/name"), text("/metadata/namespace"));
    let same = |target: &&Target| target.name == name && (namespace.is_empty() || target.namespace == namespace);
    match targets.iter().filter(same).collect::<Vec<_>>().as_slice() {
        [one] => Ok(one),
        found => Err(Failure::input(format_args!(
            "{} of the {} SealedSecrets in it are called like the {}",
            found.len(),
            targets.len(),
            title(secret)
        ))
        .remedy("give the Secret the name and the namespace of the SealedSecret that it belongs to")),
    }
}

fn edits(target: &Target, sealed: &Value, secret: &PlainSecret) -> Vec<Edit> {
    let spec = target.path.clone().key("spec");
    let values = sealed.pointer("/spec/encryptedData").and_then(Value::as_object).into_iter().flatten();
    let mut edits: Vec<_> =
        values.map(|(key, value)| Edit::set(spec.clone().key("encryptedData").key(key), value.clone())).collect();
    let metadata = spec.key("template").key("metadata");
    let annotations = sealed.pointer("/spec/template/metadata/annotations").and_then(Value::as_object);
    for (key, value) in annotations.into_iter().flatten() {
        // The scope is the target's business.
        if key != NAMESPACE_WIDE && key != CLUSTER_WIDE {
            edits.push(Edit::set(metadata.clone().key("annotations").key(key), value.clone()));
        }
    }
    for (key, value) in &secret.metadata.labels {
        edits.push(Edit::set(metadata.clone().key("labels").key(key), value.as_str()));
    }
    edits
}
