//! Shortening and wrapping, as goutils does it: by bytes.

use crate::env::Env;
use crate::go::chars::is_space;
use crate::reason::{Reason, Res};
use crate::value::Value;

/// sprig's abbrev: at most `width` bytes, with dots for what is missing.
pub(super) fn abbreviate(env: &Env, offset: i64, width: i64, bytes: &[u8]) -> Res<Value> {
    if width < 4 {
        return env.text(bytes);
    }
    abbreviate_full(env, offset, width, bytes)
}

/// sprig's abbrevboth: the same with dots on both sides.
pub(super) fn abbreviate_both(env: &Env, left: i64, right: i64, bytes: &[u8]) -> Res<Value> {
    if right < 4 || (left > 0 && right < 7) {
        return env.text(bytes);
    }
    abbreviate_full(env, left, right, bytes)
}

/// goutils.AbbreviateFull
fn abbreviate_full(env: &Env, offset: i64, width: i64, bytes: &[u8]) -> Res<Value> {
    let length = i64::try_from(bytes.len()).map_err(|_| Reason::Internal)?;
    if bytes.is_empty() || length <= width {
        return env.text(bytes);
    }
    if width < 4 {
        return env.text(b"");
    }
    let mut offset = offset.min(length);
    if length.wrapping_sub(offset) < width - 3 {
        offset = length - (width - 3);
    }
    let at = |index: i64| usize::try_from(index).map_err(|_| Reason::IndexOutOfRange);
    let mut out = env.buf();
    if offset <= 4 {
        out.push(bytes.get(..at(width - 3)?).ok_or(Reason::IndexOutOfRange)?)?;
        out.push(b"...")?;
        return Ok(out.into_text()?.into());
    }
    if width < 7 {
        return env.text(b"");
    }
    out.push(b"...")?;
    if offset + width - 3 < length {
        let rest = bytes.get(at(offset)?..).ok_or(Reason::IndexOutOfRange)?;
        // What is left is longer than what may be shown of it.
        out.push(rest.get(..at(width - 6)?).ok_or(Reason::IndexOutOfRange)?)?;
        out.push(b"...")?;
    } else {
        out.push(bytes.get(at(length - (width - 3))?..).ok_or(Reason::IndexOutOfRange)?)?;
    }
    Ok(out.into_text()?.into())
}

/// goutils.DeleteWhiteSpace, which takes each byte for a character.
pub(super) fn without_space(env: &Env, bytes: &[u8]) -> Res<Value> {
    env.meter.read(bytes.len())?;
    if !bytes.iter().any(|&byte| is_space(char::from(byte))) {
        return env.text(bytes);
    }
    let mut out = env.buf();
    for character in bytes.iter().map(|&byte| char::from(byte)).filter(|&c| !is_space(c)) {
        out.char(character)?;
    }
    Ok(out.into_text()?.into())
}

/// goutils.Initials, which takes each byte for a character.
pub(super) fn initials(env: &Env, bytes: &[u8]) -> Res<Value> {
    env.meter.read(bytes.len())?;
    let mut out = env.buf();
    let mut begins = true;
    for character in bytes.iter().map(|&byte| char::from(byte)) {
        if is_space(character) {
            begins = true;
        } else if std::mem::replace(&mut begins, false) {
            out.char(character)?;
        }
    }
    Ok(out.into_text()?.into())
}

/// goutils.WrapCustom
pub(super) fn wrap(env: &Env, bytes: &[u8], width: i64, newline: &[u8], breaks_words: bool) -> Res<Value> {
    env.meter.read(4 * bytes.len())?;
    let newline = if newline.is_empty() { b"\n" } else { newline };
    let width = usize::try_from(width).unwrap_or(0).max(1);
    let mut out = env.buf();
    let mut rest = bytes;
    while rest.len() > width {
        if rest[0] == b' ' {
            rest = &rest[1..];
            continue;
        }
        let line = match rest[..=width].iter().rposition(|&byte| byte == b' ') {
            Some(space) => Some((space, 1)),
            None if breaks_words => Some((width, 0)),
            None => rest[width..].iter().position(|&byte| byte == b' ').map(|space| (width + space, 1)),
        };
        let Some((length, skipped)) = line else { break };
        out.push(&rest[..length])?;
        out.push(newline)?;
        rest = &rest[length + skipped..];
    }
    out.push(rest)?;
    Ok(out.into_text()?.into())
}
