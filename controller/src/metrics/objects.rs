//! What is known of each SealedSecret: its conditions, and the keys that its values are sealed with.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kube::ResourceExt as _;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use waxseal_api::{Condition, SealedSecret};
use waxseal_crypto::Fingerprint;

use super::Metrics;

/// The conditions that are shown. A status may hold others, which whoever may write a status can make up.
const CONDITIONS: [&str; 4] = ["Synced", "Ready", "Reconciling", "Stalled"];

/// The label that Helm and others put on what belongs to one installation of something.
const INSTANCE_LABEL: &str = "app.kubernetes.io/instance";

/// How many keys are shown by name; what further ones sealed counts under the fingerprint `other`.
const MAX_KEYS: usize = 500;

/// Whether the metrics name SealedSecrets (`--metrics-omit-secret-labels`): whoever can scrape them sees the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectLabels {
    /// They do.
    Named,
    /// They do not: there is no `condition_info`.
    Omitted,
}

/// The SealedSecrets that the controller has seen, in a form that is small: there may be tens of thousands.
#[derive(Clone)]
pub(super) struct Objects {
    labels: ObjectLabels,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    namespaces: BTreeMap<Box<str>, BTreeMap<Box<str>, Object>>,
    /// How many objects have at least one value sealed with the key. Every key of the ring is here.
    objects_by_key: BTreeMap<Fingerprint, usize>,
}

#[derive(Default)]
struct Object {
    instance: Box<str>,
    conditions: [Option<i8>; CONDITIONS.len()],
    keys: Box<[Fingerprint]>,
}

impl Objects {
    pub(super) fn new(labels: ObjectLabels) -> Self {
        Self { labels, known: Arc::default() }
    }

    pub(super) fn ring_changed(&self, ring: impl Iterator<Item = Fingerprint>) {
        let mut known = self.lock();
        known.objects_by_key.retain(|_, objects| *objects > 0);
        for key in ring {
            known.objects_by_key.entry(key).or_default();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Metrics {
    /// `object` has `conditions` now, which its own status may not show yet.
    pub(crate) fn conditions_observed(&self, object: &SealedSecret, conditions: &[Condition]) {
        if self.objects.labels == ObjectLabels::Omitted {
            return;
        }
        let namespace = object.metadata.namespace.as_deref().unwrap_or_default();
        let instance = object.labels().get(INSTANCE_LABEL).map_or("", String::as_str);
        let mut known = self.objects.lock();
        let entry = known.object(namespace, object.metadata.name.as_deref().unwrap_or_default());
        if *entry.instance != *instance {
            entry.instance = instance.into();
        }
        entry.conditions = CONDITIONS.map(|type_| {
            conditions.iter().find(|condition| condition.type_ == type_).map(|found| number(&found.status))
        });
    }

    /// The values of the SealedSecret were opened by `keys`.
    pub(crate) fn sealing_keys_observed(
        &self,
        namespace: &str,
        name: &str,
        keys: impl IntoIterator<Item = Fingerprint>,
    ) {
        let keys: BTreeSet<_> = keys.into_iter().collect();
        let mut known = self.objects.lock();
        for key in &keys {
            *known.objects_by_key.entry(*key).or_default() += 1;
        }
        let before = std::mem::replace(&mut known.object(namespace, name).keys, keys.into_iter().collect());
        known.release(&before);
    }

    /// The SealedSecret is gone: its series end.
    pub(crate) fn object_gone(&self, namespace: &str, name: &str) {
        let mut known = self.objects.lock();
        let Some(objects) = known.namespaces.get_mut(namespace) else { return };
        let gone = objects.remove(name);
        if objects.is_empty() {
            known.namespaces.remove(namespace);
        }
        if let Some(gone) = gone {
            known.release(&gone.keys);
        }
    }
}

impl Known {
    fn object(&mut self, namespace: &str, name: &str) -> &mut Object {
        // `entry` wants an owned key, which the object that is there already does not need.
        if !self.namespaces.contains_key(namespace) {
            self.namespaces.insert(namespace.into(), BTreeMap::new());
        }
        let objects = self.namespaces.entry(namespace.into()).or_default();
        objects.entry(name.into()).or_default()
    }

    /// Takes an object off the count of its keys. A key stays with a count of 0: it may be in the ring.
    fn release(&mut self, keys: &[Fingerprint]) {
        for key in keys {
            if let Some(objects) = self.objects_by_key.get_mut(key) {
                *objects = objects.saturating_sub(1);
            }
        }
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").field("labels", &self.labels).finish_non_exhaustive()
    }
}

impl Collector for Objects {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let known = self.lock();
        if self.labels == ObjectLabels::Named {
            encode_conditions(&known, &mut encoder)?;
        }
        encode_keys(&known, &mut encoder)
    }
}

fn encode_conditions(known: &Known, encoder: &mut DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
    let mut metric = encoder.encode_descriptor(
        "sealed_secrets_controller_condition_info",
        "Current SealedSecret condition status. Values are -1 (false), 0 (unknown or absent), 1 (true)",
        None,
        MetricType::Gauge,
    )?;
    for (namespace, objects) in &known.namespaces {
        for (name, object) in objects {
            for (condition, value) in CONDITIONS.iter().zip(object.conditions) {
                let Some(value) = value else { continue };
                let labels = [
                    ("namespace", &**namespace),
                    ("name", &**name),
                    ("condition", condition),
                    ("ss_app_kubernetes_io_instance", &*object.instance),
                ];
                metric.encode_family(&labels)?.encode_gauge(&i64::from(value))?;
            }
        }
    }
    Ok(())
}

fn encode_keys(known: &Known, encoder: &mut DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
    let mut metric = encoder.encode_descriptor(
        "waxseal_sealed_secrets_by_key",
        "SealedSecrets with at least one value that the key sealed; a key with none may be retired",
        None,
        MetricType::Gauge,
    )?;
    let mut others = None;
    for (index, (key, objects)) in known.objects_by_key.iter().enumerate() {
        if index < MAX_KEYS {
            metric.encode_family(&[("fingerprint", key.to_string())])?.encode_gauge(objects)?;
        } else {
            others = Some(others.unwrap_or(0) + objects);
        }
    }
    if let Some(objects) = others {
        metric.encode_family(&[("fingerprint", "other")])?.encode_gauge(&objects)?;
    }
    Ok(())
}

/// Upstream's number for a condition's status.
fn number(status: &str) -> i8 {
    match status {
        "True" => 1,
        "False" => -1,
        _ => 0,
    }
}
