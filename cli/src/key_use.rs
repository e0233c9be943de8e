//! Which key opens which value.

use std::collections::{BTreeMap, HashMap};

use waxseal_api::SealedSecret;
use waxseal_crypto::{Fingerprint, KeyRing, SealedValue};

use crate::cluster::Connection;
use crate::failure::Result;
use crate::inputs::Inputs;
use crate::parallel;
use crate::printer::Printer;
use crate::resources::{Place, documents, is_sealed_secret, sealed_secret, title};

/// A SealedSecret, and where it is.
pub(crate) struct Object {
    pub(crate) place: String,
    sealed: SealedSecret,
}

/// How many values each key opens.
#[derive(Default)]
pub(crate) struct KeyUse {
    values: HashMap<Fingerprint, usize>,
    /// Values that no key opens.
    pub(crate) closed: usize,
}

impl KeyUse {
    /// How many values the key opens.
    pub(crate) fn values_of(&self, key: &Fingerprint) -> usize {
        self.values.get(key).copied().unwrap_or_default()
    }
}

impl Object {
    /// The keys of its values with the sealing key that opens each, if one of the ring does.
    pub(crate) fn openers(&self, ring: &KeyRing) -> Vec<(&str, Option<Fingerprint>)> {
        let label = self.sealed.label();
        let hints = self.sealed.hints();
        let mut opener = ring.opener();
        let values = self.sealed.spec.encrypted_data.iter().map(|(key, text)| (key.as_str(), text));
        let values = values.chain(self.sealed.spec.data.iter().map(|text| ("spec.data", text)));
        values
            .map(|(key, text)| {
                let value = SealedValue::from_base64(text).ok();
                if let Some(hint) = hints.get(key) {
                    opener.hint(hint);
                }
                let opened = value.and_then(|value| opener.open(&value, &label).ok());
                (key, opened.map(|opened| *opened.key.fingerprint()))
            })
            .collect()
    }
}

/// The SealedSecrets in files.
pub(crate) fn in_files(inputs: &Inputs, printer: Printer) -> Result<Vec<Object>> {
    let mut objects = Vec::new();
    for input in inputs.read(printer)? {
        for document in documents(&input, printer)? {
            for item in document.items().iter().filter(|item| is_sealed_secret(item.value)) {
                let place = Place::of(&document, item).to_string();
                let sealed = sealed_secret(item.value).map_err(|failure| failure.about(&place))?;
                objects.push(Object { place, sealed });
            }
        }
    }
    Ok(objects)
}

/// The SealedSecrets of the cluster. One that cannot be read has no value that opens.
pub(crate) fn in_cluster(connection: &Connection) -> Result<Vec<Object>> {
    let found = connection.cluster()?.sealed_secrets(None)?;
    let objects = found.iter().filter_map(|object| {
        let sealed = sealed_secret(object).ok()?;
        Some(Object { place: format!("in the cluster: {}", title(object)), sealed })
    });
    Ok(objects.collect())
}

/// How many values each key has sealed, by what the objects say, and of how many nothing is said.
pub(crate) fn by_hints(objects: &[Object]) -> (BTreeMap<Fingerprint, usize>, usize) {
    let (mut named, mut unknown) = (BTreeMap::new(), 0);
    for object in objects {
        let hints = object.sealed.hints();
        for key in object.sealed.spec.encrypted_data.keys() {
            match hints.get(key) {
                Some(fingerprint) => *named.entry(*fingerprint).or_default() += 1,
                None => unknown += 1,
            }
        }
        unknown += usize::from(object.sealed.spec.data.is_some());
    }
    (named, unknown)
}

/// What the keys of the ring open, all together.
pub(crate) fn of_ring(objects: &[Object], ring: &KeyRing) -> KeyUse {
    let mut used = KeyUse::default();
    let openers = |object: &Object| object.openers(ring).into_iter().map(|(_, opener)| opener).collect::<Vec<_>>();
    for opener in parallel::map(objects, openers).into_iter().flatten() {
        match opener {
            Some(key) => *used.values.entry(key).or_default() += 1,
            None => used.closed += 1,
        }
    }
    used
}
