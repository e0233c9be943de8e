//! Tells how a reconcile went: in the status, an Event, the metrics and the log.

use jiff::Timestamp;
use serde_json::json;
use waxseal_api::{SealedSecret, SealedSecretSpec, SealedSecretStatus, names};

use super::conditions::{is_news, next_status};
use super::{Done, Hand, Outcome, Report, SecretAfter, Stop, Verdict, Work, Worked, outcome};
use crate::events::{Severity, Subject};
use crate::index::status_state;
use crate::metrics::{DriftAction, UnsealErrorReason};
use crate::observed::{Name, Version};

impl Hand {
    /// Writes down what came of `work`.
    pub(super) async fn conclude(&self, work: Work, result: Result<Done, Stop>, ring: u64) -> Report {
        let (verdict, result) = match result {
            Ok(done) => self.drift_told(&work, done),
            Err(Stop::Failed(failure)) => {
                self.metrics.unseal_failed(failure.metric, &work.name.namespace);
                (failure.verdict(), Outcome::Failed(failure))
            }
            Err(Stop::Call(error)) => {
                tracing::debug!(object = %work.name, "cannot write the Secret now: {error}");
                return interrupted(work, outcome(&error), ring);
            }
            Err(Stop::Vanished) => {
                let after = work.planned.as_ref().map(|secret| SecretAfter::Missing { uid: secret.uid.clone() });
                let work = Work { after: after.unwrap_or(SecretAfter::Unknown), ..work };
                return interrupted(work, Outcome::Again, ring);
            }
        };
        let metadata = &work.object.metadata;
        let generation = metadata.generation.unwrap_or_default();
        let scope = work.object.scope();
        let before = work.object.status();
        let keys: Option<Vec<String>> = work.keys.as_ref().map(|keys| keys.iter().map(ToString::to_string).collect());
        let written = work.written.as_ref();
        let next = next_status(&before, generation, scope, &verdict, written, keys.as_deref(), Timestamp::now());
        let read = Version::new(metadata.resource_version.clone().unwrap_or_default());
        let (version, status_stored, result) = match &next {
            None => (read, true, result),
            Some(next) => {
                self.tell(&work, &before, next, &result);
                self.store(&work, next, read, result).await
            }
        };

        let after = next.as_ref().unwrap_or(&before);
        self.observe(&work, after);
        let worked = Worked {
            uid: work.uid().into(),
            generation,
            version,
            status: status_state(after, generation, scope),
            status_stored,
        };
        let wrote = work.wrote || next.is_some();
        let Work { name, after: secret, .. } = work;
        Report { name, object: Some(worked), secret, result, wrote, ring }
    }

    /// Writes the status, if it is to be written.
    async fn store(
        &self,
        work: &Work,
        next: &SealedSecretStatus,
        read: Version,
        result: Outcome,
    ) -> (Version, bool, Outcome) {
        if !self.update_status {
            return (read, false, result);
        }
        // Of a version that was worked on, so that nothing is said of one that was not.
        let Name { namespace, name } = &work.name;
        let metadata = json!({ "namespace": &**namespace, "name": &**name, "uid": work.uid(),
            "resourceVersion": read.as_str() });
        let object = json!({ "apiVersion": names::API_VERSION, "kind": names::KIND, "metadata": metadata,
            "status": next });
        match self.cluster.replace_status(namespace, name, &object).await {
            Ok(written) => (written.version, true, result),
            Err(error) => {
                self.metrics.unseal_failed(UnsealErrorReason::Status, &work.name.namespace);
                if error.is_forbidden() {
                    tracing::warn!(object = %work.name, "cannot write the status: {error}");
                    return (read, false, result);
                }
                tracing::debug!(object = %work.name, "cannot write the status now: {error}");
                let result = if error.is_not_found() { Outcome::Gone } else { outcome(&error) };
                (read, false, result)
            }
        }
    }

    fn drift_told(&self, work: &Work, done: Done) -> (Verdict, Outcome) {
        match done {
            Done::Synced => (Verdict::Synced, Outcome::Settled),
            Done::Repaired { difference } => {
                self.metrics.drift_found(DriftAction::Repaired);
                let message = format!("the Secret was changed by somebody else and was put back: {difference}");
                tracing::warn!(object = %work.name, "{message}");
                self.events.emit(subject(work), Severity::Warning, "DriftRepaired", &message);
                (Verdict::Synced, Outcome::Drifted)
            }
            Done::LeftDrifted { difference } => {
                self.metrics.drift_found(DriftAction::Reported);
                let message = format!("the Secret was changed by somebody else and is left so: {difference}");
                (Verdict::Drifted { message }, Outcome::Drifted)
            }
        }
    }

    /// An Event and a line in the log, if there is news.
    fn tell(&self, work: &Work, before: &SealedSecretStatus, after: &SealedSecretStatus, result: &Outcome) {
        if !is_news(before, after) {
            return;
        }
        let message = after.conditions.first().and_then(|condition| condition.message.clone()).unwrap_or_default();
        let (severity, reason, message) = match result {
            Outcome::Failed(failure) => {
                tracing::error!(object = %work.name, reason = failure.reason, "{message}");
                (Severity::Warning, failure.event, message)
            }
            Outcome::Drifted if !message.is_empty() => {
                tracing::warn!(object = %work.name, "{message}");
                (Severity::Warning, super::DRIFTED, message)
            }
            _ => {
                tracing::info!(object = %work.name, "unsealed");
                (Severity::Normal, "Unsealed", "SealedSecret unsealed successfully".to_owned())
            }
        };
        self.events.emit(subject(work), severity, reason, &message);
    }

    fn observe(&self, work: &Work, status: &SealedSecretStatus) {
        let mut object = SealedSecret::new("", SealedSecretSpec::default());
        object.metadata.clone_from(&work.object.metadata);
        self.metrics.conditions_observed(&object, &status.conditions);
        if let Some(keys) = &work.keys {
            self.metrics.sealing_keys_observed(&work.name.namespace, &work.name.name, keys.iter().copied());
        }
    }
}

fn interrupted(work: Work, result: Outcome, ring: u64) -> Report {
    let Work { name, after: secret, wrote, .. } = work;
    Report { name, object: None, secret, result, wrote, ring }
}

fn subject(work: &Work) -> Subject {
    Subject {
        api_version: names::API_VERSION,
        kind: names::KIND,
        namespace: work.name.namespace.clone(),
        name: work.name.name.clone(),
        uid: work.uid().to_owned(),
    }
}
