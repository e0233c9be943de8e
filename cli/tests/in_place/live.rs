//! Sealing over a file with nothing but the right to read the cluster.

use std::path::Path;

use serde_json::{Value, json};

use crate::{canned, run, vector, waxseal};

/// Base64 of the value `CANARY-1`, and of another.
const ONE: &str = "Q0FOQVJZLTE=";
const OTHER: &str = "Q0FOQVJZLTI=";

fn secret(values: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "db", "namespace": "team-a" }, "data": values,
    })
}

/// Seals two values into `sealed.json`, and tells what they became.
fn seal_two(directory: &Path) -> Value {
    std::fs::write(directory.join("secret.json"), secret(&json!({ "a": ONE, "b": ONE })).to_string()).unwrap();
    let mut seal = waxseal(directory);
    seal.args(["seal", "secret.json", "-w", "sealed.json", "--cert"]).arg(vector("a.crt"));
    assert_eq!(run(&mut seal).0, Some(0));
    serde_json::from_str(&std::fs::read_to_string(directory.join("sealed.json")).unwrap()).unwrap()
}

/// A cluster that has the SealedSecret, and made a Secret of it.
fn server(sealed: &Value, change: impl Fn(&mut Value, &mut Value) + Send + Sync + 'static) -> String {
    let mut sealed = sealed.clone();
    sealed["metadata"]["generation"] = json!(3);
    sealed["status"] = json!({
        "observedGeneration": 3, "conditions": [{ "type": "Synced", "status": "True" }],
        "secret": { "uid": "u", "resourceVersion": "7" },
    });
    let mut secret = secret(&json!({ "a": ONE, "b": ONE }));
    secret["metadata"]["uid"] = json!("u");
    secret["metadata"]["resourceVersion"] = json!("7");
    change(&mut sealed, &mut secret);
    canned::server(move |path| match path {
        "/apis/bitnami.com/v1alpha1/namespaces/team-a/sealedsecrets/db" if !sealed.is_null() => (200, sealed.clone()),
        "/api/v1/namespaces/team-a/secrets/db" if !secret.is_null() => (200, secret.clone()),
        _ => (404, json!({ "message": "not found" })),
    })
}

/// A difference of the cluster's SealedSecret, and of its Secret.
type Change = fn(&mut Value, &mut Value);

/// Seals again, with `b` changed, and tells which of the two values stayed, and what was said.
fn seal_again(directory: &Path, before: &Value, server: &str) -> ([bool; 2], String) {
    std::fs::write(directory.join("secret.json"), secret(&json!({ "a": ONE, "b": OTHER })).to_string()).unwrap();
    std::fs::write(directory.join("sealed.json"), before.to_string()).unwrap();
    let mut seal = waxseal(directory);
    seal.args(["seal", "secret.json", "-w", "sealed.json", "--compare-cluster", "--server", server, "--cert"]);
    let (code, stdout, stderr) = run(seal.arg(vector("a.crt")));
    assert_eq!((code, &*stdout), (Some(0), ""), "{stderr}");
    assert!(!stderr.contains("CANARY") && !stderr.contains(ONE) && !stderr.contains(OTHER));
    let after: Value = serde_json::from_str(&std::fs::read_to_string(directory.join("sealed.json")).unwrap()).unwrap();
    let stays = |key: &str| after["spec"]["encryptedData"][key] == before["spec"]["encryptedData"][key];
    let mut unseal = waxseal(directory);
    unseal.args(["unseal", "sealed.json", "--output-value", "b", "-k"]).arg(vector("a.key"));
    assert_eq!(run(&mut unseal).1, "CANARY-2", "{stderr}");
    ([stays("a"), stays("b")], stderr)
}

#[test]
fn what_the_clusters_secret_proves_unchanged_stays_and_what_it_shows_changed_is_sealed() {
    let directory = tempfile::tempdir().unwrap();
    let sealed = seal_two(directory.path());
    let (stays, stderr) = seal_again(directory.path(), &sealed, &server(&sealed, |_, _| {}));
    assert_eq!(stays, [true, false]);
    let expected = "sealed.json: SealedSecret team-a/db: 1 of 2 values changed\n\
                    sealed.json: SealedSecret team-a/db: b: another value\n";
    assert_eq!(stderr, expected);
}

#[test]
fn a_cluster_that_proves_nothing_keeps_nothing_and_the_reason_is_given() {
    let directory = tempfile::tempdir().unwrap();
    let sealed = seal_two(directory.path());
    let cases: [(Change, &str); 6] = [
        (|sealed, _| *sealed = Value::Null, "the cluster does not have the SealedSecret"),
        (|_, secret| *secret = Value::Null, "the cluster does not have the Secret"),
        (|sealed, _| sealed["metadata"]["generation"] = json!(4), "has not made a Secret of its newest values"),
        (
            |sealed, _| sealed["status"]["conditions"][0]["status"] = json!("False"),
            "has not made a Secret of its newest",
        ),
        // It holds the new value, by hand, and the SealedSecret still the old one.
        (
            |_, secret| {
                secret["metadata"]["resourceVersion"] = json!("8");
                secret["data"] = json!({ "a": ONE, "b": OTHER });
            },
            "was edited by hand",
        ),
        (|sealed, _| sealed["status"]["secret"] = Value::Null, "its controller does not note what it writes"),
    ];
    for (change, why) in cases {
        let (stays, stderr) = seal_again(directory.path(), &sealed, &server(&sealed, change));
        assert_eq!(stays, [false, false], "{why}");
        assert!(stderr.contains("2 of 2 values changed") && stderr.contains(why), "{why}: {stderr}");
    }
}

#[test]
fn a_value_that_the_cluster_has_not_got_or_that_a_template_makes_is_sealed_anew() {
    let directory = tempfile::tempdir().unwrap();
    let sealed = seal_two(directory.path());
    let cases: [Change; 3] = [
        |sealed, _| sealed["spec"]["encryptedData"]["a"] = sealed["spec"]["encryptedData"]["b"].clone(),
        |_, secret| secret["data"] = json!({ "b": ONE }),
        |sealed, _| sealed["spec"]["template"]["data"] = json!({ "a": "{{ .b }}" }),
    ];
    for change in cases {
        let (stays, stderr) = seal_again(directory.path(), &sealed, &server(&sealed, change));
        assert_eq!(stays, [false, false]);
        assert!(stderr.contains("a: sealed anew, as neither key nor cluster can tell whether it changed"), "{stderr}");
    }
}
