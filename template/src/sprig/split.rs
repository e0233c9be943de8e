//! Finding, splitting, joining and replacing.

use std::collections::BTreeMap;

use super::strings::to_text;
use crate::env::Env;
use crate::funcs::{Func, fixed};
use crate::go::utf8;
use crate::reason::Res;
use crate::text::Text;
use crate::value::{Elem, List, Ty, Value};

pub(super) const FUNCS: &[Func] = &[
    fixed("split", &[Ty::Text, Ty::Text], |env, args| numbered(env, split(env, args.bytes(1)?, args.bytes(0)?, -1)?)),
    fixed("splitn", &[Ty::Text, Ty::INT, Ty::Text], |env, args| {
        numbered(env, split(env, args.bytes(2)?, args.bytes(0)?, args.int(1)?)?)
    }),
    fixed("splitList", &[Ty::Text, Ty::Text], |env, args| {
        let parts = split(env, args.bytes(1)?, args.bytes(0)?, -1)?;
        env.list_of(Elem::Text, parts.into_iter().map(Value::Text).collect())
    }),
    fixed("join", &[Ty::Text, Ty::Any], |env, args| {
        let mut out = env.buf();
        for (index, text) in texts(env, args.any(1)?)?.iter().enumerate() {
            if index > 0 {
                out.push(args.bytes(0)?)?;
            }
            out.push(text.bytes())?;
        }
        Ok(out.into_text()?.into())
    }),
    fixed("toStrings", &[Ty::Any], |env, args| match args.any(0)? {
        Value::List(list) if list.elem() == Elem::Text => Ok(Value::List(list.clone())),
        value => {
            let texts = texts(env, value)?;
            env.list_of(Elem::Text, texts.into_iter().map(Value::Text).collect())
        }
    }),
    fixed("sortAlpha", &[Ty::Any], |env, args| {
        let value = args.any(0)?;
        let mut texts = texts(env, value)?;
        if !matches!(value, Value::List(_)) {
            // What is no list becomes a list of its text, nil included.
            texts = vec![to_text(env, value)?];
        }
        env.meter.work(texts.len() * (texts.len().max(1).ilog2() as usize + 1))?;
        texts.sort();
        let sorted: Vec<Value> = texts.into_iter().map(Value::Text).collect();
        match value {
            // A list of strings is sorted in place.
            Value::List(list) if list.elem() == Elem::Text => {
                list.overwrite(sorted);
                Ok(Value::List(list.clone()))
            }
            _ => env.list_of(Elem::Text, sorted),
        }
    }),
];

/// sprig's strslice: the texts of a list's elements that are not nil, or the text of a single value.
pub(super) fn texts(env: &Env, value: &Value) -> Res<Vec<Text>> {
    match value {
        Value::List(list) => {
            let values = list.values(env.meter)?;
            values.iter().filter(|value| !value.is_nil()).map(|value| to_text(env, value)).collect()
        }
        Value::Invalid | Value::Nil => Ok(Vec::new()),
        _ => Ok(vec![to_text(env, value)?]),
    }
}

/// Where `needle` first occurs.
pub(super) fn find(env: &Env, haystack: &[u8], needle: &[u8]) -> Res<Option<usize>> {
    env.meter.read(haystack.len() + needle.len())?;
    Ok(memchr::memmem::find(haystack, needle))
}

/// Finds a text again and again. Of one byte that is simple.
enum Finder<'n> {
    Byte(u8),
    Text(Box<memchr::memmem::Finder<'n>>),
}

impl<'n> Finder<'n> {
    fn new(needle: &'n [u8]) -> Self {
        match needle {
            [byte] => Self::Byte(*byte),
            _ => Self::Text(Box::new(memchr::memmem::Finder::new(needle))),
        }
    }

    fn find(&self, haystack: &[u8]) -> Option<usize> {
        match self {
            Self::Byte(byte) => haystack.iter().position(|found| found == byte),
            Self::Text(finder) => finder.find(haystack),
        }
    }
}

/// strings.SplitN
pub(super) fn split(env: &Env, bytes: &[u8], separator: &[u8], count: i64) -> Res<Vec<Text>> {
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    env.meter.read(bytes.len() + separator.len())?;
    let mut parts = Vec::new();
    if most == 0 || (separator.is_empty() && bytes.is_empty()) {
        return Ok(parts);
    }
    let mut rest = bytes;
    if separator.is_empty() {
        while let (_, width @ 1..) = utf8::first(rest) {
            if parts.len() + 1 >= most || width == rest.len() {
                break;
            }
            parts.push(env.copy(&rest[..width])?);
            rest = &rest[width..];
        }
    } else {
        let finder = Finder::new(separator);
        while parts.len() + 1 < most
            && let Some(at) = finder.find(rest)
        {
            parts.push(env.copy(&rest[..at])?);
            rest = &rest[at + separator.len()..];
        }
    }
    parts.push(env.copy(rest)?);
    Ok(parts)
}

/// The parts under the keys `_0`, `_1` and so on.
fn numbered(env: &Env, parts: Vec<Text>) -> Res<Value> {
    let mut dict = BTreeMap::new();
    for (index, part) in parts.into_iter().enumerate() {
        dict.insert(env.copy(format!("_{index}").as_bytes())?, Value::Text(part));
    }
    Ok(env.dict_of(Elem::Text, dict)?.into())
}

/// strings.ReplaceAll
pub(super) fn replace(env: &Env, bytes: &[u8], old: &[u8], new: &[u8]) -> Res<Value> {
    env.meter.read(bytes.len() + old.len())?;
    let mut out = env.buf();
    let mut rest = bytes;
    if old.is_empty() {
        // Before each rune and at the end.
        out.push(new)?;
        while let (_, width @ 1..) = utf8::first(rest) {
            out.push(&rest[..width])?;
            out.push(new)?;
            rest = &rest[width..];
        }
        return Ok(out.into_text()?.into());
    }
    let finder = Finder::new(old);
    while let Some(at) = finder.find(rest) {
        out.push(&rest[..at])?;
        out.push(new)?;
        rest = &rest[at + old.len()..];
    }
    out.push(rest)?;
    Ok(out.into_text()?.into())
}

/// A list of strings.
pub(super) fn list_of_texts(env: &Env, texts: Vec<Text>) -> Res<Value> {
    Ok(List::new(env.meter, Elem::Text, texts.into_iter().map(Value::Text).collect())?.into())
}
