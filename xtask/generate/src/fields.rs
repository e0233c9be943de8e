//! The fields of a SealedSecret, from its schema.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use serde_json::Value;
use waxseal_api::names;

/// What annotations on which object mean.
const ANNOTATIONS: &[(&str, &str, &str)] = &[
    (names::NAMESPACE_WIDE, "SealedSecret", "`\"true\"`: the values open under any name in their namespace"),
    (names::CLUSTER_WIDE, "SealedSecret", "`\"true\"`: the values open anywhere in the cluster"),
    (names::SEALING_KEYS, "SealedSecret", "fingerprints of the keys that sealed it, as a hint which to try first"),
    (names::MANAGED, "existing Secret", "`\"true\"`: the SealedSecret of that name may overwrite and own it"),
    (
        names::PATCH,
        "existing Secret",
        "`\"true\"`: the SealedSecret of that name may add its keys, labels and annotations",
    ),
    (names::SKIP_SET_OWNER_REFERENCES, "spec.template", "`\"true\"`: the Secret outlives the SealedSecret"),
    (names::ROTATE_REQUESTED, "newest key Secret", "a new key is wanted; `waxseal keys rotate` sets it"),
];

/// docs/reference/sealedsecret.md.
pub(crate) fn page(crd: &Value) -> Result<String> {
    let schema = crd.pointer("/spec/versions/0/schema/openAPIV3Schema/properties").context("the CRD has no schema")?;
    let mut text = String::from(
        "# The SealedSecret\n\nThis page is made from the CustomResourceDefinition, which is in [deploy/crd](../../deploy/crd). `kubectl explain sealedsecret.spec` prints the same.\n\n\
         | field | type | |\n|---|---|---|\n",
    );
    for part in ["spec", "status"] {
        rows(&mut text, part, &schema[part]);
    }
    text.push_str("\n## Annotations\n\n| annotation | on | |\n|---|---|---|\n");
    for (name, on, meaning) in ANNOTATIONS {
        // Writing to a string does not fail.
        let _ = writeln!(text, "| `{name}` | {on} | {meaning} |");
    }
    text.push_str(
        "\n[concepts.md](../guide/concepts.md) explains scopes, keys and ownership; `deploy/crd` has the schema.\n",
    );
    Ok(text)
}

fn rows(text: &mut String, path: &str, schema: &Value) {
    let kind = schema["type"].as_str().unwrap_or("any");
    let description = schema["description"].as_str().unwrap_or_default().replace('\n', " ").replace('|', "\\|");
    let _ = writeln!(text, "| `{path}` | {kind} | {description} |");
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        rows(text, &format!("{path}.{name}"), field);
    }
    for (name, field) in schema.pointer("/items/properties").and_then(Value::as_object).into_iter().flatten() {
        rows(text, &format!("{path}[].{name}"), field);
    }
}
