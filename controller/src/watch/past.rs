//! Whether the cluster's store is still the one that was seen before.

use std::fmt;

use kube::Resource;
use kube::api::{Api, ListParams};
use kube::runtime::watcher::Event;
use rustix::process::{Signal, getpid, kill_process};
use serde::de::DeserializeOwned;

/// The newest version that a watch has brought so far.
#[derive(Default)]
pub(super) struct Past {
    newest: u64,
    /// Whether there was a list before the one that is under way.
    listed: bool,
}

impl Past {
    /// Takes note of a version.
    pub(super) fn saw<K: Resource>(&mut self, event: &Event<K>) {
        if let Event::Apply(object) | Event::InitApply(object) | Event::Delete(object) = event {
            let version = object.meta().resource_version.as_deref().and_then(|version| version.parse().ok());
            self.newest = self.newest.max(version.unwrap_or(0));
        }
    }

    /// Whether what was seen is newer than anything that the cluster's store has, at the end of a list.
    ///
    /// Only a store that was put back to an older state does that. What is remembered of newer versions would then
    /// look newer than all that comes.
    pub(super) async fn lies_ahead<K>(&mut self, api: &Api<K>) -> bool
    where
        K: Resource<DynamicType = ()> + Clone + fmt::Debug + DeserializeOwned,
    {
        if !std::mem::replace(&mut self.listed, true) {
            return false;
        }
        // Asked for without a version, which is answered from the store and not from a cache that lags behind.
        let one = api.list_metadata(&ListParams::default().limit(1)).await;
        let store = one.ok().and_then(|list| list.metadata.resource_version?.parse().ok());
        store.is_some_and(|store: u64| store < self.newest)
    }
}

/// Ends the controller as SIGTERM does, with the Lease given up, to be started again with nothing to remember.
pub(super) fn start_anew() {
    if let Err(error) = kill_process(getpid(), Signal::TERM) {
        tracing::error!("cannot end: {error}");
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use http::{Request, Response};
    use k8s_openapi::api::core::v1::ConfigMap;
    use kube::Client;
    use kube::client::Body;

    use super::*;

    /// An API server whose store is at this version.
    fn store_at(version: u64) -> Api<ConfigMap> {
        let list = format!(
            r#"{{"apiVersion":"v1","kind":"PartialObjectMetadataList","metadata":{{"resourceVersion":"{version}"}},"items":[]}}"#
        );
        let answer = move |_: Request<Body>| {
            let list = list.clone();
            async move { Ok::<_, Infallible>(Response::new(Body::from(list.into_bytes()))) }
        };
        Api::namespaced(Client::new(tower::service_fn(answer), "default"), "default")
    }

    fn object(version: &str) -> ConfigMap {
        let mut object = ConfigMap::default();
        object.metadata.resource_version = Some(version.to_owned());
        object
    }

    #[tokio::test]
    async fn a_store_behind_what_was_seen_was_put_back() {
        let mut past = Past::default();
        past.saw(&Event::InitApply(object("100")));
        assert!(!past.lies_ahead(&store_at(1)).await, "the first list has no past");
        past.saw(&Event::Apply(object("120")));
        past.saw(&Event::Delete(object("90")));
        assert!(!past.lies_ahead(&store_at(120)).await);
        assert!(!past.lies_ahead(&store_at(500)).await);
        assert!(past.lies_ahead(&store_at(119)).await);
    }
}
