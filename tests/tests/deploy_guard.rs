//! The admission policies of the chart, on a real API server. Needs a control plane.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use e2e::deploy::{RELEASE, chart, helm};
use e2e::wait::{SOON, holds_for};
use e2e::{Cluster, Output, Program, wait_for};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

const DENY: &[&str] = &[
    "--set=guard.plaintextSecrets.validationActions={Deny}",
    "--set=guard.plaintextSecrets.allowedUsers={robot}",
    "--set=guard.plaintextSecrets.allowedGroups={system:serviceaccounts:vault}",
    "--set=guard.sealedSecrets.validationActions={Deny}",
];

/// Bytes of a value that holds nothing, sealed with the shortest key.
const SHORTEST: usize = 2 + 256 + 16;

async fn install(cluster: &Cluster, values: &[&str]) {
    let command =
        ["upgrade", "--install", "--take-ownership", "--namespace=kube-system", "--set=createController=false"];
    let helm = helm().kubeconfig(cluster.kubeconfig()).args(command).args([RELEASE]).args([chart()]).args(values);
    drop(helm.run().await.success());
}

/// The cluster that refuses what the policies find.
async fn strict() -> Cluster {
    static INSTALLED: OnceCell<()> = OnceCell::const_new();

    let cluster = Cluster::shared().await;
    INSTALLED
        .get_or_init(async || {
            install(&cluster, DENY).await;
            let found =
                [secret(&json!({ "a": "Yg==" })), sealed(json!({ "spec": { "encryptedData": { "a": "short" } } }))];
            for bad in found {
                wait_for(SOON, "a policy to be in force", async || {
                    refused(&create(&cluster, "default", &bad, &[]).await)
                })
                .await;
            }
        })
        .await;
    cluster
}

fn refused(output: &Output) -> Result<()> {
    ensure!(
        output.code == Some(1) && output.stderr_text().contains("ValidatingAdmissionPolicy"),
        "{}",
        output.stderr_text()
    );
    Ok(())
}

/// What `kubectl create` says, without anything being created.
async fn create(cluster: &Cluster, namespace: &str, manifest: &Value, args: &[&str]) -> Output {
    let kubectl = Program::kubectl().kubeconfig(cluster.kubeconfig()).stdin(manifest.to_string());
    kubectl.args(["create", "--dry-run=server", "-f", "-", "-n", namespace]).args(args).run().await
}

fn secret(data: &Value) -> Value {
    json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "login" }, "data": data })
}

/// A SealedSecret with `parts` in it.
fn sealed(parts: Value) -> Value {
    let mut object = json!({ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
        "metadata": { "name": "login" }, "spec": { "encryptedData": {} } });
    merge(&mut object, parts);
    object
}

fn merge(into: &mut Value, parts: Value) {
    match (into, parts) {
        (Value::Object(into), Value::Object(parts)) => {
            for (key, part) in parts {
                merge(into.entry(key).or_insert(Value::Null), part);
            }
        }
        (into, part) => *into = part,
    }
}

/// The base64 of a value that begins with `length`, and has so many bytes.
fn value(length: u16, bytes: usize) -> String {
    let mut value = vec![7; bytes];
    value[..2].copy_from_slice(&length.to_be_bytes());
    STANDARD.encode(value)
}

#[tokio::test]
async fn what_was_sealed_in_earnest_gets_in() {
    let cluster = strict().await;
    let vectors = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/raw.json")).unwrap();
    let vectors: Value = serde_json::from_slice(&vectors).unwrap();
    let cases = vectors["cases"].as_array().unwrap().iter().filter(|case| case["expect"] == "ok");
    let values: BTreeMap<String, &Value> =
        cases.enumerate().map(|(number, case)| (format!("key-{number}"), &case["sealed"])).collect();
    assert!(values.len() > 20, "{}", values.len());
    drop(create(&cluster, "default", &sealed(json!({ "spec": { "encryptedData": values } })), &[]).await.success());

    let line_breaks = format!("{}\r\n{}\n", &value(256, SHORTEST)[..100], &value(256, SHORTEST)[100..]);
    let wide = "sealedsecrets.bitnami.com/namespace-wide";
    for parts in [
        json!({}),
        json!({ "spec": { "encryptedData": { "a": line_breaks } } }),
        json!({ "spec": { "template": { "metadata": null, "data": null } } }),
        json!({ "spec": { "template": { "type": "kubernetes.io/tls", "data": { "config.yaml": "{{ .a }}", "b": null } } } }),
        json!({ "metadata": { "annotations": { wide: "true" } } }),
        json!({ "metadata": { "annotations": { wide: "true" } }, "spec": { "template": { "metadata": { "annotations": { wide: "true" } } } } }),
        json!({ "metadata": { "annotations": { wide: "false" } } }),
    ] {
        drop(create(&cluster, "default", &sealed(parts), &[]).await.success());
    }
}

#[tokio::test]
async fn what_can_never_open_is_refused_with_the_reason() {
    let cluster = strict().await;
    let [wide, everywhere] =
        ["namespace-wide", "cluster-wide"].map(|scope| format!("sealedsecrets.bitnami.com/{scope}"));
    let data = |key: &str, value: &str| json!({ "spec": { "encryptedData": { key: value } } });
    for (parts, reason) in [
        (data("password", "swordfish!"), "not base64, so not sealed: password"),
        (data("password", ""), "cut off: password"),
        (data("password", &value(256, SHORTEST - 1)), "cut off: password"),
        (data("password", &value(384, 384 + 15)), "cut off: password"),
        (data("password", &value(512, 512 + 15)), "cut off: password"),
        (data("a/b", &value(256, SHORTEST)), "names of keys that a Secret can have: a/b"),
        (data("..", &value(256, SHORTEST)), "names of keys that a Secret can have: .."),
        (json!({ "spec": { "template": { "data": { "not a key": "x" } } } }), "can have: not a key"),
        (
            json!({ "spec": { "template": { "type": "kubernetes.io/service-account-token" } } }),
            "may not become a Secret of type",
        ),
        (json!({ "metadata": { "annotations": { &wide: "true", &everywhere: "true" } } }), "both scopes"),
        (json!({ "metadata": { "annotations": { &wide: "True" } } }), "neither \"true\" nor \"false\""),
        (
            json!({ "spec": { "template": { "metadata": { "annotations": { &everywhere: "true" } } } } }),
            "ask for a scope",
        ),
        (
            json!({ "metadata": { "annotations": { &wide: "true" } }, "spec": { "template": { "metadata": { "annotations": { &everywhere: "true" } } } } }),
            "ask for a scope",
        ),
    ] {
        let output = create(&cluster, "default", &sealed(parts), &[]).await;
        assert!(refused(&output).is_ok(), "{reason}: {} {}", output.stdout_text(), output.stderr_text());
        assert!(output.stderr_text().contains(reason), "{reason}: {}", output.stderr_text());
    }
}

#[tokio::test]
async fn the_largest_sealed_secrets_are_judged_within_the_api_servers_budget() {
    let cluster = strict().await;
    let large = value(512, 1_000_000);
    let mut values = json!({ "spec": { "encryptedData": { "large": large } } });
    drop(create(&cluster, "default", &sealed(values.clone()), &[]).await.success());
    values["spec"]["encryptedData"]["short"] = json!(value(512, 100));
    refused(&create(&cluster, "default", &sealed(values), &[]).await).unwrap();

    let mut many: BTreeMap<String, String> = (0..1500).map(|key| (format!("key-{key}"), value(512, 540))).collect();
    drop(create(&cluster, "default", &sealed(json!({ "spec": { "encryptedData": &many } })), &[]).await.success());
    many.insert("short".to_owned(), value(512, 100));
    let output = create(&cluster, "default", &sealed(json!({ "spec": { "encryptedData": &many } })), &[]).await;
    assert!(output.stderr_text().contains("cut off: short"), "{}", output.stderr_text());
}

#[tokio::test]
async fn a_sealed_secret_from_before_the_policy_can_be_labelled_repaired_and_deleted() {
    let cluster = strict().await;
    let namespace = cluster.namespace().await;
    // The namespace is let alone for as long as it takes to get the object in.
    cluster.kubectl(&["label", "namespace", &namespace, "waxseal.dev/guard=off"]).await;
    let metadata =
        json!({ "metadata": { "finalizers": ["example.com/hold"] }, "spec": { "encryptedData": { "a": "short" } } });
    cluster.kubectl_with(&["create", "-n", &namespace, "-f", "-"], &sealed(metadata).to_string()).await;
    cluster.kubectl(&["label", "namespace", &namespace, "waxseal.dev/guard-"]).await;
    let bad = sealed(json!({ "spec": { "encryptedData": { "a": "short" } } }));
    wait_for(SOON, "the policy to be in force", async || refused(&create(&cluster, &namespace, &bad, &[]).await)).await;

    let patch = ["patch", "sealedsecret", "login", "-n", &namespace, "--type=merge", "-p"];
    let kubectl = async |patch_body: &str| {
        Program::kubectl().kubeconfig(cluster.kubeconfig()).args(patch).args([patch_body]).run().await
    };
    drop(kubectl(r#"{"metadata":{"labels":{"seen":"yes"}}}"#).await.success());
    refused(&kubectl(r#"{"spec":{"encryptedData":{"b":"short"}}}"#).await).unwrap();
    let good = json!({ "spec": { "encryptedData": { "a": value(256, SHORTEST) } } }).to_string();
    drop(
        Program::kubectl()
            .kubeconfig(cluster.kubeconfig())
            .args(patch)
            .args([&*good, "--dry-run=server"])
            .run()
            .await
            .success(),
    );
    cluster.kubectl(&["delete", "sealedsecret", "login", "-n", &namespace, "--wait=false"]).await;
    drop(kubectl(r#"{"metadata":{"finalizers":null}}"#).await.success());
}

#[tokio::test]
async fn a_plaintext_secret_is_refused_to_everybody_but_those_who_are_allowed() {
    let cluster = strict().await;
    let plain = secret(&json!({ "password": "c3dvcmRmaXNo" }));
    let output = create(&cluster, "default", &plain, &[]).await;
    refused(&output).unwrap();
    let said = output.stderr_text();
    assert!(
        said.contains("Secret default/login holds data that was not sealed") && said.contains("waxseal seal"),
        "{said}"
    );
    assert!(!said.contains("c3dvcmRmaXNo"), "{said}");
    let generated = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "generateName": "x-" }, "stringData": { "a": "b" } });
    refused(&create(&cluster, "default", &generated, &[]).await).unwrap();

    let masters = "--as-group=system:masters";
    for account in [
        &["--as=system:serviceaccount:kube-system:sealed-secrets-controller"][..],
        &["--as=robot", masters],
        &["--as=system:serviceaccount:vault:agent", "--as-group=system:serviceaccounts:vault", masters],
        &["--as=system:serviceaccount:kube-system:x", "--as-group=system:serviceaccounts:kube-system", masters],
    ] {
        drop(create(&cluster, "default", &plain, account).await.success());
    }
    refused(&create(&cluster, "default", &plain, &["--as=robots", masters]).await).unwrap();

    drop(create(&cluster, "default", &secret(&json!({})), &[]).await.success());
    let mut release = plain.clone();
    release["type"] = json!("helm.sh/release.v1");
    drop(create(&cluster, "default", &release, &[]).await.success());
    // Where the keys are, an administrator restores them from a backup.
    drop(create(&cluster, "kube-system", &plain, &[]).await.success());
}

#[tokio::test]
async fn a_secret_that_is_there_can_be_labelled_and_deleted_and_not_changed() {
    let cluster = strict().await;
    let namespace = cluster.namespace().await;
    let controller = "--as=system:serviceaccount:kube-system:sealed-secrets-controller";
    let plain = secret(&json!({ "password": "c3dvcmRmaXNo" })).to_string();
    cluster.kubectl_with(&["create", controller, "-n", &namespace, "-f", "-"], &plain).await;

    cluster.kubectl(&["label", "secret", "login", "-n", &namespace, "seen=yes"]).await;
    let patch = ["patch", "secret", "login", "-n", &namespace, "-p", r#"{"stringData":{"password":"other"}}"#];
    let kubectl =
        async |args: &[&str]| Program::kubectl().kubeconfig(cluster.kubeconfig()).args(patch).args(args).run().await;
    refused(&kubectl(&[]).await).unwrap();
    drop(kubectl(&[controller]).await.success());
    cluster.kubectl(&["delete", "secret", "login", "-n", &namespace]).await;
}

#[tokio::test]
async fn by_default_nothing_is_refused_and_no_client_is_told() {
    let cluster = Cluster::start().await;
    let found = [secret(&json!({ "a": "Yg==" })), sealed(json!({ "spec": { "encryptedData": { "a": "short" } } }))];
    install(&cluster, &[]).await;
    let bindings = cluster.kubectl(&[
        "get",
        "validatingadmissionpolicybindings",
        "-o",
        "jsonpath={.items[*].spec.validationActions}",
    ]);
    assert_eq!(bindings.await, r#"["Audit"] ["Audit"]"#);

    // In force they are: the same policies warn as soon as their bindings say so.
    install(
        &cluster,
        &["--set=guard.plaintextSecrets.validationActions={Warn},guard.sealedSecrets.validationActions={Warn}"],
    )
    .await;
    for bad in &found {
        wait_for(SOON, "a warning", async || {
            let said = create(&cluster, "default", bad, &[]).await.success().stderr_text();
            ensure!(said.contains("Warning: Validation failed for ValidatingAdmissionPolicy"), "{said}");
            Ok(())
        })
        .await;
    }
    install(&cluster, &[]).await;
    for bad in &found {
        let silent = async || {
            let output = create(&cluster, "default", bad, &[]).await.success();
            ensure!(output.stderr.is_empty(), "{}", output.stderr_text());
            Ok(())
        };
        wait_for(SOON, "the end of the warnings", silent).await;
        holds_for(std::time::Duration::from_secs(1), "silence", silent).await;
    }
}
