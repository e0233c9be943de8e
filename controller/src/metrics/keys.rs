//! The sealing keys: how many, how old, until when, and when the next comes.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric as _};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::registry::Registry;
use waxseal_crypto::{KeyRing, Validity};

use super::Metrics;
use super::label::label_values;

label_values! {
    /// How an attempt to renew the sealing key ended.
    Renewal {
        /// A new key was made.
        Created => "created",
        /// Another replica had made the key of this period already.
        Existed => "existed",
        /// It failed and is tried again.
        Failed => "failed",
    }
}

#[derive(Clone)]
pub(super) struct Keys {
    count: Gauge,
    unusable: Gauge,
    renewals: Family<RenewalLabels, Counter>,
    moments: Moments,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RenewalLabels {
    result: Renewal,
}

impl Keys {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let keys = Self {
            count: Gauge::default(),
            unusable: Gauge::default(),
            renewals: Family::default(),
            moments: Moments::default(),
        };
        registry.register("sealing_keys", "Sealing keys that open values", keys.count.clone());
        registry.register(
            "unusable_key_secrets",
            "Secrets that are labelled as sealing keys and hold none",
            keys.unusable.clone(),
        );
        registry.register("key_renewals", "Attempts to renew the sealing key, by result", keys.renewals.clone());
        registry.register_collector(Box::new(keys.moments.clone()));
        for result in Renewal::ALL {
            drop(keys.renewals.get_or_create(&RenewalLabels { result: *result }));
        }
        keys
    }
}

impl Metrics {
    /// The sealing keys are now these, the certificate of the newest holds for `newest`, and so many Secrets that
    /// claim to hold a key do not.
    pub(crate) fn keys_changed(&self, ring: &KeyRing, newest: Option<&Validity>, unusable: usize) {
        self.keys.count.set(i64::try_from(ring.len()).unwrap_or(i64::MAX));
        self.keys.unusable.set(i64::try_from(unusable).unwrap_or(i64::MAX));
        self.keys.moments.lock().newest = newest.copied();
        self.objects.ring_changed(ring.keys().iter().map(|key| *key.fingerprint()));
    }

    /// An attempt to renew the sealing key ended.
    pub(crate) fn key_renewed(&self, result: Renewal) {
        self.keys.renewals.get_or_create(&RenewalLabels { result }).inc();
        if result != Renewal::Failed {
            self.keys.moments.lock().last_renewal = Some(Timestamp::now());
        }
    }

    /// When the sealing key is renewed next; `None` where renewal is switched off.
    pub(crate) fn key_renewal_due(&self, next: Option<Timestamp>) {
        self.keys.moments.lock().next_renewal = next;
    }
}

/// Points in time that may not be there yet: a gauge of 0 would be the year 1970, and set off every alert on age.
#[derive(Clone, Default)]
struct Moments(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    newest: Option<Validity>,
    last_renewal: Option<Timestamp>,
    next_renewal: Option<Timestamp>,
}

impl Moments {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Moments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Moments")
    }
}

impl Collector for Moments {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let known = self.lock();
        let gauges = [
            (
                "newest_key_not_before_timestamp_seconds",
                "When the certificate of the newest sealing key begins to hold",
                known.newest.map(|validity| validity.not_before()),
            ),
            (
                "newest_key_not_after_timestamp_seconds",
                "When the certificate of the newest sealing key ends to hold",
                known.newest.map(|validity| validity.not_after()),
            ),
            (
                "last_key_renewal_timestamp_seconds",
                "When this replica last saw a renewal of the sealing key through",
                known.last_renewal,
            ),
            ("next_key_renewal_timestamp_seconds", "When the sealing key is renewed next", known.next_renewal),
        ];
        for (name, help, moment) in gauges {
            if let Some(moment) = moment {
                let gauge = ConstGauge::new(moment.as_second());
                gauge.encode(encoder.encode_descriptor(name, help, None, MetricType::Gauge)?)?;
            }
        }
        Ok(())
    }
}
