//! Durations as text.

use crate::reason::{Reason, Res};

/// Go's `Duration.String`.
pub(crate) fn string(nanos: i64) -> String {
    let magnitude = nanos.unsigned_abs();
    let sign = if nanos < 0 { "-" } else { "" };
    let (unit, scale) = match magnitude {
        0 => return "0s".to_owned(),
        1..1_000 => return format!("{sign}{magnitude}ns"),
        1_000..1_000_000 => ("µs", 1_000),
        1_000_000..1_000_000_000 => ("ms", 1_000_000),
        _ => ("s", 1_000_000_000),
    };
    let (mut whole, part) = (magnitude / scale, magnitude % scale);
    let mut text = sign.to_owned();
    if scale == 1_000_000_000 {
        if whole >= 3600 {
            text.extend([&(whole / 3600).to_string(), "h"]);
        }
        if whole >= 60 {
            text.extend([&(whole / 60 % 60).to_string(), "m"]);
        }
        whole %= 60;
    }
    text += &whole.to_string();
    if part > 0 {
        let width = scale.ilog10() as usize;
        text += ".";
        text += format!("{part:0width$}").trim_end_matches('0');
    }
    text + unit
}

/// time.ParseDuration, in nanoseconds.
pub(crate) fn parse(text: &[u8]) -> Res<i64> {
    const LIMIT: u64 = 1 << 63;
    let (negative, mut rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if rest == b"0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(Reason::BadDate);
    }
    let mut total = 0_u64;
    while !rest.is_empty() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let whole = leading_int(&rest[..digits])?;
        rest = &rest[digits..];
        let mut seen = digits > 0;
        let (mut part, mut scale) = (0_u64, 1.0_f64);
        if let [b'.', after @ ..] = rest {
            let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (part, scale) = leading_fraction(&after[..digits]);
            rest = &after[digits..];
            seen |= digits > 0;
        }
        if !seen {
            return Err(Reason::BadDate);
        }
        let length = rest.iter().take_while(|byte| !byte.is_ascii_digit() && **byte != b'.').count();
        let unit = unit(&rest[..length]).ok_or(Reason::BadDate)?;
        rest = &rest[length..];
        if whole > LIMIT / unit {
            return Err(Reason::BadDate);
        }
        let mut nanos = whole * unit;
        if part > 0 {
            #[allow(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "Go's arithmetic; the product is below one hour"
            )]
            let extra = (part as f64 * (unit as f64 / scale)) as u64;
            nanos += extra;
        }
        if nanos > LIMIT {
            return Err(Reason::BadDate);
        }
        total = total.checked_add(nanos).filter(|&total| total <= LIMIT).ok_or(Reason::BadDate)?;
    }
    if negative {
        return Ok(0_i64.wrapping_sub_unsigned(total));
    }
    i64::try_from(total).map_err(|_| Reason::BadDate)
}

fn unit(text: &[u8]) -> Option<u64> {
    Some(match std::str::from_utf8(text).ok()? {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

fn leading_int(digits: &[u8]) -> Res<u64> {
    let mut number = 0_u64;
    for digit in digits {
        number = number
            .checked_mul(10)
            .and_then(|n| n.checked_add(u64::from(digit - b'0')))
            .filter(|&n| n <= 1 << 63)
            .ok_or(Reason::BadDate)?;
    }
    Ok(number)
}

/// The digits as an integer and what to divide it by; digits beyond 64 bits are left out.
fn leading_fraction(digits: &[u8]) -> (u64, f64) {
    let (mut number, mut scale) = (0_u64, 1.0);
    for digit in digits {
        if number > (i64::MAX as u64) / 10 {
            break;
        }
        let next = number * 10 + u64::from(digit - b'0');
        if next > 1 << 63 {
            break;
        }
        number = next;
        scale *= 10.0;
    }
    (number, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_and_print_as_in_go() {
        for (text, printed) in [
            ("1h15m30.918s", "1h15m30.918s"),
            ("-1.5h", "-1h30m0s"),
            ("300ms", "300ms"),
            ("1.5us", "1.5µs"),
            ("0", "0s"),
            ("90s", "1m30s"),
            ("5ns", "5ns"),
            ("100h", "100h0m0s"),
        ] {
            assert_eq!(string(parse(text.as_bytes()).unwrap()), printed, "{text}");
        }
        for wrong in ["", "1", "h", ".s", "1x", "9223372036854775808ns", "1 h"] {
            assert_eq!(parse(wrong.as_bytes()), Err(Reason::BadDate), "{wrong}");
        }
    }
}
