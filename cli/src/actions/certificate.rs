//! The certificate itself: fetched, shown, checked.

mod refresh;

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use waxseal_crypto::Certificate;

use crate::certificate::{Source, ends_soon, fetch, parse, usable};
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::replace;
use crate::printer::Printer;
use crate::settings::{Setting, Settings};
pub(crate) use refresh::RefreshCertificates;

/// Gets the certificate and does something with it.
pub(crate) struct CertificateAction {
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    pub(crate) what: What,
}

/// What to do with it.
pub(crate) enum What {
    /// Write it down as it came.
    Fetch { file: Option<PathBuf> },
    /// Tell what it is.
    Show,
    /// Tell whether it may be sealed with, and for `span` to come.
    Check { span: Duration },
}

impl CertificateAction {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        self.settings.explain(None, printer)?;
        let source = match &self.what {
            // To fetch is to ask the cluster, unless somebody names another place.
            What::Fetch { .. } => self.settings.certificate_asked().unwrap_or(Source::Cluster),
            _ => self.settings.certificate(None).map(|Setting { value, .. }| value)?,
        };
        let pem = fetch(&source, &self.connection, printer)?;
        match self.what {
            What::Fetch { file } => {
                parse(&pem, &source)?;
                match file {
                    None => printer.data(&pem)?,
                    Some(path) => replace(&path, &pem)?,
                }
                Ok(Exit::Done)
            }
            What::Show => show(&parse(&pem, &source)?, printer),
            What::Check { span } => check(&usable(&pem, &source, Timestamp::now())?, &source, span, printer),
        }
    }
}

fn show(certificate: &Certificate, printer: Printer) -> Result<Exit> {
    let validity = certificate.validity();
    printer.line(format_args!("fingerprint: {}", certificate.fingerprint()))?;
    printer.line(format_args!("key: RSA {} bits", certificate.public_key().bits()))?;
    printer.line(format_args!("not before: {}", validity.not_before()))?;
    printer.line(format_args!("not after: {}", validity.not_after()))?;
    if let Err(error) = validity.check(Timestamp::now()) {
        printer.warn(error);
    }
    Ok(Exit::Done)
}

fn check(certificate: &Certificate, source: &Source, span: Duration, printer: Printer) -> Result<Exit> {
    if let Some(end) = ends_soon(certificate, Timestamp::now(), span) {
        return Err(Failure::no(format_args!("the certificate expires at {end}"))
            .about(source)
            .remedy("`waxseal cert fetch` gets the cluster's current certificate"));
    }
    let end = certificate.validity().not_after();
    printer.line(format_args!("{source}: {} seals until {end}", certificate.fingerprint()))?;
    Ok(Exit::Done)
}
