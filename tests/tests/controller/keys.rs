//! The sealing keys.

use std::time::Duration;

use anyhow::ensure;
use e2e::wait::SOON;
use e2e::wait_for;
use k8s_openapi::api::core::v1::Secret;
use kube::ResourceExt;
use kube::api::{DeleteParams, ListParams, PostParams};
use rustix::process::Signal;
use serde_json::json;
use waxseal_crypto::Certificate;

use crate::home::{Home, message, start};

const LABEL: &str = "sealedsecrets.bitnami.com/sealed-secrets-key";

impl Home {
    async fn key_secrets(&self) -> Vec<Secret> {
        let selector = ListParams::default().labels(&format!("{LABEL}=active"));
        self.secrets().list(&selector).await.unwrap().items
    }

    /// Waits until the controller serves another certificate than this.
    async fn certificate_after(&self, before: &str) -> String {
        wait_for(SOON, "another certificate", async || {
            let now = self.controller.certificate().await;
            ensure!(now != before, "it is the same");
            Ok(now)
        })
        .await
    }

    async fn renew(&self) -> String {
        let before = self.controller.certificate().await;
        self.controller.signal(Signal::USR1);
        self.certificate_after(&before).await
    }
}

#[tokio::test]
async fn a_signal_makes_a_new_key_and_old_values_go_on_opening() {
    let home = Home::new(&["--my-cn=example", "--privatekey-labels=team=x", "--privatekey-annotations=note=y"]).await;
    let old = home.seal("old", &[("k", "old")]).await;
    home.renew().await;
    home.apply(&old).await;
    home.apply_values("new", &[("k", "new")]).await;
    home.has_values("old", &[("k", "old")]).await;
    home.has_values("new", &[("k", "new")]).await;
    let keys = home.key_secrets().await;
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert_eq!((&*key.labels()["team"], &*key.annotations()["note"]), ("x", "y"));
        assert_eq!(key.type_.as_deref(), Some("kubernetes.io/tls"));
    }
    assert!(home.controller.metrics().await.contains("waxseal_sealing_keys 2"));
}

#[tokio::test]
async fn an_annotation_on_the_newest_key_makes_one_new_key() {
    let home = Home::new(&[]).await;
    let before = home.controller.certificate().await;
    let key = home.key_secrets().await.remove(0).name_any();
    let request = json!({ "metadata": { "annotations": { "waxseal.dev/rotate-requested": "2026-01-01T00:00:00Z" } } });
    home.patch_secret(&key, request.clone()).await;
    home.certificate_after(&before).await;
    // To ask the old one again asks for nothing.
    home.patch_secret(&key, json!({ "metadata": { "annotations": { "touched": "1" } } })).await;
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
    assert_eq!(home.key_secrets().await.len(), 2);
}

#[tokio::test]
async fn a_key_that_is_removed_is_missed_at_once_and_a_key_that_returns_opens_at_once() {
    let home = Home::new(&[]).await;
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
    home.synced("login", "True").await;
    let waiting = home.seal("waiting", &[("k", "w")]).await;
    home.renew().await;

    let mut keys = home.key_secrets().await;
    keys.sort_by_key(ResourceExt::creation_timestamp);
    let first = keys.into_iter().find(|key| !home_newest(&home, key)).unwrap();
    home.secrets().delete(&first.name_any(), &DeleteParams::default()).await.unwrap();
    let status = home.synced("login", "False").await;
    assert!(message(&status).contains("k does not open"), "{}", message(&status));
    home.has_values("login", &[("k", "v")]).await;
    home.apply(&waiting).await;
    home.synced("waiting", "False").await;

    let mut back = first.clone();
    back.metadata.resource_version = None;
    back.metadata.uid = None;
    home.secrets().create(&PostParams::default(), &back).await.unwrap();
    home.synced("login", "True").await;
    home.has_values("waiting", &[("k", "w")]).await;
    home.synced("waiting", "True").await;
}

/// Whether this is the key whose certificate is served, as the ConfigMap has it.
fn home_newest(home: &Home, key: &Secret) -> bool {
    home.controller.log().lines().rfind(|line| line.contains("sealing keys")).unwrap().contains(&key.name_any())
}

#[tokio::test]
async fn a_key_that_is_relabelled_is_retired_and_its_name_is_not_taken_again() {
    let home = Home::new(&[]).await;
    let second = home.renew().await;
    let keys = home.key_secrets().await;
    let newest = keys.iter().find(|key| home_newest(&home, key)).unwrap().name_any();
    home.patch_secret(&newest, json!({ "metadata": { "labels": { LABEL: "compromised" } } })).await;
    let first = home.certificate_after(&second).await;
    home.renew().await;
    assert_ne!(home.controller.certificate().await, first);
    let keys = home.key_secrets().await;
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key.name_any() != newest));
}

#[tokio::test]
async fn key_secrets_that_are_garbage_are_skipped_and_told_of() {
    let home = Home::new(&[]).await;
    let mixed = rcgen::generate_simple_self_signed(vec!["x".into()]).unwrap();
    for (name, data) in [
        ("empty", json!({})),
        ("no-pem", json!({ "tls.key": "CANARY", "tls.crt": "CANARY" })),
        ("ec", json!({ "tls.key": mixed.signing_key.serialize_pem(), "tls.crt": mixed.cert.pem() })),
        ("long", json!({ "tls.key": "x".repeat(1 << 19), "tls.crt": "x" })),
    ] {
        home.create_secret(json!({ "metadata": { "name": name, "labels": { LABEL: "active" } }, "stringData": data }))
            .await;
        home.told(name, "UnusableSealingKey: ").await;
    }
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
    assert!(home.controller.metrics().await.contains("waxseal_unusable_key_secrets 4"));
    assert!(!home.events("no-pem").await.unwrap().join("").contains("CANARY"));
    assert!(!home.controller.log().contains("CANARY"));
}

#[tokio::test]
async fn a_legacy_key_secret_without_a_label_counts() {
    let home = Home::new(&[]).await;
    let sealed = home.seal("login", &[("k", "v")]).await;
    let key = home.key_secrets().await.remove(0);
    home.renew().await;
    let data = key.data.clone();
    home.delete_secret(&key.name_any()).await;
    let legacy =
        Secret { data, ..serde_json::from_value(json!({ "metadata": { "name": "sealed-secrets-key" } })).unwrap() };
    home.secrets().create(&PostParams::default(), &legacy).await.unwrap();
    home.apply(&sealed).await;
    home.has_values("login", &[("k", "v")]).await;
}

#[tokio::test]
async fn a_key_is_renewed_when_its_period_is_over() {
    let home = Home::new(&["--key-renew-period=5s"]).await;
    let first = home.controller.certificate().await;
    let old = home.seal("old", &[("k", "v")]).await;
    home.certificate_after(&first).await;
    home.apply(&old).await;
    home.has_values("old", &[("k", "v")]).await;
}

#[tokio::test]
async fn a_cut_off_time_makes_one_new_key_and_a_restart_no_other() {
    let mut home = Home::new(&["--key-renew-period=0"]).await;
    let first = home.controller.certificate().await;
    let begins = Certificate::from_pem(first.as_bytes()).unwrap().validity().not_before();
    let cutoff =
        (begins + Duration::from_secs(1)).strftime("--key-cutoff-time=%a, %d %b %Y %H:%M:%S +0000").to_string();
    let flags = ["--key-renew-period=0", &cutoff];
    home.controller.terminate().await;
    home.controller = start(&home.cluster, &home.namespace, &flags).await;
    let second = home.certificate_after(&first).await;
    home.controller.terminate().await;
    home.controller.restart().await;
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
    assert_eq!(home.controller.certificate().await, second);
    assert_eq!(home.key_secrets().await.len(), 2);
}
