//! What the values of flags may be.

use std::str::FromStr as _;

use waxseal_crypto::Scope;

use crate::environment::Boolean;

/// The type of a flag's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Switch,
    Text,
    /// Comma-separated, and more with each repetition.
    Texts,
    /// One more with each repetition.
    TextArray,
    Scope,
    /// klog's level of verbosity.
    Level,
    Unsigned,
    /// A number or a name of klog's severities.
    Severity,
    /// `pattern=N,…`
    ModuleLevels,
    /// `file:N`
    TraceLocation,
}

impl Kind {
    /// What the flag means when it has no value; `None` if it needs one.
    pub(super) fn without_value(self) -> Option<&'static str> {
        (self == Self::Switch).then_some("true")
    }

    /// Whether a repetition adds to what was set before.
    pub(super) fn accumulates(self) -> bool {
        matches!(self, Self::Texts | Self::TextArray)
    }

    /// How the usage names the value.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Switch => "",
            Self::Text | Self::Scope => "string",
            Self::Texts => "strings",
            Self::TextArray => "stringArray",
            Self::Level => "Level",
            Self::Unsigned => "uint",
            Self::Severity => "severity",
            Self::ModuleLevels => "moduleSpec",
            Self::TraceLocation => "traceLocation",
        }
    }

    /// The values in a text, checked and in one spelling. The reason why it is none does not repeat the text.
    pub(super) fn read(self, text: &str) -> Result<Vec<String>, String> {
        let whole = || Ok(vec![text.to_owned()]);
        let number = |text: &str| text.parse::<i32>().map_err(|_| "strconv.ParseInt: invalid syntax".to_owned());
        match self {
            Self::Text | Self::TextArray => whole(),
            Self::Switch => match Boolean::from_str(text) {
                Ok(Boolean(value)) => Ok(vec![value.to_string()]),
                Err(_) => Err("strconv.ParseBool: invalid syntax".to_owned()),
            },
            Self::Texts => split(text),
            Self::Scope if text.is_empty() || text.parse::<Scope>().is_ok() => whole(),
            Self::Scope => Err("must be one of: strict, namespace-wide, cluster-wide".to_owned()),
            Self::Level => number(text).and_then(|_| whole()),
            Self::Unsigned => match text.parse::<u64>() {
                Ok(_) => whole(),
                Err(_) => Err("parse error".to_owned()),
            },
            Self::Severity if ["INFO", "WARNING", "ERROR", "FATAL"].contains(&text.to_ascii_uppercase().as_str()) => {
                whole()
            }
            Self::Severity => number(text).and_then(|_| whole()),
            Self::ModuleLevels => {
                let fits = |part: &str| {
                    part.is_empty() || part.split_once('=').is_some_and(|(_, level)| number(level).is_ok())
                };
                if text.split(',').all(fits) {
                    whole()
                } else {
                    Err("syntax error: expect comma-separated list of filename=N".to_owned())
                }
            }
            Self::TraceLocation if text.is_empty() => whole(),
            Self::TraceLocation => match text.split_once(':') {
                Some((_, line)) if number(line).is_ok() => whole(),
                _ => Err("syntax error: expect file.go:234".to_owned()),
            },
        }
    }
}

/// One record of CSV (RFC 4180), as pflag reads lists: a field in quotes may hold commas.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut fields = Vec::new();
    let mut rest = text;
    if rest.is_empty() {
        return Ok(fields);
    }
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut field = String::new();
            let mut inside = quoted;
            loop {
                let end = inside.find('"').ok_or("a quote is not closed")?;
                field.push_str(&inside[..end]);
                inside = &inside[end + 1..];
                match inside.strip_prefix('"') {
                    Some(after) => {
                        field.push('"');
                        inside = after;
                    }
                    None => break,
                }
            }
            fields.push(field);
            rest = inside;
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            if rest[..end].contains('"') {
                return Err("a quote stands in the middle of a field".to_owned());
            }
            fields.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Ok(fields),
            None => return Err("something stands between a quote and the next comma".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_line_of_csv() {
        assert_eq!(split(""), Ok(vec![]));
        for (text, fields) in [
            ("a", &["a"][..]),
            ("a,b", &["a", "b"]),
            ("a,", &["a", ""]),
            ("\"a,b\",c", &["a,b", "c"]),
            ("\"a\"\"b\"", &["a\"b"]),
        ] {
            assert_eq!(split(text).unwrap(), fields, "{text}");
        }
        for wrong in ["\"a", "a\"b", "\"a\"b"] {
            assert!(split(wrong).is_err(), "{wrong}");
        }
    }
}
