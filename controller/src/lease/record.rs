//! A Lease, and what to do about it: pure functions.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

/// What a Lease says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Who holds it; nobody where it is empty.
    pub(super) holder: String,
    duration: Duration,
    acquired: String,
    renewed: String,
    transitions: i64,
    /// The version that was read, empty for one that is yet to be created.
    version: String,
}

/// What to do about a Lease.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// There is none: create it.
    Create,
    /// It is free: take it.
    Take(&'a Record),
    /// It is this replica's: renew it.
    Renew(&'a Record),
    /// Somebody holds it.
    Wait,
}

/// What `me` does about a Lease that was seen to change so long ago, where names that begin with `pod` are of those
/// who were in this place before.
pub(super) fn step<'a>(record: Option<(&'a Record, Duration)>, me: &str, pod: Option<&str>) -> Step<'a> {
    match record {
        None => Step::Create,
        Some((record, _)) if record.holder == me => Step::Renew(record),
        Some((record, _)) if pod.is_some_and(|pod| record.holder.starts_with(pod)) => Step::Take(record),
        Some((record, unchanged)) if record.holder.is_empty() || unchanged > record.duration => Step::Take(record),
        Some(_) => Step::Wait,
    }
}

impl Record {
    /// The first Lease of all.
    pub(super) fn first(holder: &str, duration: Duration, now: Timestamp) -> Self {
        Self { transitions: -1, ..Self::default() }.taken(holder, duration, now)
    }

    /// This Lease in other hands.
    pub(super) fn taken(&self, holder: &str, duration: Duration, now: Timestamp) -> Self {
        let transitions = self.transitions.saturating_add(1);
        let now = micro(now);
        Self { holder: holder.to_owned(), duration, acquired: now.clone(), renewed: now, transitions, ..self.clone() }
    }

    /// This Lease for another while.
    pub(super) fn renewed(&self, duration: Duration, now: Timestamp) -> Self {
        Self { duration, renewed: micro(now), ..self.clone() }
    }

    /// This Lease in nobody's hands.
    pub(super) fn released(&self, now: Timestamp) -> Self {
        Self { holder: String::new(), duration: Duration::from_secs(1), renewed: micro(now), ..self.clone() }
    }

    /// This Lease as it was written.
    pub(super) fn stored_as(self, version: &str) -> Self {
        Self { version: version.to_owned(), ..self }
    }

    /// Whether it is yet to be created.
    pub(super) fn is_new(&self) -> bool {
        self.version.is_empty()
    }

    /// Reads a Lease; what is missing is as good as empty.
    pub(super) fn read(lease: &Value) -> Self {
        let text = |path: &str| lease.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |path: &str| lease.pointer(path).and_then(Value::as_i64).unwrap_or_default();
        Self {
            holder: text("/spec/holderIdentity"),
            duration: Duration::from_secs(u64::try_from(number("/spec/leaseDurationSeconds")).unwrap_or_default()),
            acquired: text("/spec/acquireTime"),
            renewed: text("/spec/renewTime"),
            transitions: number("/spec/leaseTransitions"),
            version: text("/metadata/resourceVersion"),
        }
    }

    /// Writes a Lease.
    pub(super) fn manifest(&self, namespace: &str, name: &str) -> Value {
        let mut metadata = json!({ "namespace": namespace, "name": name });
        if !self.version.is_empty() {
            metadata["resourceVersion"] = json!(self.version);
        }
        json!({
            "apiVersion": "coordination.k8s.io/v1",
            "kind": "Lease",
            "metadata": metadata,
            "spec": {
                "holderIdentity": self.holder,
                "leaseDurationSeconds": self.duration.as_secs().max(1),
                "acquireTime": self.acquired,
                "renewTime": self.renewed,
                "leaseTransitions": self.transitions,
            },
        })
    }
}

/// Kubernetes' MicroTime.
fn micro(now: Timestamp) -> String {
    format!("{now:.6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(15);

    fn now() -> Timestamp {
        Timestamp::from_second(1_700_000_000).unwrap()
    }

    fn held() -> Record {
        Record { version: "7".into(), ..Record::first("other", LONG, now()) }
    }

    #[test]
    fn a_lease_is_taken_when_it_is_free_or_was_not_renewed_for_as_long_as_it_says() {
        let record = held();
        assert_eq!(step(None, "me", None), Step::Create);
        assert_eq!(step(Some((&record, Duration::from_secs(14))), "me", None), Step::Wait);
        assert_eq!(step(Some((&record, Duration::from_secs(16))), "me", None), Step::Take(&record));
        assert_eq!(step(Some((&record, Duration::from_secs(99))), "other", None), Step::Renew(&record));
        let free = record.released(now());
        assert_eq!(step(Some((&free, Duration::ZERO)), "me", None), Step::Take(&free));
    }

    #[test]
    fn a_container_that_is_started_again_does_not_wait_for_its_predecessor() {
        let record = Record { holder: "pod-1_abcd".into(), ..held() };
        assert_eq!(step(Some((&record, Duration::ZERO)), "pod-1_ef01", Some("pod-1_")), Step::Take(&record));
        assert_eq!(step(Some((&record, Duration::ZERO)), "pod-12_ef01", Some("pod-12_")), Step::Wait);
    }

    #[test]
    fn the_times_that_a_lease_states_play_no_part() {
        let record = Record { renewed: "1970-01-01T00:00:00.000000Z".into(), ..held() };
        assert_eq!(step(Some((&record, Duration::ZERO)), "me", None), Step::Wait);
        let record = Record { renewed: "2999-01-01T00:00:00.000000Z".into(), ..held() };
        assert_eq!(step(Some((&record, Duration::from_secs(16))), "me", None), Step::Take(&record));
    }

    #[test]
    fn a_lease_reads_back_as_it_was_written() {
        let taken = held().taken("me", LONG, now());
        assert_eq!((taken.transitions, taken.version.as_str()), (1, "7"));
        let manifest = taken.manifest("ns", "lease");
        assert_eq!(manifest["spec"]["renewTime"], "2023-11-14T22:13:20.000000Z");
        assert_eq!(Record::read(&manifest), taken);
        assert_eq!(Record::read(&json!({})), Record::default());
    }
}
