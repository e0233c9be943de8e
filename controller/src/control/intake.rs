//! Takes in what the watches tell.

use kube::ResourceExt as _;
use kube::runtime::watcher::Event;
use waxseal_api::{SealedSecret, SealedSecretSpec};

use super::{BATCH, Control, Message};
use crate::index::Entry;
use crate::observed::{Name, Owner, SecretState};
use crate::queue::Priority;
use crate::watch::{Change, Sealed, SecretMetadata, Source};

/// Which lists have come in for the first time.
pub(super) struct Fill {
    sealed: Vec<bool>,
    secrets: Vec<bool>,
    keys: bool,
}

impl Fill {
    pub(super) fn new(sources: usize, watch_secrets: bool) -> Self {
        Self { sealed: vec![false; sources], secrets: vec![!watch_secrets; sources], keys: false }
    }

    /// Whether what is to be done about a SealedSecret can be told, even while others are still being listed: a Secret
    /// that has not been listed yet would look as if it were not there.
    pub(super) fn can_plan(&self) -> bool {
        self.keys && self.secrets.iter().all(|listed| *listed)
    }

    fn is_full(&self) -> bool {
        self.can_plan() && self.sealed.iter().all(|listed| *listed)
    }
}

impl Control {
    /// One message, and what waits behind it.
    pub(super) fn take_in(&mut self, message: Message) {
        let mut next = Some(message);
        for _ in 0..BATCH {
            match next {
                Some(Message::Sealed(source, change)) => self.sealed_changed(source, change),
                Some(Message::Secret(source, change)) => self.secret_changed(source, change),
                None => break,
            }
            next = self.setup.messages.try_recv().ok();
        }
    }

    /// The keys are others now: what waits for one, and what needs one that is gone, gets a turn.
    pub(super) fn keys_changed(&mut self) {
        self.keys = self.setup.keys.borrow_and_update().clone();
        if !self.keys.loaded {
            return;
        }
        let first = !self.fill.keys;
        self.filled(|fill| fill.keys = true);
        if first || !self.fill.can_plan() {
            return;
        }
        for name in self.index.names() {
            let keys = &self.keys;
            let affected = self.index.entry(&name).is_some_and(|entry| {
                entry.waits_for_keys() || entry.status.keys.iter().any(|key| keys.ring.get(key).is_none())
            });
            if affected {
                self.enqueue(name, Priority::Listed);
            }
        }
    }

    fn sealed_changed(&mut self, source: Source, change: Change<Sealed>) {
        match change {
            Change::Event(Event::Apply(sealed)) => self.sealed_seen(source, sealed, false),
            Change::Event(Event::InitApply(sealed)) => self.sealed_seen(source, sealed, true),
            Change::Event(Event::Delete(sealed)) => {
                let (namespace, name) = (sealed.namespace().unwrap_or_default(), sealed.name_any());
                if let Some((name, entry)) = self.index.sealed_gone(&namespace, &name) {
                    self.sealed_gone(&name, &entry);
                }
            }
            Change::Event(Event::Init) => self.index.sealed_list_begins(source),
            Change::Event(Event::InitDone) => {
                let here = self.setup.namespaces.get(source).cloned();
                let gone = self
                    .index
                    .sealed_list_ends(source, |namespace| here.as_ref().is_none_or(|here| **here == *namespace));
                for (name, entry) in gone {
                    self.sealed_gone(&name, &entry);
                }
                self.filled(|fill| fill.sealed[source] = true);
            }
            Change::Denied => self.filled(|fill| fill.sealed[source] = true),
        }
    }

    fn sealed_seen(&mut self, source: Source, sealed: Sealed, listed: bool) {
        let status = sealed.status();
        let mut object = SealedSecret::new("", SealedSecretSpec::default());
        object.metadata.clone_from(&sealed.metadata);
        let Some((name, news)) = self.index.sealed_seen(source, sealed, listed) else { return };
        if !news {
            return;
        }
        self.setup.metrics.conditions_observed(&object, &status.conditions);
        if let Some(entry) = self.index.entry(&name) {
            let keys = entry.status.keys.clone();
            self.setup.metrics.sealing_keys_observed(&name.namespace, &name.name, keys.iter().copied());
        }
        if !self.fill.can_plan() {
            return;
        }
        if self.fill.sealed[source] {
            // What a later list brings is as live as what a watch brings: the watch has missed it.
            self.enqueue(name, Priority::Live);
        } else {
            self.enqueue_found(name);
        }
    }

    fn sealed_gone(&mut self, name: &Name, entry: &Entry) {
        self.queue.remove(name);
        self.setup.metrics.object_gone(&name.namespace, &name.name);
        let secret = self.index.secret(name);
        let ours = secret.filter(|secret| secret.owner == Owner::SealedSecret { uid: entry.uid.clone() });
        if let Some(secret) = ours.filter(|_| self.setup.delete_orphans && self.setup.leadership.leads()) {
            let (hand, name, uid) = (self.setup.hand.clone(), name.clone(), secret.uid.clone());
            tokio::spawn(async move {
                if let Err(error) = hand.cluster.delete_secret(&name.namespace, &name.name, &uid).await {
                    tracing::warn!(object = %name, "cannot delete the Secret of a deleted SealedSecret: {error}");
                }
            });
        }
    }

    fn secret_changed(&mut self, source: Source, change: Change<SecretMetadata>) {
        match change {
            Change::Event(Event::Apply(secret)) => {
                let (name, state) = self.state(secret);
                self.secret_seen(name, state);
            }
            Change::Event(Event::InitApply(secret)) => {
                let (name, state) = self.state(secret);
                self.index.secret_listed(source, &name);
                self.secret_seen(name, state);
            }
            Change::Event(Event::Delete(secret)) => {
                let (name, state) = self.state(secret);
                if self.index.secret_gone(&name, &state) && !released(&state) {
                    self.secret_moved(name);
                }
            }
            Change::Event(Event::Init) => self.index.secret_list_begins(source),
            Change::Event(Event::InitDone) => {
                let here = self.setup.namespaces.get(source).cloned();
                let gone = self
                    .index
                    .secret_list_ends(source, |namespace| here.as_ref().is_none_or(|here| **here == *namespace));
                self.index.set_secrets_known(here.as_ref(), true);
                for name in gone {
                    self.secret_moved(name);
                }
                self.filled(|fill| fill.secrets[source] = true);
            }
            Change::Denied => {
                let here = self.setup.namespaces.get(source);
                self.index.set_secrets_known(here, false);
                self.filled(|fill| fill.secrets[source] = true);
            }
        }
    }

    fn secret_seen(&mut self, name: Name, state: SecretState) {
        let before = self.index.secret(&name).cloned();
        self.index.secret_seen(name.clone(), state);
        if self.index.secret(&name) != before.as_ref() {
            self.secret_moved(name);
        }
    }

    fn secret_moved(&mut self, name: Name) {
        let Some(entry) = self.index.entry(&name) else { return };
        entry.dirty |= entry.running;
        if self.fill.can_plan() {
            self.enqueue(name, Priority::Live);
        }
    }

    fn state(&mut self, secret: SecretMetadata) -> (Name, SecretState) {
        let name = self.index.name(&secret.namespace().unwrap_or_default(), &secret.name_any());
        (name, secret.state())
    }

    /// Something has come in for the first time. When enough has, everything that is known by then gets its turn.
    fn filled(&mut self, what: impl FnOnce(&mut Fill)) {
        let (could_plan, was_full) = (self.fill.can_plan(), self.fill.is_full());
        what(&mut self.fill);
        if !could_plan && self.fill.can_plan() {
            for name in self.index.names() {
                self.enqueue_found(name);
            }
        }
        if !was_full && self.fill.is_full() {
            tracing::info!(waiting = self.queue.len(), "the caches are filled");
            self.setup.health.set_filled(true);
        }
    }

    /// Puts in line what was there when the controller came.
    fn enqueue_found(&mut self, name: Name) {
        let fails = self.index.entry(&name).is_some_and(|entry| entry.known_to_fail());
        self.enqueue(name, if fails { Priority::Retry } else { Priority::Listed });
    }
}

/// Whether a Secret that was deleted was only merged into: whoever it belongs to makes it again, or does not.
fn released(secret: &SecretState) -> bool {
    secret.patch && !secret.managed && !matches!(secret.owner, Owner::SealedSecret { .. })
}
