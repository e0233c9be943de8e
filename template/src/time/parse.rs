//! Moments out of text.

use std::rc::Rc;

use super::civil::{self, MONTHS, WEEKDAYS};
use super::layout::{self, Element, Offset};
use super::{Moment, Zone};
use crate::reason::{Reason, Res};

/// time.ParseInLocation in the local zone.
pub(crate) fn parse(layout: &[u8], text: &[u8]) -> Res<Moment> {
    let mut fields = Fields::default();
    let (mut layout, mut value) = (layout, text);
    loop {
        let (prefix, element, after) = layout::next(layout);
        value = skip(value, prefix)?;
        let Some(element) = element else {
            return if value.is_empty() { fields.moment() } else { Err(Reason::BadDate) };
        };
        layout = after;
        value = fields.read(element, value, layout)?;
    }
}

/// Passes `prefix`, in which any run of spaces is like any other.
fn skip<'v>(mut value: &'v [u8], mut prefix: &[u8]) -> Res<&'v [u8]> {
    while let Some((&first, rest)) = prefix.split_first() {
        if first == b' ' {
            if value.first().is_some_and(|&byte| byte != b' ') {
                return Err(Reason::BadDate);
            }
            (prefix, value) = (without_spaces(prefix), without_spaces(value));
            continue;
        }
        match value.split_first() {
            Some((&byte, after)) if byte == first => (prefix, value) = (rest, after),
            _ => return Err(Reason::BadDate),
        }
    }
    Ok(value)
}

fn without_spaces(text: &[u8]) -> &[u8] {
    &text[text.iter().take_while(|&&byte| byte == b' ').count()..]
}

/// What has been read so far.
#[derive(Default)]
struct Fields {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanos: u32,
    pm: Option<bool>,
    utc: bool,
    offset: Option<i32>,
    zone: Option<Rc<str>>,
}

/// One or two digits, or exactly two.
fn two(value: &[u8], fixed: bool) -> Res<(i64, &[u8])> {
    up_to(value, 2, if fixed { 2 } else { 1 })
}

/// At most `most` and at least `least` digits.
fn up_to(value: &[u8], most: usize, least: usize) -> Res<(i64, &[u8])> {
    let digits = value.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    if digits < least {
        return Err(Reason::BadDate);
    }
    Ok((value[..digits].iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')), &value[digits..]))
}

fn within(range: std::ops::Range<i64>, number: i64) -> Res<i64> {
    if range.contains(&number) { Ok(number) } else { Err(Reason::BadDate) }
}

/// The name at the start, in any case, by its place in the list.
fn name<'v>(names: &[&str], length: Option<usize>, value: &'v [u8]) -> Res<(i64, &'v [u8])> {
    for (number, name) in (0..).zip(names) {
        let name = length.map_or(*name, |length| &name[..length]).as_bytes();
        if value.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return Ok((number, &value[name.len()..]));
        }
    }
    Err(Reason::BadDate)
}

impl Fields {
    fn read<'v>(&mut self, element: Element, value: &'v [u8], layout: &[u8]) -> Res<&'v [u8]> {
        let rest;
        match element {
            Element::Year => {
                let (year, after) = signed_two(value)?;
                self.year = if year >= 69 { year + 1900 } else { year + 2000 };
                rest = after;
            }
            Element::LongYear => (self.year, rest) = up_to(value, 4, 4)?,
            Element::Month | Element::LongMonth => {
                let (month, after) = name(&MONTHS, (element == Element::Month).then_some(3), value)?;
                self.month = Some(month + 1);
                rest = after;
            }
            Element::NumMonth | Element::ZeroMonth => {
                let (month, after) = two(value, element == Element::ZeroMonth)?;
                self.month = Some(within(1..13, month)?);
                rest = after;
            }
            Element::Weekday => (_, rest) = name(&WEEKDAYS, Some(3), value)?,
            Element::LongWeekday => (_, rest) = name(&WEEKDAYS, None, value)?,
            Element::Day | Element::UnderDay | Element::ZeroDay => {
                let value =
                    if element == Element::UnderDay { value.strip_prefix(b" ").unwrap_or(value) } else { value };
                let (day, after) = two(value, element == Element::ZeroDay)?;
                self.day = Some(day);
                rest = after;
            }
            Element::UnderYearDay | Element::ZeroYearDay => {
                let fixed = element == Element::ZeroYearDay;
                let mut value = value;
                for _ in 0..if fixed { 0 } else { 2 } {
                    value = value.strip_prefix(b" ").unwrap_or(value);
                }
                let (day, after) = up_to(value, 3, if fixed { 3 } else { 1 })?;
                self.day_of_year = Some(day);
                rest = after;
            }
            Element::Hour => {
                let (hour, after) = two(value, false)?;
                self.hour = within(0..24, hour)?;
                rest = after;
            }
            Element::Hour12 | Element::ZeroHour12 => {
                let (hour, after) = two(value, element == Element::ZeroHour12)?;
                self.hour = within(0..13, hour)?;
                rest = after;
            }
            Element::Minute | Element::ZeroMinute => {
                let (minute, after) = two(value, element == Element::ZeroMinute)?;
                self.minute = within(0..60, minute)?;
                rest = after;
            }
            Element::Second | Element::ZeroSecond => {
                let (second, after) = two(value, element == Element::ZeroSecond)?;
                self.second = within(0..60, second)?;
                rest = self.unannounced_fraction(after, layout)?;
            }
            Element::Pm { lower } => {
                let (pm, am): (&[u8], &[u8]) = if lower { (b"pm", b"am") } else { (b"PM", b"AM") };
                let stands = value.get(..2).ok_or(Reason::BadDate)?;
                if stands == pm {
                    self.pm = Some(true);
                } else if stands == am {
                    // The last of several counts, and of the two an afternoon before a morning.
                    self.pm = self.pm.or(Some(false));
                } else {
                    return Err(Reason::BadDate);
                }
                rest = &value[2..];
            }
            Element::Offset(Offset { iso: true, .. }) if value.starts_with(b"Z") => {
                self.utc = true;
                rest = &value[1..];
            }
            Element::Offset(form) => {
                let (offset, after) = read_offset(form, value)?;
                self.offset = Some(offset);
                rest = after;
            }
            Element::ZoneName if value.starts_with(b"UTC") => {
                self.utc = true;
                rest = &value[3..];
            }
            Element::ZoneName => {
                let length = zone_name_length(value).ok_or(Reason::BadDate)?;
                self.zone = Some(String::from_utf8_lossy(&value[..length]).into());
                rest = &value[length..];
            }
            Element::Fraction { digits, trim: false, .. } => {
                let fraction = value.get(..=digits).ok_or(Reason::BadDate)?;
                self.nanos = nanos(fraction)?;
                rest = &value[1 + digits..];
            }
            Element::Fraction { trim: true, .. } => rest = self.optional_fraction(value)?,
        }
        Ok(rest)
    }

    /// A fraction may follow the seconds even where the layout has none.
    fn unannounced_fraction<'v>(&mut self, value: &'v [u8], layout: &[u8]) -> Res<&'v [u8]> {
        match layout::next(layout) {
            (_, Some(Element::Fraction { .. }), _) => Ok(value),
            _ => self.optional_fraction(value),
        }
    }

    fn optional_fraction<'v>(&mut self, value: &'v [u8]) -> Res<&'v [u8]> {
        if !matches!(value, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
            return Ok(value);
        }
        let digits = value[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.nanos = nanos(&value[..=digits])?;
        Ok(&value[1 + digits..])
    }

    /// What all fields together say.
    fn moment(mut self) -> Res<Moment> {
        match self.pm {
            Some(true) if self.hour < 12 => self.hour += 12,
            Some(false) if self.hour == 12 => self.hour = 0,
            _ => {}
        }
        if let Some(day_of_year) = self.day_of_year {
            self.resolve_day_of_year(day_of_year)?;
        }
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        if !(1..=civil::days_in(month, self.year)).contains(&day) {
            return Err(Reason::BadDate);
        }
        let seconds =
            civil::days_from_civil(self.year, month, day) * 86_400 + self.hour * 3600 + self.minute * 60 + self.second;
        let (seconds, zone) = if self.utc {
            (seconds, Zone::Utc)
        } else if let Some(offset) = self.offset {
            let unnamed = self.zone.as_deref().is_none_or(|name| name == "UTC");
            let zone = match offset {
                0 if unnamed => Zone::Local,
                _ => Zone::Fixed(self.zone.unwrap_or_else(|| "".into()), offset),
            };
            (seconds - i64::from(offset), zone)
        } else if let Some(name) = self.zone {
            // The offset of an unknown abbreviation is recorded and not applied.
            let hours = name.strip_prefix("GMT").and_then(|hours| hours.parse::<i32>().ok()).unwrap_or(0);
            (seconds, Zone::Fixed(name, hours * 3600))
        } else {
            (seconds, Zone::Local)
        };
        Ok(Moment { seconds, nanos: self.nanos, zone: Rc::new(zone), monotonic: None })
    }

    fn resolve_day_of_year(&mut self, day_of_year: i64) -> Res<()> {
        if !(1..=if civil::is_leap(self.year) { 366 } else { 365 }).contains(&day_of_year) {
            return Err(Reason::BadDate);
        }
        let civil = civil::Civil::of((civil::days_from_civil(self.year, 1, 1) + day_of_year - 1) * 86_400);
        let agrees = self.month.is_none_or(|month| month == civil.month) && self.day.is_none_or(|day| day == civil.day);
        (self.month, self.day) = (Some(civil.month), Some(civil.day));
        if agrees { Ok(()) } else { Err(Reason::BadDate) }
    }
}

/// Two characters that Go's atoi takes: digits, or a sign and a digit.
fn signed_two(value: &[u8]) -> Res<(i64, &[u8])> {
    let text = value.get(..2).ok_or(Reason::BadDate)?;
    let number = match text {
        [b'-', digit] if digit.is_ascii_digit() => -i64::from(digit - b'0'),
        [b'+', digit] if digit.is_ascii_digit() => i64::from(digit - b'0'),
        _ => two(text, true)?.0,
    };
    Ok((number, &value[2..]))
}

/// A separator and digits as nanoseconds.
fn nanos(fraction: &[u8]) -> Res<u32> {
    let (separator, digits) = fraction.split_first().ok_or(Reason::BadDate)?;
    if !matches!(separator, b'.' | b',') || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Reason::BadDate);
    }
    let nine = digits.iter().copied().chain(std::iter::repeat(b'0')).take(9);
    Ok(nine.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

fn read_offset(form: Offset, value: &[u8]) -> Res<(i32, &[u8])> {
    let (&sign, mut rest) = value.split_first().ok_or(Reason::BadDate)?;
    let mut parts = [0_i64; 3];
    let count = 1 + usize::from(form.minutes) + usize::from(form.seconds);
    for (index, part) in parts.iter_mut().enumerate().take(count) {
        if index > 0 && form.colon {
            rest = rest.strip_prefix(b":").ok_or(Reason::BadDate)?;
        }
        (*part, rest) = two(rest, true)?;
    }
    let [hours, minutes, seconds] = parts;
    if hours > 24 || minutes > 60 || seconds > 60 {
        return Err(Reason::BadDate);
    }
    let offset = i32::try_from((hours * 60 + minutes) * 60 + seconds).map_err(|_| Reason::BadDate)?;
    match sign {
        b'+' => Ok((offset, rest)),
        b'-' => Ok((-offset, rest)),
        _ => Err(Reason::BadDate),
    }
}

/// How long the abbreviation at the start is. Abbreviations follow no rule, so this guesses as Go does.
fn zone_name_length(value: &[u8]) -> Option<usize> {
    if value.len() < 3 {
        return None;
    }
    if value.starts_with(b"ChST") || value.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(offset) = value.strip_prefix(b"GMT") {
        return Some(3 + signed_offset_length(offset));
    }
    if matches!(value[0], b'+' | b'-') {
        return Some(signed_offset_length(value)).filter(|&length| length > 0);
    }
    let capitals = value.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count();
    match capitals {
        5 if value[4] == b'T' => Some(5),
        4 if value[3] == b'T' || value.starts_with(b"WITA") => Some(4),
        3 => Some(3),
        _ => None,
    }
}

/// The length of an offset like `+03`, at most 23 hours.
fn signed_offset_length(value: &[u8]) -> usize {
    if !matches!(value, [b'+' | b'-', ..]) {
        return 0;
    }
    let digits = value[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours = std::str::from_utf8(&value[1..=digits]).ok().and_then(|hours| hours.parse::<u64>().ok());
    match hours {
        Some(0..=23) => 1 + digits,
        _ => 0,
    }
}
