//! Upper and lower case, and the cases that names are written in.

use crate::env::Env;
use crate::go::chars::{is_digit, is_letter, is_lower, is_space, is_title, is_upper, to_lower, to_title, to_upper};
use crate::go::utf8;
use crate::reason::Res;
use crate::text::{Buf, Text};

/// Every rune of `bytes` mapped by `map`. As in Go, bytes that are no UTF-8 come out as U+FFFD.
pub(super) fn map(env: &Env, bytes: &[u8], mut map: impl FnMut(char) -> char) -> Res<Text> {
    env.meter.read(4 * bytes.len())?;
    let mut out = Buf::with_capacity(env.meter, bytes.len())?;
    for (_, rune) in utf8::runes(bytes) {
        out.char(map(rune))?;
    }
    out.into_text()
}

pub(super) fn upper(env: &Env, bytes: &[u8]) -> Res<Text> {
    if bytes.is_ascii() {
        return copy(env, bytes, <[u8]>::make_ascii_uppercase);
    }
    map(env, bytes, to_upper)
}

pub(super) fn lower(env: &Env, bytes: &[u8]) -> Res<Text> {
    if bytes.is_ascii() {
        return copy(env, bytes, <[u8]>::make_ascii_lowercase);
    }
    map(env, bytes, to_lower)
}

/// A copy of the bytes, changed in place.
fn copy(env: &Env, bytes: &[u8], change: impl FnOnce(&mut [u8])) -> Res<Text> {
    let mut out = Buf::with_capacity(env.meter, bytes.len())?;
    out.push(bytes)?;
    change(out.bytes_mut());
    out.into_text()
}

/// strings.Title: the first letter of each word in title case.
pub(super) fn title(env: &Env, bytes: &[u8]) -> Res<Text> {
    let mut previous = ' ';
    map(env, bytes, |rune| {
        let begins = is_separator(previous);
        previous = rune;
        if begins { to_title(rune) } else { rune }
    })
}

fn is_separator(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_alphanumeric() && c != '_';
    }
    !is_letter(c) && !is_digit(c) && is_space(c)
}

/// goutils.Uncapitalize: the first letter of each word in lower case.
pub(super) fn untitle(env: &Env, bytes: &[u8]) -> Res<Text> {
    let mut begins = true;
    map(env, bytes, |rune| {
        if is_space(rune) {
            begins = true;
            rune
        } else if std::mem::replace(&mut begins, false) {
            to_lower(rune)
        } else {
            rune
        }
    })
}

/// goutils.SwapCase, for which a word begins in title case.
pub(super) fn swap(env: &Env, bytes: &[u8]) -> Res<Text> {
    let mut after_space = true;
    map(env, bytes, |rune| {
        if is_upper(rune) || is_title(rune) {
            after_space = false;
            to_lower(rune)
        } else if is_lower(rune) {
            if std::mem::replace(&mut after_space, false) { to_title(rune) } else { to_upper(rune) }
        } else {
            after_space = is_space(rune);
            rune
        }
    })
}

/// What separates the words of a name.
pub(super) fn is_connector(c: char) -> bool {
    c == '-' || c == '_' || is_space(c)
}

/// xstrings.ToPascalCase: `some_words` to `SomeWords`.
pub(super) fn pascal(env: &Env, bytes: &[u8]) -> Res<Text> {
    env.meter.read(4 * bytes.len())?;
    let mut out = env.buf();
    let mut runes = utf8::runes(bytes).map(|(_, rune)| rune);
    // Connectors at the beginning stay.
    let mut first = None;
    for rune in runes.by_ref() {
        if !is_connector(rune) {
            first = Some(rune);
            break;
        }
        out.char(rune)?;
    }
    let Some(first) = first else {
        // One more copy of the last connector is what xstrings appends here.
        if let (rune, 1..) = utf8::last(bytes) {
            out.char(rune)?;
        }
        return out.into_text();
    };
    let mut word_is_upper = is_upper(first);
    let mut pending = to_upper(first);
    for rune in runes {
        let previous = std::mem::replace(&mut pending, rune);
        if is_connector(rune) && is_connector(previous) {
            out.char(previous)?;
        } else if is_connector(previous) {
            word_is_upper = is_upper(rune);
            pending = to_upper(rune);
        } else {
            if word_is_upper {
                if is_upper(rune) {
                    pending = to_lower(rune);
                } else {
                    word_is_upper = false;
                }
            }
            out.char(previous)?;
        }
    }
    out.char(pending)?;
    out.into_text()
}
