//! Durations as Go writes them, and days, in which people count certificates.

use std::time::Duration;

/// Reads `720h`, `1h30m`, `1.5s`, `30d`; a bare number is seconds, as `--request-timeout` has it.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text:?} is no duration; one looks like 30s, 1h30m or 90d");
    if text.is_empty() {
        return Err(wrong());
    }
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(wrong)?;
        let amount: f64 = rest[..digits].parse().map_err(|_| wrong())?;
        rest = &rest[digits..];
        let unit = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let seconds = match &rest[..unit] {
            "ns" => 1e-9,
            "us" | "µs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            _ => return Err(wrong()),
        };
        rest = &rest[unit..];
        let part = Duration::try_from_secs_f64(amount * seconds).map_err(|_| wrong())?;
        total = total.checked_add(part).ok_or_else(wrong)?;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_and_people_write_them() {
        for (text, seconds) in [
            ("0", 0.0),
            ("30", 30.0),
            ("30s", 30.0),
            ("1h30m", 5400.0),
            ("1.5s", 1.5),
            ("90d", 7_776_000.0),
            ("5ms", 0.005),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_secs_f64(seconds)), "{text}");
        }
        for text in ["", "x", "3x", "h", "1h2", "-1s", "1..5s", "99999999999999999999h"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
