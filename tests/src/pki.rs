//! The certificates and keys of a control plane.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SanType,
};

/// The files that kube-apiserver is given, and what its administrator shows it.
#[derive(Debug)]
pub(crate) struct Pki {
    /// Signs everything below.
    pub(crate) ca: PathBuf,
    /// The API server's own.
    pub(crate) server: Pair,
    /// Of the group `system:masters`.
    pub(crate) admin: Pair,
    /// Signs the tokens of service accounts.
    pub(crate) service_account_key: PathBuf,
    /// Verifies them.
    pub(crate) service_account_public: PathBuf,
}

/// A certificate and its key.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

impl Pki {
    /// Makes the files in `folder`. Nothing in them expires: tests move the clock.
    pub(crate) fn create(folder: &Path) -> Result<Self> {
        let ca_key = KeyPair::generate().context("making a key")?;
        let mut ca = CertificateParams::default();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        ca.distinguished_name.push(DnType::CommonName, "waxseal e2e");
        let certificate = ca.self_signed(&ca_key).context("signing the certificate of the authority")?;
        let issuer = Issuer::new(ca, ca_key);

        let mut server = CertificateParams::new(["localhost".to_owned(), "kubernetes.default.svc".to_owned()])
            .context("naming the server")?;
        server.subject_alt_names.push(SanType::IpAddress(Ipv4Addr::LOCALHOST.into()));
        server.distinguished_name.push(DnType::CommonName, "kube-apiserver");
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];

        let mut admin = CertificateParams::default();
        admin.distinguished_name.push(DnType::CommonName, "e2e-admin");
        admin.distinguished_name.push(DnType::OrganizationName, "system:masters");
        admin.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];

        let service_account = KeyPair::generate().context("making a key")?;
        Ok(Self {
            ca: write(folder, "ca.crt", &certificate.pem())?,
            server: pair(folder, "server", &server, &issuer)?,
            admin: pair(folder, "admin", &admin, &issuer)?,
            service_account_key: write(folder, "service-account.key", &service_account.serialize_pem())?,
            service_account_public: write(folder, "service-account.pub", &service_account.public_key_pem())?,
        })
    }
}

fn pair(folder: &Path, name: &str, params: &CertificateParams, issuer: &Issuer<'_, KeyPair>) -> Result<Pair> {
    let key = KeyPair::generate().context("making a key")?;
    let certificate = params.signed_by(&key, issuer).with_context(|| format!("signing the certificate {name}"))?;
    Ok(Pair {
        certificate: write(folder, &format!("{name}.crt"), &certificate.pem())?,
        key: write(folder, &format!("{name}.key"), &key.serialize_pem())?,
    })
}

fn write(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}
