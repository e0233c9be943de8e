//! From a Secret as somebody wrote it to a SealedSecret, by the settings that hold for its file.

mod unquoted;

use std::path::Path as FilePath;
use std::sync::Arc;

use serde_json::Value;
use waxseal_api::{PlainSecret, SealOptions, SealSecretError, SealedSecret, SecretError, seal};
use waxseal_crypto::{Certificate, Scope, Sealer, StableKey};
use waxseal_documents::{Document, Item, Path};

use crate::certificate::{Certificates, Source};
use crate::cluster::Connection;
use crate::failure::{Failure, Result, chain};
use crate::output::in_go_order;
use crate::printer::Printer;
use crate::resources::Place;
use crate::rules::Cluster;
use crate::settings::{Origin, Settings};

/// What decides how Secrets are sealed.
pub(crate) struct Sealing<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) connection: &'a Connection,
    pub(crate) certificates: &'a Certificates<'a>,
    /// A name that replaces the Secret's own.
    pub(crate) name: Option<&'a str>,
    /// A namespace that replaces the Secret's own.
    pub(crate) namespace: Option<&'a str>,
    pub(crate) allow_empty: bool,
    /// Whether numbers count as text where a Secret wants text, as kubeseal has it, and who is told.
    pub(crate) unquoted: Option<Printer>,
    /// Whether SealedSecrets say which key sealed them.
    pub(crate) hints: bool,
    /// The cluster to seal for, if it is one of several.
    pub(crate) cluster: Option<&'a Cluster>,
}

/// A Secret that is ready to be sealed.
pub(crate) struct Job {
    pub(crate) secret: PlainSecret,
    pub(crate) certificate: Arc<Certificate>,
    stable_key: Option<Arc<StableKey>>,
    place: Place,
    options: SealOptions,
}

impl Sealing<'_> {
    /// Reads the Secret and gives it the name, scope and namespace that hold for its file.
    pub(crate) fn prepare(&self, document: &Document, item: &Item<'_>, file: Option<&FilePath>) -> Result<Job> {
        let quoted = self.unquoted.map(|printer| unquoted::quoted(document, item, printer));
        let manifest = quoted.as_deref().unwrap_or(item.value);
        let mut secret = PlainSecret::from_manifest(manifest).map_err(|error| unreadable(&error, document, item))?;
        let place = Place::of(document, item);
        if let Some(name) = self.name {
            secret.metadata.name = Some(name.to_owned());
        }
        if let Some(namespace) = self.namespace {
            secret.metadata.namespace = Some(namespace.to_owned());
        }
        // What the Secret lacks itself comes before what is to be looked up for it.
        if secret.name().is_empty() {
            return Err(unsealable(&SealSecretError::NoName).about(place));
        }
        if secret.data.is_empty() && !self.allow_empty {
            return Err(unsealable(&SealSecretError::NoData).about(place));
        }
        if let Some(scope) = self.settings.scope(file)? {
            secret.set_scope(scope.value);
        }
        if secret.scope() != Scope::ClusterWide {
            self.settle_namespace(&mut secret, &place, file)?;
        }
        let source = match self.cluster {
            None => self.settings.certificate(file)?.value,
            Some(cluster) => {
                let namespace = cluster.namespace(secret.namespace()).to_owned();
                secret.metadata.namespace = Some(namespace).filter(|namespace| !namespace.is_empty());
                Source::File(cluster.certificate.clone())
            }
        };
        let certificate = self.certificates.usable(&source)?;
        let options = SealOptions { allow_empty: self.allow_empty, hints: self.hints };
        Ok(Job { secret, certificate, stable_key: self.settings.stable_key()?, place, options })
    }

    fn settle_namespace(&self, secret: &mut PlainSecret, place: &Place, file: Option<&FilePath>) -> Result<()> {
        if secret.namespace().is_empty() {
            secret.metadata.namespace = Some(self.settings.namespace_or_default(file, self.connection)?.value);
            return Ok(());
        }
        match self.settings.namespace(file)? {
            Some(asked) if asked.value != secret.namespace() => Err(Failure::input(format_args!(
                "namespace mismatch: input secret is in namespace {:?} but {:?} was specified",
                secret.namespace(),
                asked.value
            ))
            .about(place)
            .remedy(match &asked.origin {
                Origin::Flag(_) | Origin::Default | Origin::Kubeconfig => {
                    "change metadata.namespace, or leave out --namespace".to_owned()
                }
                origin => format!("change metadata.namespace, or what {origin} says"),
            })),
            _ => Ok(()),
        }
    }
}

impl Job {
    /// The SealedSecret.
    pub(crate) fn seal(&self) -> Result<SealedSecret> {
        let sealer = Sealer::new(self.certificate.public_key(), self.stable_key.as_deref());
        let sealed = seal(&self.secret, sealer, self.options);
        sealed.map_err(|error| unsealable(&error).about(&self.place))
    }

    /// What it sealed as a manifest, with its fields in the order in which kubeseal prints them.
    pub(crate) fn manifest(&self, sealed: &SealedSecret) -> Result<Value> {
        let value = serde_json::to_value(sealed)
            .map_err(|_| Failure::input("its metadata cannot be written").about(&self.place))?;
        Ok(in_go_order(value))
    }

    /// Whether SealedSecrets say which key sealed them.
    pub(crate) fn hints(&self) -> bool {
        self.options.hints
    }
}

fn unreadable(error: &SecretError, document: &Document, item: &Item<'_>) -> Failure {
    let field = match error {
        SecretError::NotBase64 { key } => Path::from(["data"]).key(key),
        SecretError::NotAString { field, key } => Path::from([*field]).key(key),
        SecretError::Field { path } => Path::keys(path.split('.')),
        _ => Path::root(),
    };
    let place = Place::at(document, item, &field);
    let failure = Failure::input(error).about(&place);
    match error {
        SecretError::NotASecret { kind, .. } if kind.is_empty() => {
            Failure::input("is no Kubernetes object: it has no kind").about(place)
        }
        SecretError::NotASecret { .. } => {
            failure.remedy("only Secrets are sealed; `waxseal seal --passthrough` hands other documents on as they are")
        }
        _ => failure,
    }
}

fn unsealable(error: &SealSecretError) -> Failure {
    let failure = Failure::input(chain(error));
    match error {
        SealSecretError::NoName => failure.remedy("add metadata.name, or give the name with --name"),
        SealSecretError::NoNamespace { .. } => failure.remedy("add metadata.namespace, or give it with --namespace"),
        SealSecretError::NoData => {
            failure.remedy("add data or stringData, or seal it all the same with --allow-empty-data")
        }
        _ => failure,
    }
}
