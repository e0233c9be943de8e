//! Keys and certificates.

use std::net::IpAddr;
use std::rc::Rc;

use super::encoding::from_base64;
use crate::certificate::Certificate;
use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::keys::Key;
use crate::pem;
use crate::reason::{Reason, Res};
use crate::value::{List, Ty, Value};
use crate::x509::{Issuer, Request, create};

pub(super) const FUNCS: &[Func] = &[
    fixed("genPrivateKey", &[Ty::Text], |env, args| {
        let key = match args.bytes(0)? {
            b"" | b"rsa" => Key::rsa_4096(env)?,
            b"ecdsa" => Key::p256(env)?,
            b"ed25519" => Key::ed25519(env)?,
            b"dsa" => return Err(Reason::Unsupported),
            other => return env.text(&[b"Unknown type ", other].concat()),
        };
        Ok(key.to_pem(env)?.into())
    }),
    fixed("genCA", &[Ty::Text, Ty::INT], |env, args| {
        let key = Key::rsa_2048(env)?;
        make(env, &authority(args)?, &key, None)
    }),
    fixed("genCAWithKey", &[Ty::Text, Ty::INT, Ty::Text], |env, args| {
        let key = Key::from_pem(env, args.bytes(2)?)?;
        make(env, &authority(args)?, &key, None)
    }),
    fixed("genSelfSignedCert", &[Ty::Text, Ty::ANY_LIST, Ty::ANY_LIST, Ty::INT], |env, args| {
        let request = request(env, args)?;
        make(env, &request, &Key::rsa_2048(env)?, None)
    }),
    fixed("genSelfSignedCertWithKey", &[Ty::Text, Ty::ANY_LIST, Ty::ANY_LIST, Ty::INT, Ty::Text], |env, args| {
        let key = Key::from_pem(env, args.bytes(4)?)?;
        make(env, &request(env, args)?, &key, None)
    }),
    fixed("genSignedCert", &[Ty::Text, Ty::ANY_LIST, Ty::ANY_LIST, Ty::INT, Ty::Certificate], |env, args| {
        let (request, signer) = (request(env, args)?, signer(env, args.certificate(4)?)?);
        make(env, &request, &Key::rsa_2048(env)?, Some(&signer))
    }),
    fixed(
        "genSignedCertWithKey",
        &[Ty::Text, Ty::ANY_LIST, Ty::ANY_LIST, Ty::INT, Ty::Certificate, Ty::Text],
        |env, args| {
            let key = Key::from_pem(env, args.bytes(5)?)?;
            let signer = signer(env, args.certificate(4)?)?;
            make(env, &request(env, args)?, &key, Some(&signer))
        },
    ),
    fixed("buildCustomCert", &[Ty::Text, Ty::Text], |env, args| {
        let decoded = |index| -> Res<_> { from_base64(env, args.bytes(index)?)?.map_err(|_| Reason::BadBase64) };
        let (cert, key) = (decoded(0)?, decoded(1)?);
        Issuer::from_der(pem::require(env, cert.bytes())?.der.bytes())?;
        Key::from_pem(env, key.bytes())?;
        Ok(Value::Certificate(Rc::new(Certificate { cert, key })))
    }),
];

fn make(env: &Env, request: &Request, key: &Key, signer: Option<&(Issuer, Key)>) -> Res<Value> {
    let der = create(env, request, key, signer.map(|(issuer, key)| (issuer, key)))?;
    let (cert, key) = (pem::encode(env, "CERTIFICATE", &der)?, key.to_pem(env)?);
    Ok(Value::Certificate(Rc::new(Certificate { cert, key })))
}

/// Who signs: the name and the key of a certificate that was made before.
fn signer(env: &Env, certificate: &Certificate) -> Res<(Issuer, Key)> {
    let issuer = Issuer::from_der(pem::require(env, certificate.cert.bytes())?.der.bytes())?;
    Ok((issuer, Key::from_pem(env, certificate.key.bytes())?))
}

fn authority(args: &Args) -> Res<Request<'_>> {
    Ok(Request {
        common_name: args.bytes(0)?,
        addresses: Vec::new(),
        names: Vec::new(),
        days: args.int(1)?,
        is_ca: true,
    })
}

fn request<'a>(env: &Env, args: &'a Args) -> Res<Request<'a>> {
    let address = |bytes: &[u8]| std::str::from_utf8(bytes).ok()?.parse::<IpAddr>().ok();
    Ok(Request {
        common_name: args.bytes(0)?,
        addresses: texts(env, args.list(1)?, address)?,
        names: texts(env, args.list(2)?, |bytes| Some(bytes.to_vec()))?,
        days: args.int(3)?,
        is_ca: false,
    })
}

/// The elements of a list, all of which must be texts that `read` understands.
fn texts<T>(env: &Env, list: &List, read: impl Fn(&[u8]) -> Option<T>) -> Res<Vec<T>> {
    let values = list.values(env.meter)?;
    values
        .iter()
        .map(|value| match value {
            Value::Text(text) => read(text.bytes()).ok_or(Reason::InvalidArgument),
            _ => Err(Reason::ArgumentType),
        })
        .collect()
}
