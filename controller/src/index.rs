//! All SealedSecrets and the metadata of all Secrets, as the watches tell of them.
//!
//! What is known of an object is small. The object itself is kept only while it waits for its turn, and only as long
//! as not too much waits: whoever needs one that was let go reads it again.

mod entry;
mod lists;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use waxseal_api::SealedSecretStatus;
use waxseal_crypto::{Fingerprint, KeyRing};

pub(crate) use entry::{Entry, status_state};
use lists::Lists;

use crate::flags::Drift;
use crate::observed::{Name, SecretState, Version};
use crate::plan::{Observed, Plan, Secret, plan};
use crate::watch::{Sealed, Source};

/// How many bytes of objects wait here at most: ten thousand of the usual size. What is let go costs one GET.
const MOST_HELD: usize = 28 << 20;

/// What is known.
pub(crate) struct Index {
    sealed: HashMap<Name, Entry>,
    secrets: HashMap<Name, SecretState>,
    /// Where Secrets are not watched.
    blind: Blind,
    lists: Lists,
    held: usize,
    /// Sets of keys, each once: many objects were sealed with the same.
    key_sets: HashSet<Arc<[Fingerprint]>>,
    namespaces: HashSet<Arc<str>>,
}

impl Index {
    /// Knows nothing yet.
    pub(crate) fn new(watch_secrets: bool) -> Self {
        Self {
            sealed: HashMap::new(),
            secrets: HashMap::new(),
            blind: Blind { everywhere: !watch_secrets, namespaces: HashSet::new() },
            lists: Lists::default(),
            held: 0,
            key_sets: HashSet::new(),
            namespaces: HashSet::new(),
        }
    }

    /// The entry of a SealedSecret.
    pub(crate) fn entry(&mut self, name: &Name) -> Option<&mut Entry> {
        self.sealed.get_mut(name)
    }

    /// The Secret of that name, as far as it is known.
    pub(crate) fn secret(&self, name: &Name) -> Option<&SecretState> {
        self.secrets.get(name)
    }

    /// Whether Secrets are watched in that namespace.
    pub(crate) fn knows_secrets(&self, namespace: &str) -> bool {
        !self.blind.everywhere && !self.blind.namespaces.contains(namespace)
    }

    /// Secrets of that namespace, or of all of them, cannot be watched, or can again.
    pub(crate) fn set_secrets_known(&mut self, namespace: Option<&Arc<str>>, known: bool) {
        match namespace {
            None => self.blind.everywhere = !known,
            Some(namespace) if known => drop(self.blind.namespaces.remove(namespace)),
            Some(namespace) => drop(self.blind.namespaces.insert(namespace.clone())),
        }
    }

    /// Every SealedSecret's name.
    pub(crate) fn names(&self) -> Vec<Name> {
        self.sealed.keys().cloned().collect()
    }

    /// What is to be done about a SealedSecret; nothing where there is none.
    pub(crate) fn plan(&self, name: &Name, ring: &KeyRing, ring_number: u64, drift: Drift) -> Plan {
        let Some(entry) = self.sealed.get(name).filter(|entry| !entry.deleting) else { return Plan::Rest };
        let secret = self.secrets.get(name);
        let observed = Observed {
            uid: &entry.uid,
            generation: entry.generation,
            status: &entry.status,
            keys_there: entry.status.keys.iter().all(|key| ring.get(key).is_some()),
            secret: match secret {
                _ if !self.knows_secrets(&name.namespace) => Secret::Unknown,
                Some(secret) => Secret::Present(secret),
                None => Secret::Absent,
            },
        };
        let plan = plan(&observed, drift);
        if plan != Plan::Rest && entry.waits(secret, ring_number) { Plan::Rest } else { plan }
    }

    /// A SealedSecret was listed or has changed. Whether that is news.
    pub(crate) fn sealed_seen(&mut self, source: Source, sealed: Sealed, listed: bool) -> Option<(Name, bool)> {
        let name = self.name(sealed.metadata.namespace.as_deref()?, sealed.metadata.name.as_deref()?);
        if listed {
            self.lists.sealed.saw(source, &name);
        }
        let seen = Entry::new(&sealed, |keys| intern(&mut self.key_sets, keys));
        // What is kept is of an earlier version, or is about to be kept again.
        let kept = self.take_object(&name);
        let news = match self.sealed.get_mut(&name) {
            None => {
                self.sealed.insert(name.clone(), seen);
                true
            }
            Some(entry) => entry.update(seen),
        };
        match kept {
            _ if news => self.hold(&name, Arc::new(sealed)),
            Some(kept) => self.hold(&name, kept),
            None => {}
        }
        Some((name, news))
    }

    /// A SealedSecret was deleted.
    pub(crate) fn sealed_gone(&mut self, namespace: &str, name: &str) -> Option<(Name, Entry)> {
        let name = self.name(namespace, name);
        let entry = self.sealed.remove(&name)?;
        self.held -= entry.held();
        Some((name, entry))
    }

    /// A Secret was listed, has changed, or was written from here.
    pub(crate) fn secret_seen(&mut self, name: Name, secret: SecretState) {
        match self.secrets.get_mut(&name) {
            // What the watch tells late. The same uid and an older version: it was written from here since.
            Some(known) if known.uid == secret.uid && secret.version.is_older_than(&known.version) => {}
            Some(known) => *known = secret,
            None => {
                self.secrets.insert(name, secret);
            }
        }
    }

    /// A Secret was deleted. Whether it was the one that is known, and not a predecessor of it.
    pub(crate) fn secret_gone(&mut self, name: &Name, gone: &SecretState) -> bool {
        let known = self.secrets.get(name);
        let it = known.is_some_and(|known| known.uid == gone.uid);
        if it {
            self.secrets.remove(name);
        }
        if let Some(entry) = self.sealed.get_mut(name).filter(|entry| entry.running) {
            entry.gone = Some(gone.uid.clone());
        }
        it
    }

    /// A Secret was written from here, or found right. Whether it still is there, as far as is known: a watch may have
    /// told of its deletion before the hand that wrote it could report, or a list may have come to its end without it.
    /// Where the SealedSecret is another one by now, nobody was there to take note of that.
    pub(crate) fn secret_reported(&mut self, name: &Name, secret: SecretState) -> bool {
        let Some(entry) = self.sealed.get_mut(name).filter(|entry| entry.running) else { return false };
        let gone = entry.gone.take().is_some_and(|gone| gone == secret.uid);
        if gone || std::mem::take(&mut entry.unlisted) {
            return false;
        }
        // Versions of all Secrets are ordered, so that a successor that a watch has told of since is kept.
        if self.secrets.get(name).is_none_or(|known| !secret.version.is_older_than(&known.version)) {
            self.secret_seen(name.clone(), secret);
        }
        true
    }

    /// The API server says that the Secret of that uid, which was known, is not there.
    pub(crate) fn secret_missing(&mut self, name: &Name, uid: &str) {
        if self.secrets.get(name).is_some_and(|known| *known.uid == *uid) {
            self.secrets.remove(name);
        }
    }

    /// A name whose namespace is stored once.
    pub(crate) fn name(&mut self, namespace: &str, name: &str) -> Name {
        let namespace = if let Some(known) = self.namespaces.get(namespace) {
            known.clone()
        } else {
            let namespace: Arc<str> = namespace.into();
            self.namespaces.insert(namespace.clone());
            namespace
        };
        Name { namespace, name: name.into() }
    }

    /// The object, if it is held; it is let go.
    pub(crate) fn take_object(&mut self, name: &Name) -> Option<Arc<Sealed>> {
        let entry = self.sealed.get_mut(name)?;
        self.held -= entry.held();
        entry.let_go()
    }

    /// Interns the keys of a status that was written from here.
    pub(crate) fn key_set(&mut self, keys: &[Fingerprint]) -> Arc<[Fingerprint]> {
        intern(&mut self.key_sets, keys)
    }

    fn hold(&mut self, name: &Name, sealed: Arc<Sealed>) {
        let Some(entry) = self.sealed.get_mut(name) else { return };
        if !entry.seems_settled() && self.held + entry.size() <= MOST_HELD {
            entry.hold(sealed);
            self.held += entry.held();
        }
    }

    /// A list of SealedSecrets begins.
    pub(crate) fn sealed_list_begins(&mut self, source: Source) {
        self.lists.sealed.begin(source);
    }

    /// A list of SealedSecrets is complete. What it did not have is gone.
    pub(crate) fn sealed_list_ends(&mut self, source: Source, here: impl Fn(&str) -> bool) -> Vec<(Name, Entry)> {
        let Some(seen) = self.lists.sealed.end(source) else { return Vec::new() };
        let gone: Vec<Name> =
            self.sealed.keys().filter(|name| here(&name.namespace) && !seen.contains(*name)).cloned().collect();
        gone.iter().filter_map(|name| self.sealed_gone(&name.namespace, &name.name)).collect()
    }

    /// A list of Secrets begins.
    pub(crate) fn secret_list_begins(&mut self, source: Source) {
        self.lists.secrets.begin(source);
    }

    /// A Secret was in the list.
    pub(crate) fn secret_listed(&mut self, source: Source, name: &Name) {
        self.lists.secrets.saw(source, name);
    }

    /// A list of Secrets is complete. What it did not have is gone; what was written from here in the meantime may be
    /// too new for it, so that only a look tells, which a forgotten Secret leads to as well.
    pub(crate) fn secret_list_ends(&mut self, source: Source, here: impl Fn(&str) -> bool) -> Vec<Name> {
        let Some(seen) = self.lists.secrets.end(source) else { return Vec::new() };
        let gone: Vec<Name> =
            self.secrets.keys().filter(|name| here(&name.namespace) && !seen.contains(*name)).cloned().collect();
        for name in &gone {
            self.secrets.remove(name);
        }
        // What is being written may be too new for the list, or may have been deleted while no watch was there to tell.
        for (name, entry) in &mut self.sealed {
            entry.unlisted |= entry.running && here(&name.namespace) && !seen.contains(name);
        }
        gone
    }
}

/// Where Secrets are not watched, as the right to is missing or not to be used.
struct Blind {
    everywhere: bool,
    namespaces: HashSet<Arc<str>>,
}

fn intern(sets: &mut HashSet<Arc<[Fingerprint]>>, keys: &[Fingerprint]) -> Arc<[Fingerprint]> {
    if let Some(known) = sets.get(keys) {
        return known.clone();
    }
    let keys: Arc<[Fingerprint]> = keys.into();
    sets.insert(keys.clone());
    keys
}

/// What a status says, with its keys as they stand there.
pub(crate) fn parsed_keys(status: &SealedSecretStatus) -> Vec<Fingerprint> {
    let mut keys: Vec<Fingerprint> = status.sealing_keys.iter().filter_map(|key| key.parse().ok()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The version of an object's metadata.
pub(crate) fn version(text: Option<&str>) -> Version {
    Version::new(text.unwrap_or_default())
}

#[cfg(test)]
mod tests;
