//! Upstream's counters of what was unsealed and what was not.

use std::sync::atomic::{AtomicUsize, Ordering};

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use super::Metrics;
use super::label::label_values;

/// How many series of errors there are at most; failures in further namespaces count under an empty namespace.
/// Namespaces come and go by the thousand where each change under review gets one.
const MAX_ERROR_SERIES: usize = 10_000;

label_values! {
    /// What failed about a SealedSecret, in upstream's words.
    UnsealErrorReason {
        /// The object could not be read.
        Fetch => "fetch",
        /// Its status could not be written.
        Status => "status",
        /// Its values did not open, or made no Secret.
        Unseal => "unseal",
        /// A Secret of the name is there, and is not ours to write.
        Unmanaged => "unmanaged",
        /// The Secret could not be written.
        Update => "update",
    }
}

pub(super) struct Unseal {
    requests: Counter,
    errors: Family<ErrorLabels, Counter>,
    /// How many namespaces and reasons asked for a series of their own, at least.
    series: AtomicUsize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ErrorLabels {
    reason: UnsealErrorReason,
    namespace: String,
}

impl Unseal {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let unseal = Self { requests: Counter::default(), errors: Family::default(), series: AtomicUsize::new(0) };
        registry.register("unseal_requests", "Total number of sealed secret unseal requests", unseal.requests.clone());
        registry.register(
            "unseal_errors",
            "Total number of sealed secret unseal errors by reason",
            unseal.errors.clone(),
        );
        // A counter that appears with its first event hides that event from `rate` and `increase`.
        for reason in UnsealErrorReason::ALL {
            drop(unseal.errors.get_or_create(&ErrorLabels { reason: *reason, namespace: String::new() }));
        }
        unseal
    }
}

impl Metrics {
    /// A SealedSecret is being reconciled.
    pub(crate) fn unseal_requested(&self) {
        self.unseal.requests.inc();
    }

    /// A SealedSecret of `namespace` could not be reconciled.
    pub(crate) fn unseal_failed(&self, reason: UnsealErrorReason, namespace: &str) {
        let Unseal { errors, series, .. } = &self.unseal;
        let mut labels = ErrorLabels { reason, namespace: namespace.to_owned() };
        if let Some(counter) = errors.get(&labels) {
            counter.inc();
            return;
        }
        if series.fetch_add(1, Ordering::Relaxed) >= MAX_ERROR_SERIES {
            labels.namespace.clear();
        }
        errors.get_or_create(&labels).inc();
    }
}
