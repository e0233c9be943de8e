//! What the cluster knows of the values of a SealedSecret: the Secret that it made of them.

use std::collections::BTreeMap;

use serde_json::Value;
use waxseal_api::{PlainSecret, SealedSecret};
use waxseal_crypto::Plaintext;

use super::keep::is_same;
use crate::actions::diff::compare::synced;
use crate::cluster::Connection;
use crate::failure::{Failure, Result};
use crate::resources::sealed_secret;

/// The values of a Secret, and the sealed values that they were made of; or why nothing can be concluded from them.
pub(super) struct Live(std::result::Result<Known, &'static str>);

struct Known {
    sealed: BTreeMap<String, String>,
    data: BTreeMap<String, Plaintext>,
}

impl Live {
    /// Looks at the cluster's objects of the same name.
    pub(super) fn find(connection: &Connection, wanted: &SealedSecret) -> Result<Self> {
        let name = wanted.metadata.name.as_deref().unwrap_or_default();
        let namespace = match wanted.metadata.namespace.as_deref() {
            None | Some("") => connection.namespace()?,
            Some(own) => own.to_owned(),
        };
        let cluster = connection.cluster()?;
        let Some(found) = cluster.sealed_secret(&namespace, name)? else {
            return Ok(Self(Err("sealed anew, as the cluster does not have the SealedSecret")));
        };
        let found = sealed_secret(&found).map_err(|failure| failure.about("in the cluster"))?;
        let seen = found.status.as_ref().and_then(|status| status.observed_generation) == found.metadata.generation;
        if synced(&found).is_some() || !seen {
            return Ok(Self(Err("sealed anew, as the cluster has not made a Secret of its newest values")));
        }
        let Some(secret) = cluster.secret(&namespace, name)? else {
            return Ok(Self(Err("sealed anew, as the cluster does not have the Secret")));
        };
        // A Secret that was edited by hand holds something else than what was sealed.
        let written = found.status.as_ref().and_then(|status| status.secret.as_ref());
        let is = |pointer, wanted| secret.pointer(pointer).and_then(Value::as_str) == Some(wanted);
        let untouched = written.is_some_and(|written| {
            is("/metadata/uid", &*written.uid) && is("/metadata/resourceVersion", &*written.resource_version)
        });
        if !untouched {
            return Ok(Self(Err(
                "sealed anew, as the cluster's Secret was edited by hand, or its controller does not note what it writes",
            )));
        }
        let mut data = PlainSecret::from_manifest(&secret).map_err(Failure::cluster)?.data;
        // What a template makes is not what was sealed.
        data.retain(|key, _| !found.spec.template.data.contains_key(key));
        Ok(Self(Ok(Known { sealed: found.spec.encrypted_data, data })))
    }

    /// Why nothing can be concluded.
    pub(super) fn silence(&self) -> Option<&'static str> {
        self.0.as_ref().err().copied()
    }

    /// Whether the sealed value holds this plaintext; `None` where the cluster cannot tell.
    pub(super) fn is_still(&self, key: &str, sealed: &str, plaintext: &[u8]) -> Option<bool> {
        let known = self.0.as_ref().ok()?;
        let same = known.sealed.get(key).is_some_and(|live| is_same(live, sealed));
        let value = known.data.get(key).filter(|_| same)?;
        Some(value.expose() == plaintext)
    }
}
