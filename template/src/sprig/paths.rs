//! Paths, which are those of Unix wherever this runs.

use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::reason::Res;
use crate::value::{Ty, Value};

const TEXT: &[Ty] = &[Ty::Text];

pub(super) const FUNCS: &[Func] = &[
    fixed("base", TEXT, base),
    fixed("osBase", TEXT, base),
    fixed("dir", TEXT, dir),
    fixed("osDir", TEXT, dir),
    fixed("clean", TEXT, |env, args| env.text(&clean(args.bytes(0)?))),
    fixed("osClean", TEXT, |env, args| env.text(&clean(args.bytes(0)?))),
    fixed("ext", TEXT, ext),
    fixed("osExt", TEXT, ext),
    fixed("isAbs", TEXT, is_absolute),
    fixed("osIsAbs", TEXT, is_absolute),
];

fn base(env: &Env, args: &Args) -> Res<Value> {
    let path = args.bytes(0)?;
    if path.is_empty() {
        return env.text(b".");
    }
    let end = path.iter().rposition(|&byte| byte != b'/').map_or(0, |last| last + 1);
    let start = path[..end].iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
    env.text(if end == 0 { b"/" } else { &path[start..end] })
}

fn dir(env: &Env, args: &Args) -> Res<Value> {
    let path = args.bytes(0)?;
    env.meter.read(path.len())?;
    let end = path.iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
    env.text(&clean(&path[..end]))
}

fn ext(env: &Env, args: &Args) -> Res<Value> {
    let path = args.bytes(0)?;
    let start = path.iter().rposition(|&byte| byte == b'/' || byte == b'.').filter(|&at| path[at] == b'.');
    env.text(&path[start.unwrap_or(path.len())..])
}

fn is_absolute(_: &Env, args: &Args) -> Res<Value> {
    Ok(Value::Bool(args.bytes(0)?.starts_with(b"/")))
}

/// path.Clean: without empty elements, `.`, and what `..` takes back.
fn clean(path: &[u8]) -> Vec<u8> {
    let rooted = path.starts_with(b"/");
    let mut kept: Vec<&[u8]> = Vec::new();
    for element in path.split(|&byte| byte == b'/') {
        match element {
            b"" | b"." => {}
            b".." if kept.last().is_some_and(|last| *last != b"..") => drop(kept.pop()),
            b".." if rooted => {}
            _ => kept.push(element),
        }
    }
    let joined = kept.join(&b'/');
    match (rooted, joined.is_empty()) {
        (true, _) => [b"/", &joined[..]].concat(),
        (false, true) => b".".to_vec(),
        (false, false) => joined,
    }
}
