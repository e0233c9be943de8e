//! Hashes of passwords, and passwords derived from others. All of them are slow on purpose.

use aws_lc_rs::hmac;
use rand::RngExt;
use zeroize::Zeroizing;

use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::reason::{Reason, Res};
use crate::text::Buf;
use crate::value::{Ty, UintKind, Value};

pub(super) const FUNCS: &[Func] = &[
    fixed("bcrypt", &[Ty::Text], |env, args| {
        let mut out = env.buf();
        write_bcrypt(env, &mut out, args.bytes(0)?)?;
        Ok(out.into_text()?.into())
    }),
    fixed("htpasswd", &[Ty::Text, Ty::Text], |env, args| {
        let user = args.bytes(0)?;
        let mut out = env.buf();
        if user.contains(&b':') {
            out.push(b"invalid username: ")?;
            out.push(user)?;
        } else {
            out.push(user)?;
            out.byte(b':')?;
            write_bcrypt(env, &mut out, args.bytes(1)?)?;
        }
        Ok(out.into_text()?.into())
    }),
    fixed("derivePassword", &[Ty::Uint(UintKind::Uint32), Ty::Text, Ty::Text, Ty::Text, Ty::Text], derive_password),
];

/// What bcrypt costs and how much of a password it takes.
const BCRYPT_COST: u32 = 10;
const BCRYPT_LENGTH: usize = 72;

fn write_bcrypt(env: &Env, out: &mut Buf, password: &[u8]) -> Res<()> {
    if password.len() > BCRYPT_LENGTH {
        // sprig gives this in place of the hash.
        return out.push(b"failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes");
    }
    let salt = rand::rng().random();
    let hash = env.meter.slow(1, || bcrypt::hash_with_salt(password, BCRYPT_COST, salt))?;
    let hash = hash.map_err(|_| Reason::GenerationFailed)?;
    out.push(Zeroizing::new(hash.format_for_version(bcrypt::Version::TwoA)).as_bytes())
}

/// The templates of the Master Password algorithm: each letter stands for a class of characters.
const TEMPLATES: [(&[u8], &[&str]); 6] = [
    (b"maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    (
        b"long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    (b"medium", &["CvcnoCvc", "CvcCvcno"]),
    (b"short", &["Cvcn"]),
    (b"basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    (b"pin", &["nnnn"]),
];

fn class(letter: u8) -> &'static [u8] {
    match letter {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

const MASTER_SEED: &[u8] = b"com.lyndir.masterpassword";

/// scrypt's memory: 128 bytes times its cost of 32768 times its block size of 8, and some more.
const SCRYPT_MEMORY: usize = (32 << 20) + (64 << 10);

fn derive_password(env: &Env, args: &Args) -> Res<Value> {
    let counter = u32::try_from(args.uint(0)?).map_err(|_| Reason::Internal)?;
    let (kind, password, user, site) = (args.bytes(1)?, args.bytes(2)?, args.bytes(3)?, args.bytes(4)?);
    let Some((_, templates)) = TEMPLATES.iter().find(|(name, _)| *name == kind) else {
        return env.text(&[b"cannot find password template ", kind].concat());
    };
    env.meter.read(4 * (password.len() + user.len() + site.len()))?;
    env.meter.fits(SCRYPT_MEMORY)?;
    let length = |text: &[u8]| u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
    let salt = Zeroizing::new([MASTER_SEED, &length(user), user].concat());
    let mut key = Zeroizing::new([0; 64]);
    let params = scrypt::Params::new(15, 8, 2).map_err(|_| Reason::Internal)?;
    let derived = env.meter.slow(4, || scrypt::scrypt(password, &salt, &params, &mut *key))?;
    derived.map_err(|_| Reason::Internal)?;
    let message = Zeroizing::new([MASTER_SEED, &length(site), site, &counter.to_be_bytes()].concat());
    let seed = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &*key), &message);
    let (first, rest) = seed.as_ref().split_first().ok_or(Reason::Internal)?;
    let template = templates[usize::from(*first) % templates.len()];
    let mut out = env.buf();
    for (letter, byte) in template.bytes().zip(rest) {
        let class = class(letter);
        out.byte(class[usize::from(*byte) % class.len()])?;
    }
    Ok(out.into_text()?.into())
}
