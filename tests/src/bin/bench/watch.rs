//! Waiting until the API server says that all work is done.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use futures::{StreamExt as _, TryStreamExt as _};
use k8s_openapi::api::core::v1::Secret;
use kube::api::{ApiResource, ListParams, Object, PartialObjectMeta, WatchEvent, WatchParams};
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

/// What is told of the SealedSecrets from some time on.
pub(crate) struct Watch {
    objects: Api<Object<Skipped, Status>>,
    version: String,
}

impl Watch {
    /// With everything that is there already.
    pub(crate) fn from_the_start(client: &Client) -> Self {
        let resource = ApiResource::erase::<SealedSecret>(&());
        Self { objects: Api::namespaced_with(client.clone(), NAMESPACE, &resource), version: "0".to_owned() }
    }

    /// What changes from now on: the API server is spared telling of everything again while others are measured.
    pub(crate) async fn from_now(client: &Client) -> Result<Self> {
        let watch = Self::from_the_start(client);
        let list = watch.objects.list_metadata(&ListParams::default().limit(1)).await.context("listing one")?;
        let version = list.metadata.resource_version.context("a list without a version")?;
        Ok(Self { version, ..watch })
    }

    /// Until it has told of `count` SealedSecrets that are Synced.
    pub(crate) async fn until_synced(self, count: usize, limit: Duration) -> Result<()> {
        match tokio::time::timeout(limit, self.synced(count)).await {
            Ok(result) => result.context("watching SealedSecrets"),
            Err(_) => bail!("not all of {count} SealedSecrets were synced within {} s", limit.as_secs()),
        }
    }

    async fn synced(mut self, count: usize) -> Result<()> {
        let mut done = HashSet::new();
        loop {
            let mut events = self.objects.watch(&WatchParams::default(), &self.version).await?.boxed();
            while let Some(event) = events.try_next().await? {
                let (WatchEvent::Added(object) | WatchEvent::Modified(object)) = event else { continue };
                self.version = object.resource_version().unwrap_or(self.version);
                let synced = object.status.iter().flat_map(|status| &status.conditions);
                if synced.into_iter().any(|condition| condition.type_ == "Synced" && condition.status == "True") {
                    done.insert(object.name_any());
                }
                if done.len() >= count {
                    return Ok(());
                }
            }
        }
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
