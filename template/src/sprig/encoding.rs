//! Base64 and base32 as Go decodes them, down to what it says when it cannot.

use crate::env::Env;
use crate::funcs::{Func, fixed};
use crate::reason::Res;
use crate::text::{Buf, Text};
use crate::value::{Ty, Value};

pub(super) const FUNCS: &[Func] = &[
    fixed("b64enc", &[Ty::Text], |env, args| Ok(base64(env, args.bytes(0)?)?.into())),
    fixed("b64dec", &[Ty::Text], |env, args| or_complaint(env, "base64", from_base64(env, args.bytes(0)?)?)),
    fixed("b32enc", &[Ty::Text], |env, args| Ok(encode(env, &BASE32, args.bytes(0)?)?.into())),
    fixed("b32dec", &[Ty::Text], |env, args| or_complaint(env, "base32", from_base32(env, args.bytes(0)?)?)),
];

/// A base of which each digit has some bits, and a group of digits stands for whole bytes.
struct Base {
    alphabet: &'static [u8],
    bits: usize,
    group: usize,
}

const BASE64: Base =
    Base { alphabet: b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", bits: 6, group: 4 };

const BASE32: Base = Base { alphabet: b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bits: 5, group: 8 };

const NO_DIGIT: u8 = 0xFF;

impl Base {
    /// The values of all digits by their byte, and `NO_DIGIT` for all other bytes.
    fn digits(&self) -> [u8; 256] {
        let mut digits = [NO_DIGIT; 256];
        for (value, digit) in (0..).zip(self.alphabet) {
            digits[usize::from(*digit)] = value;
        }
        digits
    }

    /// Writes the whole bytes that `count` digits stand for.
    fn flush(&self, out: &mut Buf, digits: u64, count: usize) -> Res<()> {
        let bits = count * self.bits;
        let aligned = digits >> (bits % 8);
        out.push(&aligned.to_be_bytes()[8 - bits / 8..])
    }
}

/// Base64 with padding.
pub(crate) fn base64(env: &Env, bytes: &[u8]) -> Res<Text> {
    encode(env, &BASE64, bytes)
}

fn encode(env: &Env, base: &Base, bytes: &[u8]) -> Res<Text> {
    env.meter.read(2 * bytes.len())?;
    let mut out = Buf::with_capacity(env.meter, bytes.len().div_ceil(base.group * base.bits / 8) * base.group)?;
    for group in bytes.chunks(base.group * base.bits / 8) {
        let mut bits = group.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
        let digits = (8 * group.len()).div_ceil(base.bits);
        bits <<= digits * base.bits - 8 * group.len();
        let mut encoded = [b'='; 8];
        for (place, character) in (0..digits).rev().zip(&mut encoded) {
            let digit = usize::try_from(bits >> (place * base.bits) & 0xFF).unwrap_or(0) & (base.alphabet.len() - 1);
            *character = base.alphabet[digit];
        }
        out.push(&encoded[..base.group])?;
    }
    out.into_text()
}

/// The offset of the byte that Go complains about.
pub(crate) struct Corrupt(usize);

/// What base64 stands for. Newlines are skipped, padding is required, spare bits need not be zero.
pub(crate) fn from_base64(env: &Env, text: &[u8]) -> Res<Result<Text, Corrupt>> {
    env.meter.read(2 * text.len())?;
    let mut out = env.buf();
    let values = BASE64.digits();
    let (mut bits, mut digits) = (0_u64, 0);
    for (at, &byte) in text.iter().enumerate() {
        if matches!(byte, b'\r' | b'\n') {
            continue;
        }
        if byte == b'=' {
            if let Err(corrupt) = check_padding(text, at, digits) {
                return Ok(Err(corrupt));
            }
            BASE64.flush(&mut out, bits, digits)?;
            return Ok(Ok(out.into_text()?));
        }
        let digit = values[usize::from(byte)];
        if digit == NO_DIGIT {
            return Ok(Err(Corrupt(at)));
        }
        (bits, digits) = (bits << 6 | u64::from(digit), digits + 1);
        if digits == BASE64.group {
            BASE64.flush(&mut out, bits, digits)?;
            (bits, digits) = (0, 0);
        }
    }
    if digits > 0 {
        return Ok(Err(Corrupt(text.len() - digits)));
    }
    Ok(Ok(out.into_text()?))
}

/// Checks the padding of base64 that begins at `at`, after `digits` digits of its group, and that nothing follows it.
fn check_padding(text: &[u8], at: usize, digits: usize) -> Result<(), Corrupt> {
    let skip = |from: usize| from + text[from..].iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
    let mut next = at + 1;
    if digits < 2 {
        return Err(Corrupt(at));
    }
    if digits == 2 {
        next = skip(next);
        match text.get(next) {
            None => return Err(Corrupt(text.len())),
            Some(b'=') => next += 1,
            Some(_) => return Err(Corrupt(next - 1)),
        }
    }
    next = skip(next);
    if next < text.len() { Err(Corrupt(next)) } else { Ok(()) }
}

/// What base32 stands for; offsets do not count newlines.
fn from_base32(env: &Env, text: &[u8]) -> Res<Result<Text, Corrupt>> {
    env.meter.read(2 * text.len())?;
    let mut out = env.buf();
    let mut kept = env.buf();
    for &byte in text.iter().filter(|byte| !matches!(byte, b'\r' | b'\n')) {
        kept.byte(byte)?;
    }
    let text = kept.bytes();
    let values = BASE32.digits();
    let (mut bits, mut digits) = (0_u64, 0);
    for (at, &byte) in text.iter().enumerate() {
        let rest = &text[at + 1..];
        if byte == b'=' && digits >= 2 && rest.len() < 8 {
            let missing = 7 - digits;
            if rest.len() < missing {
                return Ok(Err(Corrupt(text.len())));
            }
            if let Some(wrong) = rest[..missing].iter().position(|&byte| byte != b'=') {
                return Ok(Err(Corrupt(at + wrong)));
            }
            if matches!(digits, 3 | 6) {
                return Ok(Err(Corrupt(at)));
            }
            BASE32.flush(&mut out, bits, digits)?;
            return Ok(Ok(out.into_text()?));
        }
        let digit = values[usize::from(byte)];
        if digit == NO_DIGIT {
            return Ok(Err(Corrupt(at)));
        }
        (bits, digits) = (bits << 5 | u64::from(digit), digits + 1);
        if digits == BASE32.group {
            BASE32.flush(&mut out, bits, digits)?;
            (bits, digits) = (0, 0);
        }
    }
    if digits > 0 {
        return Ok(Err(Corrupt(text.len() - digits)));
    }
    Ok(Ok(out.into_text()?))
}

/// sprig gives Go's complaint in place of the text.
fn or_complaint(env: &Env, base: &str, decoded: Result<Text, Corrupt>) -> Res<Value> {
    match decoded {
        Ok(text) => Ok(text.into()),
        Err(Corrupt(at)) => env.text(format!("illegal {base} data at input byte {at}").as_bytes()),
    }
}
