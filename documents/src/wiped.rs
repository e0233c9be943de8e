use std::ops::{Deref, DerefMut};

use serde_json::Value;
use zeroize::Zeroize;

/// A parsed value whose strings are overwritten when it goes. It has no `Debug`: it may hold plaintext.
#[derive(Default)]
pub struct Wiped(Value);

impl Wiped {
    /// Takes the value under the promise to wipe it.
    pub fn new(value: Value) -> Self {
        Self(value)
    }

    /// Hands the value over without wiping it, for `serde_json::from_value`, which moves its strings on.
    /// Whoever takes it answers for it.
    #[must_use]
    pub fn into_value(mut self) -> Value {
        std::mem::take(&mut self.0)
    }
}

impl Deref for Wiped {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut Value {
        &mut self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Overwrites the strings in `value`. Keys stay: the keys of a Secret are public in its SealedSecret.
/// The recursion is bounded by the depth that the parser accepts.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Number(_) => *value = Value::Null,
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_string_is_emptied_however_deep() {
        let mut value = serde_json::json!({"a": ["x", {"b": "y"}], "n": 12});
        wipe(&mut value);
        assert_eq!(value, serde_json::json!({"a": ["", {"b": ""}], "n": null}));
    }
}
