//! A Secret that is there already.

use kube::ResourceExt as _;
use serde_json::{Value, json};

use crate::home::{Home, condition, message};

fn existing(annotations: &Value) -> Value {
    json!({ "metadata": { "name": "login", "labels": { "theirs": "1" }, "annotations": annotations },
        "stringData": { "theirs": "kept", "shared": "theirs" } })
}

#[tokio::test]
async fn without_a_word_it_is_left_alone_and_the_status_says_so_in_the_words_of_the_original() {
    let home = Home::new(&[]).await;
    home.create_secret(existing(&json!({}))).await;
    home.apply_values("login", &[("ours", "1")]).await;
    let status = home.synced("login", "False").await;
    assert_eq!(message(&status), "Resource \"login\" already exists and is not managed by SealedSecret");
    assert_eq!(condition(&status, "Stalled"), "True");
    home.told("login", "ErrUpdateFailed: Resource \"login\" already exists").await;
    home.has_values("login", &[("theirs", "kept"), ("shared", "theirs")]).await;

    // Until somebody says the word.
    home.patch_secret(
        "login",
        json!({ "metadata": { "annotations": { "sealedsecrets.bitnami.com/managed": "true" } } }),
    )
    .await;
    home.has_values("login", &[("ours", "1")]).await;
    home.synced("login", "True").await;
}

#[tokio::test]
async fn without_a_word_it_is_left_alone_until_it_is_deleted() {
    let home = Home::new(&[]).await;
    home.create_secret(existing(&json!({}))).await;
    home.apply_values("login", &[("ours", "1")]).await;
    home.synced("login", "False").await;
    home.delete_secret("login").await;
    home.has_values("login", &[("ours", "1")]).await;
    home.synced("login", "True").await;
}

#[tokio::test]
async fn managed_makes_it_ours_as_a_whole() {
    let home = Home::new(&[]).await;
    home.create_secret(existing(&json!({ "sealedsecrets.bitnami.com/managed": "true", "theirs": "1" }))).await;
    home.apply_values("login", &[("ours", "1")]).await;
    let secret = home.has_values("login", &[("ours", "1")]).await;
    assert_eq!(secret.owner_references().len(), 1);
    home.synced("login", "True").await;
    home.apply_values("login", &[("ours", "2")]).await;
    home.has_values("login", &[("ours", "2")]).await;
    home.delete_secret("login").await;
    home.has_values("login", &[("ours", "2")]).await;
}

#[tokio::test]
async fn patch_merges_into_it_and_leaves_the_rest_and_the_owner() {
    let home = Home::new(&[]).await;
    home.create_secret(existing(&json!({ "sealedsecrets.bitnami.com/patch": "true", "theirs": "1" }))).await;
    let manifest = json!({ "metadata": { "name": "login", "labels": { "ours": "1" } },
        "stringData": { "shared": "ours", "new": "1" } });
    home.apply(&home.seal_manifest(&manifest).await).await;
    let secret = home.has_values("login", &[("theirs", "kept"), ("shared", "ours"), ("new", "1")]).await;
    assert!(secret.owner_references().is_empty());
    assert_eq!((&*secret.labels()["theirs"], &*secret.labels()["ours"]), ("1", "1"));
    assert_eq!(secret.annotations()["theirs"], "1");
    home.synced("login", "True").await;

    // What others change beside it is theirs; what is ours is put back.
    home.patch_secret("login", json!({ "stringData": { "theirs": "changed", "shared": "changed" } })).await;
    home.has_values("login", &[("theirs", "changed"), ("shared", "ours"), ("new", "1")]).await;
    home.synced("login", "True").await;
}

#[tokio::test]
async fn patch_and_managed_merge_into_it_and_own_it() {
    let home = Home::new(&[]).await;
    let both = json!({ "sealedsecrets.bitnami.com/patch": "true", "sealedsecrets.bitnami.com/managed": "true" });
    home.create_secret(existing(&both)).await;
    home.apply_values("login", &[("new", "1")]).await;
    let secret = home.has_values("login", &[("theirs", "kept"), ("shared", "theirs"), ("new", "1")]).await;
    assert_eq!(secret.owner_references().len(), 1);
    home.synced("login", "True").await;
}
