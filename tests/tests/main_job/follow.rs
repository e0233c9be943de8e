//! A file that is sealed and applied again and again.

use std::time::Duration;

use anyhow::ensure;
use e2e::wait::{SOON, holds_for};
use e2e::wait_for;
use kube::ResourceExt as _;
use serde_json::json;

use crate::place::Place;

#[tokio::test]
async fn a_secret_follows_the_file_through_values_that_change_and_keys_that_come_go_and_are_renamed() {
    let place = Place::new().await;
    let [one, two, three] = [place.canary(), place.canary(), place.canary()];
    place.put("login", &[("user", "alice"), ("password", &one)]).await;
    let secret = place.has("login", &[("user", "alice"), ("password", &one)]).await;
    assert_eq!(secret.type_.as_deref(), Some("Opaque"));
    let owner = &secret.owner_references()[0];
    assert_eq!((&*owner.kind, &*owner.name, owner.controller), ("SealedSecret", "login", Some(true)));

    for values in [
        &[("user", "alice"), ("password", &*two)][..],
        &[("user", "alice"), ("password", &two), ("token", &three)],
        &[("user", "alice"), ("passphrase", &two), ("token", &three)],
        &[("token", &three)],
        &[("token", "")],
    ] {
        place.put("login", values).await;
        let after = place.has("login", values).await;
        assert_eq!(after.metadata.uid, secret.metadata.uid, "it is updated, not made again");
    }
    place.end().await;
}

#[tokio::test]
async fn labels_and_annotations_follow_the_file() {
    let place = Place::new().await;
    let value = place.canary();
    for (labels, annotations) in [
        (json!({ "app": "web", "tier": "1" }), json!({ "note": "one" })),
        (json!({ "app": "shop" }), json!({ "note": "two", "more": "yes" })),
        (json!({}), json!({})),
    ] {
        let mut manifest = place.secret("login", &[("password", &value)]);
        manifest["metadata"]["labels"] = labels.clone();
        manifest["metadata"]["annotations"] = annotations.clone();
        place.apply(&place.seal(&manifest.to_string(), &[]).await).await;
        wait_for(SOON, "the labels and annotations", async || {
            let secret = place.secrets(&place.home).get("login").await?;
            let found = (json!(secret.labels()), json!(secret.annotations()));
            ensure!(found == (labels.clone(), annotations.clone()), "{found:?}");
            Ok(())
        })
        .await;
        place.has("login", &[("password", &value)]).await;
    }
    place.end().await;
}

#[tokio::test]
async fn a_secret_that_somebody_deletes_is_made_again_until_its_sealed_secret_goes() {
    let place = Place::new().await;
    let value = place.canary();
    place.put("login", &[("password", &value)]).await;
    let first = place.has("login", &[("password", &value)]).await;
    let uid = first.metadata.uid.unwrap();

    place.cluster.kubectl(&["delete", "-n", &place.home, "secret/login"]).await;
    let second = place.has("login", &[("password", &value)]).await.metadata.uid.unwrap();
    assert_ne!(uid, second);

    place.cluster.kubectl(&["delete", "-n", &place.home, "sealedsecret/login"]).await;
    place.gone("login").await;
    place.end().await;
}

#[tokio::test]
async fn a_secret_without_an_owner_outlives_its_sealed_secret() {
    let place = Place::new().await;
    let value = place.canary();
    for (name, skip) in [("owned", json!({})), ("free", json!({ crate::adoption::SKIP_OWNER: "true" }))] {
        let mut manifest = place.secret(name, &[("password", &value)]);
        manifest["metadata"]["annotations"] = skip;
        place.apply(&place.seal(&manifest.to_string(), &[]).await).await;
        place.has(name, &[("password", &value)]).await;
    }
    place.cluster.kubectl(&["delete", "-n", &place.home, "sealedsecret/free", "sealedsecret/owned"]).await;
    // By then the garbage collector has seen both go.
    place.gone("owned").await;
    holds_for(Duration::from_secs(1), "the Secret without an owner stays", async || {
        let secret = place.secrets(&place.home).get("free").await?;
        ensure!(secret.owner_references().is_empty(), "it is owned");
        Ok(())
    })
    .await;
    place.end().await;
}
