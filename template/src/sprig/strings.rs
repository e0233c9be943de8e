//! Strings.

use super::{case, shape, split, words};
use crate::env::Env;
use crate::fmt::{print, sprintf};
use crate::funcs::{Func, fixed, variadic};
use crate::go::chars::is_space;
use crate::go::utf8;
use crate::methods;
use crate::reason::{Reason, Res};
use crate::text::Text;
use crate::value::{Ty, Value};

const TEXT: &[Ty] = &[Ty::Text];
const TEXTS: &[Ty] = &[Ty::Text, Ty::Text];
const INT_TEXT: &[Ty] = &[Ty::INT, Ty::Text];

pub(super) const FUNCS: &[Func] = &[
    fixed("hello", &[], |env, _| env.text(b"Hello!")),
    fixed("upper", TEXT, |env, args| Ok(case::upper(env, args.bytes(0)?)?.into())),
    fixed("lower", TEXT, |env, args| Ok(case::lower(env, args.bytes(0)?)?.into())),
    fixed("title", TEXT, |env, args| Ok(case::title(env, args.bytes(0)?)?.into())),
    fixed("untitle", TEXT, |env, args| Ok(case::untitle(env, args.bytes(0)?)?.into())),
    fixed("swapcase", TEXT, |env, args| Ok(case::swap(env, args.bytes(0)?)?.into())),
    fixed("camelcase", TEXT, |env, args| Ok(case::pascal(env, args.bytes(0)?)?.into())),
    fixed("snakecase", TEXT, |env, args| Ok(words::connect(env, args.bytes(0)?, '_')?.into())),
    fixed("kebabcase", TEXT, |env, args| Ok(words::connect(env, args.bytes(0)?, '-')?.into())),
    fixed("trim", TEXT, |env, args| env.text(trim(env, args.bytes(0)?, is_space)?)),
    fixed("trimAll", TEXTS, |env, args| trim_all(env, args.bytes(0)?, args.bytes(1)?)),
    fixed("trimall", TEXTS, |env, args| trim_all(env, args.bytes(0)?, args.bytes(1)?)),
    fixed("trimPrefix", TEXTS, |env, args| {
        let text = args.bytes(1)?;
        env.text(text.strip_prefix(args.bytes(0)?).unwrap_or(text))
    }),
    fixed("trimSuffix", TEXTS, |env, args| {
        let text = args.bytes(1)?;
        env.text(text.strip_suffix(args.bytes(0)?).unwrap_or(text))
    }),
    fixed("contains", TEXTS, |env, args| Ok(Value::Bool(split::find(env, args.bytes(1)?, args.bytes(0)?)?.is_some()))),
    fixed("hasPrefix", TEXTS, |_, args| Ok(Value::Bool(args.bytes(1)?.starts_with(args.bytes(0)?)))),
    fixed("hasSuffix", TEXTS, |_, args| Ok(Value::Bool(args.bytes(1)?.ends_with(args.bytes(0)?)))),
    fixed("replace", &[Ty::Text, Ty::Text, Ty::Text], |env, args| {
        split::replace(env, args.bytes(2)?, args.bytes(0)?, args.bytes(1)?)
    }),
    fixed("repeat", INT_TEXT, |env, args| repeat(env, args.int(0)?, args.bytes(1)?)),
    fixed("trunc", INT_TEXT, |env, args| env.text(trunc(args.int(0)?, args.bytes(1)?))),
    fixed("substr", &[Ty::INT, Ty::INT, Ty::Text], |env, args| {
        env.text(substr(args.int(0)?, args.int(1)?, args.bytes(2)?).ok_or(Reason::IndexOutOfRange)?)
    }),
    fixed("abbrev", INT_TEXT, |env, args| shape::abbreviate(env, 0, args.int(0)?, args.bytes(1)?)),
    fixed("abbrevboth", &[Ty::INT, Ty::INT, Ty::Text], |env, args| {
        shape::abbreviate_both(env, args.int(0)?, args.int(1)?, args.bytes(2)?)
    }),
    fixed("nospace", TEXT, |env, args| shape::without_space(env, args.bytes(0)?)),
    fixed("initials", TEXT, |env, args| shape::initials(env, args.bytes(0)?)),
    fixed("wrap", INT_TEXT, |env, args| shape::wrap(env, args.bytes(1)?, args.int(0)?, b"", false)),
    fixed("wrapWith", &[Ty::INT, Ty::Text, Ty::Text], |env, args| {
        shape::wrap(env, args.bytes(2)?, args.int(0)?, args.bytes(1)?, true)
    }),
    fixed("indent", INT_TEXT, |env, args| indent(env, args.int(0)?, args.bytes(1)?, b"")),
    fixed("nindent", INT_TEXT, |env, args| indent(env, args.int(0)?, args.bytes(1)?, b"\n")),
    fixed("plural", &[Ty::Text, Ty::Text, Ty::INT], |_, args| Ok(args.any(usize::from(args.int(2)? != 1))?.clone())),
    variadic("quote", &[], Ty::Any, |env, args| {
        joined(env, args.from(0), |value| sprintf(env, b"%q", &[Value::Text(to_text(env, value)?)]))
    }),
    variadic("squote", &[], Ty::Any, |env, args| {
        joined(env, args.from(0), |value| sprintf(env, b"'%v'", std::slice::from_ref(value)))
    }),
    variadic("cat", &[], Ty::Any, |env, args| {
        joined(env, args.from(0), |value| print::sprint(env, std::slice::from_ref(value)))
    }),
    fixed("toString", &[Ty::Any], |env, args| Ok(to_text(env, args.any(0)?)?.into())),
];

/// sprig's strval: the string that a value is, or the text that it prints as.
pub(super) fn to_text(env: &Env, value: &Value) -> Res<Text> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        _ => match methods::string(env, value)? {
            Some(text) => Ok(text),
            None => print::sprint(env, std::slice::from_ref(value)),
        },
    }
}

/// The texts of all values that are not nil, with spaces between them.
fn joined(env: &Env, values: &[Value], text: impl Fn(&Value) -> Res<Text>) -> Res<Value> {
    let mut out = env.buf();
    for (index, value) in values.iter().filter(|value| !value.is_nil()).enumerate() {
        if index > 0 {
            out.byte(b' ')?;
        }
        out.push(text(value)?.bytes())?;
    }
    Ok(out.into_text()?.into())
}

/// The text without the runes at both ends that `trims` accepts.
fn trim<'b>(env: &Env, mut bytes: &'b [u8], trims: impl Fn(char) -> bool) -> Res<&'b [u8]> {
    env.meter.read(bytes.len())?;
    while let (rune, width @ 1..) = utf8::first(bytes) {
        if !trims(rune) {
            break;
        }
        bytes = &bytes[width..];
    }
    while let (rune, width @ 1..) = utf8::last(bytes) {
        if !trims(rune) {
            break;
        }
        bytes = &bytes[..bytes.len() - width];
    }
    Ok(bytes)
}

fn trim_all(env: &Env, set: &[u8], bytes: &[u8]) -> Res<Value> {
    let set: std::collections::BTreeSet<char> = utf8::runes(set).map(|(_, rune)| rune).collect();
    env.meter.read(4 * set.len() + 4 * bytes.len())?;
    env.text(trim(env, bytes, |rune| set.contains(&rune))?)
}

fn repeat(env: &Env, count: i64, bytes: &[u8]) -> Res<Value> {
    let count = usize::try_from(count).map_err(|_| Reason::InvalidArgument)?;
    let length = count.checked_mul(bytes.len()).ok_or(Reason::TooMuchMemory)?;
    let mut out = crate::text::Buf::with_capacity(env.meter, length)?;
    if let [byte] = bytes {
        out.repeat(*byte, count)?;
    } else if !bytes.is_empty() {
        for _ in 0..count {
            out.push(bytes)?;
        }
    }
    Ok(out.into_text()?.into())
}

fn trunc(count: i64, bytes: &[u8]) -> &[u8] {
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let at = |index: i64| usize::try_from(index).unwrap_or(0);
    if count < 0 && length + count > 0 {
        &bytes[at(length + count)..]
    } else if count >= 0 && length > count {
        &bytes[..at(count)]
    } else {
        bytes
    }
}

fn substr(start: i64, end: i64, bytes: &[u8]) -> Option<&[u8]> {
    let Ok(start) = usize::try_from(start) else { return bytes.get(..usize::try_from(end).ok()?) };
    match usize::try_from(end) {
        Ok(end) if end <= bytes.len() => bytes.get(start..end),
        _ => bytes.get(start..),
    }
}

fn indent(env: &Env, spaces: i64, bytes: &[u8], before: &[u8]) -> Res<Value> {
    let spaces = usize::try_from(spaces).map_err(|_| Reason::InvalidArgument)?;
    env.meter.read(bytes.len())?;
    let mut out = env.buf();
    out.push(before)?;
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if index > 0 {
            out.byte(b'\n')?;
        }
        out.repeat(b' ', spaces)?;
        out.push(line)?;
    }
    Ok(out.into_text()?.into())
}
