//! Takes in what came of a reconcile.

use std::time::{Duration, Instant};

use tokio::task::{Id, JoinError};

use super::{Control, Running};
use crate::backoff::Backoff;
use crate::metrics::ReconcileOutcome;
use crate::observed::{Name, SecretState, StatusState};
use crate::queue::Priority;
use crate::reconcile::{Failure, Outcome, Report, SecretAfter, WaitsFor};

/// What fails is tried again after a second, then two, and every five minutes in the end, for ever.
const RETRY: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(5));

/// A conflict with another writer is settled by one more attempt.
const AGAIN: Backoff = Backoff::new(Duration::from_millis(50), Duration::from_mins(1));

/// A namespace that is being deleted takes its SealedSecrets along; if it comes to nothing, this is soon enough.
const GOING: Duration = Duration::from_mins(1);

impl Control {
    /// A reconcile ended.
    pub(super) fn finish(&mut self, ended: Result<(Id, Report), JoinError>) {
        let now = Instant::now();
        let id = match &ended {
            Ok((id, _)) => *id,
            Err(error) => error.id(),
        };
        let Some(Running { name, start, bytes }) = self.jobs.remove(&id) else { return };
        self.bytes -= bytes;
        if let Ok((_, report)) = ended {
            self.report(report, now - start, now);
        } else {
            tracing::error!(object = %name, "a reconcile broke off unexpectedly");
            self.setup.metrics.reconciled(ReconcileOutcome::Failed, now - start);
            self.retry(&name, &RETRY, now);
            if let Some(entry) = self.index.entry(&name) {
                entry.running = false;
                entry.unlisted = false;
            }
        }
    }

    fn report(&mut self, report: Report, took: Duration, now: Instant) {
        let Report { name, object, secret, result, wrote, ring } = report;
        let found = if let SecretAfter::Is(secret) = &secret { Some(secret.clone()) } else { None };
        let vanished = match secret {
            SecretAfter::Is(secret) if self.index.knows_secrets(&name.namespace) => {
                !self.index.secret_reported(&name, secret)
            }
            SecretAfter::Missing { uid } => {
                self.index.secret_missing(&name, &uid);
                false
            }
            SecretAfter::Is(_) | SecretAfter::Unknown => false,
        };
        let outcome = match &result {
            Outcome::Settled | Outcome::Drifted if wrote => ReconcileOutcome::Written,
            Outcome::Settled | Outcome::Drifted => ReconcileOutcome::Unchanged,
            Outcome::Gone => ReconcileOutcome::Gone,
            Outcome::Failed(_) | Outcome::Again | Outcome::Away(_) => ReconcileOutcome::Failed,
        };
        self.setup.metrics.reconciled(outcome, took);
        if !matches!(result, Outcome::Away(_)) {
            self.pace.answered();
        }

        let worked = object.map(|worked| {
            let keys = self.index.key_set(&worked.status.keys);
            (worked, keys)
        });
        let Some(entry) = self.index.entry(&name) else { return };
        entry.running = false;
        entry.gone = None;
        entry.unlisted = false;
        let dirty = std::mem::take(&mut entry.dirty) || vanished;
        // Whoever changed the object since then wants to hear of that, and not of what was before.
        let outdated = worked
            .as_ref()
            .is_some_and(|(worked, _)| worked.uid != entry.uid || worked.version.is_older_than(&entry.version));
        if let Some((worked, keys)) = worked {
            // A successor of the same name, or a later generation, is not what was worked on.
            if worked.uid == entry.uid && worked.generation >= entry.generation {
                entry.generation = worked.generation;
                // One that could not be written yet is no status: with it, nothing would seem left to do.
                if worked.status_stored || !matches!(result, Outcome::Again | Outcome::Away(_)) {
                    entry.status = StatusState { keys, ..worked.status };
                    entry.status_stored = worked.status_stored;
                }
                if entry.version.is_older_than(&worked.version) {
                    entry.version = worked.version;
                }
            }
        }
        if !(outdated && matches!(result, Outcome::Failed(_))) {
            self.settle(&name, &result, ring, found, now);
        }
        if dirty || outdated {
            self.enqueue(name, Priority::Live);
        }
    }

    /// `found` is the Secret as it was found or written.
    fn settle(&mut self, name: &Name, result: &Outcome, ring: u64, found: Option<SecretState>, now: Instant) {
        match result {
            Outcome::Settled | Outcome::Drifted => {
                if let Some(entry) = self.index.entry(name) {
                    entry.clear_failed();
                    entry.failures = 0;
                    entry.since = None;
                }
            }
            Outcome::Failed(Failure { waits, .. }) => {
                // What stood in the way, and not what is there by now: a change in between is one that it waited for.
                let secret = found.or_else(|| self.index.secret(name).cloned());
                let watched = self.index.knows_secrets(&name.namespace);
                if let Some(entry) = self.index.entry(name) {
                    // What is not watched is not seen to change.
                    let waits = if *waits == WaitsFor::Secret && !watched { WaitsFor::Time } else { *waits };
                    entry.set_failed(waits, ring, secret.as_ref());
                    if waits == WaitsFor::Time {
                        self.retry(name, &RETRY, now);
                    }
                }
            }
            Outcome::Again => self.retry(name, &AGAIN, now),
            Outcome::Away(retry_after) => {
                self.pace.away(now, *retry_after);
                self.queue.push(name.clone(), Priority::Listed);
            }
            Outcome::Gone => self.queue.push_at(name.clone(), now + GOING),
        }
    }

    fn retry(&mut self, name: &Name, backoff: &Backoff, now: Instant) {
        let Some(entry) = self.index.entry(name) else { return };
        let delay = backoff.delay(entry.failures);
        entry.failures = entry.failures.saturating_add(1);
        self.queue.push_at(name.clone(), now + delay);
    }
}
