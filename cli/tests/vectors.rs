//! What the original sealed opens through the command line, or fails with the reason that it should.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waxseal"))
        .args(arguments)
        .current_dir(vectors())
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// The case as a SealedSecret with one value.
fn sealed_secret(case: &Value) -> String {
    let annotations = match case["scope"].as_str().unwrap() {
        "strict" => json!({}),
        scope => json!({ format!("sealedsecrets.bitnami.com/{scope}"): "true" }),
    };
    json!({
        "apiVersion": "bitnami.com/v1alpha1",
        "kind": "SealedSecret",
        "metadata": { "name": case["name"], "namespace": case["namespace"], "annotations": annotations },
        "spec": { "encryptedData": { "value": case["sealed"] } },
    })
    .to_string()
}

#[test]
fn every_value_of_the_original_opens_or_fails_as_it_should() {
    let raw: Value = serde_json::from_str(&std::fs::read_to_string(vectors().join("raw.json")).unwrap()).unwrap();
    let cases = raw["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 69);
    for case in cases {
        let id = case["id"].as_str().unwrap();
        let key = format!("{}.key", case["key"].as_str().unwrap());
        let sealed = sealed_secret(case);

        let recovered = run(&["kubeseal", "--recovery-unseal", "--recovery-private-key", &key], &sealed);
        let opened = run(&["unseal", "--private-key", &key, "-o", "json"], &sealed);
        let (exit, reason) = match case["expect"].as_str().unwrap() {
            "ok" => {
                for output in [&recovered, &opened] {
                    assert!(output.status.success(), "{id}: {}", String::from_utf8_lossy(&output.stderr));
                    let secret: Value = serde_json::from_slice(&output.stdout).unwrap();
                    assert_eq!(secret["data"]["value"], case["plaintext"], "{id}");
                }
                continue;
            }
            "truncated" => (3, "value is truncated"),
            "not-base64" => (3, "value is not valid base64"),
            "does-not-open" => (5, "value "),
            other => panic!("{id}: expects {other}"),
        };
        assert_eq!((recovered.status.code(), opened.status.code()), (Some(1), Some(exit)), "{id}");
        for output in [&recovered, &opened] {
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(stderr.contains(reason), "{id}: {stderr}");
            assert!(output.stdout.is_empty(), "{id}: something came out");
        }
    }
}

#[test]
fn whole_resources_of_the_original_open_to_the_byte() {
    for name in ["res-strict", "res-namespace-wide", "res-cluster-wide"] {
        let sealed = std::fs::read_to_string(vectors().join(format!("{name}.sealed.yaml"))).unwrap();
        let secret = std::fs::read_to_string(vectors().join(format!("{name}.secret.yaml"))).unwrap();
        let keys = ["kubeseal", "--recovery-unseal", "--recovery-private-key", "keys-backup.json", "-oyaml"];
        let output = run(&keys, &sealed);
        assert_eq!(String::from_utf8_lossy(&output.stdout), secret, "{name}");
    }
}
