//! Follows the key Secrets, and hands out a new set of keys whenever they change.

use std::collections::BTreeMap;
use std::sync::Arc;

use kube::ResourceExt as _;
use kube::runtime::watcher::Event;
use tokio::sync::{mpsc, watch};

use super::parse::{KeySecretError, SealingKey, in_use};
use super::{Head, KeySet};
use crate::events::{Events, Severity, Subject};
use crate::flags::KeyOrder;
use crate::health::Health;
use crate::lease::Leadership;
use crate::metrics::Metrics;
use crate::watch::{Change, KeySecret, Source};

/// Watches on key Secrets: those with the label, and the one of the time before labels.
pub(crate) const SOURCES: usize = 2;

/// What the keeper is told.
pub(crate) enum KeyMessage {
    /// By a watch.
    Watched(Source, Change<KeySecret>),
    /// By whoever made a key: it counts before the watch tells of it.
    Made(KeySecret),
}

/// Keeps the keys.
pub(crate) struct Keeper {
    pub(crate) messages: mpsc::Receiver<KeyMessage>,
    pub(crate) to: watch::Sender<Arc<KeySet>>,
    pub(crate) leadership: Leadership,
    pub(crate) events: Events,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) health: Arc<Health>,
    pub(crate) namespace: Arc<str>,
    pub(crate) prefix: String,
    pub(crate) order: KeyOrder,
}

/// A key Secret as it was read.
struct Known {
    uid: String,
    version: String,
    read: Result<SealingKey, KeySecretError>,
    /// Whether its owner was told that it is no good.
    told: bool,
}

/// The key Secrets of one watch.
#[derive(Default)]
struct Shelf {
    keys: BTreeMap<String, Known>,
    /// What a list that is under way has brought.
    listing: Option<BTreeMap<String, Known>>,
    filled: bool,
}

impl Keeper {
    /// Keeps until nobody tells anything any more.
    pub(crate) async fn run(mut self) {
        let mut shelves: [Shelf; SOURCES] = Default::default();
        let mut number = 0;
        loop {
            let changed = tokio::select! {
                message = self.messages.recv() => match message {
                    Some(message) => self.take_in(&mut shelves, message).await,
                    None => return,
                },
                () = self.leadership.changed() => false,
            };
            self.tell_of_garbage(&mut shelves);
            if changed && shelves.iter().all(|shelf| shelf.filled) {
                number += 1;
                self.hand_out(&shelves, number);
            }
        }
    }

    /// Whether the keys are others now.
    async fn take_in(&self, shelves: &mut [Shelf; SOURCES], message: KeyMessage) -> bool {
        match message {
            KeyMessage::Made(secret) => {
                let shelf = &mut shelves[0];
                if shelf.keys.get(&secret.name_any()).is_some_and(|known| known.is_of(&secret)) {
                    return false;
                }
                let known = read(secret).await;
                if let Some(listing) = &mut shelf.listing {
                    listing.insert(known.0.clone(), known.1.copy());
                }
                shelf.keys.insert(known.0, known.1);
                true
            }
            KeyMessage::Watched(source, change) => {
                let Some(shelf) = shelves.get_mut(source) else { return false };
                self.watched(shelf, change).await
            }
        }
    }

    async fn watched(&self, shelf: &mut Shelf, change: Change<KeySecret>) -> bool {
        match change {
            Change::Event(Event::Apply(secret)) => {
                let name = secret.name_any();
                if !in_use(&secret, &self.prefix) {
                    return shelf.keys.remove(&name).is_some();
                }
                if shelf.keys.get(&name).is_some_and(|known| known.is_of(&secret)) {
                    return false;
                }
                let (name, known) = read(secret).await;
                shelf.keys.insert(name, known);
                true
            }
            Change::Event(Event::Delete(secret)) => {
                let uid = secret.uid().unwrap_or_default();
                let name = secret.name_any();
                let it = shelf.keys.get(&name).is_some_and(|known| known.uid == uid);
                it && shelf.keys.remove(&name).is_some()
            }
            Change::Event(Event::Init) => {
                shelf.listing = Some(BTreeMap::new());
                false
            }
            Change::Event(Event::InitApply(secret)) => {
                if !in_use(&secret, &self.prefix) {
                    return false;
                }
                let name = secret.name_any();
                let unchanged = shelf.keys.get(&name).filter(|known| known.is_of(&secret)).map(Known::copy);
                let known = match unchanged {
                    Some(known) => known,
                    None => read(secret).await.1,
                };
                if let Some(listing) = &mut shelf.listing {
                    listing.insert(name, known);
                }
                false
            }
            Change::Event(Event::InitDone) => {
                if let Some(listing) = shelf.listing.take() {
                    shelf.keys = listing;
                }
                shelf.filled = true;
                true
            }
            // Without a look at the keys there is nothing to open with, and nothing to be made either: a new key would
            // be made at each start.
            Change::Denied => false,
        }
    }

    fn hand_out(&self, shelves: &[Shelf; SOURCES], number: u64) {
        let known: Vec<&Known> = shelves.iter().flat_map(|shelf| shelf.keys.values()).collect();
        let mut keys: Vec<&SealingKey> = known.iter().filter_map(|known| known.read.as_ref().ok()).collect();
        let set = key_set(&mut keys, self.order, number);
        let unusable = known.iter().filter(|known| known.read.is_err()).count();
        let validity = set.newest.as_ref().map(|certificate| *certificate.validity());
        self.metrics.keys_changed(&set.ring, validity.as_ref(), unusable);
        self.health.set_key(set.newest.is_some());
        let newest = set.head.as_ref().map_or("none", |head| head.name.as_str());
        tracing::info!(keys = set.ring.len(), unusable, newest, "sealing keys");
        self.to.send_replace(Arc::new(set));
    }

    fn tell_of_garbage(&self, shelves: &mut [Shelf; SOURCES]) {
        if !self.leadership.leads() {
            return;
        }
        for (name, known) in shelves.iter_mut().flat_map(|shelf| &mut shelf.keys).filter(|(_, known)| !known.told) {
            let Err(error) = &known.read else { continue };
            known.told = true;
            tracing::error!(secret = name, "a Secret that is labelled as a sealing key is none: it {error}");
            let subject = Subject {
                api_version: "v1",
                kind: "Secret",
                namespace: self.namespace.clone(),
                name: name.as_str().into(),
                uid: known.uid.clone(),
            };
            self.events.emit(subject, Severity::Warning, "UnusableSealingKey", &format!("the sealing key {error}"));
        }
    }
}

impl Known {
    fn is_of(&self, secret: &KeySecret) -> bool {
        let metadata = &secret.metadata;
        metadata.uid.as_deref() == Some(&*self.uid) && metadata.resource_version.as_deref() == Some(&*self.version)
    }

    fn copy(&self) -> Self {
        Self { uid: self.uid.clone(), version: self.version.clone(), read: self.read.clone(), told: self.told }
    }
}

/// The set of `keys`, which are put in order: the newest first.
fn key_set(keys: &mut [&SealingKey], order: KeyOrder, number: u64) -> KeySet {
    let not_before = |key: &SealingKey| key.certificate.validity().not_before();
    let moment = |key: &SealingKey| match order {
        KeyOrder::CertNotBefore => not_before(key),
        KeyOrder::SecretCreationTimestamp => key.created,
    };
    keys.sort_by_key(|key| std::cmp::Reverse((moment(key), not_before(key), key.created, key.name.clone())));
    let last_not_before = keys.iter().map(|key| not_before(key)).max();
    let head = keys.first().map(|key| Head {
        name: key.name.clone(),
        fingerprint: *key.key.fingerprint(),
        moment: moment(key),
        last_not_before: last_not_before.unwrap_or_else(|| not_before(key)),
        rotate: key.rotate,
    });
    KeySet {
        number,
        loaded: true,
        ring: waxseal_crypto::KeyRing::new(keys.iter().map(|key| key.key.clone())),
        newest: keys.first().map(|key| key.certificate.clone()),
        head,
        names: Arc::new(keys.iter().map(|key| key.name.clone()).collect()),
    }
}

/// Reads a key Secret on a thread of its own.
async fn read(secret: KeySecret) -> (String, Known) {
    let name = secret.name_any();
    let uid = secret.uid().unwrap_or_default();
    let version = secret.resource_version().unwrap_or_default();
    let reading = tokio::task::spawn_blocking(move || SealingKey::read(&secret));
    let read = reading.await.unwrap_or(Err(KeySecretError::Unreadable));
    (name, Known { uid, version, read, told: false })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;
    use waxseal_crypto::{Certificate, PrivateKey, Validity};

    use super::*;

    fn key(name: &str, not_before: i64, created: i64) -> SealingKey {
        let at = |second| Timestamp::from_second(second).unwrap();
        let key = PrivateKey::generate(2048).unwrap();
        let validity = Validity::new(at(not_before), Duration::from_secs(100)).unwrap();
        let certificate = Arc::new(Certificate::self_signed(&key, "", &validity).unwrap());
        SealingKey { name: name.into(), key, certificate, created: at(created), rotate: false }
    }

    #[test]
    fn the_newest_key_is_the_first_by_either_order() {
        let (a, b) = (key("a", 100, 900), key("b", 200, 800));
        let by = |order| {
            let set = key_set(&mut [&a, &b], order, 7);
            (set.head.unwrap().name, *set.ring.keys()[0].fingerprint(), *set.newest.unwrap().fingerprint())
        };
        let (of_a, of_b) = (*a.key.fingerprint(), *b.key.fingerprint());
        assert_eq!(by(KeyOrder::CertNotBefore), ("b".to_owned(), of_b, of_b));
        assert_eq!(by(KeyOrder::SecretCreationTimestamp), ("a".to_owned(), of_a, of_a));
    }

    #[test]
    fn keys_that_were_restored_at_once_keep_their_order() {
        let (a, b) = (key("a", 200, 900), key("b", 100, 900));
        let head = key_set(&mut [&b, &a], KeyOrder::SecretCreationTimestamp, 1).head.unwrap();
        assert_eq!((head.name.as_str(), head.last_not_before.as_second()), ("a", 200));
    }
}
