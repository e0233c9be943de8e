//! Git against the cluster, without a value.

pub(super) mod compare;

use std::collections::BTreeMap;

use serde_json::Value;
use waxseal_documents::Wiped;

use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::Inputs;
use crate::printer::Printer;
use crate::resources::{Place, documents, is_sealed_secret, sealed_secret};
use crate::settings::Settings;

/// Compares the SealedSecrets of files with those of the cluster, and those with their Secrets.
pub(crate) struct Diff {
    pub(crate) inputs: Inputs,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
}

/// The SealedSecrets of the cluster, namespace by namespace, each asked for but once.
struct Live<'a> {
    connection: &'a Connection,
    namespaces: BTreeMap<String, Vec<Wiped>>,
    /// Whether Secrets may be looked at.
    reads_secrets: bool,
}

impl Diff {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let mut live = Live { connection: &self.connection, namespaces: BTreeMap::new(), reads_secrets: true };
        let (mut all, mut differ) = (0_usize, 0_usize);
        for input in self.inputs.read(printer)? {
            for document in documents(&input, printer)? {
                for item in document.items().iter().filter(|item| is_sealed_secret(item.value)) {
                    all += 1;
                    let place = Place::of(&document, item);
                    let differences = self.differences(item.value, input.path(), &mut live);
                    let differences = differences.map_err(|failure| failure.about(&place))?;
                    differ += usize::from(!differences.is_empty());
                    for difference in differences {
                        printer.line(format_args!("{place}: {difference}"))?;
                    }
                }
            }
        }
        if all == 0 {
            return Err(Failure::input("no SealedSecret found").remedy("name the file that holds it"));
        }
        if !live.reads_secrets {
            printer.warn("you may not read Secrets, so nobody looked whether one was edited by hand");
        }
        printer.talk(format_args!("{differ} of {all} SealedSecrets differ"));
        Ok(if differ > 0 { Exit::No } else { Exit::Done })
    }

    fn differences(&self, object: &Value, file: Option<&std::path::Path>, live: &mut Live<'_>) -> Result<Vec<String>> {
        let wanted = sealed_secret(object)?;
        let name = wanted.metadata.name.as_deref().unwrap_or_default();
        if name.is_empty() {
            return Err(Failure::input("has no metadata.name").remedy("add metadata.name"));
        }
        let namespace = match wanted.metadata.namespace.as_deref() {
            None | Some("") => self.settings.namespace_or_default(file, &self.connection)?.value,
            Some(own) => own.to_owned(),
        };
        let Some(found) = live.find(&namespace, name)? else {
            return Ok(vec!["missing: the cluster does not have it".to_owned()]);
        };
        let found = sealed_secret(&found).map_err(|failure| failure.about("in the cluster"))?;
        let mut differences = compare::specs(&wanted, &found);
        differences.extend(compare::synced(&found));
        if let Some(written) = found.status.as_ref().and_then(|status| status.secret.as_ref()) {
            differences.extend(live.edited(&namespace, name, &written.uid, &written.resource_version)?);
        }
        Ok(differences)
    }
}

impl Live<'_> {
    fn find(&mut self, namespace: &str, name: &str) -> Result<Option<Wiped>> {
        if !self.namespaces.contains_key(namespace) {
            let found = self.connection.cluster()?.sealed_secrets(Some(namespace))?;
            self.namespaces.insert(namespace.to_owned(), found);
        }
        let all = self.namespaces.get(namespace).into_iter().flatten();
        let mut named = all.filter(|object| object.pointer("/metadata/name").and_then(Value::as_str) == Some(name));
        Ok(named.next().map(|object| Wiped::new((**object).clone())))
    }

    /// Whether the Secret is another one than the controller last wrote.
    fn edited(&mut self, namespace: &str, name: &str, uid: &str, version: &str) -> Result<Option<String>> {
        if !self.reads_secrets {
            return Ok(None);
        }
        let secret = match self.connection.cluster()?.secret(namespace, name) {
            Ok(secret) => secret,
            Err(failure) if failure.what().ends_with("(403)") => {
                self.reads_secrets = false;
                return Ok(None);
            }
            Err(failure) => return Err(failure),
        };
        let Some(secret) = secret else {
            return Ok(Some("the Secret is missing: it was deleted by hand".to_owned()));
        };
        let is = |pointer, wanted| secret.pointer(pointer).and_then(Value::as_str) == Some(wanted);
        let untouched = is("/metadata/uid", uid) && is("/metadata/resourceVersion", version);
        Ok((!untouched).then(|| "the Secret was edited by hand".to_owned()))
    }
}
