//! Printing against what `sigs.k8s.io/yaml` and `encoding/json` make of the same values (`golden/main.go`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::Value;
use waxseal_documents::{parse, to_json, to_yaml};

fn golden() -> Vec<Value> {
    serde_json::from_str(include_str!("golden/printing.json")).unwrap()
}

/// What go-yaml prints such that it, or a reader of the other version of YAML, does not read it back: a plain `<<`, and the
/// separators that are line breaks in YAML 1.1 alone. Waxseal quotes them.
const UNSAFE: &[&str] = &["\"<<\"", "\u{2028}"];

#[test]
fn values_are_printed_as_kubeseal_prints_them() {
    let mut differences = Vec::new();
    for case in golden() {
        let (ours, theirs) = (to_yaml(&case["value"]), case["yaml"].as_str().unwrap());
        let safe = UNSAFE.iter().all(|text| !case["value"].to_string().contains(text));
        if ours != theirs && safe {
            differences.push(format!("{}\n  ours   {ours:?}\n  theirs {theirs:?}", case["value"]));
        }
    }
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn json_is_printed_as_kubeseal_prints_it() {
    for case in golden() {
        assert_eq!(to_json(&case["value"]), case["json"].as_str().unwrap());
    }
}

#[test]
fn what_is_printed_is_read_back() {
    for case in golden() {
        let value = &case["value"];
        let read = |text: &str| parse(text.as_bytes(), "-").unwrap().first().map_or(Value::Null, |d| d.value().clone());
        assert_eq!(&read(&to_yaml(value)), value, "{}", to_yaml(value));
        assert_eq!(&read(&to_json(value)), value, "{}", to_json(value));
    }
}
