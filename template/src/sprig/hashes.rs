//! Digests.

use aws_lc_rs::digest::{self, Algorithm};

use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::reason::Res;
use crate::value::{Ty, Value};

const TEXT: &[Ty] = &[Ty::Text];

pub(super) const FUNCS: &[Func] = &[
    fixed("sha1sum", TEXT, |env, args| hex(env, args, &digest::SHA1_FOR_LEGACY_USE_ONLY)),
    fixed("sha256sum", TEXT, |env, args| hex(env, args, &digest::SHA256)),
    fixed("sha512sum", TEXT, |env, args| hex(env, args, &digest::SHA512)),
    fixed("adler32sum", TEXT, |env, args| {
        env.meter.read(4 * args.bytes(0)?.len())?;
        env.text(adler32(args.bytes(0)?).to_string().as_bytes())
    }),
];

fn hex(env: &Env, args: &Args, algorithm: &'static Algorithm) -> Res<Value> {
    let bytes = args.bytes(0)?;
    env.meter.read(4 * bytes.len())?;
    let mut out = env.buf();
    for byte in digest::digest(algorithm, bytes).as_ref() {
        out.push(format!("{byte:02x}").as_bytes())?;
    }
    Ok(out.into_text()?.into())
}

/// RFC 1950
fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    let (mut low, mut high) = (1, 0);
    for &byte in bytes {
        low = (low + u32::from(byte)) % MODULUS;
        high = (high + low) % MODULUS;
    }
    high << 16 | low
}
