//! What GitOps engines say of a SealedSecret in each state that it can be in, with the engines' own code
//! (`tests/health`): Flux's kstatus and Argo CD's health.lua. Needs a control plane and Go.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, ensure};
use e2e::wait::SOON;
use e2e::{Cluster, Controller, Program, wait_for};
use rustix::process::Signal;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

/// A controller with one namespace, and what there is to see of a SealedSecret in it.
struct Home {
    cluster: Cluster,
    namespace: String,
    controller: Controller,
}

impl Home {
    async fn new(flags: &[&str]) -> Self {
        let cluster = Cluster::shared().await;
        let namespace = cluster.namespace().await;
        let mut builder = Controller::of(&cluster).only_namespace(&namespace).flag("--key-size=2048");
        for flag in flags {
            builder = builder.flag(*flag);
        }
        let controller = builder.start().await;
        Self { cluster, namespace, controller }
    }

    /// A Secret of this value, sealed.
    async fn seal(&self, value: &str) -> Value {
        let folder = tempfile::tempdir().unwrap();
        let certificate = folder.path().join("cert.pem");
        std::fs::write(&certificate, self.controller.certificate().await).unwrap();
        let secret = json!({ "apiVersion": "v1", "kind": "Secret", "stringData": { "password": value },
            "metadata": { "name": "login", "namespace": self.namespace } });
        let seal = Program::waxseal().args(["seal", "-o", "json", "--cert"]).args([&certificate]);
        let sealed = seal.stdin(secret.to_string()).run().await.success().stdout_text();
        serde_json::from_str(&sealed).unwrap()
    }

    async fn apply(&self, object: &Value) {
        self.cluster.kubectl_with(&["apply", "-f", "-"], &object.to_string()).await;
    }

    /// The SealedSecret as an engine sees it.
    async fn seen(&self) -> Value {
        let get = ["get", "sealedsecret", "login", "--namespace", &self.namespace, "-o", "json"];
        serde_json::from_str(&self.cluster.kubectl(&get).await).unwrap()
    }

    /// As [`Home::seen`], once the controller has said of the current generation that `Synced` is this.
    async fn once_synced_is(&self, status: &str) -> Value {
        wait_for(SOON, &format!("Synced to be {status}"), async || {
            let object = self.seen().await;
            let current = object["status"]["observedGeneration"] == object["metadata"]["generation"];
            ensure!(current, "it has not been looked at");
            let conditions = object["status"]["conditions"].as_array().context("no condition")?;
            let synced = conditions.iter().find(|condition| condition["type"] == "Synced").context("no Synced")?;
            ensure!(synced["status"] == status, "{synced}");
            Ok(object)
        })
        .await
    }
}

/// What Flux and Argo CD say of each.
async fn verdicts(objects: &[&Value]) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("health");
    let mut go = tokio::process::Command::new("go");
    go.args(["run", "."]).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut go = go.spawn().unwrap();
    let mut stdin = go.stdin.take().unwrap();
    for object in objects {
        stdin.write_all(object.to_string().as_bytes()).await.unwrap();
    }
    drop(stdin);
    let output = go.wait_with_output().await.unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn flux_and_argo_cd_know_every_state_of_a_sealed_secret_for_what_it_is() {
    let home = Home::new(&[]).await;
    let first = home.seal("first").await;

    home.controller.signal(Signal::STOP);
    home.apply(&first).await;
    let applied = home.seen().await;
    home.controller.signal(Signal::CONT);
    let synced = home.once_synced_is("True").await;

    let second = home.seal("second").await;
    home.controller.signal(Signal::STOP);
    home.apply(&second).await;
    let updated = home.seen().await;
    home.controller.signal(Signal::CONT);
    let synced_again = home.once_synced_is("True").await;

    let mut bad = second.clone();
    bad["metadata"]["annotations"] = json!({ "sealedsecrets.bitnami.com/cluster-wide": "true" });
    bad["spec"]["template"]["metadata"]["labels"] = json!({ "a-new": "generation" });
    home.apply(&bad).await;
    let bad_update = home.once_synced_is("False").await;
    let secret = ["get", "secret", "login", "--namespace", &home.namespace, "-o", "jsonpath={.data.password}"];
    assert_eq!(home.cluster.kubectl(&secret).await, "c2Vjb25k", "the Secret of the good version was to stay");

    let mut refused = second.clone();
    refused["spec"]["template"]["metadata"]["labels"] = json!({ "team": "not a label!" });
    home.apply(&refused).await;
    let refused = home.once_synced_is("False").await;

    home.apply(&second).await;
    let recovered = home.once_synced_is("True").await;

    let reporting = Home::new(&["--drift=report"]).await;
    reporting.apply(&reporting.seal("sealed").await).await;
    reporting.once_synced_is("True").await;
    let edit = r#"{"stringData":{"password":"by-hand"}}"#;
    let patch = ["patch", "secret", "login", "--namespace", &reporting.namespace, "--type=merge", "--patch", edit];
    reporting.cluster.kubectl(&patch).await;
    let edited = reporting.once_synced_is("False").await;

    let expected = [
        ("just applied", &applied, "InProgress", "Progressing"),
        ("opened", &synced, "Current", "Healthy"),
        ("a new version, not looked at", &updated, "InProgress", "Progressing"),
        ("the new version opened", &synced_again, "Current", "Healthy"),
        ("a bad version after a good one", &bad_update, "Failed", "Degraded"),
        ("the API server refuses the Secret", &refused, "InProgress", "Degraded"),
        ("good again", &recovered, "Current", "Healthy"),
        ("edited by hand, and only told of", &edited, "Current", "Degraded"),
    ];
    let objects: Vec<&Value> = expected.iter().map(|(_, object, ..)| *object).collect();
    let verdicts = verdicts(&objects).await;
    assert_eq!(verdicts.len(), expected.len());
    for ((state, object, flux, argo), verdict) in expected.iter().zip(&verdicts) {
        assert_eq!((&verdict["flux"], &verdict["argo"]), (&json!(flux), &json!(argo)), "{state}: {verdict} {object}");
    }
    let message = verdicts[4]["argoMessage"].as_str().unwrap();
    assert!(message.contains("password does not open with any key"), "{message}");
    assert!(verdicts[4]["fluxMessage"].as_str().unwrap().contains("password does not open"), "{}", verdicts[4]);
}
