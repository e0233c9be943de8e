//! Numbers in text, as Go's package strconv reads them.

/// Why a text is no number. Some callers treat the two alike, others take the nearest number when it is out of range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NumberError<T> {
    Syntax,
    Range(T),
}

/// strconv.ParseUint with 64 bits; base 0 means Go's prefixes and underscores.
pub(crate) fn parse_uint(text: &[u8], base: u32) -> Result<u64, NumberError<u64>> {
    if text.is_empty() {
        return Err(NumberError::Syntax);
    }
    let (radix, digits) = match (base, text) {
        (0, [b'0', prefix, _, ..]) if prefix.eq_ignore_ascii_case(&b'b') => (2, &text[2..]),
        (0, [b'0', prefix, _, ..]) if prefix.eq_ignore_ascii_case(&b'o') => (8, &text[2..]),
        (0, [b'0', prefix, _, ..]) if prefix.eq_ignore_ascii_case(&b'x') => (16, &text[2..]),
        (0, [b'0', ..]) => (8, &text[1..]),
        (0, _) => (10, text),
        _ => (base, text),
    };
    let mut underscores = false;
    let mut number = 0_u64;
    for &byte in digits {
        if byte == b'_' && base == 0 {
            underscores = true;
            continue;
        }
        let digit = char::from(byte).to_digit(radix).ok_or(NumberError::Syntax)?;
        number = number
            .checked_mul(u64::from(radix))
            .and_then(|n| n.checked_add(u64::from(digit)))
            .ok_or(NumberError::Range(u64::MAX))?;
    }
    if underscores && !underscores_separate_digits(text) {
        return Err(NumberError::Syntax);
    }
    Ok(number)
}

/// strconv.ParseInt with 64 bits.
pub(crate) fn parse_int(text: &[u8], base: u32) -> Result<i64, NumberError<i64>> {
    let (negative, digits) = match text {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let limit = if negative { i64::MIN } else { i64::MAX };
    let number = parse_uint(digits, base).map_err(|error| match error {
        NumberError::Syntax => NumberError::Syntax,
        NumberError::Range(_) => NumberError::Range(limit),
    })?;
    let signed = if negative { 0_i64.checked_sub_unsigned(number) } else { i64::try_from(number).ok() };
    signed.ok_or(NumberError::Range(limit))
}

/// strconv.Atoi, which on overflow still gives the nearest number.
pub(crate) fn atoi_or_nearest(text: &[u8]) -> i64 {
    match parse_int(text, 10) {
        Ok(number) | Err(NumberError::Range(number)) => number,
        Err(NumberError::Syntax) => 0,
    }
}

/// strconv.ParseFloat with 64 bits.
pub(crate) fn parse_float(text: &[u8]) -> Result<f64, NumberError<f64>> {
    let (negative, unsigned) = match text {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let sign = |magnitude: f64| if negative { -magnitude } else { magnitude };
    if unsigned.eq_ignore_ascii_case(b"inf") || unsigned.eq_ignore_ascii_case(b"infinity") {
        return Ok(sign(f64::INFINITY));
    }
    if text.eq_ignore_ascii_case(b"nan") {
        return Ok(f64::NAN);
    }
    let parts = FloatParts::read(unsigned).ok_or(NumberError::Syntax)?;
    if unsigned.contains(&b'_') && !underscores_separate_digits(unsigned) {
        return Err(NumberError::Syntax);
    }
    let magnitude = if parts.hex { parts.hex_value() } else { parts.decimal_value() };
    let magnitude = magnitude.ok_or(NumberError::Syntax)?;
    if magnitude.is_infinite() { Err(NumberError::Range(sign(magnitude))) } else { Ok(sign(magnitude)) }
}

/// An unsigned float, taken apart.
struct FloatParts {
    hex: bool,
    whole: String,
    fraction: String,
    exponent: i32,
}

impl FloatParts {
    fn read(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let hex = text.len() > 2 && text.as_bytes()[..2].eq_ignore_ascii_case(b"0x");
        let body = if hex { &text[2..] } else { text };
        let (mantissa, exponent) = match body.find(if hex { ['p', 'P'] } else { ['e', 'E'] }) {
            Some(at) => (&body[..at], Some(&body[at + 1..])),
            None => (body, None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |part: &str| -> Option<String> {
            let digits: String = part.chars().filter(|&c| c != '_').collect();
            digits.chars().all(|c| c.is_digit(if hex { 16 } else { 10 })).then_some(digits)
        };
        let (whole, fraction) = (digits(whole)?, digits(fraction)?);
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let exponent = match exponent {
            Some(exponent) => read_exponent(exponent)?,
            None if hex => return None,
            None => 0,
        };
        Some(Self { hex, whole, fraction, exponent })
    }

    fn decimal_value(&self) -> Option<f64> {
        format!("{}.{}e{}", self.whole, self.fraction, self.exponent).parse().ok()
    }

    /// The nearest double, ties to even.
    fn hex_value(&self) -> Option<f64> {
        let mut mantissa = 0_u64;
        let mut exponent = i64::from(self.exponent) - 4 * i64::try_from(self.fraction.len()).ok()?;
        let mut rest = false;
        for digit in self.whole.chars().chain(self.fraction.chars()) {
            let digit = u64::from(digit.to_digit(16)?);
            if mantissa >> 58 == 0 {
                mantissa = mantissa << 4 | digit;
            } else {
                exponent += 4;
                rest |= digit != 0;
            }
        }
        if mantissa == 0 {
            return Some(0.0);
        }
        // The lowest bit stands for all that was cut off, so that ties are seen as such.
        let mantissa = mantissa << 1 | u64::from(rest);
        Some(scale(mantissa, exponent - 1))
    }
}

/// `mantissa` times two to the power of `exponent`, rounded once, ties to even.
fn scale(mantissa: u64, exponent: i64) -> f64 {
    let bits = 64 - i64::from(mantissa.leading_zeros());
    // The exponent of the lowest bit that a double of this size can have.
    let lowest = (exponent + bits - 53).max(-1074);
    let (rounded, exponent) = if lowest > exponent {
        let shift = lowest - exponent;
        if shift > 64 {
            return 0.0;
        }
        let wide = u128::from(mantissa);
        let (kept, cut, half) = (wide >> shift, wide & ((1 << shift) - 1), 1_u128 << (shift - 1));
        let up = cut > half || (cut == half && kept & 1 == 1);
        (kept + u128::from(up), lowest)
    } else {
        (u128::from(mantissa), exponent)
    };
    if exponent > 1100 {
        return f64::INFINITY;
    }
    // At most 54 bits are left, so the conversion is exact, and so is each multiplication by a power of two.
    #[allow(clippy::cast_precision_loss, reason = "at most 54 bits are left, the lowest of 54 being zero")]
    let mut value = rounded as f64;
    let mut left = exponent;
    while left != 0 {
        let step = left.clamp(-1000, 1000);
        value *= 2_f64.powi(i32::try_from(step).unwrap_or(0));
        left -= step;
    }
    value
}

fn read_exponent(text: &str) -> Option<i32> {
    let (negative, digits) = match text.as_bytes() {
        [b'+', ..] => (false, &text[1..]),
        [b'-', ..] => (true, &text[1..]),
        _ => (false, text),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut exponent = 0_i32;
    for c in digits.chars().filter(|&c| c != '_') {
        let digit = i32::try_from(c.to_digit(10)?).ok()?;
        // Beyond this it is zero or infinite whatever comes.
        if exponent < 10_000 {
            exponent = exponent * 10 + digit;
        }
    }
    Some(if negative { -exponent } else { exponent })
}

/// Whether each underscore stands between digits, or between a base prefix and a digit.
fn underscores_separate_digits(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").or(text.strip_prefix(b"+")).unwrap_or(text);
    let prefixed = matches!(text, [b'0', b'b' | b'B' | b'o' | b'O' | b'x' | b'X', ..]);
    let hex = prefixed && text[1].eq_ignore_ascii_case(&b'x');
    let mut previous = if prefixed { b'0' } else { b'^' };
    for &byte in if prefixed { &text[2..] } else { text } {
        if byte.is_ascii_digit() || hex && byte.is_ascii_hexdigit() {
            previous = b'0';
        } else if byte == b'_' {
            if previous != b'0' {
                return false;
            }
            previous = b'_';
        } else if previous == b'_' {
            return false;
        } else {
            previous = b'!';
        }
    }
    previous != b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_prefixes_and_underscores_in_base_0_only() {
        assert_eq!(parse_int(b"0x1F", 0), Ok(31));
        assert_eq!(parse_int(b"-0b101", 0), Ok(-5));
        assert_eq!(parse_int(b"017", 0), Ok(15));
        assert_eq!(parse_int(b"1_000", 0), Ok(1000));
        assert_eq!(parse_int(b"1__0", 0), Err(NumberError::Syntax));
        assert_eq!(parse_int(b"1_000", 10), Err(NumberError::Syntax));
        assert_eq!(parse_int(b"08", 0), Err(NumberError::Syntax));
    }

    #[test]
    fn integers_out_of_range_give_the_nearest() {
        assert_eq!(parse_int(b"9223372036854775808", 10), Err(NumberError::Range(i64::MAX)));
        assert_eq!(parse_int(b"-9223372036854775808", 10), Ok(i64::MIN));
        assert_eq!(atoi_or_nearest(b"-99999999999999999999"), i64::MIN);
    }

    #[test]
    fn floats_are_read_as_go_does() {
        assert_eq!(parse_float(b"1e3"), Ok(1000.0));
        assert_eq!(parse_float(b"1_0.5"), Ok(10.5));
        assert_eq!(parse_float(b".5"), Ok(0.5));
        assert_eq!(parse_float(b"0x1.8p1"), Ok(3.0));
        assert_eq!(parse_float(b"0x1p-1074"), Ok(5e-324));
        assert_eq!(parse_float(b"0x1p-1075"), Ok(0.0));
        assert_eq!(parse_float(b"0x1.00000000000008p0"), Ok(1.0));
        assert_eq!(parse_float(b"0x1.000000000000081p0"), Ok(1.000_000_000_000_000_2));
        assert_eq!(parse_float(b"1e400"), Err(NumberError::Range(f64::INFINITY)));
        for wrong in ["", ".", "1e", "e5", "0x1", "1e5x", "1 ", "+-1", "0x", "1._0"] {
            assert_eq!(parse_float(wrong.as_bytes()), Err(NumberError::Syntax), "{wrong}");
        }
    }
}
