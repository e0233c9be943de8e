//! Secrets that are there already, up to what the garbage collector makes of them.

use std::time::Duration;

use anyhow::ensure;
use e2e::wait::holds_for;
use kube::ResourceExt as _;
use serde_json::json;

use crate::place::{Place, values_of};

pub(crate) const SKIP_OWNER: &str = "sealedsecrets.bitnami.com/skip-set-owner-references";
const MANAGED: &str = "sealedsecrets.bitnami.com/managed";
const PATCH: &str = "sealedsecrets.bitnami.com/patch";

#[tokio::test]
async fn a_secret_that_is_there_already_is_taken_over_only_as_far_as_its_annotations_say() {
    let place = Place::new().await;
    let [theirs, ours] = [place.canary(), place.canary()];
    // Their annotations, what has to be in the Secret, and whether it goes with the SealedSecret.
    let kept = &[("theirs", &*theirs), ("shared", &theirs)][..];
    let merged = &[("theirs", &*theirs), ("shared", &ours), ("new", &ours)][..];
    let replaced = &[("shared", &*ours), ("new", &ours)][..];
    let cases = [
        ("unmanaged", json!({}), kept, false),
        ("falsely", json!({ MANAGED: "yes", PATCH: "1" }), kept, false),
        ("managed", json!({ MANAGED: "true" }), replaced, true),
        ("patched", json!({ PATCH: "true" }), merged, false),
        ("both", json!({ PATCH: "true", MANAGED: "true" }), merged, true),
    ];
    for (name, annotations, ..) in &cases {
        let mut manifest = place.secret(name, &[("theirs", &theirs), ("shared", &theirs)]);
        manifest["metadata"]["annotations"] = annotations.clone();
        place.cluster.kubectl_with(&["create", "-f", "-"], &manifest.to_string()).await;
        place.put(name, &[("shared", &ours), ("new", &ours)]).await;
    }
    for (name, _, values, owned) in &cases {
        if *values == kept {
            let message = place.fails(name).await;
            assert_eq!(message, format!("Resource \"{name}\" already exists and is not managed by SealedSecret"));
            let secret = place.secrets(&place.home).get(name).await.unwrap();
            assert!(values_of(&secret).len() == 2 && secret.owner_references().is_empty(), "{name} was changed");
        } else {
            let secret = place.has(name, values).await;
            assert_eq!(!secret.owner_references().is_empty(), *owned, "{name}");
        }
    }

    place.cluster.kubectl(&["delete", "-n", &place.home, "sealedsecrets", "--all"]).await;
    for (name, _, _, owned) in &cases {
        if *owned {
            place.gone(name).await;
        }
    }
    holds_for(Duration::from_secs(1), "what is not owned stays", async || {
        for (name, _, values, owned) in &cases {
            if !owned {
                let found = values_of(&place.secrets(&place.home).get(name).await?);
                ensure!(values.iter().all(|(key, value)| found[*key] == *value), "{name} was changed");
            }
        }
        Ok(())
    })
    .await;
    place.end().await;
}

#[tokio::test]
async fn a_managed_secret_is_not_owned_where_the_template_wants_no_owner() {
    let place = Place::new().await;
    let [theirs, ours] = [place.canary(), place.canary()];
    let mut manifest = place.secret("login", &[("theirs", &theirs)]);
    manifest["metadata"]["annotations"] = json!({ MANAGED: "true" });
    place.cluster.kubectl_with(&["create", "-f", "-"], &manifest.to_string()).await;

    let mut sealed = place.seal_to_value(&place.secret("login", &[("ours", &ours)]), &[]).await;
    sealed["spec"]["template"]["metadata"]["annotations"] = json!({ SKIP_OWNER: "true", MANAGED: "true" });
    place.apply(&sealed.to_string()).await;
    let secret = place.has("login", &[("ours", &ours)]).await;
    assert!(secret.owner_references().is_empty());

    // Whoever deletes it gets it back all the same: it is managed.
    place.cluster.kubectl(&["delete", "-n", &place.home, "secret/login"]).await;
    place.has("login", &[("ours", &ours)]).await;
    place.end().await;
}
