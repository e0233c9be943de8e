use serde_json::Value;

use crate::scalar::Scalar;

/// An integer by the rules of Go's `strconv.ParseInt` and `ParseUint` with base 0, and go-yaml's fallback for `0b`.
/// A leading `0` alone means octal.
pub(crate) fn parse_int(text: &str) -> Option<Scalar> {
    let (sign, unsigned) = split_sign(text);
    match magnitude(unsigned) {
        Some(value) => signed(sign, value),
        // go-yaml cuts `0b` off and lets a sign follow: `0b-1`.
        None if sign.is_none() => {
            let (sign, digits) = split_sign(unsigned.strip_prefix("0b")?);
            sign?;
            signed(sign, digits_of(digits, 2)?)
        }
        None => None,
    }
}

/// A float as YAML 1.1 writes it, without exotic forms: `1.5`, `1.`, `.5`, `1e3`. `None` for those that overflow.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    if !is_yaml_float(text) {
        return None;
    }
    text.parse().ok().filter(|float: &f64| float.is_finite())
}

/// Go's `strconv.FormatFloat(value, 'g', -1, 64)`: what go-yaml prints for a float.
pub(crate) fn format_float(value: f64) -> String {
    go_general(&format!("{value:e}"))
}

/// What `sigs.k8s.io/yaml` makes of a number or a boolean where a Go type wants a string: `8080` becomes `"8080"`, and
/// `1.50` becomes `"1.5"`, with the digits that tell it from other numbers of 32 bits. `None` for anything else.
pub fn unquoted_text(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) if number.is_f64() => number.as_f64().map(format_float_key),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Go's `strconv.FormatFloat(value, 'g', -1, 32)`: what `sigs.k8s.io/yaml` makes of a float that is a key.
#[expect(clippy::cast_possible_truncation, reason = "as the Go code does")]
pub(crate) fn format_float_key(value: f64) -> String {
    match value {
        _ if value.is_nan() => ".nan".to_owned(),
        _ if (value as f32) == f32::INFINITY => ".inf".to_owned(),
        _ if (value as f32) == f32::NEG_INFINITY => "-.inf".to_owned(),
        _ => go_general(&format!("{:e}", value as f32)),
    }
}

/// Go's `encoding/json` for a float: plain digits between 1e-6 and 1e21, an exponent outside.
pub(crate) fn format_json_float(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        let text = format!("{value:e}");
        if text.contains("e-") { text } else { text.replace('e', "e+") }
    } else {
        format!("{value}")
    }
}

/// Shortest digits in scientific notation, as Rust prints them, in the notation that Go's `%g` picks.
fn go_general(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    // `%g` without a precision decides as if it were 6.
    if !(-4..6).contains(&exponent) {
        let fraction = if digits.len() > 1 { format!(".{}", &digits[1..]) } else { String::new() };
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{}{fraction}e{exponent_sign}{:02}", &digits[..1], exponent.unsigned_abs());
    }
    let point = exponent + 1;
    if point <= 0 {
        let zeros = "0".repeat(point.unsigned_abs() as usize);
        format!("{sign}0.{zeros}{digits}")
    } else if point >= count {
        let zeros = "0".repeat((point - count).unsigned_abs() as usize);
        format!("{sign}{digits}{zeros}")
    } else {
        let (whole, fraction) = digits.split_at(point.unsigned_abs() as usize);
        format!("{sign}{whole}.{fraction}")
    }
}

fn split_sign(text: &str) -> (Option<char>, &str) {
    match text.strip_prefix(['+', '-']) {
        Some(rest) => (text.chars().next(), rest),
        None => (None, text),
    }
}

fn magnitude(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    match bytes {
        [b'0', b'x' | b'X', _, ..] => digits_of(&text[2..], 16),
        [b'0', b'b' | b'B', _, ..] => digits_of(&text[2..], 2),
        [b'0', b'o' | b'O', _, ..] => digits_of(&text[2..], 8),
        [b'0', _, ..] => digits_of(&text[1..], 8),
        _ => digits_of(text, 10),
    }
}

/// `from_str_radix` without the sign that it would take.
fn digits_of(digits: &str, radix: u32) -> Option<u64> {
    let all_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    all_digits.then(|| u64::from_str_radix(digits, radix).ok()).flatten()
}

fn signed(sign: Option<char>, magnitude: u64) -> Option<Scalar> {
    match (sign, i64::try_from(magnitude)) {
        (Some('-'), Ok(value)) => Some(Scalar::Int(-value)),
        (Some('-'), Err(_)) => (magnitude == i64::MIN.unsigned_abs()).then_some(Scalar::Int(i64::MIN)),
        (_, Ok(value)) => Some(Scalar::Int(value)),
        (None, Err(_)) => Some(Scalar::UInt(magnitude)),
        (Some(_), Err(_)) => None,
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_yaml_float(text: &str) -> bool {
    let (_, text) = split_sign(text);
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(split_sign(&text[at + 1..]).1)),
        None => (text, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && all_digits(fraction),
        Some((whole, fraction)) => all_digits(whole) && all_digits(fraction),
        None => !mantissa.is_empty() && all_digits(mantissa),
    };
    mantissa_fits && exponent.is_none_or(|exponent| !exponent.is_empty() && all_digits(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_becomes_the_text_that_go_makes_of_it() {
        // As kubeseal 0.27.1 printed them.
        for (value, text) in [
            (Value::from(1.5), "1.5"),
            (Value::from(12_345_678.5), "1.2345678e+07"),
            (Value::from(16), "16"),
            (Value::from(true), "true"),
            (Value::from(1000.0), "1000"),
            (Value::from(1e20), "1e+20"),
            (Value::from(u64::MAX), "18446744073709551615"),
            (Value::from(1e-7), "1e-07"),
            (Value::from(-0.0), "-0"),
            (Value::from(1_234_567.0), "1.234567e+06"),
            (Value::from(100_000.5), "100000.5"),
        ] {
            assert_eq!(unquoted_text(&value).as_deref(), Some(text));
        }
        assert_eq!(unquoted_text(&Value::Null), None);
        assert_eq!(unquoted_text(&Value::from("8080")), None);
    }

    #[test]
    fn integers_come_in_every_base_that_go_reads() {
        for (text, value) in
            [("0x1F", 31), ("0b101", 5), ("0o17", 15), ("017", 15), ("-0x10", -16), ("+7", 7), ("0b-1", -1), ("0", 0)]
        {
            assert_eq!(parse_int(text), Some(Scalar::Int(value)), "{text}");
        }
        assert_eq!(parse_int("18446744073709551615"), Some(Scalar::UInt(u64::MAX)));
        assert_eq!(parse_int("-9223372036854775808"), Some(Scalar::Int(i64::MIN)));
        for text in ["08", "0x", "", "-", "1a", "+18446744073709551615", "--1", "0b", "-0b-1"] {
            assert_eq!(parse_int(text), None, "{text}");
        }
    }

    #[test]
    fn floats_need_digits_and_a_range() {
        for text in ["1.5", "1.", ".5", "1e3", "-1.5E-7", "08"] {
            assert!(parse_float(text).is_some(), "{text}");
        }
        for text in [".", "e3", "1e", "1e999", "inf", "nan", "1.2.3", "-", "0x1p3"] {
            assert!(parse_float(text).is_none(), "{text}");
        }
    }
}
