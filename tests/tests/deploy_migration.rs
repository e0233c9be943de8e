//! A cluster of the original is taken over, and handed back, as docs/migration.md says. Needs a control plane, root, and
//! the original's chart, which comes with the Go module of its programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use e2e::deploy::{chart, helm};
use e2e::wait::SOON;
use e2e::{Cluster, Controller, Program, wait_for};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{Secret, Service};
use k8s_openapi::api::rbac::v1::ClusterRole;
use kube::api::ListParams;
use kube::{Api, Client, ResourceExt as _};
use rustix::process::Signal;
use serde_json::{Value, json};
use waxseal_api::SealedSecret;

/// The chart of the original, in Go's module cache.
fn original_chart() -> PathBuf {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("binaries/peer");
    let go = Command::new("go")
        .args(["mod", "download", "-json", "github.com/bitnami-labs/sealed-secrets"])
        .current_dir(module)
        .output()
        .unwrap();
    assert!(go.status.success(), "{}", String::from_utf8_lossy(&go.stderr));
    let answer: Value = serde_json::from_slice(&go.stdout).unwrap();
    Path::new(answer["Dir"].as_str().unwrap()).join("helm/sealed-secrets")
}

#[tokio::test]
async fn a_release_of_the_original_chart_is_upgraded_in_place_and_rolled_back() {
    let cluster = Cluster::start().await;
    let release = "sealed-secrets";
    let run = async |args: &[&str]| {
        let helm = helm().kubeconfig(cluster.kubeconfig()).args(["--namespace=kube-system"]).args(args);
        helm.run().await.success().stdout_text()
    };
    let [original, ours] = [original_chart(), chart()].map(|path| path.to_str().unwrap().to_owned());
    // Values as people have them.
    run(&[
        "install",
        release,
        &original,
        "--set=keyrenewperiod=168h,resources.requests.cpu=10m,podLabels.team=platform",
    ])
    .await;
    let client = cluster.client().await;
    let deployments: Api<Deployment> = Api::namespaced(client.clone(), "kube-system");
    let services: Api<Service> = Api::namespaced(client.clone(), "kube-system");
    let before = (deployments.get(release).await.unwrap().uid(), services.get(release).await.unwrap().uid());

    let folder = tempfile::tempdir().unwrap();
    let values = folder.path().join("values.yaml");
    std::fs::write(&values, run(&["get", "values", release]).await.replace("USER-SUPPLIED VALUES:\n", "")).unwrap();
    let values = format!("--values={}", values.display());
    run(&["upgrade", release, &ours, &values, "--set=fullnameOverride=sealed-secrets", "--take-ownership"]).await;

    let deployment = deployments.get(release).await.unwrap();
    assert_eq!((deployment.uid(), services.get(release).await.unwrap().uid()), before, "they were made anew");
    let pod = deployment.spec.template.spec.unwrap();
    let args = pod.containers[0].args.clone().unwrap();
    assert!(args.iter().any(|arg| arg == "--key-renew-period=168h"), "{args:?}");
    assert_eq!(pod.containers[0].command, Some(vec!["/waxseal-controller".to_owned()]));
    let roles: Api<ClusterRole> = Api::all(client);
    assert!(roles.get_opt("secrets-unsealer").await.unwrap().is_none());

    run(&["rollback", release]).await;
    assert_eq!(deployments.get(release).await.unwrap().uid(), before.0);
    assert!(roles.get_opt("secrets-unsealer").await.unwrap().is_some());
    assert_eq!(cluster.kubectl(&["get", "crd", "sealedsecrets.bitnami.com", "-o", "name"]).await.lines().count(), 1);
}

/// What must not change of a Secret.
type Kept = BTreeMap<String, (String, String, Vec<(String, Vec<u8>)>)>;

/// Uid, resourceVersion and data of every Secret in the namespace, by name.
async fn secrets(client: &Client, namespace: &str) -> Kept {
    let secrets: Api<Secret> = Api::namespaced(client.clone(), namespace);
    let all = secrets.list(&ListParams::default()).await.unwrap().items;
    let kept = |secret: Secret| {
        let data = secret.data.clone().unwrap_or_default().into_iter().map(|(key, value)| (key, value.0)).collect();
        (secret.name_any(), (secret.uid().unwrap(), secret.resource_version().unwrap(), data))
    };
    all.into_iter().map(kept).collect()
}

/// Waits until every one of these SealedSecrets is synced at its own generation.
async fn synced(client: &Client, namespace: &str, count: usize) {
    let sealed: Api<SealedSecret> = Api::namespaced(client.clone(), namespace);
    wait_for(SOON, "every SealedSecret to be synced", async || {
        let all = sealed.list(&ListParams::default()).await?.items;
        ensure!(all.len() == count, "{} of {count}", all.len());
        for object in all {
            let status = object.status.as_ref().with_context(|| format!("{}: no status", object.name_any()))?;
            ensure!(status.observed_generation == object.metadata.generation, "{}: {status:?}", object.name_any());
            let synced = status.conditions.iter().find(|condition| condition.type_ == "Synced");
            ensure!(synced.is_some_and(|synced| synced.status == "True"), "{}: {status:?}", object.name_any());
        }
        Ok(())
    })
    .await;
}

async fn seal(cluster: &Cluster, namespace: &str, certificate: &str, name: &str, scope: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cert.pem");
    std::fs::write(&file, certificate).unwrap();
    let secret = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": name, "namespace": namespace },
        "stringData": { "password": format!("of {name}"), "user": "admin" } });
    let kubeseal = Program::peer_kubeseal().args(["--cert"]).args([&file]).args(["--scope", scope]);
    let sealed = kubeseal.stdin(secret.to_string()).run().await.success().stdout_text();
    cluster.kubectl_with(&["create", "-f", "-"], &sealed).await;
}

#[tokio::test]
async fn no_secret_changes_when_a_cluster_is_taken_over_and_handed_back() {
    let cluster = Cluster::start().await;
    let client = cluster.client().await;
    let namespace = cluster.namespace().await;

    let original = Controller::peer_of(&cluster).flag("--key-size=2048").start().await;
    let certificate = original.certificate().await;
    for (name, scope) in [("one", "strict"), ("two", "namespace-wide"), ("three", "cluster-wide")] {
        seal(&cluster, &namespace, &certificate, name, scope).await;
    }
    synced(&client, &namespace, 3).await;
    let (before, keys) = (secrets(&client, &namespace).await, secrets(&client, "kube-system").await);
    assert_eq!(before.len(), 3, "{:?}", before.keys());
    drop(original);

    let ours = Controller::of(&cluster).flag("--key-size=2048").start().await;
    assert_eq!(ours.certificate().await, certificate);
    seal(&cluster, &namespace, &certificate, "four", "strict").await;
    synced(&client, &namespace, 4).await;
    let mut after = secrets(&client, &namespace).await;
    after.remove("four").unwrap();
    assert_eq!(after, before);
    assert_eq!(secrets(&client, "kube-system").await, keys);

    ours.signal(Signal::USR1);
    let renewed = wait_for(SOON, "a new key", async || {
        let now = ours.certificate().await;
        ensure!(now != certificate, "it is the old one");
        Ok(now)
    })
    .await;
    seal(&cluster, &namespace, &renewed, "five", "strict").await;
    synced(&client, &namespace, 5).await;
    drop(ours);

    let kept = secrets(&client, &namespace).await;
    let original = Controller::peer_of(&cluster).flag("--key-size=2048").start().await;
    assert_eq!(original.certificate().await, renewed);
    seal(&cluster, &namespace, &renewed, "six", "strict").await;
    synced(&client, &namespace, 6).await;
    let mut after = secrets(&client, &namespace).await;
    after.remove("six").unwrap();
    assert_eq!(after, kept);
}
