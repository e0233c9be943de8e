//! Certificates as sprig makes them.

use std::net::IpAddr;

use aws_lc_rs::digest;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use crate::der::{
    self, BIT_STRING, BOOLEAN, Der, GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, PRINTABLE_STRING, SEQUENCE, SET,
    UTC_TIME, UTF8_STRING, context, primitive_context,
};
use crate::env::Env;
use crate::keys::{Key, serial};
use crate::reason::{Reason, Res};
use crate::time::civil::Civil;
use crate::time::{Moment, SECOND};

/// What a certificate says.
pub(crate) struct Request<'a> {
    pub(crate) common_name: &'a [u8],
    pub(crate) addresses: Vec<IpAddr>,
    pub(crate) names: Vec<Vec<u8>>,
    pub(crate) days: i64,
    pub(crate) is_ca: bool,
}

/// Who signs a certificate.
pub(crate) struct Issuer {
    name: Vec<u8>,
    key_id: Option<Vec<u8>>,
}

impl Issuer {
    /// Reads the certificate of who signs.
    pub(crate) fn from_der(bytes: &[u8]) -> Res<Self> {
        let bad = |_| Reason::BadCertificate;
        let certificate = x509_cert::Certificate::from_der(bytes).map_err(bad)?;
        let tbs = certificate.tbs_certificate();
        let extension = tbs.get_extension::<SubjectKeyIdentifier>().map_err(bad)?;
        Ok(Self {
            name: tbs.subject().to_der().map_err(bad)?,
            key_id: extension.map(|(_, id)| id.0.as_bytes().to_vec()),
        })
    }
}

/// Makes a certificate of `key`, signed by `issuer` with `signer`, or by itself.
pub(crate) fn create(env: &Env, request: &Request, key: &Key, signer: Option<(&Issuer, &Key)>) -> Res<Vec<u8>> {
    let signing_key = signer.map_or(key, |(_, key)| key);
    let algorithm = signing_key.signature_algorithm();
    let subject = name(request.common_name)?;
    let issuer: &[u8] = signer.map_or(&subject, |(issuer, _)| &issuer.name);
    let info = key.public_info()?;
    // A certificate that names itself as its issuer does not say by which key.
    let key_id = signer.and_then(|(issuer, _)| issuer.key_id.as_deref()).filter(|_| issuer != &subject[..]);
    let extensions = extensions(request, &info, key_id, request.common_name.is_empty())?;
    let now = Moment::now().seconds;
    let lifetime = request.days.wrapping_mul(24 * 3600 * SECOND) / SECOND;
    let tbs = der::element(
        SEQUENCE,
        &[
            &der::element(context(0), &[&der::element(INTEGER, &[&[2]])]),
            &der::element(INTEGER, &[&serial()]),
            &algorithm,
            issuer,
            &der::element(SEQUENCE, &[&time(now)?, &time(now.saturating_add(lifetime))?]),
            &subject,
            &info,
            &der::element(context(3), &[&der::element(SEQUENCE, &[&extensions])]),
        ],
    );
    let signature = signing_key.sign(env, &tbs)?;
    Ok(der::element(SEQUENCE, &[&tbs, &algorithm, &der::element(BIT_STRING, &[&[0], &signature])]).to_vec())
}

/// A name of a common name only, or of nothing.
fn name(common_name: &[u8]) -> Res<Der> {
    if common_name.is_empty() {
        return Ok(der::element(SEQUENCE, &[]));
    }
    let printable = |byte: &u8| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(byte);
    let tag = if common_name.iter().all(printable) { PRINTABLE_STRING } else { UTF8_STRING };
    std::str::from_utf8(common_name).map_err(|_| Reason::InvalidArgument)?;
    let attribute = der::element(SEQUENCE, &[&der::element(OID, &[&[0x55, 4, 3]]), &der::element(tag, &[common_name])]);
    Ok(der::element(SEQUENCE, &[&der::element(SET, &[&attribute])]))
}

fn time(seconds: i64) -> Res<Der> {
    let civil = Civil::of(seconds);
    let (tag, year) = match civil.year {
        1950..2050 => (UTC_TIME, format!("{:02}", civil.year % 100)),
        0..10_000 => (GENERALIZED_TIME, format!("{:04}", civil.year)),
        _ => return Err(Reason::InvalidArgument),
    };
    let Civil { month, day, hour, minute, second, .. } = civil;
    let text = format!("{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z");
    Ok(der::element(tag, &[text.as_bytes()]))
}

fn extension(id: &[u8], critical: bool, value: &[u8]) -> Der {
    let flag = if critical { der::element(BOOLEAN, &[&[0xFF]]) } else { Der::default() };
    der::element(SEQUENCE, &[&der::element(OID, &[id]), &flag, &der::element(OCTET_STRING, &[value])])
}

fn extensions(request: &Request, info: &[u8], issuer_key_id: Option<&[u8]>, nameless: bool) -> Res<Der> {
    // Digital signature and key encipherment, of an authority also the signing of certificates.
    let usage: &[u8] = if request.is_ca { &[2, 0xA4] } else { &[5, 0xA0] };
    let purposes = [1, 2].map(|purpose| der::element(OID, &[&[0x2B, 6, 1, 5, 5, 7, 3, purpose]]));
    let is_ca = if request.is_ca { der::element(BOOLEAN, &[&[0xFF]]) } else { Der::default() };
    let mut all = Der::default();
    all.extend_from_slice(&extension(&[0x55, 0x1D, 15], true, &der::element(BIT_STRING, &[usage])));
    all.extend_from_slice(&extension(&[0x55, 0x1D, 37], false, &der::element(SEQUENCE, &[&purposes[0], &purposes[1]])));
    all.extend_from_slice(&extension(&[0x55, 0x1D, 19], true, &der::element(SEQUENCE, &[&is_ca])));
    if request.is_ca {
        let digest = digest::digest(&digest::SHA256, public_bits(info).ok_or(Reason::Internal)?);
        let id = der::element(OCTET_STRING, &[&digest.as_ref()[..20]]);
        all.extend_from_slice(&extension(&[0x55, 0x1D, 14], false, &id));
    }
    if let Some(id) = issuer_key_id {
        let id = der::element(SEQUENCE, &[&der::element(primitive_context(0), &[id])]);
        all.extend_from_slice(&extension(&[0x55, 0x1D, 35], false, &id));
    }
    let names = alternative_names(request)?;
    if !names.is_empty() {
        all.extend_from_slice(&extension(&[0x55, 0x1D, 17], nameless, &der::element(SEQUENCE, &[&names])));
    }
    Ok(all)
}

fn alternative_names(request: &Request) -> Res<Der> {
    let mut names = Der::default();
    for name in &request.names {
        if !name.is_ascii() {
            return Err(Reason::InvalidArgument);
        }
        names.extend_from_slice(&der::element(primitive_context(2), &[name]));
    }
    for address in &request.addresses {
        let element = match address {
            IpAddr::V4(address) => der::element(primitive_context(7), &[&address.octets()]),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(address) => der::element(primitive_context(7), &[&address.octets()]),
                None => der::element(primitive_context(7), &[&address.octets()]),
            },
        };
        names.extend_from_slice(&element);
    }
    Ok(names)
}

/// The public key's bits, without the algorithm.
fn public_bits(info: &[u8]) -> Option<&[u8]> {
    let (info, _) = der::read(SEQUENCE, info)?;
    let (_, rest) = der::read(SEQUENCE, info)?;
    der::read(BIT_STRING, rest)?.0.get(1..)
}
