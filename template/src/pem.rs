//! PEM as Go's encoding/pem reads and writes it.

use crate::env::Env;
use crate::reason::{Reason, Res};
use crate::sprig::encoding::{base64, from_base64};
use crate::text::Text;

/// The first block of a text.
pub(crate) struct Block<'t> {
    pub(crate) label: &'t [u8],
    pub(crate) der: Text,
}

/// Finds the first block; what stands before it does not matter.
pub(crate) fn decode<'t>(env: &Env, text: &'t [u8]) -> Res<Option<Block<'t>>> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    const DASHES: &[u8] = b"-----";
    env.meter.read(4 * text.len())?;
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&text[from..], BEGIN).map(|at| from + at) {
        from = at + BEGIN.len();
        env.meter.work(1)?;
        if at > 0 && text[at - 1] != b'\n' {
            continue;
        }
        let Some(label) = memchr::memmem::find(&text[from..], DASHES).map(|end| &text[from..from + end]) else {
            return Ok(None);
        };
        let body = &text[from + label.len() + DASHES.len()..];
        let end = [b"\n-----END ", label, DASHES].concat();
        let Some(length) = memchr::memmem::find(body, &end) else { continue };
        let spaces = |byte: &&u8| matches!(**byte, b' ' | b'\t');
        let kept: Vec<u8> = body[..length].iter().filter(|byte| !spaces(byte)).copied().collect();
        if let Ok(der) = from_base64(env, &kept)? {
            return Ok(Some(Block { label, der }));
        }
    }
    Ok(None)
}

/// A block of the bytes, in lines of 64 characters.
pub(crate) fn encode(env: &Env, label: &str, der: &[u8]) -> Res<Text> {
    let encoded = base64(env, der)?;
    let mut out = env.buf();
    for text in ["-----BEGIN ", label, "-----\n"] {
        out.push(text.as_bytes())?;
    }
    for line in encoded.bytes().chunks(64) {
        out.push(line)?;
        out.byte(b'\n')?;
    }
    for text in ["-----END ", label, "-----\n"] {
        out.push(text.as_bytes())?;
    }
    out.into_text()
}

/// The DER of the first block, which must be there.
pub(crate) fn require<'t>(env: &Env, text: &'t [u8]) -> Res<Block<'t>> {
    decode(env, text)?.ok_or(Reason::BadCertificate)
}
