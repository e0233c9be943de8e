//! `diff` against an API server made of canned answers.

use std::path::Path;

use serde_json::{Value, json};

use crate::{canned, run, waxseal};

/// A SealedSecret of `team-a` with these values, which are no values at all: nobody opens them here.
fn sealed(name: &str, values: &Value) -> Value {
    json!({
        "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
        "metadata": { "name": name, "namespace": "team-a" }, "spec": { "encryptedData": values },
    })
}

/// What the cluster has: the same, seen and synced, or not.
fn live(name: &str, values: &Value, synced: &str, version: &str) -> Value {
    let mut object = sealed(name, values);
    object["metadata"]["generation"] = json!(2);
    object["status"] = json!({
        "observedGeneration": 2,
        "conditions": [{ "type": "Synced", "status": synced, "reason": "Unsealed", "message": "CANARY" }],
        "secret": { "uid": "u", "resourceVersion": version },
    });
    object
}

fn answer(path: &str) -> (u16, Value) {
    let values = json!({ "a": "CANARY-1", "b": "CANARY-2" });
    match path.split('?').next().unwrap_or_default() {
        "/apis/bitnami.com/v1alpha1/namespaces/team-a/sealedsecrets" => {
            let items = [
                live("same", &values, "True", "1"),
                live("changed", &json!({ "a": "CANARY-1", "b": "CANARY-3", "c": "CANARY-4" }), "True", "1"),
                live("failed", &values, "False", "1"),
                live("edited", &values, "True", "0"),
                live("deleted", &values, "True", "1"),
            ];
            (200, json!({ "metadata": {}, "items": items }))
        }
        path if path.starts_with("/api/v1/namespaces/team-a/secrets/") && !path.ends_with("deleted") => (
            200,
            json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "uid": "u", "resourceVersion": "1" }, "data": { "a": "Q0FOQVJZ" } }),
        ),
        path if path.contains("forbidden") => (403, json!({ "message": "not for you" })),
        _ => (404, json!({ "message": "not found" })),
    }
}

pub(crate) fn server() -> String {
    canned::server(answer)
}

pub(crate) fn write(directory: &Path, names: &[&str]) {
    let values = json!({ "a": "CANARY-1", "b": "CANARY-2" });
    let texts: Vec<_> = names.iter().map(|name| sealed(name, &values).to_string()).collect();
    std::fs::write(directory.join("all.yaml"), texts.join("\n---\n")).unwrap();
}

#[test]
fn differences_are_told_by_key_and_state_and_never_by_value() {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), &["same", "changed", "failed", "edited", "deleted", "missing"]);
    let (code, stdout, stderr) = run(waxseal(directory.path()).args(["diff", "all.yaml", "--server", &server()]));
    let expected = "\
all.yaml:3:1: SealedSecret team-a/changed: b: changed
all.yaml:3:1: SealedSecret team-a/changed: c: only in the cluster
all.yaml:5:1: SealedSecret team-a/failed: not synced: Unsealed
all.yaml:7:1: SealedSecret team-a/edited: the Secret was edited by hand
all.yaml:9:1: SealedSecret team-a/deleted: the Secret is missing: it was deleted by hand
all.yaml:11:1: SealedSecret team-a/missing: missing: the cluster does not have it
";
    assert_eq!((code, &*stdout, &*stderr), (Some(1), expected, "5 of 6 SealedSecrets differ\n"));
}

#[test]
fn what_is_the_same_exits_with_0() {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), &["same"]);
    let (code, stdout, stderr) = run(waxseal(directory.path()).args(["diff", "all.yaml", "--server", &server()]));
    assert_eq!((code, &*stdout, &*stderr), (Some(0), "", "0 of 1 SealedSecrets differ\n"));
}

#[test]
fn a_cluster_that_says_no_is_told_apart_from_a_difference() {
    let directory = tempfile::tempdir().unwrap();
    let text = sealed("x", &json!({})).to_string().replace("team-a", "forbidden");
    std::fs::write(directory.path().join("all.yaml"), text).unwrap();
    let (code, stdout, stderr) = run(waxseal(directory.path()).args(["diff", "all.yaml", "--server", &server()]));
    assert_eq!((code, &*stdout), (Some(4), ""));
    assert!(stderr.contains("not for you"), "{stderr}");
}
