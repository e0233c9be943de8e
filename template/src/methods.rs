//! The methods that values have: those of Go's times, durations and of versions.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::reason::{Reason, Res};
use crate::semver::Version;
use crate::text::Text;
use crate::time::civil::{MONTHS, WEEKDAYS};
use crate::time::{Moment, SECOND, Zone, duration, format};
use crate::value::{IntKind, Ty, UintKind, Value};

const DURATION: Ty = Ty::Int(IntKind::Duration);

/// The method `name` of a value; the value is its first argument, and not among its parameters.
pub(crate) fn find(value: &Value, name: &[u8]) -> Option<&'static Func> {
    let methods = match value {
        Value::Moment(_) => MOMENT,
        Value::Zone(_) | Value::Int(IntKind::Month | IntKind::Weekday, _) => STRING,
        Value::Int(IntKind::Duration, _) => DURATIONS,
        Value::Version(_) => VERSION,
        // A pointer has the methods of what it points to as well.
        Value::VersionPointer(_) => return named(POINTER, name).or_else(|| named(VERSION, name)),
        _ => return None,
    };
    named(methods, name)
}

fn named(methods: &'static [Func], name: &[u8]) -> Option<&'static Func> {
    methods.iter().find(|method| method.name.as_bytes() == name)
}

/// What `String` or `Error` says, of values that have one of them.
pub(crate) fn string(env: &Env, value: &Value) -> Res<Option<Text>> {
    let text = match value {
        Value::Moment(moment) => return Ok(Some(format::string(env, moment)?)),
        Value::Int(IntKind::Duration, nanos) => duration::string(*nanos),
        Value::Int(IntKind::Month, month) => numbered(&MONTHS, 1, *month, "Month"),
        Value::Int(IntKind::Weekday, day) => numbered(&WEEKDAYS, 0, *day, "Weekday"),
        Value::Zone(zone) => zone.name().to_owned(),
        Value::Version(version) | Value::VersionPointer(version) => version.string(),
        _ => return Ok(None),
    };
    Ok(Some(env.copy(text.as_bytes())?))
}

/// What `GoString` says.
pub(crate) fn go_string(env: &Env, value: &Value) -> Res<Option<Text>> {
    match value {
        Value::Moment(moment) => Ok(Some(format::go_string(env, moment)?)),
        _ => Ok(None),
    }
}

fn numbered(names: &[&str], first: i64, number: i64, kind: &str) -> String {
    match usize::try_from(number - first).ok().and_then(|index| names.get(index)) {
        Some(name) => (*name).to_owned(),
        None => format!("%!{kind}({})", number.cast_unsigned()),
    }
}

fn text_of(env: &Env, args: &Args) -> Res<Value> {
    Ok(string(env, args.any(0)?)?.ok_or(Reason::Internal)?.into())
}

#[expect(clippy::unnecessary_wraps, reason = "most of its callers can fail, and end with it")]
fn moment(moment: Moment) -> Res<Value> {
    Ok(Value::Moment(Rc::new(moment)))
}

const STRING: &[Func] = &[fixed("String", &[], text_of)];

const DURATIONS: &[Func] = &[
    fixed("String", &[], text_of),
    fixed("Nanoseconds", &[], |_, args| Ok(Value::int64(args.int(0)?))),
    fixed("Microseconds", &[], |_, args| Ok(Value::int64(args.int(0)? / 1_000))),
    fixed("Milliseconds", &[], |_, args| Ok(Value::int64(args.int(0)? / 1_000_000))),
    fixed("Seconds", &[], |_, args| Ok(fractional(args.int(0)?, SECOND))),
    fixed("Minutes", &[], |_, args| Ok(fractional(args.int(0)?, 60 * SECOND))),
    fixed("Hours", &[], |_, args| Ok(fractional(args.int(0)?, 3600 * SECOND))),
    fixed("Abs", &[], |_, args| Ok(Value::Int(IntKind::Duration, args.int(0)?.saturating_abs()))),
    fixed("Truncate", &[DURATION], |_, args| Ok(Value::Int(IntKind::Duration, truncate(args.int(0)?, args.int(1)?)))),
    fixed("Round", &[DURATION], |_, args| Ok(Value::Int(IntKind::Duration, round(args.int(0)?, args.int(1)?)))),
];

#[allow(clippy::cast_precision_loss, reason = "Go's arithmetic")]
fn fractional(nanos: i64, unit: i64) -> Value {
    Value::Float((nanos / unit) as f64 + (nanos % unit) as f64 / unit as f64)
}

fn truncate(nanos: i64, unit: i64) -> i64 {
    if unit <= 0 { nanos } else { nanos - nanos % unit }
}

/// Go's `Duration.Round`: to the nearest multiple, halves away from zero.
pub(crate) fn round(nanos: i64, unit: i64) -> i64 {
    if unit <= 0 {
        return nanos;
    }
    let rest = (nanos % unit).abs();
    let up = rest.checked_mul(2).is_none_or(|twice| twice >= unit);
    let away = if up { unit - rest } else { -rest };
    if nanos < 0 { nanos.saturating_sub(away) } else { nanos.saturating_add(away) }
}

const MOMENT: &[Func] = &[
    fixed("String", &[], text_of),
    fixed("GoString", &[], |env, args| Ok(format::go_string(env, args.moment(0)?)?.into())),
    fixed("Format", &[Ty::Text], |env, args| Ok(format::format(env, args.moment(0)?, args.bytes(1)?)?.into())),
    fixed("Year", &[], |_, args| Ok(Value::int(args.moment(0)?.civil().year))),
    fixed("Month", &[], |_, args| Ok(Value::Int(IntKind::Month, args.moment(0)?.civil().month))),
    fixed("Day", &[], |_, args| Ok(Value::int(args.moment(0)?.civil().day))),
    fixed("Hour", &[], |_, args| Ok(Value::int(args.moment(0)?.civil().hour))),
    fixed("Minute", &[], |_, args| Ok(Value::int(args.moment(0)?.civil().minute))),
    fixed("Second", &[], |_, args| Ok(Value::int(args.moment(0)?.civil().second))),
    fixed("Nanosecond", &[], |_, args| Ok(Value::int(i64::from(args.moment(0)?.nanos)))),
    fixed("YearDay", &[], |_, args| Ok(Value::int(args.moment(0)?.civil().day_of_year))),
    fixed("Weekday", &[], |_, args| Ok(Value::Int(IntKind::Weekday, args.moment(0)?.civil().weekday))),
    fixed("Unix", &[], |_, args| Ok(Value::int64(args.moment(0)?.seconds))),
    fixed("UnixMilli", &[], |_, args| unix(args, 1_000_000)),
    fixed("UnixMicro", &[], |_, args| unix(args, 1_000)),
    fixed("UnixNano", &[], |_, args| unix(args, 1)),
    fixed("IsZero", &[], |_, args| Ok(Value::Bool(args.moment(0)?.is_zero()))),
    fixed("IsDST", &[], |_, args| Ok(Value::Bool(args.moment(0)?.zone.is_summer_at(args.moment(0)?.seconds)))),
    fixed("UTC", &[], |_, args| moment(args.moment(0)?.in_zone(Rc::new(Zone::Utc)))),
    fixed("Local", &[], |_, args| moment(args.moment(0)?.in_zone(Rc::new(Zone::Local)))),
    fixed("In", &[Ty::Zone], |_, args| moment(args.moment(0)?.in_zone(Rc::clone(args.zone(1)?)))),
    fixed("Location", &[], |_, args| Ok(Value::Zone(Rc::clone(&args.moment(0)?.zone)))),
    fixed("Add", &[DURATION], |_, args| moment(args.moment(0)?.plus(args.int(1)?))),
    fixed("AddDate", &[Ty::INT, Ty::INT, Ty::INT], |_, args| {
        moment(args.moment(0)?.plus_date(args.int(1)?, args.int(2)?, args.int(3)?).ok_or(Reason::InvalidArgument)?)
    }),
    fixed("Sub", &[Ty::Moment], |_, args| Ok(Value::Int(IntKind::Duration, args.moment(0)?.since(args.moment(1)?)))),
    fixed("Before", &[Ty::Moment], |_, args| Ok(Value::Bool(compare(args)? == Ordering::Less))),
    fixed("After", &[Ty::Moment], |_, args| Ok(Value::Bool(compare(args)? == Ordering::Greater))),
    fixed("Equal", &[Ty::Moment], |_, args| Ok(Value::Bool(compare(args)? == Ordering::Equal))),
    fixed("Compare", &[Ty::Moment], |_, args| Ok(Value::int(compare(args)? as i64))),
    fixed("Truncate", &[DURATION], |_, args| moment(args.moment(0)?.to_multiple(args.int(1)?, false))),
    fixed("Round", &[DURATION], |_, args| moment(args.moment(0)?.to_multiple(args.int(1)?, true))),
];

fn unix(args: &Args, unit: i128) -> Res<Value> {
    let units = args.moment(0)?.unix_nanos().div_euclid(unit);
    i64::try_from(units).map(Value::int64).map_err(|_| Reason::InvalidArgument)
}

fn compare(args: &Args) -> Res<Ordering> {
    Ok(args.moment(0)?.unix_nanos().cmp(&args.moment(1)?.unix_nanos()))
}

const VERSION: &[Func] = &[
    fixed("String", &[], text_of),
    fixed("Major", &[], |_, args| Ok(Value::Uint(UintKind::Uint64, args.version(0)?.major))),
    fixed("Minor", &[], |_, args| Ok(Value::Uint(UintKind::Uint64, args.version(0)?.minor))),
    fixed("Patch", &[], |_, args| Ok(Value::Uint(UintKind::Uint64, args.version(0)?.patch))),
    fixed("Prerelease", &[], |env, args| env.text(args.version(0)?.prerelease.as_bytes())),
    fixed("Metadata", &[], |env, args| env.text(args.version(0)?.metadata.as_bytes())),
    fixed("IncMajor", &[], |_, args| changed(args, |v| (v.major, v.minor, v.patch) = (v.major.wrapping_add(1), 0, 0))),
    fixed("IncMinor", &[], |_, args| changed(args, |v| (v.minor, v.patch) = (v.minor.wrapping_add(1), 0))),
    fixed("IncPatch", &[], |_, args| {
        changed(args, |v| v.patch = v.patch.wrapping_add(u64::from(v.prerelease.is_empty())))
    }),
    fixed("SetPrerelease", &[Ty::Text], |_, args| {
        Ok(Value::Version(Rc::new(args.version(0)?.with_prerelease(utf8_of(args.bytes(1)?)?)?)))
    }),
    fixed("SetMetadata", &[Ty::Text], |_, args| {
        Ok(Value::Version(Rc::new(args.version(0)?.with_metadata(utf8_of(args.bytes(1)?)?)?)))
    }),
];

/// The methods of pointers to versions only.
const POINTER: &[Func] = &[
    fixed("Original", &[], |env, args| env.text(args.version(0)?.original.as_bytes())),
    fixed("Compare", &[Ty::VersionPointer], |_, args| Ok(Value::int(order(args)? as i64))),
    fixed("Equal", &[Ty::VersionPointer], |_, args| Ok(Value::Bool(order(args)? == Ordering::Equal))),
    fixed("LessThan", &[Ty::VersionPointer], |_, args| Ok(Value::Bool(order(args)? == Ordering::Less))),
    fixed("LessThanEqual", &[Ty::VersionPointer], |_, args| Ok(Value::Bool(order(args)? != Ordering::Greater))),
    fixed("GreaterThan", &[Ty::VersionPointer], |_, args| Ok(Value::Bool(order(args)? == Ordering::Greater))),
    fixed("GreaterThanEqual", &[Ty::VersionPointer], |_, args| Ok(Value::Bool(order(args)? != Ordering::Less))),
];

/// The next version: without pre-release and metadata.
fn changed(args: &Args, change: impl FnOnce(&mut Version)) -> Res<Value> {
    let next = args.version(0)?.changed(|version| {
        change(version);
        version.prerelease.clear();
        version.metadata.clear();
    });
    Ok(Value::Version(Rc::new(next)))
}

fn order(args: &Args) -> Res<Ordering> {
    Ok(args.version(0)?.compare(args.version(1)?))
}

fn utf8_of(bytes: &[u8]) -> Res<&str> {
    std::str::from_utf8(bytes).map_err(|_| Reason::BadVersion)
}
