//! What comes from the operating system's randomness.

use rand::RngExt;
use zeroize::Zeroizing;

use super::encoding::base64;
use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::go::utf8;
use crate::reason::{Reason, Res};
use crate::text::Buf;
use crate::value::{Ty, Value};

const INT: &[Ty] = &[Ty::INT];

pub(super) const FUNCS: &[Func] = &[
    fixed("randAlphaNum", INT, |env, args| {
        characters(env, args, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }),
    fixed("randAlpha", INT, |env, args| characters(env, args, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")),
    fixed("randNumeric", INT, |env, args| characters(env, args, b"0123456789")),
    fixed("randAscii", INT, |env, args| {
        let printable: Vec<u8> = (b' '..=b'~').collect();
        characters(env, args, &printable)
    }),
    fixed("randInt", &[Ty::INT, Ty::INT], |_, args| {
        let (low, high) = (args.int(0)?, args.int(1)?);
        if high.wrapping_sub(low) <= 0 || low > high {
            return Err(Reason::InvalidArgument);
        }
        Ok(Value::int(rand::rng().random_range(low..high)))
    }),
    fixed("randBytes", INT, |env, args| {
        let count = usize::try_from(args.int(0)?).map_err(|_| Reason::InvalidArgument)?;
        let bytes = bytes(env, count)?;
        Ok(base64(env, bytes.bytes())?.into())
    }),
    fixed("uuidv4", &[], |env, _| {
        let mut bits = rand::rng().random::<u128>();
        // Version 4 of variant 1, RFC 9562.
        bits = bits & !(0xF << 76) | 4 << 76;
        bits = bits & !(0x3 << 62) | 2 << 62;
        let digits = format!("{bits:032x}");
        let groups = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
        env.text(groups.join("-").as_bytes())
    }),
    fixed("shuffle", &[Ty::Text], |env, args| {
        env.meter.take(4 * args.bytes(0)?.len())?;
        let mut runes = Zeroizing::new(utf8::runes(args.bytes(0)?).map(|(_, rune)| rune).collect::<Vec<char>>());
        let mut rng = rand::rng();
        for last in (1..runes.len()).rev() {
            if last % DRAWS == 0 {
                env.meter.work(DRAWS)?;
            }
            runes.swap(last, rng.random_range(0..=last));
        }
        let mut out = env.buf();
        for rune in runes.iter() {
            out.char(*rune)?;
        }
        Ok(out.into_text()?.into())
    }),
];

/// How many numbers are drawn before they are accounted for.
const DRAWS: usize = 256;

/// Random bytes.
pub(super) fn bytes<'m>(env: &Env<'m>, count: usize) -> Res<Buf<'m>> {
    env.meter.read(count.saturating_mul(4))?;
    let mut out = Buf::with_capacity(env.meter, count)?;
    out.repeat(0, count)?;
    rand::rng().fill(out.bytes_mut());
    Ok(out)
}

/// As many characters of the set as are asked for; none for a negative count.
fn characters(env: &Env, args: &Args, set: &[u8]) -> Res<Value> {
    let count = usize::try_from(args.int(0)?).unwrap_or(0);
    let mut out = Buf::with_capacity(env.meter, count)?;
    let mut rng = rand::rng();
    for drawn in 1..=count {
        if drawn % DRAWS == 0 {
            env.meter.work(DRAWS)?;
        }
        out.byte(set[rng.random_range(0..set.len())])?;
    }
    Ok(out.into_text()?.into())
}
