//! Which values of a file that is sealed over stay as they are: those that somebody can prove unchanged.

use std::collections::BTreeMap;

use waxseal_api::{Hints, SealedSecret, names};
use waxseal_crypto::{Fingerprint, KeyRing, Label, Opener, SealedValue};

use super::live::Live;
use crate::cluster::Connection;
use crate::failure::Result;
use crate::private_keys::KeySources;
use crate::sealing::Job;

/// How many keys a line names.
const NAMED: usize = 5;

/// Who may be asked.
#[derive(Default)]
pub(crate) struct Witnesses {
    /// Private keys, which open old values.
    pub(crate) keys: KeySources,
    /// Whether to look at the Secret that the cluster made of the old values.
    pub(crate) cluster: bool,
}

/// Who is asked, ready to answer.
pub(super) struct Keeper<'a> {
    ring: Option<KeyRing>,
    cluster: Option<&'a Connection>,
}

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Stays,
    Changed,
    Added,
    Removed,
    /// The object has another name, namespace or scope, under which the old value does not open.
    Moved,
    /// It may be the same, and another key than the certificate's sealed it.
    OtherKey,
    /// Nobody can tell.
    Unproven,
}

/// What became of the values of one object.
pub(super) struct Changes {
    title: String,
    keys: BTreeMap<Fate, Vec<String>>,
    /// Why the cluster does not prove anything, if it was asked.
    silence: Option<&'static str>,
    /// Whether nobody was there to be asked.
    alone: bool,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(witnesses: &Witnesses, connection: &'a Connection) -> Result<Self> {
        let ring = witnesses.keys.are_given().then(|| witnesses.keys.ring()).transpose()?;
        Ok(Self { ring, cluster: witnesses.cluster.then_some(connection) })
    }

    /// The same keys, and another cluster.
    pub(super) fn with_cluster<'b>(&self, connection: &'b Connection) -> Keeper<'b> {
        Keeper { ring: self.ring.clone(), cluster: self.cluster.map(|_| connection) }
    }

    /// Puts old values in the place of new ones where they are proven to hold the same.
    pub(super) fn keep(&self, title: &str, job: &Job, old: &SealedSecret, new: &mut SealedSecret) -> Result<Changes> {
        let (label, certificate) = (new.label(), *job.certificate.fingerprint());
        let moved = old.label() != label;
        let live = match self.cluster {
            Some(connection) if !moved => Some(Live::find(connection, new)?),
            _ => None,
        };
        let empty = KeyRing::default();
        let mut judge = Judge {
            opener: self.ring.as_ref().unwrap_or(&empty).opener(),
            label: &label,
            certificate,
            live: live.as_ref(),
            hints: old.hints(),
        };
        let silence = live.as_ref().and_then(Live::silence);
        let alone = self.ring.is_none() && self.cluster.is_none();
        let mut changes = Changes { title: title.to_owned(), keys: BTreeMap::new(), silence, alone };
        let mut sealed_by = BTreeMap::new();
        for (key, value) in &mut new.spec.encrypted_data {
            let mut by = Some(certificate);
            let fate = match (old.spec.encrypted_data.get(key), job.secret.data.get(key)) {
                (Some(before), _) if is_same(before, value) => Fate::Stays,
                (Some(_), _) if moved => Fate::Moved,
                (Some(before), Some(plaintext)) => {
                    let (fate, known) = judge.fate(key, before, plaintext.expose());
                    by = if fate == Fate::Stays { known } else { by };
                    fate
                }
                _ => Fate::Added,
            };
            if fate == Fate::Stays
                && let Some(before) = old.spec.encrypted_data.get(key)
            {
                value.clone_from(before);
            }
            sealed_by.insert(key.clone(), by);
            changes.keys.entry(fate).or_default().push(key.clone());
        }
        let removed = old.spec.encrypted_data.keys().filter(|key| !new.spec.encrypted_data.contains_key(*key));
        changes.keys.entry(Fate::Removed).or_default().extend(removed.cloned());
        if job.hints() {
            let hints = Hints::of(sealed_by.iter().map(|(key, by)| (key.as_str(), *by)));
            let annotations = new.metadata.annotations.get_or_insert_default();
            annotations.remove(names::SEALING_KEYS);
            if !hints.is_empty() {
                annotations.insert(names::SEALING_KEYS.to_owned(), hints.to_string());
            }
        }
        Ok(changes)
    }
}

impl Changes {
    /// How many values changed, and why: keys, and never values.
    pub(super) fn lines(&self) -> Vec<String> {
        let title = &self.title;
        let all: usize = self.keys.iter().filter(|(fate, _)| **fate != Fate::Removed).map(|(_, keys)| keys.len()).sum();
        let stay = self.keys.get(&Fate::Stays).map_or(0, Vec::len);
        let mut lines = vec![format!("{title}: {} of {all} values changed", all - stay)];
        for (fate, keys) in self.keys.iter().filter(|(_, keys)| !keys.is_empty()) {
            let why = match fate {
                Fate::Stays => continue,
                Fate::Changed => "another value",
                Fate::Added => "added",
                Fate::Removed => "removed",
                Fate::Moved => "sealed anew for another name, namespace or scope",
                Fate::OtherKey => "sealed anew, as another key than the certificate's had sealed it",
                Fate::Unproven => match self.silence {
                    Some(why) => why,
                    None if self.alone => {
                        "sealed anew, as nobody can tell whether it changed; a private key, a stable key or \
                         --compare-cluster can"
                    }
                    None => "sealed anew, as neither key nor cluster can tell whether it changed",
                },
            };
            lines.push(format!("{title}: {}: {why}", listed(keys)));
        }
        lines
    }
}

struct Judge<'a> {
    opener: Opener<'a>,
    label: &'a Label,
    certificate: Fingerprint,
    live: Option<&'a Live>,
    hints: Hints,
}

impl Judge<'_> {
    /// What is to become of the old value, and the key that sealed it, if that is known.
    fn fate(&mut self, key: &str, before: &str, plaintext: &[u8]) -> (Fate, Option<Fingerprint>) {
        if let Some(hint) = self.hints.get(key) {
            self.opener.hint(hint);
        }
        let value = SealedValue::from_base64(before).ok();
        if let Some(opened) = value.and_then(|value| self.opener.open(&value, self.label).ok()) {
            let fate = match opened.plaintext.expose() == plaintext {
                _ if *opened.key.fingerprint() != self.certificate => Fate::OtherKey,
                true => Fate::Stays,
                false => Fate::Changed,
            };
            return (fate, Some(self.certificate));
        }
        let hint = self.hints.get(key).copied();
        match self.live.and_then(|live| live.is_still(key, before, plaintext)) {
            Some(true) if hint.is_some_and(|hint| hint != self.certificate) => (Fate::OtherKey, hint),
            Some(true) => (Fate::Stays, hint),
            Some(false) => (Fate::Changed, None),
            None => (Fate::Unproven, None),
        }
    }
}

/// Whether the two are the same value: a text may be folded.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one == other
        || matches!((SealedValue::from_base64(one), SealedValue::from_base64(other)), (Ok(one), Ok(other)) if one == other)
}

fn listed(keys: &[String]) -> String {
    let named = keys.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match keys.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
