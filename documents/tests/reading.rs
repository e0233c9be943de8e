//! Reading against what `sigs.k8s.io/yaml` makes of the same texts (`golden/main.go`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::Value;
use waxseal_documents::parse;

/// What Go takes and Waxseal refuses: duplicate keys, as kubectl does in its strict mode.
const REFUSED: &[&str] = &["a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: 1\n\"a\": 2\n", "{\"a\": 1, \"a\": 2}\n"];

/// What Go refuses and Waxseal reads, with what it reads: harmless, and common in JSON.
const TAKEN: &[(&str, &str)] = &[
    ("v: \"\\uD83D\\uDD11\"\n", r#"{"v":"🔑"}"#),
    ("v: \"\\/\"\n", r#"{"v":"/"}"#),
    ("18446744073709551615: a\n", r#"{"18446744073709551615":"a"}"#),
    ("\ta: 1\n", r#"{"a":1}"#),
];

#[test]
fn texts_are_read_as_kubectl_reads_them() {
    let golden: Vec<Value> = serde_json::from_str(include_str!("golden/reading.json")).unwrap();
    let mut differences = Vec::new();
    for case in &golden {
        let text = case["yaml"].as_str().unwrap();
        let taken = TAKEN.iter().find(|(taken, _)| *taken == text).map(|(_, json)| serde_json::from_str(json).unwrap());
        let expected: Option<&Value> = if REFUSED.contains(&text) { None } else { taken.as_ref().or(case.get("json")) };
        let read =
            parse(text.as_bytes(), "-").map(|documents| documents.first().map_or(Value::Null, |d| d.value().clone()));
        match (&read, expected) {
            (Ok(ours), Some(theirs)) if same(ours, theirs) => {}
            (Err(_), None) => {}
            (Ok(ours), theirs) => differences.push(format!("{text:?}: ours {ours}, theirs {theirs:?}")),
            (Err(error), theirs) => differences.push(format!("{text:?}: ours {error}, theirs {theirs:?}")),
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Equal, where `-0.0` equals `0`.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(key, value)| theirs.get(key).is_some_and(|t| same(value, t)))
        }
        (Value::Number(ours), Value::Number(theirs)) => {
            ours == theirs || (ours.as_f64() == Some(0.0) && theirs.as_f64() == Some(0.0))
        }
        _ => ours == theirs,
    }
}
