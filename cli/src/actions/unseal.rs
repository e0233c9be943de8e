//! SealedSecrets in, Secrets out, with the private keys at hand.

use std::path::PathBuf;

use serde_json::Value;
use waxseal_api::{Owner, PlainSecret, UnsealOptions, unseal};
use waxseal_crypto::KeyRing;
use waxseal_documents::Wiped;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::Inputs;
use crate::output::{Format, Output, in_go_order, replace_private};
use crate::printer::Printer;
use crate::private_keys::KeySources;
use crate::resources::{Place, documents, is_sealed_secret, sealed_secret};

/// Opens.
pub(crate) struct Unseal {
    pub(crate) inputs: Inputs,
    pub(crate) keys: KeySources,
    /// The one value to print, as it is.
    pub(crate) only_value: Option<String>,
    /// Whether the owner is named even if the SealedSecret has no uid, as kubeseal does. The API server refuses that.
    pub(crate) owner_without_uid: bool,
    pub(crate) format: Format,
    pub(crate) file: Option<PathBuf>,
}

impl Unseal {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let ring = self.keys.ring()?;
        let secrets = self.open_all(&ring, printer)?;
        if let Some(key) = &self.only_value {
            return self.print_value(&secrets, key, printer);
        }
        let mut output = Output::private(self.format, self.file);
        for secret in &secrets {
            let manifest = exposed(secret)?;
            output.resource(&manifest);
        }
        output.deliver(printer)?;
        Ok(Exit::Done)
    }

    fn open_all(&self, ring: &KeyRing, printer: Printer) -> Result<Vec<PlainSecret>> {
        let mut secrets = Vec::new();
        for input in self.inputs.read(printer)? {
            for document in documents(&input, printer)? {
                for item in document.items().iter().filter(|item| is_sealed_secret(item.value)) {
                    let place = Place::of(&document, item);
                    secrets.push(self.open(item.value, ring).map_err(|failure| failure.about(&place))?);
                }
            }
        }
        if secrets.is_empty() {
            return Err(Failure::input("no SealedSecret found").remedy("name the file that holds it"));
        }
        Ok(secrets)
    }

    fn open(&self, object: &Value, ring: &KeyRing) -> Result<PlainSecret> {
        let sealed = sealed_secret(object)?;
        let has_uid = sealed.metadata.uid.as_deref().is_some_and(|uid| !uid.is_empty());
        let owner = if has_uid || self.owner_without_uid { Owner::SealedSecret } else { Owner::Nobody };
        // Whoever holds the private keys may see the token too.
        let options = UnsealOptions { owner, allow_service_account_tokens: true, ..UnsealOptions::default() };
        let (secret, _) = unseal(&sealed, ring, options).map_err(|error| does_not_open(&error))?;
        Ok(secret)
    }

    fn print_value(&self, secrets: &[PlainSecret], key: &str, printer: Printer) -> Result<Exit> {
        let [secret] = secrets else {
            return Err(Failure::usage(format_args!(
                "--output-value prints one value, and there are {} SealedSecrets",
                secrets.len()
            ))
            .remedy("name a file that holds one only"));
        };
        let value = secret.data.get(key).ok_or_else(|| {
            let keys: Vec<_> = secret.data.keys().map(String::as_str).collect();
            Failure::input(format_args!("Secret {} has no key {key:?}", secret.name()))
                .remedy(format!("its keys are: {}", keys.join(", ")))
        })?;
        match &self.file {
            None => printer.data(value.expose())?,
            Some(path) => replace_private(path, value.expose())?,
        }
        Ok(Exit::Done)
    }
}

/// Why it does not open, as a failure about keys or about what is in the file.
pub(crate) fn does_not_open(error: &waxseal_api::UnsealError) -> Failure {
    use waxseal_api::{UnsealError, ValueError};
    let malformed = |error: &ValueError| matches!(error, ValueError::Parse(_));
    match error {
        UnsealError::Values(failed) if failed.iter().any(|value| malformed(&value.reason)) => {
            Failure::input(error).remedy("the value was cut or changed after it was sealed; seal it again")
        }
        UnsealError::Values(_) | UnsealError::Deprecated(_) => Failure::key(error)
            .remedy("it was sealed with another key, or for another name, namespace or scope than it has now"),
        _ => Failure::input(error),
    }
}

/// The Secret as a manifest, wiped when it goes.
fn exposed(secret: &PlainSecret) -> Result<Wiped> {
    let value = serde_json::to_value(secret.expose())
        .map_err(|_| Failure::input(format_args!("Secret {}: its metadata cannot be written", secret.name())))?;
    Ok(Wiped::new(in_go_order(value)))
}
