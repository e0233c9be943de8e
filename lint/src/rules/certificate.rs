//! Certificates that people seal with.

use waxseal_crypto::{Certificate, CertificateError};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::der::DecodePem as _;

use crate::collect::{Findings, Problem};
use crate::linter::{Context, beginning};
use crate::{Config, Rule};

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Looks at a PEM file that holds a certificate, if it is one that seals: the one that was given, or one without a
/// subject, as the controllers make them. A repo holds other certificates, which others watch over.
pub(crate) fn check_file(bytes: &[u8], context: &Context<'_>, findings: &mut Findings) {
    let Ok(certificate) = Certificate::from_pem(bytes) else { return };
    let given = context.certificate.is_some_and(|given| given.certificate.fingerprint() == certificate.fingerprint());
    if given || has_no_subject(&certificate) {
        check(&certificate, context.config, findings);
    }
}

/// Looks at a certificate that is known to seal.
pub(crate) fn check(certificate: &Certificate, config: &Config, findings: &mut Findings) {
    let validity = certificate.validity();
    let outside = validity.check(config.now);
    let problem =
        if let Err(error @ (CertificateError::Expired { .. } | CertificateError::NotYetValid { .. })) = outside {
            Problem::new(Rule::CertificateExpired, error.to_string())
        } else {
            let left = validity.not_after().as_second() - config.now.as_second();
            if left > i64::try_from(config.expires_within.as_secs()).unwrap_or(i64::MAX) {
                return;
            }
            let message = format!("the certificate expires at {}, in {} days", validity.not_after(), left / DAY);
            Problem::new(Rule::CertificateExpiresSoon, message)
        };
    findings.add(problem, None, beginning);
}

fn has_no_subject(certificate: &Certificate) -> bool {
    CertificateInner::<Raw>::from_pem(certificate.to_pem())
        .is_ok_and(|certificate| certificate.tbs_certificate().subject().is_empty())
}
