//! Sealing keys: listed, made, saved, brought back, renewed, given up.

pub(crate) mod backup;
pub(crate) mod generate;
pub(crate) mod list;
pub(crate) mod restore;
pub(crate) mod retire;
pub(crate) mod rotate;
pub(crate) mod stable_key;

use waxseal_api::PlainSecret;
use waxseal_api::names::SEALING_KEY_ACTIVE;
use waxseal_documents::Wiped;

use crate::cluster::Connection;
use crate::failure::{Failure, Result};
use crate::printer::Printer;
use crate::private_keys::{LEGACY, LEGACY_NAME, SealingKey, newest_first};

/// The keys of the cluster, the newest first. One that is no good is warned about.
fn of_cluster(connection: &Connection, printer: Printer) -> Result<Vec<SealingKey>> {
    let namespace = &connection.controller.namespace;
    let cluster = connection.cluster()?;
    let mut objects = cluster.sealing_keys(namespace)?;
    let is_legacy = |object: &Wiped| object.pointer("/metadata/name").is_some_and(|name| name == LEGACY_NAME);
    if !objects.iter().any(is_legacy) {
        objects.extend(cluster.secret(namespace, LEGACY_NAME)?);
    }
    let mut keys = Vec::new();
    for object in objects {
        let key = PlainSecret::from_manifest(&object).map_err(Failure::key).and_then(SealingKey::from_secret);
        match key {
            Ok(key) => keys.push(key),
            Err(failure) => printer.warn(format_args!("a key in {namespace} is passed over: {}", failure.what())),
        }
    }
    if keys.is_empty() {
        return Err(Failure::cluster(format_args!("there is no sealing key in the namespace {namespace}"))
            .remedy("--controller-namespace says where the controller keeps its keys"));
    }
    newest_first(&mut keys);
    Ok(keys)
}

/// The key that seals: the newest of those in use.
fn sealing_key(keys: &[SealingKey]) -> Result<&SealingKey> {
    keys.iter()
        .find(|key| [SEALING_KEY_ACTIVE, LEGACY].contains(&key.state()) && key.certificate.is_some())
        .ok_or_else(|| Failure::key("none of the keys is in use"))
}
