//! The thin hand: carries out what was planned for one SealedSecret, and reports.

mod body;
mod compare;
mod conditions;
mod failure;
mod secret;
mod status;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use waxseal_api::{PlainSecret, SealedSecret, UnsealOptions, unseal_with};
use waxseal_crypto::Fingerprint;

use crate::cluster::{CallError, Cluster, Written};
use crate::events::Events;
use crate::flags::Drift;
use crate::keys::KeySet;
use crate::metrics::Metrics;
use crate::observed::{Name, SecretState, StatusState, Version};
use crate::plan::Plan;
use crate::watch::Sealed;

pub(crate) use conditions::{DRIFTED, SYNCED, Verdict};
pub(crate) use failure::{Failure, WaitsFor};

/// One SealedSecret to reconcile.
pub(crate) struct Job {
    pub(crate) name: Name,
    pub(crate) plan: Plan,
    /// The object, if it is at hand; it is read otherwise.
    pub(crate) object: Option<Arc<Sealed>>,
    /// The Secret as it was planned for.
    pub(crate) secret: Option<SecretState>,
    pub(crate) keys: Arc<KeySet>,
    /// The right to keep one core busy, given back when the values are open.
    pub(crate) core: Option<OwnedSemaphorePermit>,
    /// When the change was seen that has not led to a Secret yet, if that is what it is about.
    pub(crate) since: Option<Instant>,
}

/// What came of a [`Job`].
pub(crate) struct Report {
    pub(crate) name: Name,
    /// The SealedSecret that was worked on; `None` if it could not even be read.
    pub(crate) object: Option<Worked>,
    pub(crate) secret: SecretAfter,
    pub(crate) result: Outcome,
    /// Whether anything was written.
    pub(crate) wrote: bool,
    /// The ring that it was opened with.
    pub(crate) ring: u64,
}

/// The SealedSecret after the work.
pub(crate) struct Worked {
    pub(crate) uid: Box<str>,
    pub(crate) generation: i64,
    /// Its version after the status was written; the one that was read if it was not.
    pub(crate) version: Version,
    pub(crate) status: StatusState,
    /// Whether the cluster has that status too.
    pub(crate) status_stored: bool,
}

/// The Secret after the work.
#[derive(Debug)]
pub(crate) enum SecretAfter {
    /// Nothing new is known of it.
    Unknown,
    /// It is so now.
    Is(SecretState),
    /// The one of that uid, which was thought to be there, is not.
    Missing {
        /// Its uid.
        uid: Box<str>,
    },
}

/// How it ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Everything is as it should be, or told as it is.
    Settled,
    /// Somebody had changed the Secret.
    Drifted,
    /// It failed.
    Failed(Failure),
    /// Something was in the way that says nothing about the object: try again.
    Again,
    /// As [`Outcome::Again`], and the API server is in no state to be asked.
    Away(Option<Duration>),
    /// The SealedSecret is gone, or its namespace is going.
    Gone,
}

/// What the hand needs for every job.
pub(crate) struct Hand {
    pub(crate) cluster: Cluster,
    pub(crate) events: Events,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) options: UnsealOptions,
    pub(crate) drift: Drift,
    pub(crate) update_status: bool,
    /// One permit for each core: RSA keeps one busy.
    pub(crate) cores: Arc<Semaphore>,
}

impl Hand {
    /// Does it.
    pub(crate) async fn carry_out(&self, job: Job) -> Report {
        let ring = job.keys.number;
        let name = job.name.clone();
        self.metrics.unseal_requested();
        match self.try_carry_out(job).await {
            Ok(report) => report,
            Err(error) => {
                let gone = error.is_not_found();
                let result = if gone { Outcome::Gone } else { outcome(&error) };
                if !gone {
                    tracing::debug!(object = %name, "cannot reconcile now: {error}");
                    self.metrics.unseal_failed(crate::metrics::UnsealErrorReason::Fetch, &name.namespace);
                }
                Report { name, object: None, secret: SecretAfter::Unknown, result, wrote: false, ring }
            }
        }
    }

    /// Fails only if the SealedSecret cannot be read.
    async fn try_carry_out(&self, job: Job) -> Result<Report, CallError> {
        let Job { name, plan, object, secret, keys, mut core, since } = job;
        let object = if let Some(object) = object {
            object
        } else {
            // Somebody else can use the core while this waits for an answer.
            drop(core);
            let object = self.cluster.sealed(&name.namespace, &name.name).await?;
            core = self.cores.clone().acquire_owned().await.ok();
            Arc::new(object)
        };
        let ring = keys.number;
        let mut work = Work::new(name, object, secret);
        let result = if plan == Plan::Refuse {
            drop(core);
            if let Some(planned) = &work.planned {
                work.after = SecretAfter::Is(planned.clone());
            }
            Err(Stop::Failed(Failure::unmanaged(&work.name.name)))
        } else {
            match self.open(&work, keys, core).await {
                Ok((opened, fingerprints)) => {
                    work.keys = Some(fingerprints);
                    self.write(&mut work, &opened, plan).await
                }
                Err(failure) => Err(Stop::Failed(failure)),
            }
        };
        if let Some(since) = since.filter(|_| work.wrote && result.is_ok()) {
            self.metrics.secret_written(since.elapsed());
        }
        Ok(self.conclude(work, result, ring).await)
    }

    /// Opens the values on a thread of their own: RSA takes milliseconds, by the dozen where the key is not known.
    async fn open(
        &self,
        work: &Work,
        keys: Arc<KeySet>,
        core: Option<OwnedSemaphorePermit>,
    ) -> Result<(Opened, Arc<[Fingerprint]>), Failure> {
        let object = work.object.clone();
        let (options, metrics) = (self.options, self.metrics.clone());
        let opening = tokio::task::spawn_blocking(move || {
            let _core = core;
            let sealed = object.typed().map_err(|error| Failure::malformed(&error))?;
            let mut opener = keys.ring.opener();
            let result = unseal_with(&sealed, &mut opener, options);
            metrics.rsa_operations(opener.operations());
            let (secret, values) = result.map_err(|error| Failure::unsealing(&error))?;
            let mut fingerprints: Vec<Fingerprint> = values.keys.values().copied().collect();
            fingerprints.sort_unstable();
            fingerprints.dedup();
            Ok((Opened { secret, unowned: wants_no_owner(&sealed) }, fingerprints.into()))
        });
        opening.await.unwrap_or_else(|_| Err(Failure::internal("opening the values broke off unexpectedly")))
    }
}

/// A Secret that was opened.
struct Opened {
    secret: PlainSecret,
    /// Whether the template wants it to have no owner.
    unowned: bool,
}

/// A job in the middle.
struct Work {
    name: Name,
    object: Arc<Sealed>,
    /// The Secret as it was planned for.
    planned: Option<SecretState>,
    keys: Option<Arc<[Fingerprint]>>,
    /// The Secret as it was written, or found right.
    written: Option<Written>,
    after: SecretAfter,
    wrote: bool,
}

impl Work {
    fn new(name: Name, object: Arc<Sealed>, planned: Option<SecretState>) -> Self {
        Self { name, object, planned, keys: None, written: None, after: SecretAfter::Unknown, wrote: false }
    }

    fn uid(&self) -> &str {
        self.object.metadata.uid.as_deref().unwrap_or_default()
    }
}

/// How a Secret came to be as it should.
#[derive(Debug)]
enum Done {
    /// It was written, or was right.
    Synced,
    /// Somebody had changed it, and it was put back.
    Repaired {
        /// What had been changed.
        difference: String,
    },
    /// Somebody has changed it, and it is left so.
    LeftDrifted {
        /// What was changed.
        difference: String,
    },
}

/// Why a Secret is not as it should be.
#[derive(Debug)]
enum Stop {
    /// For a reason that the object's owner is to be told.
    Failed(Failure),
    /// For one that says nothing about the object.
    Call(CallError),
    /// The Secret was there, and is no more.
    Vanished,
}

impl From<CallError> for Stop {
    fn from(error: CallError) -> Self {
        match &error {
            CallError::Refused(refusal) if !error.is_conflict() && !error.is_not_found() && !refusal.terminating => {
                Self::Failed(Failure::writing(&error))
            }
            _ => Self::Call(error),
        }
    }
}

impl Stop {
    /// A call on a Secret that was there a moment ago failed.
    fn on_secret(error: CallError) -> Self {
        if error.is_not_found() { Self::Vanished } else { error.into() }
    }
}

/// What a failed call means for the job.
fn outcome(error: &CallError) -> Outcome {
    match error {
        CallError::Unreachable(_) | CallError::TimedOut => Outcome::Away(None),
        CallError::Busy { retry_after, .. } => Outcome::Away(*retry_after),
        CallError::Refused(refusal) if refusal.terminating || refusal.code == 404 => Outcome::Gone,
        CallError::Refused(_) | CallError::Unreadable => Outcome::Again,
    }
}

fn wants_no_owner(sealed: &SealedSecret) -> bool {
    sealed.spec.template.metadata.annotated(waxseal_api::names::SKIP_SET_OWNER_REFERENCES)
}
