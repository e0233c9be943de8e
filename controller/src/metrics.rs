//! What the controller counts and measures, in Prometheus' text format.
//!
//! Upstream's metrics keep upstream's names (`sealed_secrets_controller_…`), so that existing dashboards and alerts go
//! on working; what is new is under `waxseal_`. Label values come from closed sets, but for the names of objects,
//! namespaces and keys, which are bounded; none is ever the text of an error.
//!
//! Every method takes `&self`, costs well under a microsecond or two, and never waits for I/O.

mod http;
mod keys;
mod label;
mod objects;
mod process;
mod reconcile;
mod unseal;

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use prometheus_client::encoding::prometheus_text;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

pub(crate) use http::{HttpMethod, HttpPath};
pub(crate) use keys::Renewal;
pub(crate) use objects::ObjectLabels;
pub(crate) use reconcile::{DriftAction, ReconcileOutcome, WatchedResource};
pub(crate) use unseal::UnsealErrorReason;

/// The media type of [`Metrics::encode`].
pub(crate) const CONTENT_TYPE: &str = prometheus_text::CONTENT_TYPE;

/// All metrics of one controller. One per process, shared in an `Arc`.
pub(crate) struct Metrics {
    registry: Registry,
    http: http::Http,
    keys: keys::Keys,
    objects: objects::Objects,
    reconcile: reconcile::Reconcile,
    unseal: unseal::Unseal,
    /// How long the last exposition was.
    last_bytes: AtomicUsize,
}

impl Metrics {
    /// Registers every metric. `version` goes into `build_info`; `labels` says whether SealedSecrets are named.
    pub(crate) fn new(version: &str, labels: ObjectLabels) -> Self {
        let mut registry = Registry::default();
        let upstream = registry.sub_registry_with_prefix("sealed_secrets_controller");
        register_build_info(upstream, version);
        let unseal = unseal::Unseal::register(upstream);
        let http = http::Http::register(upstream);
        let objects = objects::Objects::new(labels);
        let ours = registry.sub_registry_with_prefix("waxseal");
        let reconcile = reconcile::Reconcile::register(ours);
        let keys = keys::Keys::register(ours);
        registry.register_collector(Box::new(objects.clone()));
        registry.register_collector(Box::new(process::Process::new()));
        Self { registry, http, keys, objects, reconcile, unseal, last_bytes: AtomicUsize::new(0) }
    }

    /// The whole exposition, for a scraper.
    pub(crate) fn encode(&self) -> Result<String, fmt::Error> {
        // Megabytes, where there are thousands of SealedSecrets: a string that doubles to fit takes twice that.
        let before = self.last_bytes.load(Ordering::Relaxed);
        let mut text = String::with_capacity(before + before / 8);
        prometheus_text::encode(&mut text, &self.registry)?;
        self.last_bytes.store(text.len(), Ordering::Relaxed);
        Ok(text)
    }
}

fn register_build_info(registry: &mut Registry, version: &str) {
    let info = Family::<[(&'static str, String); 1], Gauge>::default();
    info.get_or_create(&[("revision", version.to_owned())]).set(1);
    registry.register("build_info", "Build information", info);
}

#[cfg(test)]
mod tests;
