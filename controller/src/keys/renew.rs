//! Makes a new key when one is due. See docs/adr/0006-key-names.md for why two leaders cannot make two.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kube::ResourceExt as _;
use tokio::sync::{mpsc, watch};
use waxseal_api::names::ROTATE_REQUESTED;
use waxseal_crypto::{Fingerprint, Validity};

use super::due::{Due, Schedule, due, not_before};
use super::made::{MakeError, NewKey};
use super::parse::{SealingKey, in_use};
use super::{Head, KeyMessage, KeySet, name};
use crate::backoff::Backoff;
use crate::cluster::{CallError, Cluster};
use crate::lease::Leadership;
use crate::metrics::{Metrics, Renewal};

/// How often the time is asked for at least: clocks jump.
const LOOK: Duration = Duration::from_mins(10);

/// When a key could not be made.
const RETRY: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(1));

/// How many names are tried before giving up for now; each that is taken is one key that was retired.
const ATTEMPTS: u8 = 32;

/// What new keys are like, and when they are made.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) prefix: String,
    pub(crate) bits: usize,
    pub(crate) lifetime: Duration,
    pub(crate) common_name: String,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) annotations: BTreeMap<String, String>,
    /// How old the newest key becomes; zero for no matter how old.
    pub(crate) period: Duration,
    /// The newest key must not be older than this.
    pub(crate) cutoff: Option<Timestamp>,
}

/// Makes keys.
pub(crate) struct Renewer {
    pub(crate) cluster: Cluster,
    pub(crate) namespace: Arc<str>,
    pub(crate) policy: Policy,
    pub(crate) keys: watch::Receiver<Arc<KeySet>>,
    pub(crate) leadership: Leadership,
    /// Each message asks for a new key.
    pub(crate) requests: mpsc::Receiver<()>,
    pub(crate) keeper: mpsc::Sender<KeyMessage>,
    pub(crate) metrics: Arc<Metrics>,
}

/// That somebody has asked for a new key.
#[derive(Clone, Copy)]
struct Request {
    /// The newest key at the time, or nothing if there was none.
    newer_than: Option<Fingerprint>,
}

/// What came of an attempt.
enum Made {
    /// The key, which was stored.
    Created,
    /// Somebody else had made it; the watch will tell of it.
    Existed,
}

impl Renewer {
    /// Works until nobody asks any more.
    pub(crate) async fn run(mut self) {
        let mut requested: Option<Request> = None;
        let mut failures = 0;
        loop {
            let wait = self.turn(&mut requested, &mut failures).await;
            tokio::select! {
                Ok(()) = self.keys.changed() => {}
                () = self.leadership.changed() => {}
                request = self.requests.recv() => match request {
                    Some(()) => self.take_request(&mut requested).await,
                    None => return,
                },
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    async fn take_request(&self, requested: &mut Option<Request>) {
        let head = self.keys.borrow().head.clone();
        if self.leadership.leads() {
            *requested = Some(Request { newer_than: head.map(|head| head.fingerprint) });
            return;
        }
        // Whoever leads sees the annotation.
        let Some(head) = head else { return };
        let now = Timestamp::now().to_string();
        match self.cluster.annotate_secret(&self.namespace, &head.name, ROTATE_REQUESTED, &now).await {
            Ok(()) => tracing::info!("asked the replica that leads for a new key"),
            Err(error) => tracing::error!("cannot ask the replica that leads for a new key: {error}"),
        }
    }

    /// Makes a key if one is due. Returns how long to wait if nothing happens.
    async fn turn(&mut self, requested: &mut Option<Request>, failures: &mut u32) -> Duration {
        let keys = self.keys.borrow_and_update().clone();
        if !keys.loaded || !self.leadership.leads() {
            return LOOK;
        }
        let head = keys.head.as_ref();
        let asked = requested.is_some_and(|request| request.newer_than == head.map(|head| head.fingerprint));
        if !asked {
            *requested = None;
        }
        let schedule = Schedule { period: self.policy.period, cutoff: self.policy.cutoff };
        let made = async {
            let now = self.cluster.time().await?;
            match due(head, asked, schedule, now) {
                Due::Now(why) => {
                    tracing::info!(?why, "a new sealing key is due");
                    self.make(head, &keys, now).await.map(|made| (Some(made), None, now))
                }
                Due::At(moment) => Ok((None, Some(moment), now)),
                Due::Never => Ok((None, None, now)),
            }
        };
        match made.await {
            Ok((made, next, now)) => {
                *failures = 0;
                self.metrics.key_renewal_due(next);
                let Some(made) = made else {
                    let wait = next.map_or(SignedDuration::MAX, |next| next.duration_since(now));
                    return Duration::try_from(wait).unwrap_or_default().clamp(Duration::from_secs(1), LOOK);
                };
                *requested = None;
                self.metrics.key_renewed(match made {
                    Made::Created => Renewal::Created,
                    Made::Existed => Renewal::Existed,
                });
                // The keeper tells of it, or the watch.
                RETRY.delay(3)
            }
            Err(error) => {
                self.metrics.key_renewed(Renewal::Failed);
                if error.is_forbidden() {
                    tracing::error!(
                        "cannot make a sealing key: {error}; grant create on secrets in {}",
                        self.namespace
                    );
                } else {
                    tracing::error!("cannot make a sealing key now: {error}");
                }
                *failures = failures.saturating_add(1);
                RETRY.delay(*failures)
            }
        }
    }

    async fn make(&self, head: Option<&Head>, keys: &KeySet, now: Timestamp) -> Result<Made, RenewError> {
        let validity = Validity::new(not_before(head, now), self.policy.lifetime).map_err(|_| RenewError::Validity)?;
        let policy = self.policy.clone();
        let making = tokio::task::spawn_blocking(move || NewKey::make(policy.bits, &policy.common_name, &validity));
        let key = making.await.map_err(|_| RenewError::BrokeOff)??;
        for attempt in 0..ATTEMPTS {
            let name = name::successor(&self.policy.prefix, head.map(|head| &head.fingerprint), attempt);
            if keys.names.contains(&name) {
                // A successor that is older than its predecessor: they were restored in another order.
                continue;
            }
            let manifest = key.manifest(&self.namespace, &name, &self.policy).ok_or(RenewError::BrokeOff)?;
            match self.cluster.create_secret(&self.namespace, manifest).await {
                Ok(_) => {
                    tracing::info!(secret = name, "made a sealing key");
                    let secret = self.cluster.key_secret(&self.namespace, &name).await?;
                    // The keeper is gone only when all is.
                    let _ = self.keeper.send(KeyMessage::Made(secret)).await;
                    return Ok(Made::Created);
                }
                Err(error) if error.is_already_exists() => {
                    let secret = self.cluster.key_secret(&self.namespace, &name).await?;
                    if in_use(&secret, &self.policy.prefix) && SealingKey::read(&secret).is_ok() {
                        tracing::info!(secret = secret.name_any(), "another replica has made the sealing key");
                        return Ok(Made::Existed);
                    }
                    // It was retired, or is garbage: the next name.
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(RenewError::NoName)
    }
}

/// Why no key could be made.
#[derive(Debug, thiserror::Error)]
enum RenewError {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Make(#[from] MakeError),
    #[error("its certificate would end after the year 9999; lower --key-ttl")]
    Validity,
    #[error("all names for it are taken by keys that were retired")]
    NoName,
    #[error("making it broke off unexpectedly")]
    BrokeOff,
}

impl RenewError {
    fn is_forbidden(&self) -> bool {
        matches!(self, Self::Call(error) if error.is_forbidden())
    }
}
