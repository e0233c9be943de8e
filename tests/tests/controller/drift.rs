//! A Secret that somebody else changes.

use std::time::Duration;

use anyhow::ensure;
use e2e::wait::holds_for;
use kube::ResourceExt as _;
use serde_json::json;

use crate::home::{Home, condition, message};

#[tokio::test]
async fn an_edit_by_hand_is_put_back_and_an_event_names_the_keys_and_not_the_values() {
    let home = Home::new(&[]).await;
    home.apply_values("login", &[("a", "1"), ("b", "2")]).await;
    home.has_values("login", &[("a", "1"), ("b", "2")]).await;
    home.synced("login", "True").await;

    home.patch_secret(
        "login",
        json!({ "metadata": { "labels": { "foreign": "kept" } }, "stringData": { "a": "CANARY-edit", "c": "CANARY-new" } }),
    )
    .await;
    let secret = home.has_values("login", &[("a", "1"), ("b", "2")]).await;
    assert_eq!(secret.labels()["foreign"], "kept");
    home.told("login", "DriftRepaired: ").await;
    home.told("login", "data (a, c)").await;
    assert!(!home.events("login").await.unwrap().join("\n").contains("CANARY"));
    assert!(!home.controller.log().contains("CANARY"));
    assert!(home.controller.metrics().await.contains("waxseal_drift_total{action=\"repaired\"} 1"));
    home.synced("login", "True").await;
}

#[tokio::test]
async fn a_label_that_somebody_adds_is_no_drift() {
    let home = Home::new(&[]).await;
    home.apply_values("login", &[("a", "1")]).await;
    home.has_values("login", &[("a", "1")]).await;
    home.synced("login", "True").await;
    home.patch_secret("login", json!({ "metadata": { "annotations": { "backup": "yes" } } })).await;
    let version = home.secrets().get("login").await.unwrap().metadata.resource_version;
    holds_for(Duration::from_secs(1), "the Secret stays", async || {
        ensure!(home.secrets().get("login").await?.metadata.resource_version == version, "it was written");
        Ok(())
    })
    .await;
    let status = home.synced("login", "True").await;
    assert_eq!(Some(status.secret.unwrap().resource_version), version);
}

#[tokio::test]
async fn drift_is_only_told_of_where_that_is_the_policy() {
    let home = Home::new(&["--drift=report"]).await;
    home.apply_values("login", &[("a", "1")]).await;
    home.has_values("login", &[("a", "1")]).await;
    home.synced("login", "True").await;
    home.patch_secret("login", json!({ "stringData": { "a": "edited" } })).await;
    let status = home.synced("login", "False").await;
    assert!(message(&status).contains("data (a)"), "{}", message(&status));
    assert_eq!((condition(&status, "Ready"), condition(&status, "Stalled")), ("True", "False"));
    home.told("login", "Drifted: ").await;
    home.has_values("login", &[("a", "edited")]).await;

    home.patch_secret("login", json!({ "stringData": { "a": "1" } })).await;
    home.synced("login", "True").await;
    // A new generation is no drift.
    home.patch_secret("login", json!({ "stringData": { "a": "edited" } })).await;
    home.synced("login", "False").await;
    home.apply_values("login", &[("a", "2")]).await;
    home.has_values("login", &[("a", "2")]).await;
    home.synced("login", "True").await;
}

#[tokio::test]
async fn drift_is_ignored_where_that_is_the_policy_but_for_a_deletion() {
    let home = Home::new(&["--drift=ignore"]).await;
    home.apply_values("login", &[("a", "1")]).await;
    home.has_values("login", &[("a", "1")]).await;
    home.synced("login", "True").await;
    home.patch_secret("login", json!({ "stringData": { "a": "edited" } })).await;
    holds_for(Duration::from_secs(1), "the edit stays", async || {
        ensure!(crate::home::values_of(&home.secrets().get("login").await?)["a"] == "edited", "it was put back");
        Ok(())
    })
    .await;
    home.synced("login", "True").await;
    home.delete_secret("login").await;
    home.has_values("login", &[("a", "1")]).await;
}

#[tokio::test]
async fn without_a_watch_on_secrets_new_generations_are_written_all_the_same() {
    let home = Home::new(&["--skip-recreate"]).await;
    home.apply_values("login", &[("a", "1")]).await;
    home.has_values("login", &[("a", "1")]).await;
    home.synced("login", "True").await;
    home.apply_values("login", &[("a", "2"), ("b", "3")]).await;
    home.has_values("login", &[("a", "2"), ("b", "3")]).await;
    home.synced("login", "True").await;
}
