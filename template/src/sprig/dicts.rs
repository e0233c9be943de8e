//! Dicts.

use std::collections::{BTreeMap, BTreeSet};

use super::merge::{Overwrite, merge};
use super::strings::to_text;
use crate::env::Env;
use crate::funcs::{Args, Func, fixed, variadic};
use crate::reason::{Reason, Res};
use crate::text::Text;
use crate::value::{Elem, Ty, Value};

const DICT: &[Ty] = &[Ty::ANY_DICT];
const DICT_KEY: &[Ty] = &[Ty::ANY_DICT, Ty::Text];

pub(super) const FUNCS: &[Func] = &[
    variadic("dict", &[], Ty::Any, |env, args| {
        let mut dict = BTreeMap::new();
        for pair in args.from(0).chunks(2) {
            let key = to_text(env, &pair[0])?;
            // A key without a value has the empty string.
            let value = match pair.get(1) {
                Some(value) => value.clone(),
                None => env.text(b"")?,
            };
            dict.insert(key, value);
        }
        Ok(env.dict(dict)?.into())
    }),
    fixed("get", DICT_KEY, |env, args| match args.dict(0)?.get(args.bytes(1)?) {
        Some(value) => Ok(value),
        None => env.text(b""),
    }),
    fixed("set", &[Ty::ANY_DICT, Ty::Text, Ty::Any], |env, args| {
        args.dict(0)?.set(env.meter, args.text(1)?.clone(), args.any(2)?.clone())?;
        Ok(args.any(0)?.clone())
    }),
    fixed("unset", DICT_KEY, |_, args| {
        args.dict(0)?.remove(args.bytes(1)?);
        Ok(args.any(0)?.clone())
    }),
    fixed("hasKey", DICT_KEY, |_, args| Ok(Value::Bool(args.dict(0)?.contains(args.bytes(1)?)))),
    variadic("pluck", &[Ty::Text], Ty::ANY_DICT, |env, args| {
        let mut found = Vec::new();
        for index in 1..args.len() {
            env.meter.work(1)?;
            found.extend(args.dict(index)?.get(args.bytes(0)?));
        }
        env.list(found)
    }),
    // Go's order of keys and values is random; here it is that of the keys.
    variadic("keys", &[], Ty::ANY_DICT, |env, args| {
        let mut keys = Vec::new();
        for index in 0..args.len() {
            keys.extend(args.dict(index)?.entries(env.meter)?.into_iter().map(|(key, _)| Value::Text(key)));
        }
        env.list_of(Elem::Text, keys)
    }),
    fixed("values", DICT, |env, args| {
        let entries = args.dict(0)?.entries(env.meter)?;
        env.list(entries.into_iter().map(|(_, value)| value).collect())
    }),
    variadic("pick", DICT, Ty::Text, |env, args| chosen(env, args, true)),
    variadic("omit", DICT, Ty::Text, |env, args| chosen(env, args, false)),
    variadic("dig", &[], Ty::Any, dig),
    variadic("merge", DICT, Ty::ANY_DICT, |env, args| merged(env, args, Overwrite::Empty)),
    variadic("mustMerge", DICT, Ty::ANY_DICT, |env, args| merged(env, args, Overwrite::Empty)),
    variadic("mergeOverwrite", DICT, Ty::ANY_DICT, |env, args| merged(env, args, Overwrite::All)),
    variadic("mustMergeOverwrite", DICT, Ty::ANY_DICT, |env, args| merged(env, args, Overwrite::All)),
];

/// The entries whose keys are listed, or all others.
fn chosen(env: &Env, args: &Args, listed: bool) -> Res<Value> {
    let mut keys = BTreeSet::new();
    for index in 1..args.len() {
        keys.insert(args.text(index)?.clone());
    }
    let entries = args.dict(0)?.entries(env.meter)?;
    let chosen: BTreeMap<Text, Value> = entries.into_iter().filter(|(key, _)| keys.contains(key) == listed).collect();
    Ok(env.dict(chosen)?.into())
}

/// The value under a path of keys, or the default if it ends early.
fn dig(env: &Env, args: &Args) -> Res<Value> {
    let [keys @ .., default, dict] = args.from(0) else { return Err(Reason::ArgumentCount) };
    if keys.is_empty() {
        return Err(Reason::ArgumentCount);
    }
    let mut names = Vec::new();
    for key in keys {
        let Value::Text(name) = key else { return Err(Reason::ArgumentType) };
        names.push(name);
    }
    let mut value = dict.clone();
    for name in names {
        env.meter.work(1)?;
        value = match &value {
            Value::Dict(dict) if dict.elem() == Elem::Any => match dict.get(name.bytes()) {
                Some(value) => value,
                None => return Ok(default.clone()),
            },
            _ => return Err(Reason::ArgumentType),
        };
    }
    Ok(value)
}

fn merged(env: &Env, args: &Args, overwrite: Overwrite) -> Res<Value> {
    let mut target = args.dict(0)?.clone();
    for index in 1..args.len() {
        let source = args.dict(index)?;
        if target.is_nil() && !source.is_nil() {
            target = env.dict(BTreeMap::new())?;
        }
        merge(env, &target, source, overwrite)?;
    }
    Ok(Value::Dict(target))
}
