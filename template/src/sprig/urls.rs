//! `urlParse` and `urlJoin`.

use std::collections::BTreeMap;

use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::go::url::{Mode, Url, Userinfo, escape};
use crate::reason::{Reason, Res};
use crate::text::Text;
use crate::value::{Dict, Ty, Value};

pub(super) const FUNCS: &[Func] = &[fixed("urlParse", &[Ty::Text], parse), fixed("urlJoin", &[Ty::ANY_DICT], join)];

fn parse(env: &Env, args: &Args) -> Res<Value> {
    env.meter.read(8 * args.bytes(0)?.len())?;
    let url = Url::parse(args.bytes(0)?)?;
    let userinfo = url.user.as_ref().map(Userinfo::encoded).unwrap_or_default();
    let parts: [(&[u8], &[u8]); 8] = [
        (b"scheme", &url.scheme),
        (b"host", &url.host),
        (b"hostname", url.hostname()),
        (b"path", &url.path),
        (b"query", &url.query),
        (b"opaque", &url.opaque),
        (b"fragment", &url.fragment),
        (b"userinfo", &userinfo),
    ];
    let mut dict = BTreeMap::new();
    for (name, part) in parts {
        dict.insert(env.copy(name)?, env.text(part)?);
    }
    Ok(env.dict(dict)?.into())
}

/// The text under a key; what is there must be one.
fn part(env: &Env, dict: &Dict, key: &[u8]) -> Res<Text> {
    match dict.get(key) {
        None => env.copy(b""),
        Some(Value::Text(text)) => Ok(text),
        Some(_) => Err(Reason::ArgumentType),
    }
}

fn join(env: &Env, args: &Args) -> Res<Value> {
    let dict = args.dict(0)?;
    let part = |key: &[u8]| part(env, dict, key);
    let (scheme, host, path) = (part(b"scheme")?, part(b"host")?, part(b"path")?);
    let (query, opaque, fragment, userinfo) =
        (part(b"query")?, part(b"opaque")?, part(b"fragment")?, part(b"userinfo")?);
    let user =
        if userinfo.is_empty() { None } else { Url::parse(&[b"proto://", userinfo.bytes(), b"@host"].concat())?.user };
    let length =
        [&scheme, &host, &path, &query, &opaque, &fragment, &userinfo].iter().map(|part| part.len()).sum::<usize>();
    env.meter.read(8 * length)?;
    let mut out = env.buf();
    if !scheme.is_empty() {
        out.push(scheme.bytes())?;
        out.byte(b':')?;
    }
    if opaque.is_empty() {
        let authority = !scheme.is_empty() || !host.is_empty() || user.is_some();
        if authority {
            if !host.is_empty() || !path.is_empty() || user.is_some() {
                out.push(b"//")?;
            }
            if let Some(user) = &user {
                out.push(&user.encoded())?;
                out.byte(b'@')?;
            }
            out.push(&escape(host.bytes(), Mode::Host))?;
        }
        let path = if path.bytes() == b"*" { b"*".to_vec() } else { escape(path.bytes(), Mode::Path) };
        if !path.is_empty() && !path.starts_with(b"/") && !host.is_empty() {
            out.byte(b'/')?;
        }
        // A first segment with a colon would be mistaken for a scheme.
        let segment = path.split(|&byte| byte == b'/').next().unwrap_or_default();
        if out.len() == 0 && segment.contains(&b':') {
            out.push(b"./")?;
        }
        out.push(&path)?;
    } else {
        out.push(opaque.bytes())?;
    }
    if !query.is_empty() {
        out.byte(b'?')?;
        out.push(query.bytes())?;
    }
    if !fragment.is_empty() {
        out.byte(b'#')?;
        out.push(&escape(fragment.bytes(), Mode::Fragment))?;
    }
    Ok(out.into_text()?.into())
}
