//! The cluster's keys in one file, encrypted.

use std::path::PathBuf;

use serde_json::{Value, json};
use waxseal_api::PlainSecret;
use waxseal_api::names::WHOLE_OBJECT_COPIES;
use waxseal_documents::Wiped;
use zeroize::Zeroizing;

use super::of_cluster;
use crate::cluster::Connection;
use crate::encryption::{Readers, encrypt};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::replace_private;
use crate::printer::Printer;

/// Backs up.
pub(crate) struct Backup {
    pub(crate) connection: Connection,
    pub(crate) protection: Protection,
    pub(crate) file: Option<PathBuf>,
}

/// Who can read the backup.
pub(crate) enum Protection {
    Encrypted(Readers),
    /// Whoever gets hold of it.
    Plain,
}

impl Backup {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let keys = of_cluster(&self.connection, printer)?;
        let secrets = keys.iter().filter_map(|key| key.secret.as_ref());
        let items = secrets.map(manifest).collect::<Result<Vec<_>>>()?;
        let count = items.len();
        let list = Wiped::new(json!({ "apiVersion": "v1", "items": items, "kind": "List" }));
        let text = Zeroizing::new(format!("---\n{}", *Zeroizing::new(waxseal_documents::to_yaml(&list))));
        let backup = match &self.protection {
            Protection::Encrypted(readers) => Zeroizing::new(encrypt(text.as_bytes(), readers)?),
            Protection::Plain => Zeroizing::new(text.as_bytes().to_vec()),
        };
        match &self.file {
            None => printer.data(&backup)?,
            Some(path) => replace_private(path, &backup)?,
        }
        if matches!(self.protection, Protection::Plain) {
            printer.warn("the backup is not encrypted: whoever reads it can open every SealedSecret of the cluster");
        }
        let (keys, them) = if count == 1 { ("key", "it") } else { ("keys", "them") };
        printer.talk(format_args!("Backed up {count} {keys}. `waxseal keys restore` brings {them} back."));
        Ok(Exit::Done)
    }
}

/// The Secret without what belongs to this one cluster.
fn manifest(secret: &PlainSecret) -> Result<Value> {
    let mut secret = secret.clone();
    secret.metadata.other.clear();
    for annotation in WHOLE_OBJECT_COPIES {
        secret.metadata.annotations.remove(annotation);
    }
    serde_json::to_value(secret.expose())
        .map_err(|_| Failure::key(format_args!("Secret {}: its metadata cannot be written", secret.name())))
}
