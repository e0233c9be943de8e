//! Dates.

use std::rc::Rc;

use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::go::number::{NumberError, parse_int};
use crate::methods::round;
use crate::reason::Res;
use crate::time::{Moment, SECOND, Zone, duration, format, parse};
use crate::value::{IntKind, Ty, Value};

const TEXT_ANY: &[Ty] = &[Ty::Text, Ty::Any];
const TEXT_MOMENT: &[Ty] = &[Ty::Text, Ty::Moment];
const TEXTS: &[Ty] = &[Ty::Text, Ty::Text];

pub(super) const FUNCS: &[Func] = &[
    fixed("now", &[], |_, _| moment(Moment::now())),
    fixed("date", TEXT_ANY, |env, args| formatted(env, args.bytes(0)?, args.any(1)?, Zone::Local)),
    fixed("dateInZone", &[Ty::Text, Ty::Any, Ty::Text], in_zone),
    fixed("date_in_zone", &[Ty::Text, Ty::Any, Ty::Text], in_zone),
    fixed("htmlDate", &[Ty::Any], |env, args| formatted(env, b"2006-01-02", args.any(0)?, Zone::Local)),
    fixed("htmlDateInZone", &[Ty::Any, Ty::Text], |env, args| {
        formatted(env, b"2006-01-02", args.any(0)?, Zone::load_or_utc(args.bytes(1)?))
    }),
    fixed("dateModify", TEXT_MOMENT, |env, args| modified(env, args).or_else(|_| Ok(args.any(1)?.clone()))),
    fixed("date_modify", TEXT_MOMENT, |env, args| modified(env, args).or_else(|_| Ok(args.any(1)?.clone()))),
    fixed("mustDateModify", TEXT_MOMENT, modified),
    fixed("must_date_modify", TEXT_MOMENT, modified),
    fixed("toDate", TEXTS, |_, args| {
        moment(parse::parse(args.bytes(0)?, args.bytes(1)?).unwrap_or_else(|_| Moment::zero()))
    }),
    fixed("mustToDate", TEXTS, |_, args| moment(parse::parse(args.bytes(0)?, args.bytes(1)?)?)),
    fixed("unixEpoch", &[Ty::Moment], |env, args| env.text(args.moment(0)?.seconds.to_string().as_bytes())),
    fixed("ago", &[Ty::Any], |env, args| {
        // Unlike for the other functions, an int32 is no date here; there are none.
        let date = instant(args.any(0)?);
        env.text(duration::string(round(Moment::now().since(&date), SECOND)).as_bytes())
    }),
    fixed("duration", &[Ty::Any], |env, args| {
        let seconds = match args.any(0)? {
            Value::Text(text) => match parse_int(text.bytes(), 10) {
                Ok(seconds) | Err(NumberError::Range(seconds)) => seconds,
                Err(NumberError::Syntax) => 0,
            },
            Value::Int(IntKind::Int64, seconds) => *seconds,
            _ => 0,
        };
        env.text(duration::string(seconds.wrapping_mul(SECOND)).as_bytes())
    }),
    fixed("durationRound", &[Ty::Any], |env, args| {
        let nanos = match args.any(0)? {
            Value::Text(text) => duration::parse(text.bytes()).unwrap_or(0),
            Value::Int(IntKind::Int64, nanos) => *nanos,
            Value::Moment(date) => Moment::now().since(date),
            _ => 0,
        };
        env.text(largest_unit(nanos).as_bytes())
    }),
];

#[expect(clippy::unnecessary_wraps, reason = "most of its callers can fail, and end with it")]
fn moment(moment: Moment) -> Res<Value> {
    Ok(Value::Moment(Rc::new(moment)))
}

/// The instant that a value stands for: a time, or seconds since 1970. Anything else is now.
fn instant(value: &Value) -> Moment {
    match value {
        Value::Moment(moment) => Moment::clone(moment),
        Value::Int(IntKind::Int | IntKind::Int64, seconds) => Moment::unix(*seconds),
        _ => Moment::now(),
    }
}

fn formatted(env: &Env, layout: &[u8], date: &Value, zone: Zone) -> Res<Value> {
    Ok(format::format(env, &instant(date).in_zone(Rc::new(zone)), layout)?.into())
}

fn in_zone(env: &Env, args: &Args) -> Res<Value> {
    formatted(env, args.bytes(0)?, args.any(1)?, Zone::load_or_utc(args.bytes(2)?))
}

fn modified(_: &Env, args: &Args) -> Res<Value> {
    moment(args.moment(1)?.plus(duration::parse(args.bytes(0)?)?))
}

/// The number of the largest unit that fits more than once.
fn largest_unit(nanos: i64) -> String {
    const HOUR: u64 = 3_600_000_000_000;
    const UNITS: [(u64, &str); 6] = [
        (365 * 24 * HOUR, "y"),
        (30 * 24 * HOUR, "mo"),
        (24 * HOUR, "d"),
        (HOUR, "h"),
        (60_000_000_000, "m"),
        (1_000_000_000, "s"),
    ];
    let magnitude = nanos.unsigned_abs();
    UNITS
        .iter()
        .find(|(unit, _)| magnitude > *unit)
        .map_or_else(|| "0s".to_owned(), |(unit, name)| format!("{}{name}", magnitude / unit))
}
