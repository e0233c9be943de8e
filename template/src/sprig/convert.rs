//! Conversions between numbers, texts and types.

use crate::fmt::print;
use crate::funcs::{Func, fixed};
use crate::go::number::{atoi_or_nearest, parse_float, parse_int};
use crate::value::{IntKind, Ty, Value};

const ANY: &[Ty] = &[Ty::Any];

pub(super) const FUNCS: &[Func] = &[
    fixed("atoi", &[Ty::Text], |_, args| Ok(Value::int(atoi_or_nearest(args.bytes(0)?)))),
    fixed("int", ANY, |_, args| Ok(Value::int(to_int(args.any(0)?)))),
    fixed("int64", ANY, |_, args| Ok(Value::int64(to_int(args.any(0)?)))),
    fixed("float64", ANY, |_, args| Ok(Value::Float(to_float(args.any(0)?)))),
    fixed("toDecimal", ANY, |env, args| {
        let text = print::sprint(env, args.from(0))?;
        Ok(Value::int64(parse_int(text.bytes(), 8).unwrap_or(0)))
    }),
    fixed("typeOf", ANY, |env, args| env.text(type_name(args.any(0)?).as_bytes())),
    fixed("typeIs", &[Ty::Text, Ty::Any], |_, args| {
        Ok(Value::Bool(args.bytes(0)? == type_name(args.any(1)?).as_bytes()))
    }),
    fixed("typeIsLike", &[Ty::Text, Ty::Any], |_, args| {
        let (target, name) = (args.bytes(0)?, type_name(args.any(1)?).as_bytes());
        Ok(Value::Bool(target == name || name.strip_prefix(b"*") == Some(target)))
    }),
    fixed("kindOf", ANY, |env, args| env.text(kind_name(args.any(0)?).as_bytes())),
    fixed("kindIs", &[Ty::Text, Ty::Any], |_, args| {
        Ok(Value::Bool(args.bytes(0)? == kind_name(args.any(1)?).as_bytes()))
    }),
    fixed("deepEqual", &[Ty::Any, Ty::Any], |env, args| {
        Ok(Value::Bool(super::equal::deep_equal(env, args.any(0)?, args.any(1)?)?))
    }),
];

fn type_name(value: &Value) -> &'static str {
    value.ty().map_or("<nil>", Ty::name)
}

fn kind_name(value: &Value) -> &'static str {
    value.ty().map_or("invalid", Ty::kind_name)
}

/// cast.ToInt64: the integer that a value is or stands for, or 0.
pub(super) fn to_int(value: &Value) -> i64 {
    match value {
        Value::Int(IntKind::Duration, _) => 0,
        Value::Int(_, number) => *number,
        Value::Uint(_, number) => number.cast_signed(),
        Value::Float(number) => truncated(*number),
        Value::Bool(value) => i64::from(*value),
        Value::Text(text) => parse_int(without_zero_fraction(text.bytes()), 0).unwrap_or(0),
        _ => 0,
    }
}

/// The integer part, or what the x86 processors that upstream is run on give where there is none.
fn truncated(number: f64) -> i64 {
    if !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) {
        return i64::MIN;
    }
    #[allow(clippy::cast_possible_truncation, reason = "checked above")]
    let whole = number as i64;
    whole
}

/// `1.00` as `1`.
fn without_zero_fraction(text: &[u8]) -> &[u8] {
    let zeros = text.iter().rev().take_while(|&&byte| byte == b'0').count();
    match text[..text.len() - zeros] {
        [.., b'.'] if zeros > 0 => &text[..text.len() - zeros - 1],
        _ => text,
    }
}

/// cast.ToFloat64: the number that a value is or stands for, or 0.
#[allow(clippy::cast_precision_loss, reason = "Go's conversion")]
pub(super) fn to_float(value: &Value) -> f64 {
    match value {
        Value::Int(IntKind::Duration, _) => 0.0,
        Value::Int(_, number) => *number as f64,
        Value::Uint(_, number) => *number as f64,
        Value::Float(number) => *number,
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Text(text) => parse_float(text.bytes()).unwrap_or(0.0),
        _ => 0.0,
    }
}
