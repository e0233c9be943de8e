//! Escaping for HTML, JavaScript and URLs.

use crate::env::Env;
use crate::fmt::print;
use crate::funcs::{Args, Func, variadic};
use crate::go::{chars, utf8};
use crate::reason::Res;
use crate::text::Text;
use crate::value::{Ty, Value};

pub(super) const FUNCS: &[Func] = &[
    variadic("html", &[], Ty::Any, |env, args| Ok(html(env, operand(env, args)?.bytes())?.into())),
    variadic("js", &[], Ty::Any, |env, args| Ok(javascript(env, operand(env, args)?.bytes())?.into())),
    variadic("urlquery", &[], Ty::Any, |env, args| Ok(url_query(env, operand(env, args)?.bytes())?.into())),
];

/// The arguments as one text. Here nil prints like a missing value.
fn operand(env: &Env, args: &Args) -> Res<Text> {
    if let [Value::Text(text)] = args.from(0) {
        return Ok(text.clone());
    }
    let missing = env.text(b"<no value>")?;
    let shown: Vec<Value> =
        args.from(0).iter().map(|value| if value.is_nil() { missing.clone() } else { value.clone() }).collect();
    print::sprint(env, &shown)
}

fn html(env: &Env, bytes: &[u8]) -> Res<Text> {
    env.meter.read(bytes.len())?;
    let mut out = env.buf();
    for byte in bytes {
        match byte {
            0 => out.push("\u{FFFD}".as_bytes())?,
            b'"' => out.push(b"&#34;")?,
            b'\'' => out.push(b"&#39;")?,
            b'&' => out.push(b"&amp;")?,
            b'<' => out.push(b"&lt;")?,
            b'>' => out.push(b"&gt;")?,
            _ => out.byte(*byte)?,
        }
    }
    out.into_text()
}

fn javascript(env: &Env, bytes: &[u8]) -> Res<Text> {
    env.meter.read(2 * bytes.len())?;
    let mut out = env.buf();
    let mut rest = bytes;
    while let Some(&byte) = rest.first() {
        let (rune, width) = utf8::first(rest);
        match byte {
            b'\\' => out.push(b"\\\\")?,
            b'\'' => out.push(b"\\'")?,
            b'"' => out.push(b"\\\"")?,
            b'<' | b'>' | b'&' | b'=' | ..b' ' => out.push(format!("\\u{byte:04X}").as_bytes())?,
            _ if byte.is_ascii() || chars::is_print(rune) => out.push(&rest[..width])?,
            _ => out.push(format!("\\u{:04X}", u32::from(rune)).as_bytes())?,
        }
        rest = &rest[width..];
    }
    out.into_text()
}

fn url_query(env: &Env, bytes: &[u8]) -> Res<Text> {
    env.meter.read(bytes.len())?;
    let mut out = env.buf();
    for &byte in bytes {
        match byte {
            b' ' => out.byte(b'+')?,
            b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => out.byte(byte)?,
            _ => out.push(format!("%{byte:02X}").as_bytes())?,
        }
    }
    out.into_text()
}
