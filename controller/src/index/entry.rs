//! What is known of one SealedSecret.

use std::sync::Arc;
use std::time::{Duration, Instant};

use waxseal_api::SealedSecretStatus;
use waxseal_crypto::{Fingerprint, Scope};

use super::{parsed_keys, version};
use crate::backoff::Backoff;
use crate::observed::{SecretState, StatusState, Version};
use crate::reconcile::{DRIFTED, SYNCED, WaitsFor};
use crate::watch::Sealed;

/// What is known of one SealedSecret, and how it fares here.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Entry {
    pub(crate) uid: Box<str>,
    pub(crate) generation: i64,
    /// What its annotations say, which change no generation.
    scope: Scope,
    pub(crate) version: Version,
    /// Whether it is being deleted.
    pub(crate) deleting: bool,
    pub(crate) status: StatusState,
    /// Whether `status` is known here only, as the cluster's could not be or is not to be written.
    pub(crate) status_stored: bool,
    /// Whether somebody is at it.
    pub(crate) running: bool,
    /// Whether it, or its Secret, changed while somebody was at it.
    pub(crate) dirty: bool,
    /// The uid of the Secret that was deleted while somebody was at it, and whose report of it comes too late.
    pub(crate) gone: Option<Box<str>>,
    /// Whether a list of Secrets came to its end without its Secret, while it was worked on.
    pub(crate) unlisted: bool,
    /// How often in a row it failed.
    pub(crate) failures: u32,
    /// When the change was seen that has not led to a Secret yet.
    pub(crate) since: Option<Instant>,
    /// How often its Secret was looked at because somebody had touched it.
    pub(crate) looks: Looks,
    failed: Option<Failed>,
    object: Option<Arc<Sealed>>,
    /// About how many bytes the object takes.
    size: usize,
}

/// A failure that there is no use in repeating before something changes.
struct Failed {
    generation: i64,
    waits: WaitsFor,
    ring: u64,
    secret: Option<(Box<str>, Version)>,
}

impl Entry {
    pub(super) fn new(sealed: &Sealed, key_set: impl FnOnce(&[Fingerprint]) -> Arc<[Fingerprint]>) -> Self {
        let metadata = &sealed.metadata;
        let status = sealed.status();
        let generation = metadata.generation.unwrap_or_default();
        let scope = sealed.scope();
        let keys = key_set(&parsed_keys(&status));
        let mut entry = Self {
            uid: metadata.uid.as_deref().unwrap_or_default().into(),
            generation,
            scope,
            version: version(metadata.resource_version.as_deref()),
            deleting: metadata.deletion_timestamp.is_some(),
            status: StatusState { keys, ..status_state(&status, generation, scope) },
            status_stored: true,
            running: false,
            dirty: false,
            gone: None,
            unlisted: false,
            failures: 0,
            since: None,
            looks: Looks::default(),
            failed: None,
            object: None,
            size: sealed.size(),
        };
        entry.since = (!entry.seems_settled()).then(Instant::now);
        entry
    }

    /// Takes over what was seen. Whether that is news.
    pub(super) fn update(&mut self, seen: Self) -> bool {
        let same_object = self.uid == seen.uid;
        if same_object && (seen.version == self.version || seen.version.is_older_than(&self.version)) {
            return false;
        }
        if !same_object || self.generation != seen.generation || self.scope != seen.scope {
            self.failures = 0;
            self.failed = None;
            self.status_stored = true;
            self.since = seen.since;
        }
        // An annotation changes no generation, and may be what a failure waits for.
        self.failed = None;
        self.uid = seen.uid;
        self.generation = seen.generation;
        self.scope = seen.scope;
        self.version = seen.version;
        self.deleting = seen.deleting;
        self.size = seen.size;
        if self.status_stored {
            self.status = seen.status;
        }
        self.dirty |= self.running;
        true
    }

    /// Whether a failure waits for something that has not changed.
    pub(super) fn waits(&self, secret: Option<&SecretState>, ring: u64) -> bool {
        let Some(failed) = self.failed.as_ref().filter(|failed| failed.generation == self.generation) else {
            return false;
        };
        match failed.waits {
            WaitsFor::Time => false,
            WaitsFor::Change => true,
            WaitsFor::Keys => failed.ring == ring,
            WaitsFor::Secret => failed.secret == secret.map(|secret| (secret.uid.clone(), secret.version.clone())),
        }
    }

    /// It failed, and waits.
    pub(crate) fn set_failed(&mut self, waits: WaitsFor, ring: u64, secret: Option<&SecretState>) {
        let secret = secret.map(|secret| (secret.uid.clone(), secret.version.clone()));
        self.failed = Some(Failed { generation: self.generation, waits, ring, secret });
    }

    /// It succeeded.
    pub(crate) fn clear_failed(&mut self) {
        self.failed = None;
    }

    /// Whether it waits for a key.
    pub(crate) fn waits_for_keys(&self) -> bool {
        self.failed.as_ref().is_some_and(|failed| failed.waits == WaitsFor::Keys)
    }

    /// Whether its status says that it failed at this very generation.
    pub(crate) fn known_to_fail(&self) -> bool {
        self.status.observed_generation == Some(self.generation) && !self.status.synced
    }

    /// Whether its status says that all was well with this very generation.
    pub(super) fn seems_settled(&self) -> bool {
        self.status.observed_generation == Some(self.generation) && self.status.synced && self.status.secret.is_some()
    }

    /// About how many bytes the object takes.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// How many of them are kept here.
    pub(super) fn held(&self) -> usize {
        self.object.as_ref().map_or(0, |_| self.size)
    }

    pub(super) fn hold(&mut self, object: Arc<Sealed>) {
        self.object = Some(object);
    }

    pub(super) fn let_go(&mut self) -> Option<Arc<Sealed>> {
        self.object.take()
    }
}

/// A Secret that somebody changes again and again is looked at, and put back, ever more slowly.
const CONTESTED: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_mins(5));

/// After so long without a touch, the next is the first again.
const CALM: Duration = Duration::from_mins(10);

/// Looks at a Secret that should not have changed.
#[derive(Default)]
pub(crate) struct Looks {
    number: u32,
    last: Option<Instant>,
}

impl Looks {
    /// One more.
    pub(crate) fn count(&mut self, now: Instant) {
        self.number = if self.is_calm(now) { 1 } else { self.number.saturating_add(1) };
        self.last = Some(now);
    }

    /// When the next may come, if not at once.
    pub(crate) fn next(&self, now: Instant) -> Option<Instant> {
        let last = self.last.filter(|_| !self.is_calm(now))?;
        Some(last + CONTESTED.delay(self.number.saturating_sub(1))).filter(|next| *next > now)
    }

    fn is_calm(&self, now: Instant) -> bool {
        self.last.is_none_or(|last| now.saturating_duration_since(last) > CALM)
    }
}

/// What `status` says to an object of `generation` whose annotations ask for `scope`.
pub(crate) fn status_state(status: &SealedSecretStatus, generation: i64, scope: Scope) -> StatusState {
    let synced = status.conditions.iter().find(|condition| condition.type_ == SYNCED);
    let reason = synced.and_then(|condition| condition.reason.as_deref());
    // Upstream's conditions do not say which generation they speak of.
    let speaks = synced.is_some_and(|condition| condition.observed_generation.is_none_or(|of| of == generation))
        && status.scope.as_deref().is_none_or(|of| of == scope.as_str());
    StatusState {
        observed_generation: status.observed_generation,
        synced: speaks && synced.is_some_and(|condition| condition.status == "True"),
        drifted: speaks && reason == Some(DRIFTED),
        secret: (status.secret.as_ref())
            .map(|written| (written.uid.as_str().into(), Version::new(written.resource_version.as_str()))),
        keys: parsed_keys(status).into(),
    }
}
