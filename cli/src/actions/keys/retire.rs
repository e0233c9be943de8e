//! A key on its way out: what still depends on it, and then nothing any more.

use waxseal_crypto::KeyRing;

use super::{of_cluster, sealing_key};
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::Inputs;
use crate::key_use::{self, Object};
use crate::parallel;
use crate::printer::Printer;
use crate::private_keys::SealingKey;

/// What the label of a key says that was taken out of use. Changing it back undoes it.
const RETIRED: &str = "retired";

/// Retires a key.
pub(crate) struct Retire {
    /// Its name or fingerprint.
    pub(crate) key: String,
    pub(crate) connection: Connection,
    /// SealedSecrets that lie elsewhere than in the cluster.
    pub(crate) inputs: Inputs,
    /// Whether to do it, and not only to tell.
    pub(crate) confirmed: bool,
}

impl Retire {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let keys = of_cluster(&self.connection, printer)?;
        let key = self.find(&keys)?;
        if sealing_key(&keys)?.name() == key.name() {
            return Err(Failure::key(format_args!("{} is the key that seals", key.name()))
                .remedy("ask for a newer one first: `waxseal keys rotate`"));
        }
        let mut objects = key_use::in_cluster(&self.connection)?;
        if !self.inputs.paths.is_empty() {
            objects.extend(key_use::in_files(&self.inputs, printer)?);
        }
        let dependents = dependents(&objects, key);
        for dependent in &dependents {
            printer.line(dependent)?;
        }
        if !dependents.is_empty() {
            let those = match dependents.len() {
                1 => "1 SealedSecret still needs".to_owned(),
                many => format!("{many} SealedSecrets still need"),
            };
            return Err(Failure::no(format_args!("{those} {}", key.name()))
                .remedy("seal their values to the newest key first: `waxseal reencrypt`"));
        }
        if !self.confirmed {
            printer.talk(format_args!(
                "Nothing that was looked at needs {}. With --confirm it is taken out of use; files that are not in the \
                 cluster are looked at when they are named.",
                key.name()
            ));
            return Ok(Exit::Done);
        }
        self.connection.cluster()?.set_key_state(&self.connection.controller.namespace, key.name(), RETIRED)?;
        printer.talk(format_args!(
            "Took {} out of use. The Secret is still there; back it up before it goes.",
            key.name()
        ));
        Ok(Exit::Done)
    }

    fn find<'k>(&self, keys: &'k [SealingKey]) -> Result<&'k SealingKey> {
        let is_meant = |key: &&SealingKey| key.name() == self.key || key.key.fingerprint().to_string() == self.key;
        keys.iter().find(is_meant).ok_or_else(|| {
            Failure::usage(format_args!("there is no key {:?}", self.key))
                .remedy("`waxseal keys list` shows names and fingerprints")
        })
    }
}

/// The objects with values that the key opens. A value opens with the key that sealed it and with no other.
fn dependents(objects: &[Object], key: &SealingKey) -> Vec<String> {
    let ring = KeyRing::new([key.key.clone()]);
    let opened = parallel::map(objects, |object| {
        let opened = object.openers(&ring).into_iter().filter(|(_, opener)| opener.is_some());
        let keys: Vec<_> = opened.map(|(key, _)| key).collect();
        (!keys.is_empty()).then(|| format!("{}: {}", object.place, keys.join(", ")))
    });
    opened.into_iter().flatten().collect()
}
