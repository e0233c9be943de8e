//! Which of several replicas writes: the one that holds the Lease.
//!
//! A replica that waits judges the holder by its own monotonic clock and by whether the Lease changes, never by the
//! times written in it: clocks of machines differ, and jump.

mod leadership;
mod record;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::cluster::{CallError, Cluster};
use crate::metrics::Metrics;
use jiff::Timestamp;
use leadership::Office;
pub(crate) use leadership::{Leadership, office};
use record::{Record, Step, step};

/// How often the right to use Leases is asked for again where it is missing.
const DENIED: Duration = Duration::from_secs(30);

/// How often a replica looks whether the Lease was given up.
const LOOK: Duration = Duration::from_secs(1);

/// How leaders are elected.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) namespace: String,
    pub(crate) name: String,
    /// What the Lease calls this replica; no other must have it.
    pub(crate) identity: String,
    /// What the identities of this pod's containers begin with. There is one at a time: whoever held the Lease under
    /// such a name before is gone.
    pub(crate) pod: Option<String>,
    /// How long others wait for a holder that does not renew.
    pub(crate) duration: Duration,
    /// How long a holder that cannot renew goes on. Shorter than `duration`, so that it ends before others begin.
    pub(crate) deadline: Duration,
    /// How often the holder renews.
    pub(crate) retry: Duration,
}

/// Takes part in the election.
pub(crate) struct Elector {
    cluster: Cluster,
    rules: Rules,
    metrics: Arc<Metrics>,
    office: Office,
    /// The Lease as it was seen last, and when it last changed.
    seen: Option<(Record, Instant)>,
    denied: bool,
}

impl Elector {
    pub(crate) fn new(cluster: Cluster, rules: Rules, metrics: Arc<Metrics>, office: Office) -> Self {
        Self { cluster, rules, metrics, office, seen: None, denied: false }
    }

    /// Takes part until `stop` comes. An attempt that is under way is seen through, so that [`Elector::release`] knows
    /// what came of it.
    pub(crate) async fn run(&mut self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let wait = self.turn().await;
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Gives the Lease up, if this replica holds it: others take over without waiting.
    pub(crate) async fn release(mut self) {
        self.office.leave();
        // Twice, as in `attempt`.
        for _ in 0..2 {
            let Some((record, _)) = self.seen.as_ref().filter(|_| self.is_ours()) else { return };
            let free = record.released(Timestamp::now());
            let manifest = free.manifest(&self.rules.namespace, &self.rules.name);
            let written = self.cluster.replace_lease(&self.rules.namespace, &self.rules.name, &manifest).await;
            let error = match written {
                Ok(_) => {
                    tracing::info!("gave up the Lease");
                    return;
                }
                Err(error) if error.is_conflict() => match self.look(Instant::now()).await {
                    Ok(()) => continue,
                    Err(error) => error,
                },
                Err(error) => error,
            };
            tracing::warn!("cannot give up the Lease, so that others wait for its end: {error}");
            return;
        }
    }

    /// One attempt to hold the Lease, or to go on holding it. Returns how long to wait for the next.
    async fn turn(&mut self) -> Duration {
        let start = Instant::now();
        // An answer that comes when the time has run out is none.
        let limit = self.rules.deadline / 2;
        let result = tokio::time::timeout(limit, self.attempt(start)).await.unwrap_or(Err(CallError::TimedOut));
        let led = self.office.is_held();
        let wait = match result {
            Ok(holds) => {
                self.denied = false;
                if holds {
                    self.office.hold_until(start + self.rules.deadline);
                    self.rules.retry
                } else {
                    self.office.leave();
                    self.rules.retry.min(LOOK)
                }
            }
            Err(error) if error.is_forbidden() => {
                if !self.denied {
                    tracing::warn!(
                        "cannot use Leases, so this replica must be the only one: {error}; grant get, create and \
                         update on leases.coordination.k8s.io in namespace {}, or set --leader-elect=false",
                        self.rules.namespace
                    );
                }
                self.denied = true;
                self.office.hold_for_ever();
                DENIED
            }
            Err(error) => {
                tracing::debug!("cannot renew the Lease: {error}");
                // Whoever leads goes on until its time runs out.
                self.office.leave_in_time(Instant::now());
                self.rules.retry.min(LOOK)
            }
        };
        let leads = self.office.is_held();
        if !led && leads {
            tracing::info!(identity = self.rules.identity, "this replica leads");
        } else if led && !leads {
            tracing::warn!(identity = self.rules.identity, "this replica does not lead any more");
        }
        self.metrics.leading(leads);
        // Replicas that started together do not ask together.
        wait.mul_f64(1.0 + rand::random::<f64>() / 10.0)
    }

    /// Whether this replica holds the Lease now.
    async fn attempt(&mut self, now: Instant) -> Result<bool, CallError> {
        if !self.is_ours() {
            self.look(now).await?;
        }
        // A write of ours that was carried out and whose answer was lost stands in the way of the next one, once.
        Ok(self.write(now).await? || (self.is_ours() && self.write(now).await?))
    }

    /// Whether the Lease names this replica, as far as is known.
    fn is_ours(&self) -> bool {
        self.seen.as_ref().is_some_and(|(record, _)| record.holder == self.rules.identity)
    }

    /// Writes the Lease, if it is free or this replica's. If it is not as it was seen, it is only looked at again.
    async fn write(&mut self, now: Instant) -> Result<bool, CallError> {
        let record = self.seen.as_ref().map(|(record, changed)| (record, now.saturating_duration_since(*changed)));
        let wanted = match step(record, &self.rules.identity, self.rules.pod.as_deref()) {
            Step::Wait => return Ok(false),
            Step::Create => Record::first(&self.rules.identity, self.rules.duration, Timestamp::now()),
            Step::Take(record) => record.taken(&self.rules.identity, self.rules.duration, Timestamp::now()),
            Step::Renew(record) => record.renewed(self.rules.duration, Timestamp::now()),
        };
        let manifest = wanted.manifest(&self.rules.namespace, &self.rules.name);
        let Rules { namespace, name, .. } = &self.rules;
        let written = if wanted.is_new() {
            self.cluster.create_lease(namespace, &manifest).await
        } else {
            self.cluster.replace_lease(namespace, name, &manifest).await
        };
        match written {
            Ok(written) => {
                self.seen = Some((wanted.stored_as(written.version.as_str()), now));
                Ok(true)
            }
            Err(error) if error.is_conflict() || error.is_already_exists() || error.is_not_found() => {
                self.seen = None;
                self.look(now).await?;
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    async fn look(&mut self, now: Instant) -> Result<(), CallError> {
        let found = match self.cluster.lease(&self.rules.namespace, &self.rules.name).await {
            Ok(lease) => Record::read(&lease),
            Err(error) if error.is_not_found() => {
                self.seen = None;
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if self.seen.as_ref().is_none_or(|(seen, _)| *seen != found) {
            self.seen = Some((found, now));
        }
        Ok(())
    }
}
