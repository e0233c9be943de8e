//! JSON that says one thing only.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How many values a document may hold. A SealedSecret has a few hundred, and no more than 3,000 sealed values fit into
/// the megabyte that a body has; a megabyte of `[],[],[]` would take thirty as a tree.
const MAX_VALUES: usize = 10_000;

/// Reads a document. Where the same key stands twice in an object, readers disagree on what it says, so it is refused.
/// Nesting is bounded by `serde_json`, at 128.
pub(super) fn parse(text: &[u8]) -> Result<Value, JsonError> {
    let left = Cell::new(MAX_VALUES);
    let refused = Cell::new(None);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let seed = Tree { left: &left, refused: &refused };
    let parsed = seed.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    // The error of `serde_json` quotes the text here and there, so only its position goes on.
    parsed.map_err(|error| {
        refused.get().unwrap_or_else(|| JsonError::Malformed { line: error.line(), column: error.column() })
    })
}

/// Why a text is no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum JsonError {
    #[error("the body is not JSON, or nested too deeply (line {line}, column {column})")]
    Malformed { line: usize, column: usize },
    #[error("a key stands twice in one object of the body")]
    DuplicateKey,
    #[error("the body holds more than {MAX_VALUES} values")]
    TooManyValues,
}

#[derive(Clone, Copy)]
struct Tree<'a> {
    left: &'a Cell<usize>,
    refused: &'a Cell<Option<JsonError>>,
}

impl Tree<'_> {
    fn refuse<E: serde::de::Error>(self, why: JsonError) -> E {
        self.refused.set(Some(why));
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.left.get().checked_sub(1) {
            Some(left) => self.left.set(left),
            None => return Err(self.refuse(JsonError::TooManyValues)),
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(self.refuse(JsonError::DuplicateKey));
            }
            let value = entries.next_value_seed(self)?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_was_written() {
        let text = r#"{"z":[null,true,-1,18446744073709551615,0.25,"\u00e9\"\n"],"a":{"b":{}},"":[]}"#;
        let value = parse(text.as_bytes()).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(parse(value.to_string().as_bytes()).unwrap().to_string(), value.to_string());
    }

    #[test]
    fn a_text_that_could_be_read_in_two_ways_or_none_is_refused() {
        let nested = "[".repeat(10_000);
        let many = format!("[{}0]", "0,".repeat(MAX_VALUES));
        for (text, expected) in [
            (r#"{"a":1,"a":1}"#, Some(JsonError::DuplicateKey)),
            (r#"{"x":[{"a":1,"\u0061":2}]}"#, Some(JsonError::DuplicateKey)),
            (many.as_str(), Some(JsonError::TooManyValues)),
            ("", Some(JsonError::Malformed { line: 1, column: 0 })),
            ("{}{}", Some(JsonError::Malformed { line: 1, column: 3 })),
            (nested.as_str(), None),
            ("{\"a\":\"CANARY", None),
            ("nul", None),
            ("\u{feff}{}", None),
            ("{\"a\":\"\u{0}\"}", None),
            ("1e999", None),
            ("apiVersion: v1", None),
        ] {
            let error = parse(text.as_bytes()).unwrap_err();
            assert!(!error.to_string().contains("CANARY"));
            match expected {
                Some(expected) => assert_eq!(error, expected),
                None => assert!(matches!(error, JsonError::Malformed { .. }), "{error}"),
            }
        }
        assert!(matches!(parse(b"\"\xff\""), Err(JsonError::Malformed { .. })));
    }
}
