//! Numbers and characters of a template's source.

use super::lex::TokenKind;
use super::tree::Number;
use crate::go::number::{parse_float, parse_int, parse_uint};
use crate::go::quote::unquote_char;
use crate::reason::{Reason, Res};

/// Reads a constant as Go reads an ideal constant: under every type that can hold it.
pub(crate) fn number(kind: TokenKind, text: &str) -> Res<Number> {
    match kind {
        TokenKind::Character => character(text),
        TokenKind::Complex => complex(text),
        _ => real(text),
    }
}

fn character(text: &str) -> Res<Number> {
    let (unit, tail) = unquote_char(text.get(1..).unwrap_or_default(), '\'')?;
    if tail != "'" {
        return Err(Reason::BadConstant);
    }
    let code = unit.code();
    Ok(Number {
        int: Some(i64::from(code)),
        uint: Some(u64::from(code)),
        float: Some(f64::from(code)),
        ..Number::default()
    })
}

fn complex(text: &str) -> Res<Number> {
    let sign = text.rfind(['+', '-']).filter(|&at| at > 0).ok_or(Reason::BadNumber)?;
    // The sign may be that of the imaginary part's exponent.
    let sign = match text.as_bytes()[sign - 1] {
        b'e' | b'E' | b'p' | b'P' => text[..sign].rfind(['+', '-']).filter(|&at| at > 0).ok_or(Reason::BadNumber)?,
        _ => sign,
    };
    let (real, imaginary) = text.split_at(sign);
    let imaginary = imaginary.strip_suffix('i').ok_or(Reason::BadNumber)?;
    let part = |text: &str| parse_float(text.as_bytes()).map_err(|_| Reason::BadNumber);
    Ok(simplified(part(real)?, part(imaginary)?))
}

/// A complex number, and what else it is if its imaginary part is zero.
fn simplified(real: f64, imaginary: f64) -> Number {
    let mut number = Number { complex: Some((real, imaginary)), ..Number::default() };
    if imaginary == 0.0 {
        number.float = Some(real);
        number.int = whole(real);
        number.uint = whole_unsigned(real);
    }
    number
}

fn real(text: &str) -> Res<Number> {
    if let Some(imaginary) = text.strip_suffix('i')
        && let Ok(imaginary) = parse_float(imaginary.as_bytes())
    {
        return Ok(simplified(0.0, imaginary));
    }
    let mut number = Number { uint: parse_uint(text.as_bytes(), 0).ok(), ..Number::default() };
    number.int = parse_int(text.as_bytes(), 0).ok();
    if number.int == Some(0) {
        // -0 is no unsigned number to the parser, and is one to Go.
        number.uint = Some(0);
    }
    if let Some(int) = number.int {
        #[allow(clippy::cast_precision_loss, reason = "Go's float64(int64)")]
        let float = int as f64;
        number.float = Some(float);
    } else if let Some(uint) = number.uint {
        #[allow(clippy::cast_precision_loss, reason = "Go's float64(uint64)")]
        let float = uint as f64;
        number.float = Some(float);
    } else {
        let float = parse_float(text.as_bytes()).map_err(|_| Reason::BadNumber)?;
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err(Reason::IntegerOverflow);
        }
        number.float = Some(float);
        number.int = whole(float);
        number.uint = whole_unsigned(float);
    }
    let bytes = text.as_bytes();
    let hex_int = bytes.len() > 2 && bytes[0] == b'0' && matches!(bytes[1], b'x' | b'X') && !text.contains(['p', 'P']);
    number.looks_like_float = !hex_int && text.contains(['.', 'e', 'E', 'p', 'P']);
    Ok(number)
}

/// The integer that equals `float`.
fn whole(float: f64) -> Option<i64> {
    // The range check keeps the conversion exact; 2^63 itself does not fit.
    let fits = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&float) && float.fract() == 0.0;
    #[allow(clippy::cast_possible_truncation, reason = "checked above")]
    fits.then_some(float as i64)
}

fn whole_unsigned(float: f64) -> Option<u64> {
    let fits = (0.0..18_446_744_073_709_551_616.0).contains(&float) && float.fract() == 0.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    fits.then_some(float as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_float_is_also_an_integer() {
        let number = real("1e3").unwrap();
        assert_eq!(
            (number.int, number.uint, number.float, number.looks_like_float),
            (Some(1000), Some(1000), Some(1000.0), true)
        );
        assert!(!real("0x1e3").unwrap().looks_like_float);
        assert_eq!(real("1.5").unwrap().int, None);
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        assert_eq!(real("99999999999999999999"), Err(Reason::IntegerOverflow));
        assert_eq!(real("08"), Err(Reason::IntegerOverflow));
        assert_eq!(real("1.2.3"), Err(Reason::BadNumber));
        assert_eq!(character("'ab'"), Err(Reason::BadConstant));
    }

    #[test]
    fn complex_numbers_have_two_parts() {
        assert_eq!(complex("1+2i").unwrap().complex, Some((1.0, 2.0)));
        assert_eq!(complex("1e1-2e-1i").unwrap().complex, Some((10.0, -0.2)));
        assert_eq!(complex("1+0i").unwrap().int, Some(1));
        assert_eq!(real("2i").unwrap().complex, Some((0.0, 2.0)));
    }
}
