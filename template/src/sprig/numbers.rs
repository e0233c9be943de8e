//! Arithmetic.

use super::convert::{to_float, to_int};
use super::decimal::Decimal;
use crate::env::Env;
use crate::funcs::{Args, Func, fixed, variadic};
use crate::reason::{Reason, Res};
use crate::value::{Elem, Ty, Value};

const ANY: &[Ty] = &[Ty::Any];
const ANY_ANY: &[Ty] = &[Ty::Any, Ty::Any];

pub(super) const FUNCS: &[Func] = &[
    fixed("add1", ANY, |_, args| Ok(Value::int64(to_int(args.any(0)?).wrapping_add(1)))),
    variadic("add", &[], Ty::Any, |_, args| Ok(folded(0, args.from(0), i64::wrapping_add))),
    fixed("sub", ANY_ANY, |_, args| Ok(Value::int64(to_int(args.any(0)?).wrapping_sub(to_int(args.any(1)?))))),
    variadic("mul", ANY, Ty::Any, |_, args| Ok(folded(to_int(args.any(0)?), args.from(1), i64::wrapping_mul))),
    fixed("div", ANY_ANY, |_, args| divided(args, i64::wrapping_div)),
    fixed("mod", ANY_ANY, |_, args| divided(args, i64::wrapping_rem)),
    variadic("max", ANY, Ty::Any, |_, args| Ok(folded(to_int(args.any(0)?), args.from(1), i64::max))),
    variadic("biggest", ANY, Ty::Any, |_, args| Ok(folded(to_int(args.any(0)?), args.from(1), i64::max))),
    variadic("min", ANY, Ty::Any, |_, args| Ok(folded(to_int(args.any(0)?), args.from(1), i64::min))),
    variadic("maxf", ANY, Ty::Any, |_, args| Ok(extreme(args, true)?.into())),
    variadic("minf", ANY, Ty::Any, |_, args| Ok(extreme(args, false)?.into())),
    fixed("ceil", ANY, |_, args| Ok(to_float(args.any(0)?).ceil().into())),
    fixed("floor", ANY, |_, args| Ok(to_float(args.any(0)?).floor().into())),
    variadic("round", &[Ty::Any, Ty::INT], Ty::Float, |_, args| {
        let half = if args.len() > 2 { args.float(2)? } else { 0.5 };
        Ok(round(to_float(args.any(0)?), args.int(1)?, half).into())
    }),
    fixed("add1f", ANY, |env, args| decimal(env, to_float(args.any(0)?), &[Value::int(1)], Decimal::plus)),
    variadic("addf", &[], Ty::Any, |env, args| decimal(env, 0.0, args.from(0), Decimal::plus)),
    variadic("subf", ANY, Ty::Any, |env, args| decimal(env, to_float(args.any(0)?), args.from(1), Decimal::minus)),
    variadic("mulf", ANY, Ty::Any, |env, args| decimal(env, to_float(args.any(0)?), args.from(1), Decimal::times)),
    variadic("divf", ANY, Ty::Any, |env, args| decimal(env, to_float(args.any(0)?), args.from(1), Decimal::divided_by)),
    fixed("until", &[Ty::INT], |env, args| {
        let count = args.int(0)?;
        let numbers = steps(env, 0, count, if count < 0 { -1 } else { 1 })?;
        env.list_of(Elem::Int, numbers.into_iter().map(Value::int).collect())
    }),
    fixed("untilStep", &[Ty::INT, Ty::INT, Ty::INT], |env, args| {
        let numbers = steps(env, args.int(0)?, args.int(1)?, args.int(2)?)?;
        env.list_of(Elem::Int, numbers.into_iter().map(Value::int).collect())
    }),
    variadic("seq", &[], Ty::INT, sequence),
];

fn folded(first: i64, rest: &[Value], operation: impl Fn(i64, i64) -> i64) -> Value {
    Value::int64(rest.iter().map(to_int).fold(first, operation))
}

fn divided(args: &Args, operation: impl Fn(i64, i64) -> i64) -> Res<Value> {
    match to_int(args.any(1)?) {
        0 => Err(Reason::DivisionByZero),
        divisor => Ok(Value::int64(operation(to_int(args.any(0)?), divisor))),
    }
}

/// math.Max or math.Min of all: NaN wins, and zeros have an order.
#[expect(clippy::float_cmp, reason = "infinities are equal or not, as in Go")]
fn extreme(args: &Args, largest: bool) -> Res<f64> {
    let mut result = to_float(args.any(0)?);
    for value in args.from(1) {
        let value = to_float(value);
        let infinite = if largest { f64::INFINITY } else { f64::NEG_INFINITY };
        let takes_value = match (result, value) {
            _ if result == infinite => false,
            _ if value == infinite => true,
            _ if result.is_nan() => false,
            _ if value.is_nan() => true,
            _ if result == 0.0 && value == 0.0 => {
                value.is_sign_negative() != largest && result.is_sign_negative() == largest
            }
            _ => (value > result) == largest,
        };
        if takes_value {
            result = value;
        }
    }
    Ok(result)
}

/// sprig's round, in its floating point.
fn round(value: f64, places: i64, half: f64) -> f64 {
    let power = power_of_ten(places);
    let digits = power * value;
    // The fraction has the sign of the number.
    let fraction = if digits.is_finite() { digits.fract() } else { f64::NAN };
    let whole = if fraction >= half { digits.ceil() } else { digits.floor() };
    whole / power
}

/// math.Pow(10, places), multiplied out as Go does it.
fn power_of_ten(places: i64) -> f64 {
    match places {
        0 => return 1.0,
        400.. => return f64::INFINITY,
        ..=-400 => return 0.0,
        _ => {}
    }
    // Squares of ten as fractions in [0.5, 1) with exponents, so that nothing overflows on the way.
    let mut left = places.unsigned_abs();
    let (mut product, mut exponent) = (1.0_f64, 0_i64);
    let (mut square, mut square_exponent) = (10.0_f64 / 16.0, 4_i64);
    while left != 0 {
        if left & 1 == 1 {
            product *= square;
            exponent += square_exponent;
        }
        square *= square;
        square_exponent <<= 1;
        if square < 0.5 {
            square += square;
            square_exponent -= 1;
        }
        left >>= 1;
    }
    if places < 0 {
        (product, exponent) = (1.0 / product, -exponent);
    }
    // In two steps, so that a result below the normal range is rounded once.
    let half = i32::try_from(exponent / 2).unwrap_or(0);
    let rest = i32::try_from(exponent - exponent / 2).unwrap_or(0);
    product * 2_f64.powi(half) * 2_f64.powi(rest)
}

/// Decimal arithmetic on all values in turn.
fn decimal(env: &Env, first: f64, rest: &[Value], operation: fn(&Decimal, &Decimal) -> Option<Decimal>) -> Res<Value> {
    let decimal = |float: f64| Decimal::from_float(float).ok_or(Reason::InvalidArgument);
    let mut result = decimal(first)?;
    for value in rest {
        // Products grow with each factor, and so does the work.
        env.meter.take(64 + 2 * result.size())?;
        env.meter.work(1 + result.size() / 4)?;
        result = operation(&result, &decimal(to_float(value))?).ok_or(Reason::DivisionByZero)?;
    }
    Ok(Value::Float(result.to_float()))
}

/// The numbers from `start` on, before `stop`.
fn steps(env: &Env, start: i64, stop: i64, step: i64) -> Res<Vec<i64>> {
    let runs = if stop < start { step < 0 } else { step > 0 };
    if !runs {
        return Ok(Vec::new());
    }
    let count = start.abs_diff(stop).div_ceil(step.unsigned_abs());
    let count = usize::try_from(count).map_err(|_| Reason::TooMuchMemory)?;
    env.meter.take(count.saturating_mul(size_of::<Value>()))?;
    env.meter.work(count)?;
    Ok((0..count).scan(start, |next, _| Some(std::mem::replace(next, next.wrapping_add(step)))).collect())
}

/// sprig's seq: numbers up to and including the last, as text.
fn sequence(env: &Env, args: &Args) -> Res<Value> {
    let mut params = [0; 3];
    for (index, param) in params.iter_mut().enumerate().take(args.len()) {
        *param = args.int(index)?;
    }
    let (start, end, step) = match (args.len(), params) {
        (1, [end, ..]) => (1, end, if end < 1 { -1 } else { 1 }),
        (2, [start, end, _]) => (start, end, if end < start { -1 } else { 1 }),
        (3, [start, step, end]) if end < start && step > 0 => (start, end, 0),
        (3, [start, step, end]) => (start, end, step),
        _ => return env.text(b""),
    };
    let beyond = if end < start { end.wrapping_sub(1) } else { end.wrapping_add(1) };
    let mut out = env.buf();
    for (index, number) in steps(env, start, beyond, step)?.into_iter().enumerate() {
        if index > 0 {
            out.byte(b' ')?;
        }
        out.push(number.to_string().as_bytes())?;
    }
    Ok(out.into_text()?.into())
}
