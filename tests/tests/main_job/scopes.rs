//! Where a sealed value opens, and where it does not.

use e2e::Program;
use serde_json::{Value, json};

use crate::place::Place;

/// Puts a SealedSecret under another name in another namespace, as somebody who copies a file does.
fn moved(sealed: &Value, namespace: &str, name: &str) -> Value {
    let mut moved = sealed.clone();
    for metadata in ["/metadata", "/spec/template/metadata"] {
        let metadata = moved.pointer_mut(metadata).unwrap();
        metadata["namespace"] = json!(namespace);
        metadata["name"] = json!(name);
    }
    moved
}

#[tokio::test]
async fn each_scope_opens_where_it_may_and_nowhere_else() {
    let place = Place::new().await;
    let value = place.canary();
    let (home, other) = (&*place.home, &*place.other);
    for (scope, renamed_opens, elsewhere_opens) in
        [("strict", false, false), ("namespace-wide", true, false), ("cluster-wide", true, true)]
    {
        let renamed = format!("{scope}-renamed");
        let manifest = place.secret(scope, &[("password", &value)]);
        let sealed = place.seal_to_value(&manifest, &["--scope", scope]).await;
        let cases = [
            (home, scope, true),
            (home, &*renamed, renamed_opens),
            (other, scope, elsewhere_opens),
            (other, &renamed, elsewhere_opens),
        ];
        let items = cases.map(|(namespace, name, _)| moved(&sealed, namespace, name));
        place.apply(&json!({ "apiVersion": "v1", "kind": "List", "items": items }).to_string()).await;
        for (namespace, name, opens) in cases {
            if opens {
                place.has_in(namespace, name, &[("password", &value)]).await;
                continue;
            }
            let message = place.fails_in(namespace, name).await;
            assert!(message.starts_with("password does not open"), "{message}");
            assert!(message.contains("renamed, moved or copied"), "{message}");
            assert!(place.secrets(namespace).get_opt(name).await.unwrap().is_none());
        }
    }
    place.end().await;
}

#[tokio::test]
async fn a_raw_value_that_is_pasted_into_a_file_opens_in_its_scope() {
    let place = Place::new().await;
    let value = place.canary();
    let home = &*place.home;
    for (scope, annotations) in [
        ("strict", json!({})),
        ("namespace-wide", json!({ "sealedsecrets.bitnami.com/namespace-wide": "true" })),
        ("cluster-wide", json!({ "sealedsecrets.bitnami.com/cluster-wide": "true" })),
    ] {
        let raw = place.waxseal(&["raw", "--scope", scope, "--name", scope, "--namespace", home]);
        let sealed = raw.stdin(&*value).run().await.success().stdout_text();
        let object = json!({ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
            "metadata": { "name": scope, "namespace": home, "annotations": annotations },
            "spec": { "encryptedData": { "password": sealed.trim_end() } } });
        place.apply(&object.to_string()).await;
        place.has(scope, &[("password", &value)]).await;
    }
    place.end().await;
}

#[tokio::test]
async fn a_value_for_another_cluster_fails_with_its_key_and_with_what_may_have_happened() {
    let place = Place::new().await;
    let folder = tempfile::tempdir().unwrap();
    let generate = ["keys", "generate", "--key-size=2048", "--key-out=its.key", "--cert-out=its.pem"];
    let _ = Program::waxseal().folder(folder.path()).args(generate).run().await.success();
    let certificate = folder.path().join("its.pem");

    let value = place.canary();
    place.put("login", &[("user", &value), ("password", &value)]).await;
    place.has("login", &[("user", &value), ("password", &value)]).await;

    let manifest = place.secret("login", &[("password", "changed")]);
    let theirs = place.seal_to_value(&manifest, &["--cert", certificate.to_str().unwrap()]).await;
    let mut sealed = place.seal_to_value(&place.secret("login", &[("user", &value)]), &[]).await;
    sealed["spec"]["encryptedData"]["password"] = theirs["spec"]["encryptedData"]["password"].clone();
    place.apply(&sealed.to_string()).await;
    let message = place.fails("login").await;
    assert!(message.starts_with("password does not open with any key"), "{message}");
    assert!(message.contains("another cluster's certificate") && !message.contains("user "), "{message}");
    // What there was stays.
    let secret = place.secrets(&place.home).get("login").await.unwrap();
    assert_eq!(secret.data.unwrap()["password"].0, value.as_bytes());
    place.end().await;
}
