//! A key pair made offline, to be brought to a cluster.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use waxseal_api::names::{SEALING_KEY_ACTIVE, SEALING_KEY_LABEL};
use waxseal_api::{Metadata, PlainSecret};
use waxseal_crypto::{Certificate, Plaintext, PrivateKey, Validity};
use waxseal_documents::Wiped;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::{Format, Output, replace, replace_private};
use crate::printer::Printer;

/// Makes a key and its certificate.
pub(crate) struct Generate {
    pub(crate) bits: usize,
    pub(crate) lifetime: Duration,
    pub(crate) common_name: String,
    pub(crate) key_file: Option<PathBuf>,
    pub(crate) certificate_file: Option<PathBuf>,
    /// Where the Secret goes that a controller takes for its key.
    pub(crate) secret_file: Option<PathBuf>,
    pub(crate) namespace: String,
}

impl Generate {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        if self.key_file.is_none() && self.secret_file.is_none() {
            return Err(Failure::usage("nowhere to put the private key")
                .remedy("name files with --key-out and --cert-out, or with --secret-out"));
        }
        let validity = Validity::from_now(self.lifetime).map_err(|error| Failure::usage(error).about("--valid-for"))?;
        let key = PrivateKey::generate(self.bits).map_err(|error| Failure::usage(error).about("the key"))?;
        let certificate = Certificate::self_signed(&key, &self.common_name, &validity).map_err(Failure::key)?;
        let pem = key.to_pkcs1_pem().map_err(Failure::key)?;
        if let Some(path) = &self.secret_file {
            let secret = self.secret(&certificate, &pem);
            let manifest = serde_json::to_value(secret.expose());
            let manifest = Wiped::new(manifest.map_err(|_| Failure::key("the Secret cannot be written"))?);
            let format = Format::of(path).unwrap_or(Format::Yaml);
            let file = Some(path.clone()).filter(|path| path.as_os_str() != crate::inputs::STDIN);
            let mut output = Output::private(format, file);
            output.resource(&manifest);
            output.deliver(printer)?;
        }
        if let Some(path) = &self.key_file {
            replace_private(path, pem.expose())?;
        }
        if let Some(path) = &self.certificate_file {
            replace(path, certificate.to_pem().as_bytes())?;
        }
        printer.talk(format_args!(
            "Made the key {} of {} bits, good until {}.",
            certificate.fingerprint(),
            self.bits,
            certificate.validity().not_after()
        ));
        Ok(Exit::Done)
    }

    fn secret(&self, certificate: &Certificate, pem: &Plaintext) -> PlainSecret {
        // The same key has the same name, so that bringing it twice does not make two.
        let digest = &certificate.fingerprint().as_bytes()[..5];
        let mut name = "sealed-secrets-key-".to_owned();
        for byte in digest {
            // Writing to memory does not fail.
            let _ = write!(name, "{byte:02x}");
        }
        let metadata = Metadata {
            name: Some(name),
            namespace: Some(self.namespace.clone()),
            labels: [(SEALING_KEY_LABEL.to_owned(), SEALING_KEY_ACTIVE.to_owned())].into(),
            ..Metadata::default()
        };
        PlainSecret {
            metadata,
            type_: Some("kubernetes.io/tls".to_owned()),
            data: [
                ("tls.crt".to_owned(), Plaintext::new(certificate.to_pem().as_bytes().to_vec())),
                ("tls.key".to_owned(), pem.clone()),
            ]
            .into(),
            ..PlainSecret::default()
        }
    }
}
