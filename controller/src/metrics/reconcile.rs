//! How the reconcile loop does.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::Metrics;
use super::label::label_values;

/// From a look at the cache to an RSA operation under sixty keys and a slow API server, in seconds.
const RECONCILE_BUCKETS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// From at once to a key that somebody had to restore first, in seconds.
const APPLY_BUCKETS: [f64; 12] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0];

label_values! {
    /// How a reconcile ended.
    ReconcileOutcome {
        /// Everything was as it should be; nothing was opened or written.
        Unchanged => "unchanged",
        /// The Secret, or the status, was written.
        Written => "written",
        /// It failed and is tried again later.
        Failed => "failed",
        /// The SealedSecret is gone.
        Gone => "gone",
    }
}

label_values! {
    /// What was done about a Secret that somebody changed.
    DriftAction {
        /// It was put back.
        Repaired => "repaired",
        /// It was reported and left.
        Reported => "reported",
        /// It was left.
        Ignored => "ignored",
    }
}

label_values! {
    /// What a watch is on.
    WatchedResource {
        /// SealedSecrets.
        SealedSecrets => "sealedsecrets",
        /// The metadata of Secrets.
        Secrets => "secrets",
        /// The Secrets that hold the sealing keys.
        SealingKeys => "sealing-keys",
    }
}

pub(super) struct Reconcile {
    duration: Family<OutcomeLabels, Histogram>,
    queue_depth: Gauge,
    apply_to_secret: Histogram,
    rsa_operations: Counter,
    drift: Family<DriftLabels, Counter>,
    watch_restarts: Family<WatchLabels, Counter>,
    leader: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabels {
    outcome: ReconcileOutcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DriftLabels {
    action: DriftAction,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct WatchLabels {
    resource: WatchedResource,
}

impl Reconcile {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let reconcile = Self {
            duration: Family::new_with_constructor(|| Histogram::new(RECONCILE_BUCKETS)),
            queue_depth: Gauge::default(),
            apply_to_secret: Histogram::new(APPLY_BUCKETS),
            rsa_operations: Counter::default(),
            drift: Family::default(),
            watch_restarts: Family::default(),
            leader: Gauge::default(),
        };
        registry.register(
            "reconcile_duration_seconds",
            "How long one reconcile of a SealedSecret took",
            reconcile.duration.clone(),
        );
        registry.register("queue_depth", "SealedSecrets that wait to be reconciled", reconcile.queue_depth.clone());
        registry.register(
            "apply_to_secret_seconds",
            "Time from the change of a SealedSecret to its Secret being written",
            reconcile.apply_to_secret.clone(),
        );
        registry.register("rsa_operations", "RSA operations with a private key", reconcile.rsa_operations.clone());
        registry.register(
            "drift",
            "Secrets found changed by somebody else, by what was done about it",
            reconcile.drift.clone(),
        );
        registry.register(
            "watch_restarts",
            "Watches that broke off and were started again",
            reconcile.watch_restarts.clone(),
        );
        registry.register("leader", "1 on the replica that writes, 0 on the others", reconcile.leader.clone());

        // A counter that appears with its first event hides that event from `rate` and `increase`.
        for outcome in ReconcileOutcome::ALL {
            drop(reconcile.duration.get_or_create(&OutcomeLabels { outcome: *outcome }));
        }
        for action in DriftAction::ALL {
            drop(reconcile.drift.get_or_create(&DriftLabels { action: *action }));
        }
        for resource in WatchedResource::ALL {
            drop(reconcile.watch_restarts.get_or_create(&WatchLabels { resource: *resource }));
        }
        reconcile
    }
}

impl Metrics {
    /// A reconcile ended.
    pub(crate) fn reconciled(&self, outcome: ReconcileOutcome, took: Duration) {
        self.reconcile.duration.get_or_create(&OutcomeLabels { outcome }).observe(took.as_secs_f64());
    }

    /// So many SealedSecrets wait to be reconciled.
    pub(crate) fn queue_depth(&self, waiting: usize) {
        self.reconcile.queue_depth.set(i64::try_from(waiting).unwrap_or(i64::MAX));
    }

    /// A Secret was written, `waited` after its SealedSecret was applied.
    pub(crate) fn secret_written(&self, waited: Duration) {
        self.reconcile.apply_to_secret.observe(waited.as_secs_f64());
    }

    /// So many RSA operations with a private key were done.
    pub(crate) fn rsa_operations(&self, operations: usize) {
        self.reconcile.rsa_operations.inc_by(u64::try_from(operations).unwrap_or(u64::MAX));
    }

    /// Somebody else had changed a Secret.
    pub(crate) fn drift_found(&self, action: DriftAction) {
        self.reconcile.drift.get_or_create(&DriftLabels { action }).inc();
    }

    /// A watch broke off and starts again.
    pub(crate) fn watch_restarted(&self, resource: WatchedResource) {
        self.reconcile.watch_restarts.get_or_create(&WatchLabels { resource }).inc();
    }

    /// Whether this replica is the one that writes.
    pub(crate) fn leading(&self, leads: bool) {
        self.reconcile.leader.set(i64::from(leads));
    }
}
