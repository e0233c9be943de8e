//! What was applied and what Secrets there were, in order, and the model that it is checked against.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use futures::StreamExt as _;
use k8s_openapi::api::core::v1::Secret;
use kube::runtime::WatchStreamExt as _;
use kube::runtime::watcher::{self, Event, watcher};
use kube::{Api, Client, ResourceExt as _};
use tokio::task::JoinHandle;

/// The key that every value of a stage is under.
pub(super) const KEY: &str = "value";

/// Records from its start on, until dropped.
#[derive(Debug)]
pub struct History {
    log: Arc<Mutex<Log>>,
    watch: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Log {
    /// What values a name has had, in the order in which they were applied.
    applied: BTreeMap<String, Vec<String>>,
    /// The names whose SealedSecret is deleted, as of now.
    deleted: BTreeSet<String>,
    /// How often each name was deleted, its SealedSecret or its Secret.
    deletions: BTreeMap<String, usize>,
    /// The uids under which the Secret of a name was seen.
    uids: BTreeMap<String, BTreeSet<String>>,
    /// The newest value that a Secret was seen with, by its place in `applied`.
    newest: BTreeMap<String, usize>,
    /// How often a Secret had an older value than before.
    steps_back: usize,
    /// Whether values of names without a record count for nothing.
    lenient: bool,
    /// What must not have been.
    wrong: Vec<String>,
}

impl History {
    /// Watches the Secrets of a namespace.
    pub(super) fn record(client: Client, namespace: &str) -> Self {
        let log = Arc::new(Mutex::new(Log::default()));
        let (secrets, seen) = (Api::<Secret>::namespaced(client, namespace), log.clone());
        let watch = tokio::spawn(async move {
            let mut events = watcher(secrets, watcher::Config::default()).default_backoff().boxed();
            while let Some(event) = events.next().await {
                if let Ok(Event::Apply(secret) | Event::InitApply(secret)) = event {
                    lock(&seen).see(&secret);
                }
            }
        });
        Self { log, watch }
    }

    /// From now on others write to the Secrets as well: what they write is not held against the controller.
    pub(super) fn accepts_what_it_does_not_know(&self) {
        lock(&self.log).lenient = true;
    }

    /// Notes a value that is about to be applied.
    pub(super) fn applies(&self, name: &str, value: &str) {
        let mut log = lock(&self.log);
        log.deleted.remove(name);
        log.applied.entry(name.to_owned()).or_default().push(value.to_owned());
    }

    /// Notes a SealedSecret that is about to be deleted.
    pub(super) fn deletes(&self, name: &str) {
        lock(&self.log).deleted.insert(name.to_owned());
        self.deletes_secret(name);
    }

    /// Notes a Secret that is about to be deleted by hand.
    pub(super) fn deletes_secret(&self, name: &str) {
        *lock(&self.log).deletions.entry(name.to_owned()).or_default() += 1;
    }

    /// The Secrets that there have to be, with their values.
    pub(super) fn expected(&self) -> BTreeMap<String, String> {
        let log = lock(&self.log);
        let current = log.applied.iter().filter(|(name, _)| !log.deleted.contains(*name));
        current.filter_map(|(name, values)| Some((name.clone(), values.last()?.clone()))).collect()
    }

    /// How many Secrets have been seen so far.
    pub fn seen(&self) -> usize {
        lock(&self.log).uids.len()
    }

    /// How often a Secret had an older value than it had before.
    pub fn steps_back(&self) -> usize {
        lock(&self.log).steps_back
    }

    /// Panics if a Secret ever had a value that was not sealed for it, or was made twice.
    pub(super) fn check(&self) {
        let log = lock(&self.log);
        assert!(log.wrong.is_empty(), "Secrets that equal no SealedSecret that was current: {:?}", log.wrong);
        for (name, uids) in &log.uids {
            let most = 1 + log.deletions.get(name).copied().unwrap_or(0);
            assert!(
                uids.len() <= most,
                "the Secret {name} was made {} times and deleted {} times",
                uids.len(),
                most - 1
            );
        }
    }
}

impl Drop for History {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

impl Log {
    fn see(&mut self, secret: &Secret) {
        let Some(value) = value_of(secret) else { return };
        let name = secret.name_any();
        self.uids.entry(name.clone()).or_default().extend(secret.uid());
        let place = self.applied.get(&name).and_then(|values| values.iter().position(|own| *own == value));
        let Some(place) = place else {
            if !self.lenient {
                self.wrong.push(format!("{name} with {value}"));
            }
            return;
        };
        let newest = self.newest.entry(name).or_insert(place);
        if place < *newest {
            self.steps_back += 1;
        }
        *newest = place.max(*newest);
    }
}

/// The value of a Secret that came from a SealedSecret of a stage.
pub(super) fn value_of(secret: &Secret) -> Option<String> {
    let value = secret.data.as_ref()?.get(KEY)?;
    Some(String::from_utf8_lossy(&value.0).into_owned())
}

fn lock(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().expect("no thread panics with this lock")
}

#[cfg(test)]
mod tests {
    use k8s_openapi::ByteString;
    use kube::api::ObjectMeta;

    use super::*;

    fn secret(uid: &str, value: &str) -> Secret {
        let metadata = ObjectMeta { name: Some("n".into()), uid: Some(uid.into()), ..ObjectMeta::default() };
        let data = [(KEY.to_owned(), ByteString(value.into()))].into();
        Secret { metadata, data: Some(data), ..Secret::default() }
    }

    fn history(applied: &[&str], seen: &[Secret]) -> History {
        let mut log = Log::default();
        log.applied.insert("n".into(), applied.iter().map(|value| (*value).to_owned()).collect());
        for secret in seen {
            log.see(secret);
        }
        let watch = tokio::spawn(std::future::ready(()));
        History { log: Arc::new(Mutex::new(log)), watch }
    }

    #[tokio::test]
    async fn values_that_were_applied_are_right_and_older_ones_are_steps_back() {
        let history = history(&["a", "b"], &[secret("1", "a"), secret("1", "b"), secret("1", "a"), secret("1", "b")]);
        history.check();
        assert_eq!((history.seen(), history.steps_back()), (1, 1));
        assert_eq!(history.expected(), [("n".to_owned(), "b".to_owned())].into());
        history.deletes("n");
        assert!(history.expected().is_empty());
    }

    #[tokio::test]
    #[should_panic(expected = "equal no SealedSecret")]
    async fn a_value_that_was_never_applied_is_wrong() {
        history(&["a"], &[secret("1", "other")]).check();
    }

    #[tokio::test]
    #[should_panic(expected = "was made 2 times and deleted 0 times")]
    async fn a_secret_that_was_made_twice_is_wrong() {
        history(&["a"], &[secret("1", "a"), secret("2", "a")]).check();
    }
}
