//! The certificates of a repo's clusters, fetched again.

use waxseal_crypto::Certificate;

use crate::certificate::{Source, fetch, parse};
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::replace_all;
use crate::printer::Printer;
use crate::rules::Cluster;
use crate::settings::Settings;

/// Fetches. A cluster that does not answer keeps no other from being refreshed.
pub(crate) struct RefreshCertificates {
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    /// Their names, or `all`.
    pub(crate) clusters: Vec<String>,
}

impl RefreshCertificates {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let clusters = Cluster::chosen(self.settings.clusters()?, &self.clusters)?;
        let (mut failed, mut new_keys) = (0_usize, false);
        let mut first = None;
        for cluster in &clusters {
            match self.refresh(cluster, printer) {
                Ok((what, new_key)) => {
                    new_keys |= new_key;
                    printer.line(format_args!("{}: {}: {what}", cluster.name, shown(cluster)))?;
                }
                Err(failure) => {
                    failed += 1;
                    first = first.or(Some(failure.exit()));
                    printer.failure(&failure.about(&cluster.name));
                }
            }
        }
        if new_keys {
            printer.talk("Old values go on opening; `waxseal reencrypt` seals them to the new keys.");
        }
        let what = format!("{failed} of {} certificates could not be refreshed", clusters.len());
        match first {
            None => Ok(Exit::Done),
            Some(Exit::Cluster) => Err(Failure::cluster(what)),
            Some(Exit::Key) => Err(Failure::key(what)),
            Some(_) => Err(Failure::input(what)),
        }
    }

    /// What became of the certificate, and whether its key is another one than before.
    fn refresh(&self, cluster: &Cluster, printer: Printer) -> Result<(String, bool)> {
        let source = cluster.url.clone().map_or(Source::Cluster, Source::Url);
        let pem = fetch(&source, &self.connection.to(cluster), printer)?;
        let new = parse(&pem, &source)?;
        let before = std::fs::read(&cluster.certificate).ok();
        let old = before.as_ref().and_then(|pem| Certificate::from_pem(pem).ok());
        if before.as_ref() != Some(&pem) {
            replace_all(&[(&cluster.certificate, &pem)])?;
        }
        let key = new.fingerprint();
        Ok(match old {
            None => (format!("new: {key}"), false),
            Some(old) if old.fingerprint() != key => (format!("changed: {} -> {key}", old.fingerprint()), true),
            Some(_) if before.is_some_and(|before| before == pem) => (format!("unchanged: {key}"), false),
            Some(_) => (format!("changed, with the same key: {key}"), false),
        })
    }
}

/// The certificate's file, as short as it can be said here.
fn shown(cluster: &Cluster) -> String {
    let current = std::env::current_dir().unwrap_or_default();
    cluster.certificate.strip_prefix(current).unwrap_or(&cluster.certificate).display().to_string()
}
