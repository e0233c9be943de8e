//! Values of flags that are more than a string.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::Timestamp;
use waxseal_crypto::{MAX_KEY_BITS, MIN_KEY_BITS};

/// `key=value,key=value`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pairs(pub(crate) BTreeMap<String, String>);

impl FromStr for Pairs {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pairs = text.split(',').filter(|pair| !pair.is_empty()).map(|pair| {
            let (key, value) = pair.split_once('=').ok_or_else(|| format!("{pair:?} is not of the form key=value"))?;
            if key.is_empty() { Err(format!("{pair:?} has no key")) } else { Ok((key.to_owned(), value.to_owned())) }
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }
}

/// A boolean as Go's `strconv.ParseBool` reads it.
pub(super) fn boolean(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(false),
        _ => Err("must be true or false".to_owned()),
    }
}

/// RFC 1123 with a numeric zone, as in `Mon, 02 Jan 2006 15:04:05 -0700`. Empty for none.
pub(super) fn cutoff_time(text: &str) -> Result<Timestamp, String> {
    jiff::fmt::rfc2822::parse(text)
        .map(|moment| moment.timestamp())
        .map_err(|_| "a time looks like Mon, 02 Jan 2006 15:04:05 -0700".to_owned())
}

/// A level as Go's slog spells it, with what else people write.
pub(super) fn log_level(text: &str) -> Result<tracing::Level, String> {
    match text.to_ascii_uppercase().as_str() {
        "ERROR" => Ok(tracing::Level::ERROR),
        "WARN" | "WARNING" => Ok(tracing::Level::WARN),
        "INFO" => Ok(tracing::Level::INFO),
        "DEBUG" => Ok(tracing::Level::DEBUG),
        "TRACE" => Ok(tracing::Level::TRACE),
        _ => Err("a log level is one of ERROR, WARN, INFO, DEBUG, TRACE".to_owned()),
    }
}

/// A length that both RSA backends take.
pub(super) fn key_size(text: &str) -> Result<usize, String> {
    let bits = text.parse().ok().filter(|bits| (MIN_KEY_BITS..=MAX_KEY_BITS).contains(bits));
    bits.ok_or_else(|| format!("a key has {MIN_KEY_BITS} to {MAX_KEY_BITS} bits"))
}

/// The beginning of an object's name: a DNS subdomain (RFC 1123), with room for what comes after it.
pub(super) fn key_prefix(text: &str) -> Result<String, String> {
    const LONGEST: usize = 253 - 16;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    let begins = text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if begins && text.len() <= LONGEST && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("must begin with a lower-case letter or a digit, and have only those, - and .".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_separated_by_commas() {
        let pairs: Pairs = "a=1,b.io/c=x=y,".parse().unwrap();
        assert_eq!(
            pairs.0.into_iter().collect::<Vec<_>>(),
            [("a".into(), "1".into()), ("b.io/c".into(), "x=y".into())]
        );
        assert_eq!("".parse(), Ok(Pairs::default()));
        assert!("a".parse::<Pairs>().is_err() && "=b".parse::<Pairs>().is_err());
    }

    #[test]
    fn a_cutoff_time_has_a_zone() {
        let moment = cutoff_time("Mon, 02 Jan 2006 15:04:05 -0700").unwrap();
        assert_eq!(moment.as_second(), 1_136_239_445);
        assert!(cutoff_time("2006-01-02T15:04:05Z").is_err());
    }

    #[test]
    fn a_key_prefix_makes_valid_names() {
        assert!(key_prefix("sealed-secrets-key").is_ok() && key_prefix("a.b-1").is_ok());
        for wrong in ["", "-a", "A", "a_b", "a b"] {
            assert!(key_prefix(wrong).is_err(), "{wrong}");
        }
    }
}
