//! Durations as Go's `time.ParseDuration` reads them.

use std::time::Duration;

const NANOSECOND: f64 = 1e-9;

/// Reads `720h`, `1h30m`, `1.5s`, `500ms`, or a bare `0`. Not negative.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    const HINT: &str = "a duration looks like 720h, 1h30m or 500ms";
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    if rest == "0" {
        return Ok(Duration::ZERO);
    }
    if rest.is_empty() || rest.starts_with('-') {
        return Err(HINT.to_owned());
    }
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or(HINT)?;
        let number: f64 = rest[..digits].parse().map_err(|_| HINT)?;
        rest = &rest[digits..];
        let letters = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "ns" => NANOSECOND,
            "us" | "µs" | "μs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return Err(HINT.to_owned()),
        };
        seconds += number * unit;
        rest = &rest[letters..];
    }
    // Go's durations end at 2^63 nanoseconds.
    if seconds > 9_223_372_036.0 {
        return Err("a duration ends at 292 years".to_owned());
    }
    Duration::try_from_secs_f64(seconds).map_err(|_| HINT.to_owned())
}

/// As [`parse`], and not zero.
pub(super) fn positive(text: &str) -> Result<Duration, String> {
    match parse(text)? {
        Duration::ZERO => Err("must be more than 0".to_owned()),
        duration => Ok(duration),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_go_reads_them() {
        for (text, millis) in [
            ("0", 0),
            ("720h", 720 * 3_600_000),
            ("1h30m", 5_400_000),
            ("1.5s", 1500),
            ("500ms", 500),
            ("2000000ns", 2),
            ("1m0.5s", 60_500),
            ("+3s", 3000),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "1", "1d", "h", "1.2.3s", "-1s", "1h-30m", "1 h", ".s", "9999999999h"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(positive("0s").is_err());
    }
}
