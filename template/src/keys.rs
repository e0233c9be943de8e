//! Private keys: made, read and written as sprig does it.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
};
use zeroize::Zeroizing;

use crate::der::{self, Der, INTEGER, NULL, OCTET_STRING, OID, SEQUENCE};
use crate::env::Env;
use crate::pem;
use crate::reason::{Reason, Res};
use crate::text::Text;

/// A private key that signs.
pub(crate) enum Key {
    Rsa(Box<rsa::KeyPair>),
    Ecdsa(EcdsaKeyPair, &'static [u8]),
    Ed25519(Ed25519KeyPair),
}

/// The curves with what a signature by them is called.
const CURVES: [(&EcdsaSigningAlgorithm, &[u8]); 3] = [
    (&ECDSA_P256_SHA256_ASN1_SIGNING, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2]),
    (&ECDSA_P384_SHA384_ASN1_SIGNING, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3]),
    (&ECDSA_P521_SHA512_ASN1_SIGNING, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 4]),
];

const SHA256_WITH_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11];
const ED25519: &[u8] = &[0x2B, 0x65, 0x70];

/// What making an RSA key of 2048 and of 4096 bits counts for.
const RSA_2048_COST: u32 = 4;
const RSA_4096_COST: u32 = 16;

impl Key {
    pub(crate) fn rsa_2048(env: &Env) -> Res<Self> {
        Self::rsa(env, RSA_2048_COST, KeySize::Rsa2048)
    }

    pub(crate) fn rsa_4096(env: &Env) -> Res<Self> {
        Self::rsa(env, RSA_4096_COST, KeySize::Rsa4096)
    }

    fn rsa(env: &Env, cost: u32, size: KeySize) -> Res<Self> {
        let pair = env.meter.slow(cost, || rsa::KeyPair::generate(size))?;
        Ok(Self::Rsa(Box::new(pair.map_err(|_| Reason::GenerationFailed)?)))
    }

    pub(crate) fn p256(env: &Env) -> Res<Self> {
        let (algorithm, signature) = CURVES[0];
        let pair = env.meter.slow(1, || EcdsaKeyPair::generate(algorithm))?;
        Ok(Self::Ecdsa(pair.map_err(|_| Reason::GenerationFailed)?, signature))
    }

    pub(crate) fn ed25519(env: &Env) -> Res<Self> {
        let pair = env.meter.slow(1, Ed25519KeyPair::generate)?;
        Ok(Self::Ed25519(pair.map_err(|_| Reason::GenerationFailed)?))
    }

    /// Reads PKCS#8, PKCS#1 and SEC1.
    pub(crate) fn from_pem(env: &Env, text: &[u8]) -> Res<Self> {
        let block = pem::require(env, text)?;
        // Reading an RSA key checks that its primes are some.
        let key = env.meter.slow(1, || Self::from_der(block.label, block.der.bytes()))?;
        key.ok_or(Reason::BadCertificate)
    }

    fn from_der(label: &[u8], bytes: &[u8]) -> Option<Self> {
        let curve = |read: &dyn Fn(&'static EcdsaSigningAlgorithm) -> Option<EcdsaKeyPair>| {
            CURVES.iter().find_map(|&(algorithm, signature)| Some(Self::Ecdsa(read(algorithm)?, signature)))
        };
        match label {
            b"RSA PRIVATE KEY" => Some(Self::Rsa(Box::new(rsa::KeyPair::from_der(bytes).ok()?))),
            b"EC PRIVATE KEY" => curve(&|algorithm| EcdsaKeyPair::from_private_key_der(algorithm, bytes).ok()),
            b"PRIVATE KEY" => {
                if let Ok(pair) = rsa::KeyPair::from_pkcs8(bytes) {
                    return Some(Self::Rsa(Box::new(pair)));
                }
                if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(bytes) {
                    return Some(Self::Ed25519(pair));
                }
                curve(&|algorithm| EcdsaKeyPair::from_pkcs8(algorithm, bytes).ok())
            }
            _ => None,
        }
    }

    /// RSA keys as PKCS#1, those of curves as SEC1, others as PKCS#8.
    pub(crate) fn to_pem(&self, env: &Env) -> Res<Text> {
        match self {
            Self::Rsa(pair) => {
                let pkcs8 = pair.as_der().map_err(|_| Reason::Internal)?;
                pem::encode(env, "RSA PRIVATE KEY", inner_key(pkcs8.as_ref()).ok_or(Reason::Internal)?)
            }
            Self::Ecdsa(pair, _) => {
                let sec1 = pair.private_key().as_der().map_err(|_| Reason::Internal)?;
                pem::encode(env, "EC PRIVATE KEY", sec1.as_ref())
            }
            Self::Ed25519(pair) => {
                let pkcs8 = pair.to_pkcs8v1().map_err(|_| Reason::Internal)?;
                pem::encode(env, "PRIVATE KEY", pkcs8.as_ref())
            }
        }
    }

    /// The SubjectPublicKeyInfo.
    pub(crate) fn public_info(&self) -> Res<Vec<u8>> {
        let info = match self {
            Self::Rsa(pair) => pair.public_key().as_der(),
            Self::Ecdsa(pair, _) => pair.public_key().as_der(),
            Self::Ed25519(pair) => pair.public_key().as_der(),
        };
        Ok(info.map_err(|_| Reason::Internal)?.as_ref().to_vec())
    }

    /// The AlgorithmIdentifier of a signature by this key.
    pub(crate) fn signature_algorithm(&self) -> Der {
        match self {
            Self::Rsa(_) => der::element(SEQUENCE, &[&der::element(OID, &[SHA256_WITH_RSA]), &der::element(NULL, &[])]),
            Self::Ecdsa(_, signature) => der::element(SEQUENCE, &[&der::element(OID, &[signature])]),
            Self::Ed25519(_) => der::element(SEQUENCE, &[&der::element(OID, &[ED25519])]),
        }
    }

    pub(crate) fn sign(&self, env: &Env, message: &[u8]) -> Res<Vec<u8>> {
        let random = SystemRandom::new();
        let signed = env.meter.slow(1, || match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).map(|()| signature)
            }
            Self::Ecdsa(pair, _) => pair.sign(&random, message).map(|signature| signature.as_ref().to_vec()),
            Self::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        })?;
        signed.map_err(|_| Reason::GenerationFailed)
    }
}

/// The key inside PKCS#8.
fn inner_key(pkcs8: &[u8]) -> Option<&[u8]> {
    let (info, _) = der::read(SEQUENCE, pkcs8)?;
    let (_version, rest) = der::read(INTEGER, info)?;
    let (_algorithm, rest) = der::read(SEQUENCE, rest)?;
    Some(der::read(OCTET_STRING, rest)?.0)
}

/// Random bits for a serial number.
pub(crate) fn serial() -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(vec![0]);
    bytes.extend(rand::random::<u128>().to_be_bytes());
    // DER has no leading zeros but the one that keeps a number positive.
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    let keep = zeros.min(bytes.len() - 1);
    let negative = bytes[keep] & 0x80 != 0;
    bytes.drain(..keep - usize::from(negative && keep > 0));
    bytes
}
