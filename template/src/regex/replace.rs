//! Replacing matches.

use super::{Places, Regex, group};
use crate::env::Env;
use crate::go::{chars, utf8};
use crate::reason::Res;
use crate::regex::run;
use crate::text::{Buf, Text};

/// Regexp.ReplaceAllString: `$1` and `${name}` stand for groups.
pub(crate) fn replace_all(env: &Env, regex: &Regex, text: &[u8], template: &[u8]) -> Res<Text> {
    let slots = if template.contains(&b'$') { 2 * regex.names.len() } else { 2 };
    replace(env, regex, text, slots, |out, places| expand(env, regex, text, out, template, places))
}

/// Regexp.ReplaceAllLiteralString
pub(crate) fn replace_all_literal(env: &Env, regex: &Regex, text: &[u8], replacement: &[u8]) -> Res<Text> {
    replace(env, regex, text, 2, |out, _| out.push(replacement))
}

fn replace(
    env: &Env,
    regex: &Regex,
    text: &[u8],
    slots: usize,
    replacement: impl Fn(&mut Buf, &Places) -> Res<()>,
) -> Res<Text> {
    let mut out = env.buf();
    let (mut at, mut last_end) = (0, 0);
    while at <= text.len() {
        let Some(places) = run::search(env.meter, &regex.program, text, at, slots)? else { break };
        let Some(range) = group(&places, 0) else { break };
        out.push(&text[last_end..range.start])?;
        // An empty match right after a match is not replaced.
        if range.end > last_end || range.start == 0 {
            replacement(&mut out, &places)?;
        }
        last_end = range.end;
        let width = utf8::first(&text[at..]).1;
        at = if at + width > range.end { at + width } else { range.end.max(at + usize::from(width == 0)) };
    }
    out.push(&text[last_end..])?;
    out.into_text()
}

fn expand(env: &Env, regex: &Regex, text: &[u8], out: &mut Buf, template: &[u8], places: &Places) -> Res<()> {
    let mut rest = template;
    while let Some(dollar) = rest.iter().position(|&byte| byte == b'$') {
        env.meter.work(1)?;
        out.push(&rest[..dollar])?;
        rest = &rest[dollar + 1..];
        if let Some(after) = rest.strip_prefix(b"$") {
            out.byte(b'$')?;
            rest = after;
            continue;
        }
        let Some((name, after)) = reference(rest) else {
            out.byte(b'$')?;
            continue;
        };
        rest = after;
        let index = number(name).or_else(|| {
            let named =
                |candidate: &Option<String>| candidate.as_deref().is_some_and(|candidate| candidate.as_bytes() == name);
            // Of groups with the same name, the first that matched counts.
            (0..regex.names.len()).find(|&index| named(&regex.names[index]) && group(places, index).is_some())
        });
        if let Some(range) = index.and_then(|index| group(places, index)) {
            out.push(&text[range])?;
        }
    }
    out.push(rest)
}

/// The name at the start, alone or in braces, and what follows it.
fn reference(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let braced = text.strip_prefix(b"{");
    let text = braced.unwrap_or(text);
    let is_word = |rune: char| rune == '_' || chars::is_letter(rune) || chars::is_digit(rune);
    let length = utf8::runes(text).find(|&(_, rune)| !is_word(rune)).map_or(text.len(), |(at, _)| at);
    if length == 0 {
        return None;
    }
    let (name, rest) = text.split_at(length);
    if braced.is_some() { Some((name, rest.strip_prefix(b"}")?)) } else { Some((name, rest)) }
}

fn number(name: &[u8]) -> Option<usize> {
    let plain = name.iter().all(u8::is_ascii_digit) && (name.len() == 1 || name[0] != b'0') && name.len() <= 9;
    if plain { std::str::from_utf8(name).ok()?.parse().ok() } else { None }
}

/// regexp.QuoteMeta
pub(crate) fn quote_meta(env: &Env, text: &[u8]) -> Res<Text> {
    env.meter.read(text.len())?;
    let mut out = env.buf();
    for &byte in text {
        if br"\.+*?()|[]{}^$".contains(&byte) {
            out.byte(b'\\')?;
        }
        out.byte(byte)?;
    }
    out.into_text()
}
