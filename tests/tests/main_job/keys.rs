//! Sealing keys, as the one who runs the cluster sees them.

use anyhow::ensure;
use e2e::wait::SOON;
use e2e::{Cluster, wait_for};
use k8s_openapi::api::core::v1::Secret;
use kube::api::{ListParams, PostParams};
use kube::{Api, ResourceExt};
use serde_json::{Value, json};

use crate::place::Place;

const LABEL: &str = "sealedsecrets.bitnami.com/sealed-secrets-key";

/// The fingerprints of the keys that the values of a SealedSecret need, as its status has them.
async fn keys_of(place: &Place, name: &str) -> Value {
    let object = serde_json::to_value(place.sealed(&place.home).get(name).await.unwrap()).unwrap();
    object["status"]["sealingKeys"].clone()
}

#[tokio::test]
async fn after_a_renewal_old_values_open_and_new_ones_are_sealed_with_the_new_certificate() {
    let place = Place::new().await;
    let [one, two, three] = [place.canary(), place.canary(), place.canary()];
    place.put("before", &[("password", &one)]).await;
    place.has("before", &[("password", &one)]).await;
    let in_git = place.seal(&place.secret("in-git", &[("password", &two)]).to_string(), &[]).await;
    let old = place.controller.certificate().await;

    let _ = place.waxseal(&["keys", "rotate"]).run().await.success();
    let fetch = async || place.waxseal(&["cert", "fetch"]).run().await.success().stdout_text();
    let new = wait_for(SOON, "another certificate", async || {
        let fetched = fetch().await;
        ensure!(fetched != old, "it is the same");
        Ok(fetched)
    })
    .await;
    assert_eq!(new, place.controller.certificate().await);

    place.apply(&in_git).await;
    place.put("after", &[("password", &three)]).await;
    place.has("in-git", &[("password", &two)]).await;
    place.has("after", &[("password", &three)]).await;
    assert_eq!(keys_of(&place, "in-git").await, keys_of(&place, "before").await);
    let show = place.waxseal(&["cert", "show"]).run().await.success().stdout_text();
    let fingerprint = keys_of(&place, "after").await[0].as_str().unwrap().to_owned();
    assert!(show.contains(&fingerprint), "{fingerprint} is to be in {show}");
    assert_ne!(keys_of(&place, "before").await, json!([fingerprint]));

    // What was deleted is made again with the old key, and so it is by a controller that starts anew.
    place.controller.restart().await;
    place.cluster.kubectl(&["delete", "-n", &place.home, "secret/before"]).await;
    place.has("before", &[("password", &one)]).await;
    let list = place.waxseal(&["keys", "list"]).run().await.success().stdout_text();
    assert_eq!(list.matches("SHA256:").count(), 2, "{list}");
    place.end().await;
}

#[tokio::test]
async fn a_value_that_was_sealed_before_the_renewal_stays_when_another_is_sealed_after_it() {
    let place = Place::new().await;
    let [one, two] = [place.canary(), place.canary()];
    let mut sealed = place.seal_to_value(&place.secret("login", &[("old", &one)]), &[]).await;
    let old = place.controller.certificate().await;
    let _ = place.waxseal(&["keys", "rotate"]).run().await.success();
    wait_for(SOON, "another certificate", async || {
        ensure!(place.controller.certificate().await != old, "it is the same");
        Ok(())
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let certificate = folder.path().join("new.pem");
    std::fs::write(&certificate, place.controller.certificate().await).unwrap();
    let manifest = place.secret("login", &[("new", &two)]);
    let newer = place.seal_to_value(&manifest, &["--cert", certificate.to_str().unwrap()]).await;
    sealed["spec"]["encryptedData"]["new"] = newer["spec"]["encryptedData"]["new"].clone();
    place.apply(&sealed.to_string()).await;
    place.has("login", &[("old", &one), ("new", &two)]).await;
    assert_eq!(keys_of(&place, "login").await.as_array().unwrap().len(), 2);
    place.end().await;
}

/// Key Secrets that are none, with a good one among them.
async fn broken_keys(cluster: &Cluster, namespace: &str) {
    let ec = rcgen::generate_simple_self_signed(vec!["x".into()]).unwrap();
    let (ec_key, ec_certificate) = (ec.signing_key.serialize_pem(), ec.cert.pem());
    let secrets: Api<Secret> = Api::namespaced(cluster.client().await, namespace);
    let good = e2e::Program::waxseal()
        .args(["keys", "generate", "--key-size=2048", "--secret-out=-", "--controller-namespace", namespace])
        .run()
        .await
        .success()
        .stdout_text();
    cluster.kubectl_with(&["create", "-f", "-"], &good).await;
    let good = secrets.list(&ListParams::default().labels(LABEL)).await.unwrap().items.remove(0).data.unwrap();
    let [key, certificate] = ["tls.key", "tls.crt"].map(|name| String::from_utf8(good[name].0.clone()).unwrap());
    let garbled = certificate.replacen("\nM", "\nX", 1);
    let text = "CANARY? no: a megabyte of text. ".repeat(32_000);
    for (name, data) in [
        ("a-no-pem", json!({ "tls.key": "none", "tls.crt": "none" })),
        ("b-ec", json!({ "tls.key": ec_key, "tls.crt": ec_certificate })),
        ("c-garbled-certificate", json!({ "tls.key": key, "tls.crt": garbled })),
        ("d-of-another-key", json!({ "tls.key": key, "tls.crt": ec_certificate })),
        ("e-cut-short", json!({ "tls.key": &key[..key.len() / 2], "tls.crt": certificate })),
        ("f-megabyte", json!({ "tls.key": text, "tls.crt": "x" })),
        ("g-swapped", json!({ "tls.key": certificate, "tls.crt": key })),
        ("h-nothing", json!({})),
    ] {
        let secret = json!({ "metadata": { "name": name, "labels": { LABEL: "active" } }, "stringData": data });
        secrets.create(&PostParams::default(), &serde_json::from_value(secret).unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn a_controller_that_finds_key_secrets_that_are_none_takes_the_good_one_and_tells_of_the_others() {
    let place = Place::with(broken_keys).await;
    let value = place.canary();
    place.put("login", &[("password", &value)]).await;
    place.has("login", &[("password", &value)]).await;

    let listed = place.secrets(&place.home).list(&ListParams::default().labels(LABEL)).await.unwrap().items;
    assert_eq!(listed.len(), 9, "no key was made: {:?}", listed.iter().map(ResourceExt::name_any).collect::<Vec<_>>());
    for key in listed.iter().map(ResourceExt::name_any).filter(|name| name.as_bytes()[1] == b'-') {
        wait_for(SOON, &format!("an Event on {key}"), async || {
            let events = place.events(&key).await?;
            ensure!(events.iter().any(|event| event.starts_with("Warning UnusableSealingKey: ")), "{events:?}");
            ensure!(!events.concat().contains("CANARY"), "it tells what is in there");
            Ok(())
        })
        .await;
    }
    let metrics = place.controller.metrics().await;
    assert!(metrics.contains("waxseal_unusable_key_secrets 8"), "{metrics}");
    assert!(metrics.contains("waxseal_sealing_keys 1"), "{metrics}");
    place.end().await;
}
