//! The public testkit, run over the original: the cases are not ours alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use e2e::Program;
use serde_json::{Value, json};

/// Where the original (0.27.1) answers otherwise than the case says, and why the case stays as it is.
const DIFFERENT: &[(&str, &str)] = &[
    ("fails-malformed-values", "it takes a list for a map without values, and makes an empty Secret of it"),
    ("fails-session-key-of-16-bytes", "it uses AES-128 where the session key is as short as that; no program seals so"),
    (
        "opens-deprecated-data",
        "its command line reads the deprecated field behind no flag at all; its controller has one",
    ),
];

#[tokio::test]
async fn the_original_opens_and_refuses_the_same_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testkit");
    let mut differing = BTreeSet::new();
    for entry in fs::read_dir(root.join("cases")).unwrap() {
        let case: Value = serde_json::from_slice(&fs::read(entry.unwrap().path()).unwrap()).unwrap();
        let keys: Vec<String> = case["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| format!("--recovery-private-key={}", root.join(key.as_str().unwrap()).display()))
            .collect();
        let output = Program::peer_kubeseal()
            .args(["--recovery-unseal", "--format=json"])
            .args(keys)
            .stdin(case["sealedSecret"].to_string())
            .run()
            .await;
        let opened = (output.code == Some(0)).then(|| serde_json::from_slice::<Value>(&output.stdout).unwrap());
        let expected = case["expect"].get("secret").map(data);
        let found = opened.as_ref().map(data);
        if found != expected {
            differing.insert(format!("{}: {found:?} instead of {expected:?}; {}", case["id"], output.stderr_text()));
        }
    }
    let known = |text: &&String| DIFFERENT.iter().any(|(id, _)| text.starts_with(&format!("\"{id}\"")));
    let (known, unknown): (Vec<_>, Vec<_>) = differing.iter().partition(known);
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert_eq!(known.len(), DIFFERENT.len(), "a difference that is none any more: {known:?}");
}

/// The data of a Secret; the original writes null for no bytes.
fn data(secret: &Value) -> Value {
    let mut data = secret.get("data").cloned().unwrap_or(json!({}));
    for value in data.as_object_mut().into_iter().flat_map(|values| values.values_mut()) {
        if value.is_null() {
            *value = json!("");
        }
    }
    data
}
