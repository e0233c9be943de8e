//! The certificates that values must fit.

use std::collections::BTreeMap;

use waxseal_lint::NamedCertificate;

use super::files::Text;
use crate::certificate::{Source, fetch, parse};
use crate::cluster::{Connection, Controller, Overrides};
use crate::failure::Result;
use crate::printer::Printer;
use crate::settings::Settings;

/// The certificates that `.waxseal.yaml` has for some files.
#[derive(Default)]
pub(super) struct Certificates {
    by_file: BTreeMap<String, usize>,
    list: Vec<NamedCertificate>,
}

impl Certificates {
    /// Looks for them before the files are read. Those that only a network could bring are left out: linting needs none.
    pub(super) fn of_rules(settings: &Settings, texts: &[Text], printer: Printer) -> Result<Self> {
        let mut certificates = Self::default();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for text in texts {
            let source = settings.certificate(text.path())?.value;
            if !matches!(source, Source::File(_)) {
                continue;
            }
            let name = source.to_string();
            let at = if let Some(at) = known.get(&name) {
                *at
            } else {
                certificates.list.push(named(&source, printer)?);
                known.insert(name, certificates.list.len() - 1);
                certificates.list.len() - 1
            };
            certificates.by_file.insert(text.name.clone(), at);
        }
        Ok(certificates)
    }

    pub(super) fn of(&self, text: &Text) -> Option<&NamedCertificate> {
        self.by_file.get(&text.name).and_then(|at| self.list.get(*at))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &NamedCertificate> {
        self.list.iter()
    }
}

/// Reads a certificate, expired or not: that is for the linter to tell.
pub(super) fn named(source: &Source, printer: Printer) -> Result<NamedCertificate> {
    let nowhere = Connection::new(Overrides::default(), Controller::default());
    let pem = fetch(source, &nowhere, printer)?;
    let certificate = parse(&pem, source)?;
    // The configuration makes paths absolute; the same file has a shorter name among those that are linted.
    let current = std::env::current_dir().unwrap_or_default();
    let name = match source {
        Source::File(path) => path.strip_prefix(current).unwrap_or(path).display().to_string(),
        _ => source.to_string(),
    };
    Ok(NamedCertificate { name, certificate })
}
