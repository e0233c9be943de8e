//! What the golden files write short: `@sealed(4096,1)` is a sealed value, `@key` a private key.

use std::time::Duration;

use waxseal_crypto::{Certificate, PrivateKey, Validity, base64};

/// A key that is public, since it lies in the repo.
pub(crate) const KEY: &str = include_str!("../../../tests/vectors/b.key");

/// Replaces every token.
pub(crate) fn expanded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (value, length) = token(rest).unwrap_or_else(|| ("@".to_owned(), 1));
        out.push_str(&value);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn token(text: &str) -> Option<(String, usize)> {
    if text.starts_with("@key") {
        return Some((KEY.trim_end().to_owned(), "@key".len()));
    }
    let end = text.find(')')?;
    let (name, arguments) = text[1..end].split_once('(')?;
    let arguments: Vec<&str> = arguments.split(',').collect();
    let number = |at: usize| arguments[at].parse::<usize>().unwrap();
    let value = match name {
        "sealed" => sealed(number(0), number(1)),
        "truncated" => sealed(number(0), 0)[..100].to_owned(),
        "prefix" => value(number(0), 400, 0),
        "certificate" => certificate(arguments[0], arguments[1]),
        _ => return None,
    };
    Some((value, end + 1))
}

/// A value in the shape of one that was sealed to a key of `bits`; another for each `seed`. It opens nowhere.
pub(crate) fn sealed(bits: usize, seed: usize) -> String {
    value(bits / 8, bits / 8 + 16 + 7, seed)
}

fn value(prefix: usize, length: usize, seed: usize) -> String {
    let mut state = u64::try_from(seed * 100_000 + prefix + 1).unwrap().wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5555;
    let mut bytes = u16::try_from(prefix).unwrap().to_be_bytes().to_vec();
    for _ in 0..length {
        // xorshift64*, from its author's page
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        bytes.push(state.wrapping_mul(0x2545_f491_4f6c_dd1d).to_be_bytes()[0]);
    }
    base64::encode(&bytes)
}

/// A certificate without a subject, as controllers make them, from one day to another.
fn certificate(from: &str, to: &str) -> String {
    let key = PrivateKey::from_pem(KEY.as_bytes()).unwrap();
    let day = |day: &str| format!("{}T00:00:00Z", day.trim()).parse::<jiff::Timestamp>().unwrap();
    let lifetime = day(to).as_second() - day(from).as_second();
    let validity = Validity::new(day(from), Duration::from_secs(lifetime.try_into().unwrap())).unwrap();
    Certificate::self_signed(&key, "", &validity).unwrap().to_pem().trim_end().to_owned()
}
