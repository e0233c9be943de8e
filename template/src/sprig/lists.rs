//! Lists.

use super::convert::to_int;
use super::equal::deep_equal;
use crate::env::Env;
use crate::funcs::{Args, Func, fixed, variadic};
use crate::reason::{Reason, Res};
use crate::value::{Elem, List, Ty, Value};

const ANY: &[Ty] = &[Ty::Any];
const ANY_ANY: &[Ty] = &[Ty::Any, Ty::Any];
const INT_ANY: &[Ty] = &[Ty::INT, Ty::Any];

pub(super) const FUNCS: &[Func] = &[
    variadic("list", &[], Ty::Any, |env, args| env.list(args.from(0).to_vec())),
    variadic("tuple", &[], Ty::Any, |env, args| env.list(args.from(0).to_vec())),
    fixed("append", ANY_ANY, append),
    fixed("push", ANY_ANY, append),
    fixed("mustAppend", ANY_ANY, append),
    fixed("mustPush", ANY_ANY, append),
    fixed("prepend", ANY_ANY, prepend),
    fixed("mustPrepend", ANY_ANY, prepend),
    fixed("first", ANY, first),
    fixed("mustFirst", ANY, first),
    fixed("last", ANY, last),
    fixed("mustLast", ANY, last),
    fixed("rest", ANY, |env, args| part(env, args, |length| (1, length))),
    fixed("mustRest", ANY, |env, args| part(env, args, |length| (1, length))),
    fixed("initial", ANY, |env, args| part(env, args, |length| (0, length - 1))),
    fixed("mustInitial", ANY, |env, args| part(env, args, |length| (0, length - 1))),
    fixed("reverse", ANY, reverse),
    fixed("mustReverse", ANY, reverse),
    fixed("compact", ANY, compact),
    fixed("mustCompact", ANY, compact),
    fixed("uniq", ANY, uniq),
    fixed("mustUniq", ANY, uniq),
    variadic("without", ANY, Ty::Any, without),
    variadic("mustWithout", ANY, Ty::Any, without),
    fixed("has", ANY_ANY, has),
    fixed("mustHas", ANY_ANY, has),
    variadic("slice", ANY, Ty::Any, slice),
    variadic("mustSlice", ANY, Ty::Any, slice),
    variadic("concat", &[], Ty::Any, concat),
    fixed("chunk", INT_ANY, chunk),
    fixed("mustChunk", INT_ANY, chunk),
];

fn list_of(value: &Value) -> Res<&List> {
    match value {
        Value::List(list) => Ok(list),
        Value::Invalid | Value::Nil => Err(Reason::NilArgument),
        _ => Err(Reason::NotAList),
    }
}

fn values_of(env: &Env, args: &Args, index: usize) -> Res<Vec<Value>> {
    list_of(args.any(index)?)?.values(env.meter)
}

fn append(env: &Env, args: &Args) -> Res<Value> {
    let mut values = values_of(env, args, 0)?;
    values.push(args.any(1)?.clone());
    env.list(values)
}

fn prepend(env: &Env, args: &Args) -> Res<Value> {
    let mut values = values_of(env, args, 0)?;
    values.insert(0, args.any(1)?.clone());
    env.list(values)
}

fn first(_: &Env, args: &Args) -> Res<Value> {
    Ok(list_of(args.any(0)?)?.get(0).unwrap_or(Value::Nil))
}

fn last(_: &Env, args: &Args) -> Res<Value> {
    let list = list_of(args.any(0)?)?;
    Ok(list.len().checked_sub(1).and_then(|index| list.get(index)).unwrap_or(Value::Nil))
}

/// The elements in a range that depends on the length; a nil list if there are none at all.
fn part(env: &Env, args: &Args, range: impl FnOnce(usize) -> (usize, usize)) -> Res<Value> {
    let values = values_of(env, args, 0)?;
    if values.is_empty() {
        return Ok(List::nil(Elem::Any).into());
    }
    let (start, end) = range(values.len());
    env.list(values[start..end].to_vec())
}

fn reverse(env: &Env, args: &Args) -> Res<Value> {
    let mut values = values_of(env, args, 0)?;
    values.reverse();
    env.list(values)
}

fn compact(env: &Env, args: &Args) -> Res<Value> {
    let mut values = values_of(env, args, 0)?;
    values.retain(Value::truth);
    env.list(values)
}

fn contains(env: &Env, values: &[Value], value: &Value) -> Res<bool> {
    for candidate in values {
        if deep_equal(env, value, candidate)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn uniq(env: &Env, args: &Args) -> Res<Value> {
    let mut kept = Vec::new();
    for value in values_of(env, args, 0)? {
        if !contains(env, &kept, &value)? {
            kept.push(value);
        }
    }
    env.list(kept)
}

fn without(env: &Env, args: &Args) -> Res<Value> {
    let mut kept = Vec::new();
    for value in values_of(env, args, 0)? {
        if !contains(env, args.from(1), &value)? {
            kept.push(value);
        }
    }
    env.list(kept)
}

fn has(env: &Env, args: &Args) -> Res<Value> {
    if args.any(1)?.is_nil() {
        return Ok(Value::Bool(false));
    }
    Ok(Value::Bool(contains(env, &values_of(env, args, 1)?, args.any(0)?)?))
}

/// sprig's slice, which takes lists only.
fn slice(_: &Env, args: &Args) -> Res<Value> {
    let list = list_of(args.any(0)?)?;
    if list.is_empty() {
        return Ok(Value::Nil);
    }
    let index = |value: Option<&Value>, default: usize| match value {
        Some(value) => usize::try_from(to_int(value)).map_err(|_| Reason::IndexOutOfRange),
        None => Ok(default),
    };
    let indices = args.from(1);
    let (start, end) = (index(indices.first(), 0)?, index(indices.get(1), list.len())?);
    Ok(list.window(start, end).ok_or(Reason::IndexOutOfRange)?.into())
}

fn concat(env: &Env, args: &Args) -> Res<Value> {
    let mut all = Vec::new();
    for value in args.from(0) {
        all.extend(list_of(value)?.values(env.meter)?);
    }
    // Go starts with a nil list and appends.
    if all.is_empty() { Ok(List::nil(Elem::Any).into()) } else { env.list(all) }
}

fn chunk(env: &Env, args: &Args) -> Res<Value> {
    let values = values_of(env, args, 1)?;
    let size = args.int(0)?;
    let Some(size) = usize::try_from(size).ok().filter(|&size| size > 0) else {
        // Go computes how many chunks there are without a look at the size, and now and then that is none.
        #[allow(clippy::cast_precision_loss, reason = "Go's arithmetic")]
        let count = ((values.len() as f64 - 1.0) / size as f64).floor() + 1.0;
        return if count == 0.0 { env.list_of(Elem::List, Vec::new()) } else { Err(Reason::InvalidArgument) };
    };
    let chunks = values.chunks(size).map(|chunk| env.list(chunk.to_vec())).collect::<Res<_>>()?;
    env.list_of(Elem::List, chunks)
}
