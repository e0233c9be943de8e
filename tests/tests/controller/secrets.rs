//! The main job: a SealedSecret becomes a Secret, and follows it.

use anyhow::ensure;
use e2e::cluster::Part;
use e2e::wait::{SOON, holds_for};
use e2e::wait_for;
use kube::ResourceExt as _;
use kube::api::{DeleteParams, Patch, PatchParams, PostParams};
use serde_json::json;
use std::time::Duration;

use crate::home::{Home, condition, message};

#[tokio::test]
async fn a_sealed_secret_becomes_a_secret_that_it_owns() {
    let home = Home::new(&[]).await;
    let sealed = home.apply_values("login", &[("user", "alice"), ("password", "swordfish")]).await;
    let secret = home.has_values("login", &[("user", "alice"), ("password", "swordfish")]).await;
    assert_eq!(secret.type_.as_deref(), Some("Opaque"));
    let owner = &secret.owner_references()[0];
    assert_eq!((owner.kind.as_str(), owner.controller), ("SealedSecret", Some(true)));
    assert_eq!(Some(&owner.uid), sealed.metadata.uid.as_ref());

    let status = home.synced("login", "True").await;
    let written = status.secret.unwrap();
    assert_eq!(Some(written.uid), secret.metadata.uid);
    assert_eq!(Some(written.resource_version), secret.metadata.resource_version);
    home.told("login", "Unsealed: ").await;
    assert!(home.controller.metrics().await.contains("sealed_secrets_controller_condition_info{"));
}

#[tokio::test]
async fn keys_that_are_added_changed_renamed_and_removed_follow() {
    let home = Home::new(&[]).await;
    for values in [
        &[("a", "1"), ("b", "2")][..],
        &[("a", "1"), ("b", "two"), ("c", "3")],
        &[("a", "1"), ("renamed", "two"), ("c", "3")],
        &[("c", "3")],
        &[],
    ] {
        home.apply_values("login", values).await;
        home.has_values("login", values).await;
        home.synced("login", "True").await;
    }
}

#[tokio::test]
async fn the_template_decides_about_type_labels_annotations_and_immutability() {
    let home = Home::new(&[]).await;
    let sealed = home
        .seal_manifest(&json!({
            "metadata": { "name": "tls", "labels": { "app": "web" }, "annotations": { "example.com/note": "kept" } },
            "type": "kubernetes.io/basic-auth", "immutable": true,
            "stringData": { "username": "u", "password": "p" },
        }))
        .await;
    home.apply(&sealed).await;
    let secret = home.has_values("tls", &[("username", "u"), ("password", "p")]).await;
    assert_eq!(secret.type_.as_deref(), Some("kubernetes.io/basic-auth"));
    assert_eq!(secret.immutable, Some(true));
    assert_eq!((&*secret.labels()["app"], &*secret.annotations()["example.com/note"]), ("web", "kept"));
}

#[tokio::test]
async fn an_immutable_secret_is_left_alone_with_a_clear_word_and_made_anew_when_it_is_deleted() {
    let home = Home::new(&[]).await;
    let manifest =
        |value: &str| json!({ "metadata": { "name": "fixed" }, "immutable": true, "stringData": { "k": value } });
    home.apply(&home.seal_manifest(&manifest("one")).await).await;
    home.has_values("fixed", &[("k", "one")]).await;
    home.synced("fixed", "True").await;

    home.apply(&home.seal_manifest(&manifest("two")).await).await;
    let status = home.synced("fixed", "False").await;
    assert!(message(&status).contains("immutable"), "{}", message(&status));
    assert_eq!(condition(&status, "Stalled"), "True");
    home.has_values("fixed", &[("k", "one")]).await;

    home.delete_secret("fixed").await;
    home.has_values("fixed", &[("k", "two")]).await;
    home.synced("fixed", "True").await;
}

#[tokio::test]
async fn a_secret_that_is_deleted_by_hand_is_made_again() {
    let home = Home::new(&[]).await;
    home.apply_values("login", &[("a", "1")]).await;
    let first = home.has_values("login", &[("a", "1")]).await;
    home.synced("login", "True").await;
    home.delete_secret("login").await;
    let second = home.has_values("login", &[("a", "1")]).await;
    assert_ne!(first.metadata.uid, second.metadata.uid);
}

#[tokio::test]
async fn the_garbage_collector_takes_the_secret_when_the_sealed_secret_goes() {
    let home = Home::new(&[]).await;
    home.apply_values("login", &[("a", "1")]).await;
    home.has_values("login", &[("a", "1")]).await;
    home.sealed().delete("login", &DeleteParams::default()).await.unwrap();
    wait_for(SOON, "the end of the Secret", async || {
        ensure!(home.secrets().get_opt("login").await?.is_none(), "it is still there");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn old_gc_behavior_deletes_the_secret_from_here() {
    let home = Home::in_own_cluster(&["--old-gc-behavior"]).await;
    home.apply_values("login", &[("a", "1")]).await;
    home.has_values("login", &[("a", "1")]).await;
    home.synced("login", "True").await;
    // Without the garbage collector.
    home.cluster.kill(Part::ControllerManager);
    home.sealed().delete("login", &DeleteParams::default()).await.unwrap();
    wait_for(SOON, "the end of the Secret", async || {
        ensure!(home.secrets().get_opt("login").await?.is_none(), "it is still there");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_recreated_sealed_secret_keeps_its_secret() {
    let home = Home::new(&[]).await;
    let sealed = home.seal("login", &[("a", "1")]).await;
    home.apply(&sealed).await;
    let before = home.has_values("login", &[("a", "1")]).await;
    home.synced("login", "True").await;
    // As after the restore of an etcd backup: the same name, another uid, and a Secret that names the former.
    home.sealed().delete("login", &DeleteParams::orphan()).await.unwrap();
    let reference = json!({ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "name": "login",
        "uid": before.owner_references()[0].uid, "controller": true });
    wait_for(SOON, "the orphan", async || {
        ensure!(home.secrets().get("login").await?.owner_references().is_empty(), "it is owned still");
        Ok(())
    })
    .await;
    wait_for(SOON, "the end of the SealedSecret", async || {
        ensure!(home.sealed().get_opt("login").await?.is_none(), "it is still there");
        Ok(())
    })
    .await;
    let again = home.sealed().create(&PostParams::default(), &sealed).await.unwrap();
    home.patch_secret("login", json!({ "metadata": { "ownerReferences": [reference] } })).await;
    wait_for(SOON, "the new owner", async || {
        let secret = home.secrets().get("login").await?;
        let owners: Vec<_> = secret.owner_references().iter().map(|owner| owner.uid.clone()).collect();
        ensure!(owners == [again.metadata.uid.clone().unwrap()], "{owners:?}");
        Ok(())
    })
    .await;
    home.has_values("login", &[("a", "1")]).await;
    home.synced("login", "True").await;
}

#[tokio::test]
async fn a_secret_that_wants_no_owner_has_none_and_is_followed_all_the_same() {
    let home = Home::new(&[]).await;
    let manifest = |value: &str| {
        json!({ "metadata": { "name": "free", "annotations": {
            "sealedsecrets.bitnami.com/skip-set-owner-references": "true" } }, "stringData": { "k": value } })
    };
    home.apply(&home.seal_manifest(&manifest("one")).await).await;
    let secret = home.has_values("free", &[("k", "one")]).await;
    assert!(secret.owner_references().is_empty());
    home.synced("free", "True").await;
    home.apply(&home.seal_manifest(&manifest("two")).await).await;
    home.has_values("free", &[("k", "two")]).await;
    home.synced("free", "True").await;
}

#[tokio::test]
async fn a_service_account_token_is_refused_unless_it_is_allowed() {
    let home = Home::new(&[]).await;
    let sealed = home
        .seal_manifest(&json!({
            "metadata": { "name": "token", "annotations": { "kubernetes.io/service-account.name": "default" } },
            "type": "kubernetes.io/service-account-token",
        }))
        .await;
    home.apply(&sealed).await;
    let status = home.synced("token", "False").await;
    assert!(message(&status).contains("kubernetes.io/service-account-token"), "{}", message(&status));
    assert!(home.secrets().get_opt("token").await.unwrap().is_none());
}

#[tokio::test]
async fn other_label_selectors_and_namespaces_are_nobodys_business() {
    let home = Home::new(&["--label-selector=team=mine"]).await;
    let mut mine = home.seal("mine", &[("a", "1")]).await;
    mine.metadata.labels = Some([("team".to_owned(), "mine".to_owned())].into());
    home.apply_values("others", &[("a", "1")]).await;
    home.apply(&mine).await;
    home.has_values("mine", &[("a", "1")]).await;
    holds_for(Duration::from_secs(1), "the other SealedSecret has no Secret", async || {
        ensure!(home.secrets().get_opt("others").await?.is_none(), "it has");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_status_is_not_written_where_that_is_switched_off() {
    let home = Home::new(&["--update-status=false"]).await;
    home.apply_values("login", &[("a", "1")]).await;
    home.has_values("login", &[("a", "1")]).await;
    home.told("login", "Unsealed").await;
    let status = home.sealed().get("login").await.unwrap().status;
    assert!(status.is_none_or(|status| status.conditions.is_empty()));
    // And what was done is not done again and again.
    let version = home.secrets().get("login").await.unwrap().metadata.resource_version;
    let touch = Patch::Merge(json!({ "metadata": { "labels": { "touched": "true" } } }));
    home.sealed().patch("login", &PatchParams::default(), &touch).await.unwrap();
    holds_for(Duration::from_secs(1), "the Secret stays", async || {
        ensure!(home.secrets().get("login").await?.metadata.resource_version == version, "it was written");
        Ok(())
    })
    .await;
}
