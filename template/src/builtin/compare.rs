//! Comparisons.

use std::cmp::Ordering;

use crate::funcs::{Func, fixed, variadic};
use crate::reason::{Reason, Res};
use crate::value::{Kind, Ty, Value};

pub(super) const FUNCS: &[Func] = &[
    variadic("eq", &[Ty::Reflect], Ty::Reflect, |env, args| {
        let first = args.any(0)?;
        let others = args.from(1);
        if others.is_empty() {
            return Err(Reason::ArgumentCount);
        }
        for other in others {
            env.meter.work(1)?;
            if equal(first, other)? {
                return Ok(Value::Bool(true));
            }
        }
        Ok(Value::Bool(false))
    }),
    fixed("ne", &[Ty::Reflect, Ty::Reflect], |_, args| Ok(Value::Bool(!equal(args.any(0)?, args.any(1)?)?))),
    fixed("lt", &[Ty::Reflect, Ty::Reflect], |_, args| Ok(Value::Bool(less(args.any(0)?, args.any(1)?)?))),
    fixed("le", &[Ty::Reflect, Ty::Reflect], |_, args| Ok(Value::Bool(less_or_equal(args.any(0)?, args.any(1)?)?))),
    fixed("gt", &[Ty::Reflect, Ty::Reflect], |_, args| Ok(Value::Bool(!less_or_equal(args.any(0)?, args.any(1)?)?))),
    fixed("ge", &[Ty::Reflect, Ty::Reflect], |_, args| Ok(Value::Bool(!less(args.any(0)?, args.any(1)?)?))),
];

/// Signed and unsigned integers compare with each other, everything else within its kind.
fn integers(left: &Value, right: &Value) -> Option<Ordering> {
    let wide = |value: &Value| match value {
        Value::Int(_, number) => Some(i128::from(*number)),
        Value::Uint(_, number) => Some(i128::from(*number)),
        _ => None,
    };
    Some(wide(left)?.cmp(&wide(right)?))
}

fn equal(left: &Value, right: &Value) -> Res<bool> {
    if let Some(ordering) = integers(left, right) {
        return Ok(ordering == Ordering::Equal);
    }
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
        #[allow(clippy::float_cmp, reason = "Go compares exactly")]
        (Value::Float(left), Value::Float(right)) => Ok(left == right),
        #[allow(clippy::float_cmp, reason = "Go compares exactly")]
        (Value::Complex(a, b), Value::Complex(c, d)) => Ok(a == c && b == d),
        (Value::Text(left), Value::Text(right)) => Ok(left == right),
        _ if left.is_nil() || right.is_nil() => Ok(is_nil(left) && is_nil(right)),
        _ if is_basic(left) || is_basic(right) => Err(Reason::IncompatibleTypes),
        _ if left.kind() != right.kind() => Err(Reason::NotComparable),
        // A nil list or dict equals another nil one; no other lists or dicts compare.
        _ if is_nil(left) || is_nil(right) => Ok(is_nil(left) && is_nil(right)),
        (Value::Moment(left), Value::Moment(right)) => Ok(left.is_identical(right)),
        (Value::Version(left), Value::Version(right)) => Ok(left.is_identical(right)),
        (Value::VersionPointer(left), Value::VersionPointer(right)) => Ok(std::rc::Rc::ptr_eq(left, right)),
        (Value::Zone(left), Value::Zone(right)) => Ok(left.name() == right.name()),
        (Value::Certificate(left), Value::Certificate(right)) => Ok(left.is_identical(right)),
        _ if left.kind() == Kind::Struct => Ok(false),
        _ => Err(Reason::NotComparable),
    }
}

fn is_basic(value: &Value) -> bool {
    matches!(value.kind(), Kind::Bool | Kind::Int | Kind::Uint | Kind::Float | Kind::Complex | Kind::Text)
}

fn is_nil(value: &Value) -> bool {
    match value {
        Value::Invalid | Value::Nil => true,
        Value::List(list) => list.is_nil(),
        Value::Dict(dict) => dict.is_nil(),
        _ => false,
    }
}

fn less(left: &Value, right: &Value) -> Res<bool> {
    if let Some(ordering) = integers(left, right) {
        return Ok(ordering == Ordering::Less);
    }
    match (left, right) {
        (Value::Float(left), Value::Float(right)) => Ok(left < right),
        (Value::Text(left), Value::Text(right)) => Ok(left < right),
        _ if is_basic(left) && is_basic(right) && left.kind() != right.kind() => Err(Reason::IncompatibleTypes),
        _ => Err(Reason::NotComparable),
    }
}

fn less_or_equal(left: &Value, right: &Value) -> Res<bool> {
    Ok(less(left, right)? || equal(left, right)?)
}
