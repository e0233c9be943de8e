//! Floats in text, as strconv.FormatFloat writes them.

use std::io::Write as _;

/// The longest expansion that is not all zeros from there on.
const MAX_DIGITS: usize = 1100;

/// The form of a float: the letters of strconv.FormatFloat.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `-d.dddde±dd`
    Exponent,
    /// `-ddd.dddd`
    Fixed,
    /// The shorter of the two.
    General,
    /// `-ddddp±ddd`
    Binary,
    /// `-0x1.yyyp±dd`
    Hex,
}

/// Formats `value`. Without a precision, as many digits as tell it from its neighbours.
pub(crate) fn format(value: f64, form: Form, precision: Option<usize>, upper: bool) -> Vec<u8> {
    if value.is_nan() {
        return b"NaN".to_vec();
    }
    if value.is_infinite() {
        return if value > 0.0 { b"+Inf".to_vec() } else { b"-Inf".to_vec() };
    }
    let mut out = Vec::with_capacity(32 + precision.unwrap_or(0));
    if value.is_sign_negative() {
        out.push(b'-');
    }
    let magnitude = value.abs();
    match form {
        Form::Exponent => exponent(&mut out, &digits(magnitude, precision.map(|p| p + 1)), precision, upper),
        Form::Fixed => fixed(&mut out, magnitude, precision),
        Form::General => general(&mut out, magnitude, precision, upper),
        Form::Binary => binary(&mut out, magnitude),
        Form::Hex => hex(&mut out, magnitude, precision, upper),
    }
    out
}

/// Decimal digits without leading or trailing zeros; the value is 0.DIGITS times ten to the power of `point`.
struct Digits {
    digits: Vec<u8>,
    point: i32,
}

/// The digits of `magnitude`, rounded to `count` when that is given, half to even on the exact value.
fn digits(magnitude: f64, count: Option<usize>) -> Digits {
    if magnitude == 0.0 {
        return Digits { digits: Vec::new(), point: 0 };
    }
    let text = match count {
        Some(count) => rounded(magnitude, count.clamp(1, MAX_DIGITS)),
        None => shortest(magnitude),
    };
    let at = text.iter().position(|&b| b == b'e').unwrap_or(text.len());
    let exponent: i32 =
        std::str::from_utf8(text.get(at + 1..).unwrap_or_default()).ok().and_then(|e| e.parse().ok()).unwrap_or(0);
    let mut digits: Vec<u8> = text[..at].iter().copied().filter(u8::is_ascii_digit).collect();
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    Digits { digits, point: exponent + 1 }
}

/// `magnitude` in the form `d.ddde±d` with `count` digits.
fn rounded(magnitude: f64, count: usize) -> Vec<u8> {
    let mut text = Vec::with_capacity(count + 16);
    // Writing to a Vec does not fail.
    let _ = write!(text, "{magnitude:.*e}", count - 1);
    text
}

/// As few digits as tell it from its neighbours. Where two texts of that length are equally near, Rust takes the larger
/// one and Go the even one.
fn shortest(magnitude: f64) -> Vec<u8> {
    let mut text = Vec::with_capacity(32);
    let _ = write!(text, "{magnitude:e}");
    let count = text.iter().take_while(|&&byte| byte != b'e').filter(|byte| byte.is_ascii_digit()).count();
    let even = rounded(magnitude, count);
    let reads_back = std::str::from_utf8(&even).is_ok_and(|even| even.parse() == Ok(magnitude));
    if reads_back { even } else { text }
}

fn exponent(out: &mut Vec<u8>, digits: &Digits, precision: Option<usize>, upper: bool) {
    let precision = precision.unwrap_or(digits.digits.len().saturating_sub(1));
    out.push(digits.digits.first().copied().unwrap_or(b'0'));
    if precision > 0 {
        out.push(b'.');
        let rest = digits.digits.get(1..).unwrap_or_default();
        out.extend(rest.iter().copied().chain(std::iter::repeat(b'0')).take(precision));
    }
    let exponent = if digits.digits.is_empty() { 0 } else { digits.point - 1 };
    let _ = write!(out, "{}{}{:02}", if upper { 'E' } else { 'e' }, sign(exponent), exponent.unsigned_abs());
}

fn sign(exponent: i32) -> char {
    if exponent < 0 { '-' } else { '+' }
}

fn fixed(out: &mut Vec<u8>, magnitude: f64, precision: Option<usize>) {
    if let Some(precision) = precision {
        let shown = precision.min(MAX_DIGITS);
        let _ = write!(out, "{magnitude:.shown$}");
        out.extend(std::iter::repeat_n(b'0', precision - shown));
    } else {
        let digits = digits(magnitude, None);
        let fraction = digits.digits.len().saturating_sub(usize::try_from(digits.point).unwrap_or(0));
        let leading = usize::try_from(-digits.point).unwrap_or(0);
        point(out, &digits, if digits.digits.is_empty() { 0 } else { fraction + leading });
    }
}

/// Writes the digits with `fraction` of them after the point.
fn point(out: &mut Vec<u8>, digits: &Digits, fraction: usize) {
    let digit = |at: i32| usize::try_from(at).ok().and_then(|at| digits.digits.get(at)).copied().unwrap_or(b'0');
    if digits.point > 0 {
        out.extend((0..digits.point).map(digit));
    } else {
        out.push(b'0');
    }
    if fraction > 0 {
        out.push(b'.');
        out.extend((digits.point..).take(fraction).map(digit));
    }
}

fn general(out: &mut Vec<u8>, magnitude: f64, precision: Option<usize>, upper: bool) {
    let precision = precision.map(|p| p.max(1));
    let digits = digits(magnitude, precision);
    let count = i32::try_from(digits.digits.len()).unwrap_or(i32::MAX);
    let wanted = precision.map_or(count, |p| i32::try_from(p).unwrap_or(i32::MAX));
    let threshold = match precision {
        None => 6,
        Some(_) if wanted > count && count >= digits.point => count,
        Some(_) => wanted,
    };
    let shift = digits.point - 1;
    if shift < -4 || shift >= threshold {
        let shown = usize::try_from(wanted.min(count).max(1) - 1).unwrap_or(0);
        exponent(out, &digits, Some(shown), upper);
    } else {
        let shown = if wanted > digits.point { count } else { wanted };
        point(out, &digits, usize::try_from(shown - digits.point).unwrap_or(0));
    }
}

/// The mantissa with its leading one, and the exponent of its lowest bit.
fn parts(magnitude: f64) -> (u64, i32) {
    let bits = magnitude.to_bits();
    let mantissa = bits & ((1 << 52) - 1);
    let exponent = i32::try_from(bits >> 52).unwrap_or(0);
    if exponent == 0 { (mantissa, -1074) } else { (mantissa | 1 << 52, exponent - 1075) }
}

fn binary(out: &mut Vec<u8>, magnitude: f64) {
    let (mantissa, exponent) = parts(magnitude);
    let _ = write!(out, "{mantissa}p{exponent:+}");
}

fn hex(out: &mut Vec<u8>, magnitude: f64, precision: Option<usize>, upper: bool) {
    let (mantissa, low) = parts(magnitude);
    let mut exponent = if mantissa == 0 { 0 } else { low + 52 };
    // The leading one goes to bit 60, four bits to a digit below it.
    let mut mantissa = mantissa << 8;
    while mantissa != 0 && mantissa & (1 << 60) == 0 {
        mantissa <<= 1;
        exponent -= 1;
    }
    if let Some(precision) = precision.filter(|&p| p < 15) {
        let shift = precision * 4;
        let extra = (mantissa << shift) & ((1 << 60) - 1);
        mantissa >>= 60 - shift;
        if extra | (mantissa & 1) > 1 << 59 {
            mantissa += 1;
        }
        mantissa <<= 60 - shift;
        if mantissa & (1 << 61) != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    out.extend(if upper { b"0X" } else { b"0x" });
    out.push(b'0' + u8::try_from(mantissa >> 60 & 1).unwrap_or(0));
    let mut fraction = mantissa << 4;
    let mut shown = 0;
    if precision.map_or(fraction != 0, |p| p > 0) {
        out.push(b'.');
        while precision.map_or(fraction != 0, |p| shown < p) {
            let digit = u32::try_from(fraction >> 60).unwrap_or(0);
            let digit = char::from_digit(digit, 16).unwrap_or('0');
            out.push(if upper { digit.to_ascii_uppercase() } else { digit } as u8);
            fraction <<= 4;
            shown += 1;
        }
    }
    let _ = write!(out, "{}{}{:02}", if upper { 'P' } else { 'p' }, sign(exponent), exponent.unsigned_abs());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: f64, form: Form, precision: Option<usize>) -> String {
        String::from_utf8(format(value, form, precision, false)).unwrap()
    }

    #[test]
    fn the_shortest_general_form_switches_to_an_exponent_at_21_digits_only_for_v() {
        assert_eq!(text(0.1, Form::General, None), "0.1");
        assert_eq!(text(100_000.0, Form::General, None), "100000");
        assert_eq!(text(1_000_000.0, Form::General, None), "1e+06");
        assert_eq!(text(123_456_789.0, Form::General, None), "1.23456789e+08");
        assert_eq!(text(0.00001, Form::General, None), "1e-05");
        assert_eq!(text(-0.0, Form::General, None), "-0");
        assert_eq!(text(603_155_558_552_309.2, Form::General, None), "6.031555585523092e+14");
    }

    #[test]
    fn fixed_precision_rounds_half_to_even_on_the_exact_value() {
        assert_eq!(text(2.5, Form::Fixed, Some(0)), "2");
        assert_eq!(text(0.125, Form::Fixed, Some(2)), "0.12");
        assert_eq!(text(0.3, Form::Fixed, Some(20)), "0.29999999999999998890");
        assert_eq!(text(1e21, Form::Fixed, None), "1000000000000000000000");
        assert_eq!(text(0.00012, Form::Fixed, None), "0.00012");
        assert_eq!(text(1.5, Form::Fixed, Some(2000)).len(), 2002);
    }

    #[test]
    fn other_forms_are_written_as_go_does() {
        assert_eq!(text(1234.5, Form::Exponent, None), "1.2345e+03");
        assert_eq!(text(1234.5, Form::Exponent, Some(2)), "1.23e+03");
        assert_eq!(text(100.0, Form::General, Some(3)), "100");
        assert_eq!(text(1234.5, Form::General, Some(3)), "1.23e+03");
        assert_eq!(text(3.0, Form::Hex, None), "0x1.8p+01");
        assert_eq!(text(1.0, Form::Binary, None), "4503599627370496p-52");
        assert_eq!(text(f64::INFINITY, Form::Fixed, None), "+Inf");
    }
}
