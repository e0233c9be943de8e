//! reflect.DeepEqual and deep copies.

use std::rc::Rc;

use crate::env::Env;
use crate::reason::{Reason, Res};
use crate::value::{Dict, List, Value};

/// Whether both are of one type and equal throughout. NaN equals nothing, a nil list no empty one.
pub(super) fn deep_equal(env: &Env, left: &Value, right: &Value) -> Res<bool> {
    env.meter.work(1)?;
    if left.ty() != right.ty() {
        return Ok(false);
    }
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => {
            env.meter.read(left.len().min(right.len()))?;
            Ok(left == right)
        }
        (Value::List(left), Value::List(right)) => env.meter.nested(|| lists_equal(env, left, right)),
        (Value::Dict(left), Value::Dict(right)) => env.meter.nested(|| dicts_equal(env, left, right)),
        _ => Ok(scalars_equal(left, right)),
    }
}

#[allow(clippy::float_cmp, reason = "Go compares exactly")]
fn scalars_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Invalid | Value::Nil, Value::Invalid | Value::Nil) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Int(_, left), Value::Int(_, right)) => left == right,
        (Value::Uint(_, left), Value::Uint(_, right)) => left == right,
        (Value::Float(left), Value::Float(right)) => left == right,
        (Value::Complex(a, b), Value::Complex(c, d)) => a == c && b == d,
        (Value::Moment(left), Value::Moment(right)) => left.is_identical(right),
        (Value::Zone(left), Value::Zone(right)) => left == right,
        (Value::Version(left), Value::Version(right)) | (Value::VersionPointer(left), Value::VersionPointer(right)) => {
            left.is_identical(right)
        }
        (Value::Certificate(left), Value::Certificate(right)) => left.is_identical(right),
        _ => false,
    }
}

fn lists_equal(env: &Env, left: &List, right: &List) -> Res<bool> {
    if left.is_nil() != right.is_nil() || left.len() != right.len() {
        return Ok(false);
    }
    if left.is_same(right) {
        return Ok(true);
    }
    for index in 0..left.len() {
        if let (Some(left), Some(right)) = (left.get(index), right.get(index))
            && !deep_equal(env, &left, &right)?
        {
            return Ok(false);
        }
    }
    Ok(true)
}

fn dicts_equal(env: &Env, left: &Dict, right: &Dict) -> Res<bool> {
    if left.is_nil() != right.is_nil() || left.len() != right.len() {
        return Ok(false);
    }
    if left.is_same(right) {
        return Ok(true);
    }
    for (key, value) in left.entries(env.meter)? {
        match right.get(key.bytes()) {
            Some(other) if deep_equal(env, &value, &other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// A copy that shares no list and no dict with the original. There is none of nil.
pub(super) fn deep_copy(env: &Env, value: &Value) -> Res<Value> {
    if value.is_nil() { Err(Reason::NilArgument) } else { copy(env, value) }
}

fn copy(env: &Env, value: &Value) -> Res<Value> {
    env.meter.work(1)?;
    match value {
        Value::List(list) if !list.is_nil() => env.meter.nested(|| {
            let values = list.values(env.meter)?;
            let values = values.iter().map(|value| copy(env, value)).collect::<Res<_>>()?;
            env.list_of(list.elem(), values)
        }),
        Value::Dict(dict) if !dict.is_nil() => env.meter.nested(|| {
            let entries = dict.entries(env.meter)?;
            let entries = entries.into_iter().map(|(key, value)| Ok((key, copy(env, &value)?))).collect::<Res<_>>()?;
            Ok(env.dict_of(dict.elem(), entries)?.into())
        }),
        // The fields of a version are private, and what copies it leaves them at zero.
        Value::Version(_) => Ok(Value::Version(Rc::default())),
        Value::VersionPointer(_) => Ok(Value::VersionPointer(Rc::default())),
        _ => Ok(value.clone()),
    }
}
