//! Events on SealedSecrets and on key Secrets: sent on the side, and dropped before they hold anything up.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;
use tokio::sync::{mpsc, watch};

use crate::cluster::{Cluster, bounded};

/// How many may wait to be sent; beyond that they are dropped, and the status tells all the same.
const WAITING: usize = 16_384;

/// How many are sent at a time.
const IN_FLIGHT: usize = 4;

/// Longest message that the API server takes.
const LONGEST_MESSAGE: usize = 1024;

/// How much attention an Event wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    /// None.
    Normal,
    /// Some.
    Warning,
}

/// What an Event is about.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) api_version: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) namespace: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) uid: String,
}

/// While the controller is busy, Events wait, as Secrets are more urgent, but no more of them than this.
const HELD: usize = WAITING / 2;

/// Takes Events and sends them when it can. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Events {
    to: mpsc::Sender<Event>,
    hold: watch::Sender<bool>,
}

struct Event {
    subject: Subject,
    severity: Severity,
    reason: &'static str,
    message: String,
    time: Timestamp,
}

impl Events {
    /// Sends through `cluster`, in the name of the pod `instance`.
    pub(crate) fn start(cluster: &Cluster, instance: &Arc<str>) -> Self {
        let (to, from) = mpsc::channel(WAITING);
        let from = Arc::new(tokio::sync::Mutex::new(from));
        let hold = watch::Sender::new(false);
        for _ in 0..IN_FLIGHT {
            tokio::spawn(send(cluster.clone(), instance.clone(), from.clone(), hold.subscribe()));
        }
        Self { to, hold }
    }

    /// Whether there is something more urgent to do than to send Events.
    pub(crate) fn hold(&self, busy: bool) {
        let held = self.to.max_capacity() - self.to.capacity();
        let hold = busy && held < HELD;
        self.hold.send_if_modified(|before| std::mem::replace(before, hold) != hold);
    }

    /// Sends an Event, or drops it where too many wait already. `message` is never to hold a value.
    pub(crate) fn emit(&self, subject: Subject, severity: Severity, reason: &'static str, message: &str) {
        let message = bounded(message, LONGEST_MESSAGE);
        let event = Event { subject, severity, reason, message, time: Timestamp::now() };
        if self.to.try_send(event).is_err() {
            tracing::debug!("too many Events wait; one was dropped");
        }
    }
}

async fn send(
    cluster: Cluster,
    instance: Arc<str>,
    from: Arc<tokio::sync::Mutex<mpsc::Receiver<Event>>>,
    mut hold: watch::Receiver<bool>,
) {
    loop {
        // It fails when the last sender is gone; what waits is sent then.
        let _ = hold.wait_for(|hold| !hold).await;
        let Some(event) = from.lock().await.recv().await else { return };
        let Event { subject, severity, reason, message, time } = event;
        let second = Timestamp::from_second(time.as_second()).unwrap_or(time).to_string();
        let manifest = json!({
            "apiVersion": "v1",
            "kind": "Event",
            "metadata": { "generateName": format!("{}.", subject.name), "namespace": &*subject.namespace },
            "involvedObject": {
                "apiVersion": subject.api_version, "kind": subject.kind, "namespace": &*subject.namespace,
                "name": &*subject.name, "uid": subject.uid,
            },
            "type": match severity { Severity::Normal => "Normal", Severity::Warning => "Warning" },
            "reason": reason,
            "message": message,
            "firstTimestamp": second,
            "lastTimestamp": second,
            "count": 1,
            "source": { "component": "sealed-secrets" },
            "reportingComponent": "waxseal-controller",
            "reportingInstance": &*instance,
        });
        // The Event is told twice otherwise: here and in the status.
        if let Err(error) = cluster.create_event(&subject.namespace, &manifest).await {
            tracing::debug!(namespace = &*subject.namespace, name = &*subject.name, "no Event could be sent: {error}");
        }
    }
}
