//! Moments as text.

use std::fmt::Write as _;

use super::civil::{MONTHS, WEEKDAYS};
use super::layout::{self, Element, Offset};
use super::{Moment, SECOND, Zone};
use crate::env::Env;
use crate::reason::{Reason, Res};
use crate::text::{Buf, Text};

/// The layout of RFC 3339 with a fraction where there is one.
pub(crate) const RFC3339_NANO: &[u8] = b"2006-01-02T15:04:05.999999999Z07:00";

/// Go's `Time.Format`.
pub(crate) fn format(env: &Env, moment: &Moment, layout: &[u8]) -> Res<Text> {
    env.meter.read(8 * layout.len())?;
    let mut out = env.buf();
    write(&mut out, moment, layout)?;
    out.into_text()
}

/// Go's `Time.String`.
pub(crate) fn string(env: &Env, moment: &Moment) -> Res<Text> {
    let mut out = env.buf();
    write(&mut out, moment, b"2006-01-02 15:04:05.999999999 -0700 MST")?;
    if let Some(monotonic) = moment.monotonic {
        let sign = if monotonic < 0 { '-' } else { '+' };
        let (seconds, nanos) = (monotonic / SECOND, monotonic % SECOND);
        put(&mut out, format_args!(" m={sign}{}.{:09}", seconds.unsigned_abs(), nanos.unsigned_abs()))?;
    }
    out.into_text()
}

/// Go's `Time.GoString`.
pub(crate) fn go_string(env: &Env, moment: &Moment) -> Res<Text> {
    let civil = moment.civil();
    let month = usize::try_from(civil.month - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    let mut out = env.buf();
    put(
        &mut out,
        format_args!(
            "time.Date({}, time.{month}, {}, {}, {}, {}, {}, ",
            civil.year, civil.day, civil.hour, civil.minute, civil.second, moment.nanos
        ),
    )?;
    match &*moment.zone {
        Zone::Utc => out.push(b"time.UTC)")?,
        Zone::Local => out.push(b"time.Local)")?,
        Zone::Fixed(name, _) | Zone::Named(name, _) => put(&mut out, format_args!("time.Location({name:?}))"))?,
    }
    out.into_text()
}

/// Writes what comes from numbers; only a limit can stop that.
fn put(out: &mut Buf, arguments: std::fmt::Arguments) -> Res<()> {
    out.write_fmt(arguments).map_err(|_| Reason::TooMuchMemory)
}

fn write(out: &mut Buf, moment: &Moment, layout: &[u8]) -> Res<()> {
    let civil = moment.civil();
    let (offset, abbreviation) = moment.zone.at(moment.seconds);
    let hour12 = if civil.hour % 12 == 0 { 12 } else { civil.hour % 12 };
    let name = |names: &[&'static str], index: i64| {
        usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
    };
    let mut rest = layout;
    loop {
        let (prefix, element, after) = layout::next(rest);
        out.push(prefix)?;
        let Some(element) = element else { return Ok(()) };
        rest = after;
        match element {
            Element::Year => put(out, format_args!("{:02}", civil.year.abs() % 100))?,
            Element::LongYear => number(out, civil.year, 4)?,
            Element::Month => out.push(&name(&MONTHS, civil.month - 1).as_bytes()[..3])?,
            Element::LongMonth => out.push(name(&MONTHS, civil.month - 1).as_bytes())?,
            Element::NumMonth => number(out, civil.month, 0)?,
            Element::ZeroMonth => number(out, civil.month, 2)?,
            Element::Weekday => out.push(&name(&WEEKDAYS, civil.weekday).as_bytes()[..3])?,
            Element::LongWeekday => out.push(name(&WEEKDAYS, civil.weekday).as_bytes())?,
            Element::Day => number(out, civil.day, 0)?,
            Element::UnderDay => put(out, format_args!("{:2}", civil.day))?,
            Element::ZeroDay => number(out, civil.day, 2)?,
            Element::UnderYearDay => put(out, format_args!("{:3}", civil.day_of_year))?,
            Element::ZeroYearDay => number(out, civil.day_of_year, 3)?,
            Element::Hour => number(out, civil.hour, 2)?,
            Element::Hour12 => number(out, hour12, 0)?,
            Element::ZeroHour12 => number(out, hour12, 2)?,
            Element::Minute => number(out, civil.minute, 0)?,
            Element::ZeroMinute => number(out, civil.minute, 2)?,
            Element::Second => number(out, civil.second, 0)?,
            Element::ZeroSecond => number(out, civil.second, 2)?,
            Element::Pm { lower } => out.push(match (lower, civil.hour >= 12) {
                (false, true) => b"PM",
                (false, false) => b"AM",
                (true, true) => b"pm",
                (true, false) => b"am",
            })?,
            Element::ZoneName if abbreviation.is_empty() => {
                let unnamed = Offset { iso: false, colon: false, minutes: true, seconds: false };
                write_offset(out, offset, unnamed)?;
            }
            Element::ZoneName => out.push(abbreviation.as_bytes())?,
            Element::Offset(form) => write_offset(out, offset, form)?,
            Element::Fraction { digits, trim, separator } => fraction(out, moment.nanos, digits, trim, separator)?,
        }
    }
}

/// A number of at least `width` digits; the sign of a negative one is not among them.
fn number(out: &mut Buf, number: i64, width: usize) -> Res<()> {
    let sign = if number < 0 { "-" } else { "" };
    put(out, format_args!("{sign}{:0width$}", number.unsigned_abs()))
}

fn write_offset(out: &mut Buf, offset: i32, form: Offset) -> Res<()> {
    if form.iso && offset == 0 {
        return out.byte(b'Z');
    }
    let minutes = offset / 60;
    out.byte(if minutes < 0 { b'-' } else { b'+' })?;
    number(out, i64::from(minutes.abs() / 60), 2)?;
    if form.colon {
        out.byte(b':')?;
    }
    if form.minutes {
        number(out, i64::from(minutes.abs() % 60), 2)?;
    }
    if form.seconds {
        if form.colon {
            out.byte(b':')?;
        }
        number(out, i64::from(if minutes < 0 { -offset } else { offset } % 60), 2)?;
    }
    Ok(())
}

fn fraction(out: &mut Buf, nanos: u32, digits: usize, trim: bool, separator: u8) -> Res<()> {
    if trim && nanos == 0 {
        return Ok(());
    }
    let all = format!("{nanos:09}");
    let mut shown = &all[..digits.min(9)];
    if trim {
        shown = shown.trim_end_matches('0');
        if shown.is_empty() {
            return Ok(());
        }
    }
    out.byte(separator)?;
    out.push(shown.as_bytes())
}
