//! Waiting until the API server says that all work is done.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use futures::{StreamExt as _, TryStreamExt as _};
use k8s_openapi::api::core::v1::Secret;
use kube::api::{ApiResource, Object, PartialObjectMeta, WatchEvent, WatchParams};
use kube::{Api, Client, ResourceExt as _};
use serde::Deserialize;
use waxseal_api::SealedSecret;

use crate::work::NAMESPACE;

/// A spec, unread: what measures shares the processors with what it measures.
#[derive(Clone, Debug, Default, Deserialize)]
struct Skipped {}

#[derive(Clone, Debug, Default, Deserialize)]
struct Status {
    #[serde(default)]
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Condition {
    #[serde(rename = "type")]
    type_: String,
    status: String,
}

/// Until `count` SealedSecrets are Synced.
pub(crate) async fn until_synced(client: &Client, count: usize, limit: Duration) -> Result<()> {
    let resource = ApiResource::erase::<SealedSecret>(&());
    let objects: Api<Object<Skipped, Status>> = Api::namespaced_with(client.clone(), NAMESPACE, &resource);
    let mut done = HashSet::new();
    let watch = async {
        let mut version = "0".to_owned();
        loop {
            let mut events = objects.watch(&WatchParams::default(), &version).await?.boxed();
            while let Some(event) = events.try_next().await? {
                let (WatchEvent::Added(object) | WatchEvent::Modified(object)) = event else { continue };
                version = object.resource_version().unwrap_or(version);
                let synced = object.status.iter().flat_map(|status| &status.conditions);
                if synced.into_iter().any(|condition| condition.type_ == "Synced" && condition.status == "True") {
                    done.insert(object.name_any());
                }
                if done.len() >= count {
                    return anyhow::Ok(());
                }
            }
        }
    };
    match tokio::time::timeout(limit, watch).await {
        Ok(result) => result.context("watching SealedSecrets"),
        Err(_) => bail!("not all of {count} SealedSecrets were synced within {} s", limit.as_secs()),
    }
}

/// Until the Secret of this name is there.
pub(crate) async fn until_secret(client: &Client, name: &str, limit: Duration) -> Result<()> {
    let secrets: Api<Secret> = Api::namespaced(client.clone(), NAMESPACE);
    let params = WatchParams::default().fields(&format!("metadata.name={name}"));
    let watch = async {
        loop {
            let mut events = secrets.watch_metadata(&params, "0").await?.boxed();
            while let Some(event) = events.try_next().await? {
                if matches!(event, WatchEvent::Added::<PartialObjectMeta<Secret>>(_)) {
                    return anyhow::Ok(());
                }
            }
        }
    };
    match tokio::time::timeout(limit, watch).await {
        Ok(result) => result.context("watching Secrets"),
        Err(_) => bail!("the Secret {name} was not there within {} s", limit.as_secs()),
    }
}
