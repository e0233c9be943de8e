use crate::number::{parse_float, parse_int};
use crate::timestamp::is_timestamp;

/// What a scalar is to go-yaml v2, which `sigs.k8s.io/yaml`, and so kubectl and kubeseal, read with: mostly YAML 1.1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    /// Above `i64::MAX`.
    UInt(u64),
    Float(f64),
    /// The text as it is written. Dates count as text.
    Text,
}

/// The type that a plain, untagged scalar has by its looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Plain {
    Scalar(Scalar),
    Timestamp,
    Merge,
}

impl Plain {
    pub(crate) fn is_text(self) -> bool {
        self == Self::Scalar(Scalar::Text)
    }
}

/// A plain scalar without a tag. Base-60 numbers are text, as in go-yaml.
pub(crate) fn resolve_plain(text: &str) -> Plain {
    if is_timestamp(text) { Plain::Timestamp } else { resolve_untimed(text) }
}

fn resolve_untimed(text: &str) -> Plain {
    let Some(first) = text.bytes().next() else { return Plain::Scalar(Scalar::Null) };
    let scalar = match first {
        b'~' | b'n' | b'N' | b't' | b'T' | b'y' | b'Y' | b'f' | b'F' | b'o' | b'O' => resolve_word(text),
        b'<' if text == "<<" => return Plain::Merge,
        b'.' => resolve_dotted(text),
        b'+' | b'-' | b'0'..=b'9' => resolve_digits(text),
        _ => Scalar::Text,
    };
    Plain::Scalar(scalar)
}

/// A scalar with one of YAML's own tags, by the tag's name (`int` for `!!int`). `None` if it does not fit the tag.
/// An unknown tag leaves the text as it is.
pub(crate) fn resolve_tagged(tag: &str, text: &str) -> Option<Scalar> {
    match (tag, resolve_untimed(text)) {
        ("null", Plain::Scalar(scalar @ Scalar::Null))
        | ("bool", Plain::Scalar(scalar @ Scalar::Bool(_)))
        | ("int", Plain::Scalar(scalar @ (Scalar::Int(_) | Scalar::UInt(_))))
        | ("float", Plain::Scalar(scalar @ Scalar::Float(_))) => Some(scalar),
        #[expect(clippy::cast_precision_loss, reason = "what `!!float` asks for")]
        ("float", Plain::Scalar(Scalar::Int(int))) => Some(Scalar::Float(int as f64)),
        ("timestamp", _) => is_timestamp(text).then_some(Scalar::Text),
        ("null" | "bool" | "int" | "float", _) => None,
        _ => Some(Scalar::Text),
    }
}

fn resolve_word(text: &str) -> Scalar {
    match text {
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        _ => Scalar::Text,
    }
}

fn resolve_dotted(text: &str) -> Scalar {
    match text {
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" => Scalar::Float(f64::INFINITY),
        _ => parse_float(text).map_or(Scalar::Text, Scalar::Float),
    }
}

fn resolve_digits(text: &str) -> Scalar {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let without_separators;
    let digits = if text.contains('_') {
        without_separators = text.replace('_', "");
        &without_separators
    } else {
        text
    };
    parse_int(digits).or_else(|| parse_float(digits).map(Scalar::Float)).unwrap_or(Scalar::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_yaml_1_1_are_booleans_and_null() {
        assert_eq!(resolve_plain("yes"), Plain::Scalar(Scalar::Bool(true)));
        assert_eq!(resolve_plain("Off"), Plain::Scalar(Scalar::Bool(false)));
        assert_eq!(resolve_plain("~"), Plain::Scalar(Scalar::Null));
        assert_eq!(resolve_plain("yEs"), Plain::Scalar(Scalar::Text));
    }

    #[test]
    fn a_tag_overrules_the_looks() {
        assert_eq!(resolve_tagged("str", "12"), Some(Scalar::Text));
        assert_eq!(resolve_tagged("float", "12"), Some(Scalar::Float(12.0)));
        assert_eq!(resolve_tagged("int", "x"), None);
        assert_eq!(resolve_tagged("timestamp", "2024-01-01"), Some(Scalar::Text));
        assert_eq!(resolve_tagged("vault", "12"), Some(Scalar::Text));
    }
}
