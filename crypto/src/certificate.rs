//! The certificate that people seal with.

use std::time::Duration;

use jiff::Timestamp;
use rand::rngs::SysRng;
use rsa::pkcs1v15::{Signature, SigningKey};
use rsa::pkcs8::{EncodePublicKey as _, LineEnding};
use rsa::rand_core::UnwrapErr;
use sha2::Sha256;
use x509_cert::TbsCertificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::der::asn1::{GeneralizedTime, ObjectIdentifier, Utf8StringRef};
use x509_cert::der::{Any, Decode as _, Encode as _, EncodePem as _};
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use x509_cert::time::Time;

use crate::pem::{self, Kind};
use crate::{Fingerprint, KeyError, PrivateKey, PublicKey};

/// `id-at-commonName` (RFC 4519).
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// How far the clocks of two computers may differ: as much as Kerberos allows.
///
/// A person fetches a new certificate within the second in which a controller somewhere else made it.
const CLOCK_SKEW: Duration = Duration::from_mins(5);

/// An X.509 certificate: a public key that seals, and how long it should.
///
/// Its signature is not checked. The certificate is trusted for where it comes from, as upstream's is.
#[derive(Clone)]
pub struct Certificate {
    public_key: PublicKey,
    validity: Validity,
    pem: String,
}

impl Certificate {
    /// Reads the first certificate of a PEM text; other blocks are skipped.
    pub fn from_pem(text: &[u8]) -> Result<Self, CertificateError> {
        let (_, der) =
            pem::blocks(text).find(|(kind, _)| *kind == Kind::Certificate).ok_or(CertificateError::NoCertificate)?;
        let certificate = CertificateInner::<Raw>::from_der(&der).map_err(|_| CertificateError::Malformed)?;
        let tbs = certificate.tbs_certificate();
        let spki = tbs.subject_public_key_info().to_der().map_err(|_| CertificateError::Malformed)?;
        Ok(Self {
            public_key: PublicKey::from_spki_der(&spki).map_err(CertificateError::Key)?,
            validity: Validity::read(tbs.validity().not_before, tbs.validity().not_after)?,
            pem: certificate.to_pem(LineEnding::LF).map_err(|_| CertificateError::Malformed)?,
        })
    }

    /// Makes a certificate of `key`, signed by itself (SHA-256), for `common_name`, which may be empty.
    pub fn self_signed(key: &PrivateKey, common_name: &str, validity: &Validity) -> Result<Self, CertificateError> {
        let sign = || -> Result<String, x509_cert::builder::Error> {
            // The operating system's randomness does not fail once it has worked, and it just has made the key.
            let mut rng = UnwrapErr(SysRng);
            let profile = SelfSigned { name: name(common_name)? };
            let spki = SubjectPublicKeyInfo::try_from(key.public_key().rsa().to_public_key_der()?.as_bytes())?;
            let span = x509_cert::time::Validity::new(time(validity.not_before)?, time(validity.not_after)?);
            let builder = CertificateBuilder::new(profile, SerialNumber::generate(&mut rng), span, spki)?;
            let signer = SigningKey::<Sha256>::new(key.rsa().clone());
            Ok(builder.build_with_rng::<_, Signature, _>(&signer, &mut rng)?.to_pem(LineEnding::LF)?)
        };
        Self::from_pem(sign().map_err(|_| CertificateError::Signing)?.as_bytes())
    }

    /// The key that seals.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The name of the key.
    pub fn fingerprint(&self) -> &Fingerprint {
        self.public_key.fingerprint()
    }

    /// How long the certificate holds.
    pub fn validity(&self) -> &Validity {
        &self.validity
    }

    /// The certificate as PEM, and nothing else that may have stood beside it.
    pub fn to_pem(&self) -> &str {
        &self.pem
    }
}

/// From when until when a certificate holds, both ends included, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    not_before: Timestamp,
    not_after: Timestamp,
}

impl Validity {
    /// `lifetime` from `not_before` on. X.509 knows no time before 1970 (here) and none after the year 9999.
    pub fn new(not_before: Timestamp, lifetime: Duration) -> Result<Self, ValidityError> {
        let not_after = not_before.checked_add(lifetime).map_err(|_| ValidityError)?;
        if not_before < Timestamp::UNIX_EPOCH {
            return Err(ValidityError);
        }
        Ok(Self { not_before: whole_seconds(not_before), not_after: whole_seconds(not_after) })
    }

    /// `lifetime` from this moment on.
    pub fn from_now(lifetime: Duration) -> Result<Self, ValidityError> {
        Self::new(Timestamp::now(), lifetime)
    }

    fn read(not_before: Time, not_after: Time) -> Result<Self, CertificateError> {
        let read = |time: Time| {
            let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
            Timestamp::from_second(seconds).ok()
        };
        read(not_before)
            .zip(read(not_after))
            .map(|(not_before, not_after)| Self { not_before, not_after })
            .ok_or(CertificateError::Malformed)
    }

    /// The first second.
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The last second.
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Fails if `moment` lies outside. The clock of who made it may be five minutes ahead.
    pub fn check(&self, moment: Timestamp) -> Result<(), CertificateError> {
        if moment < self.not_before - CLOCK_SKEW {
            return Err(CertificateError::NotYetValid { not_before: self.not_before });
        }
        if moment >= self.not_after + Duration::from_secs(1) {
            return Err(CertificateError::Expired { not_after: self.not_after });
        }
        Ok(())
    }
}

/// The time span does not fit into a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a certificate's validity must lie between the years 1970 and 9999")]
pub struct ValidityError;

/// Why a certificate could not be made, read or used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// No PEM block with a certificate.
    #[error("holds no certificate: expected a PEM block CERTIFICATE")]
    NoCertificate,
    /// A certificate block that is no X.509 certificate.
    #[error("holds a malformed X.509 certificate")]
    Malformed,
    /// The certificate's key cannot seal.
    #[error("the certificate's key {0}")]
    Key(#[source] KeyError),
    /// Too old to seal with.
    #[error("the certificate expired at {not_after}")]
    Expired {
        /// Its last second.
        not_after: Timestamp,
    },
    /// Too new to seal with.
    #[error("the certificate is not valid before {not_before}")]
    NotYetValid {
        /// Its first second.
        not_before: Timestamp,
    },
    /// The certificate could not be signed.
    #[error("the certificate could not be made")]
    Signing,
}

/// What upstream puts into its certificates: one name, and that it is its own authority.
struct SelfSigned {
    name: Name,
}

impl BuilderProfile for SelfSigned {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.name.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let subject = tbs.subject();
        let constraints = BasicConstraints { ca: true, path_len_constraint: None };
        Ok(vec![
            SubjectKeyIdentifier::try_from(key)?.to_extension(subject, &[])?,
            AuthorityKeyIdentifier::try_from(issuer)?.to_extension(subject, &[])?,
            constraints.to_extension(subject, &[])?,
        ])
    }
}

fn name(common_name: &str) -> x509_cert::der::Result<Name> {
    let mut names = RdnSequence::default();
    if !common_name.is_empty() {
        let value = Any::from(Utf8StringRef::new(common_name)?);
        let entry = AttributeTypeAndValue { oid: COMMON_NAME, value };
        names.push(RelativeDistinguishedName::try_from(vec![entry])?);
    }
    Ok(Name::hazmat_from_rdn_sequence(names))
}

/// The builder turns it into UTCTime where RFC 5280 asks for that.
fn time(moment: Timestamp) -> x509_cert::der::Result<Time> {
    let seconds = u64::try_from(moment.as_second()).unwrap_or_default();
    GeneralizedTime::from_unix_duration(Duration::from_secs(seconds)).map(Time::GeneralTime)
}

fn whole_seconds(moment: Timestamp) -> Timestamp {
    // Cutting off a fraction stays inside the range.
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}
