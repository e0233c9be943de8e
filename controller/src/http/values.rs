//! Opens and re-encrypts the values of a SealedSecret that a client sent.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use waxseal_crypto::{Opener, PublicKey, SealedValue};

use super::reply::Refusal;
use super::sealed::SealedObject;
use crate::keys::KeySet;
use crate::metrics::Metrics;

/// How many values are opened before somebody else gets their turn. A value that no key opens takes one RSA operation
/// for each key of the ring.
const VALUES_PER_TURN: usize = 4;

/// Does RSA for clients: off the threads that serve, and never with more than half of the permits that the reconcile
/// loop lives on.
#[derive(Clone)]
pub(super) struct ValueWorker {
    /// One permit for each RSA operation at a time, in the whole process.
    rsa: Arc<Semaphore>,
    /// The share of it that is for clients.
    share: Arc<Semaphore>,
    metrics: Arc<Metrics>,
    limit: Duration,
}

/// What to do with values that open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// Nothing: it is enough that they do.
    Verify,
    /// Seal them with the newest key, under the label that opened them.
    Reencrypt,
}

impl ValueWorker {
    /// A worker that spends `limit` on one request, at most.
    pub(super) fn new(rsa: Arc<Semaphore>, metrics: Arc<Metrics>, limit: Duration) -> Self {
        let share = Arc::new(Semaphore::new((rsa.available_permits() / 2).max(1)));
        Self { rsa, share, metrics, limit }
    }

    /// Opens every value of `object` and returns those that were sealed anew. Stops at the first that does not open.
    ///
    /// Requests take turns after a few values each, so that one with a thousand values holds nobody up.
    pub(super) async fn run(
        &self,
        object: &Arc<SealedObject>,
        keys: &Arc<KeySet>,
        task: Task,
    ) -> Result<BTreeMap<String, String>, ValuesError> {
        let deadline = Instant::now() + self.limit;
        let mut changed = BTreeMap::new();
        let mut next = Some(String::new());
        while let Some(from) = next {
            let turn = self.turn(Arc::clone(object), Arc::clone(keys), task, from);
            let done = tokio::time::timeout_at(deadline, turn).await.map_err(|_| ValuesError::TooLong)??;
            self.metrics.rsa_operations(done.operations);
            changed.extend(done.outcome?);
            next = done.next;
        }
        Ok(changed)
    }

    /// Reads a client's object, off the threads that serve: a megabyte takes a while.
    pub(super) async fn parse(&self, body: Bytes) -> Result<SealedObject, Refusal> {
        let share = Arc::clone(&self.share).acquire_owned().await.map_err(|_| ValuesError::Failed)?;
        let work = move || {
            let _share = share;
            SealedObject::parse(&body)
        };
        Ok(tokio::task::spawn_blocking(work).await.map_err(|_| ValuesError::Failed)??)
    }

    async fn turn(
        &self,
        object: Arc<SealedObject>,
        keys: Arc<KeySet>,
        task: Task,
        from: String,
    ) -> Result<Turn, ValuesError> {
        let permits = (
            Arc::clone(&self.share).acquire_owned().await.map_err(|_| ValuesError::Failed)?,
            Arc::clone(&self.rsa).acquire_owned().await.map_err(|_| ValuesError::Failed)?,
        );
        let work = move || {
            // The permits go back when the work is done, not when the client goes away.
            let _permits = permits;
            Turn::take(&object, &keys, task, &from)
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| ValuesError::Failed)
    }
}

/// A few values, done.
struct Turn {
    outcome: Result<BTreeMap<String, String>, ValuesError>,
    operations: usize,
    /// The key of the first value that is left.
    next: Option<String>,
}

impl Turn {
    fn take(object: &SealedObject, keys: &KeySet, task: Task, from: &str) -> Self {
        let newest = keys.newest.as_ref().map(|certificate| certificate.public_key());
        let reseal_with = newest.filter(|_| task == Task::Reencrypt);
        let mut opener = keys.ring.opener();
        let mut values = object.values().range::<str, _>((Bound::Included(from), Bound::Unbounded));
        let outcome = values
            .by_ref()
            .take(VALUES_PER_TURN)
            .map(|(key, text)| Ok((key.clone(), open(object, key, text, &mut opener, reseal_with)?)))
            .filter_map(|result: Result<_, ValuesError>| match result {
                Ok((key, value)) => value.map(|value| Ok((key, value))),
                Err(error) => Some(Err(error)),
            })
            .collect();
        let next = values.next().map(|(key, _)| key.clone());
        Self { outcome, operations: opener.operations(), next }
    }
}

/// Why values are not answered for. One answer for every value and every reason: truncated, tampered with, for another
/// place or of another cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ValuesError {
    #[error("the values do not open as the object says")]
    DoNotOpen,
    #[error("the values took too long; try again later")]
    TooLong,
    #[error("the values could not be worked on")]
    Failed,
}

/// Opens one value and seals it again, unless the wanted key sealed it already.
fn open(
    object: &SealedObject,
    key: &str,
    text: &str,
    opener: &mut Opener<'_>,
    reseal_with: Option<&PublicKey>,
) -> Result<Option<String>, ValuesError> {
    if let Some(fingerprint) = object.hint(key) {
        opener.hint(fingerprint);
    }
    let label = object.label();
    let value = SealedValue::from_base64(text).map_err(|_| ValuesError::DoNotOpen)?;
    let opened = opener.open(&value, &label).map_err(|_| ValuesError::DoNotOpen)?;
    match reseal_with {
        Some(newest) if newest.fingerprint() != opened.key.fingerprint() => {
            let sealed = newest.seal(&label, opened.plaintext.expose()).map_err(|_| ValuesError::Failed)?;
            Ok(Some(sealed.to_base64()))
        }
        _ => Ok(None),
    }
}
