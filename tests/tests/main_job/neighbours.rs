//! Malformed SealedSecrets, in a cluster that lets everything in, beside those that are in order.

use std::fmt::Write as _;

use anyhow::{Result, ensure};
use e2e::wait::SOON;
use e2e::wait_for;
use kube::api::{DynamicObject, Patch, PatchParams, PostParams};
use kube::core::{ApiResource, GroupVersionKind};
use kube::{Api, Client};
use serde_json::{Value, json};

use crate::place::Place;

const GOOD: usize = 50;

/// SealedSecrets without a type, so that they can be anything.
fn anything(client: &Client, namespace: &str) -> Api<DynamicObject> {
    let kind = GroupVersionKind::gvk("bitnami.com", "v1alpha1", "SealedSecret");
    let resource = ApiResource::from_gvk_with_plural(&kind, "sealedsecrets");
    Api::namespaced_with(client.clone(), namespace, &resource)
}

async fn create(place: &Place, name: &str, rest: &Value) -> Result<()> {
    let mut object = json!({ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
        "metadata": { "name": name, "namespace": place.other } });
    for (key, value) in rest.as_object().unwrap() {
        object[key] = value.clone();
    }
    let object: DynamicObject = serde_json::from_value(object).unwrap();
    anything(&place.client, &place.other).create(&PostParams::default(), &object).await?;
    Ok(())
}

/// Replaces the CRD by one that says nothing about what is in an object, as an old installation may have it.
async fn drop_the_schema(place: &Place) {
    let crds = ApiResource::from_gvk_with_plural(
        &GroupVersionKind::gvk("apiextensions.k8s.io", "v1", "CustomResourceDefinition"),
        "customresourcedefinitions",
    );
    let crds: Api<DynamicObject> = Api::all_with(place.client.clone(), &crds);
    let any = json!({ "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } });
    let patch: Patch<Value> = Patch::Json(
        serde_json::from_value(json!([{ "op": "replace", "path": "/spec/versions/0/schema", "value": any }])).unwrap(),
    );
    crds.patch("sealedsecrets.bitnami.com", &PatchParams::default(), &patch).await.unwrap();
    wait_for(SOON, "the end of the schema", async || create(place, "spec-is-a-number", &json!({ "spec": 7 })).await)
        .await;
}

/// Objects that are wrong in their types, whose one failure must not be that of the list they are in.
fn wrong_types() -> Vec<(&'static str, Value)> {
    vec![
        ("no-spec", json!({})),
        ("spec-is-null", json!({ "spec": null })),
        ("spec-is-a-list", json!({ "spec": ["encryptedData"] })),
        ("data-is-a-list", json!({ "spec": { "encryptedData": ["a"] } })),
        ("data-is-null", json!({ "spec": { "encryptedData": null } })),
        ("value-is-a-number", json!({ "spec": { "encryptedData": { "a": 1 } } })),
        ("value-is-null", json!({ "spec": { "encryptedData": { "a": null } } })),
        ("value-is-an-object", json!({ "spec": { "encryptedData": { "a": { "b": "c" } } } })),
        ("template-is-a-string", json!({ "spec": { "encryptedData": {}, "template": "x" } })),
        ("metadata-is-a-list", json!({ "spec": { "encryptedData": {}, "template": { "metadata": [] } } })),
        (
            "labels-are-a-list",
            json!({ "spec": { "encryptedData": {}, "template": { "metadata": { "labels": [1] } } } }),
        ),
        ("type-is-a-number", json!({ "spec": { "encryptedData": {}, "template": { "type": 1 } } })),
        ("immutable-is-a-string", json!({ "spec": { "encryptedData": {}, "template": { "immutable": "yes" } } })),
        ("status-is-a-string", json!({ "spec": { "encryptedData": { "a": "x" } }, "status": "Synced" })),
        (
            "conditions-are-a-number",
            json!({ "spec": { "encryptedData": { "a": "x" } }, "status": { "conditions": 1 } }),
        ),
        ("deprecated-is-a-number", json!({ "spec": { "data": 1 } })),
    ]
}

/// What fits the types and opens nothing, or takes no end.
fn hostile(sealed: &str) -> Vec<(&'static str, Value)> {
    let data = |value: &str| json!({ "spec": { "encryptedData": { "a": value } } });
    let template = |text: &str| {
        json!({ "spec": { "encryptedData": {},
            "template": { "data": { "a": text } } } })
    };
    let many = (0..64_000_u32).fold(String::new(), |mut text, number| {
        write!(text, "{}\"{number:x}\":\"\"", if number == 0 { "" } else { "," }).unwrap();
        text
    });
    let many: Value = serde_json::from_str(&format!("{{{many}}}")).unwrap();
    vec![
        ("empty-value", data("")),
        ("not-base64", data("Hello, world! Это не base64")),
        ("cut-short", data(&sealed[..sealed.len() / 2])),
        ("lying-length", data("//8AAAAA")),
        ("long", data(&"A".repeat(1_300_000))),
        ("many-keys", json!({ "spec": { "encryptedData": many } })),
        ("endless-loop", template("{{ range until 2000000000 }}{{ . }}{{ end }}")),
        ("recursion", template(r#"{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}"#)),
        ("multiplies", template(r#"{{ repeat 2000000000 "x" }}"#)),
        ("deep", template(&"{{ if true }}".repeat(50_000))),
        ("parentheses", template(&format!("{{{{ {} }}}}", "(".repeat(100_000)))),
    ]
}

#[tokio::test]
async fn malformed_neighbours_never_stop_the_others() {
    let place = Place::in_own_cluster().await;
    drop_the_schema(&place).await;
    let value = place.canary();
    let good: Vec<Value> = (0..GOOD)
        .map(|number| {
            json!({ "apiVersion": "v1", "kind": "Secret", "stringData": { "password": value },
                "metadata": { "name": format!("good-{number}"), "namespace": place.other } })
        })
        .collect();
    let list = |items: &[Value]| json!({ "apiVersion": "v1", "kind": "List", "items": items }).to_string();
    let sealed = place.seal(&list(&good), &[]).await;
    let one = place.seal_to_value(&good[0], &[]).await;
    let good_again = place.seal_to_value(&good[3], &[]).await;

    let mut names = vec!["spec-is-a-number"];
    let bad = wrong_types().into_iter().chain(hostile(one["spec"]["encryptedData"]["password"].as_str().unwrap()));
    for (name, rest) in bad {
        create(&place, name, &rest).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        names.push(name);
    }
    // A start in the midst of them is as good as their coming one by one.
    place.controller.restart().await;
    place.apply(&sealed).await;
    for number in 0..GOOD {
        place.has_in(&place.other, &format!("good-{number}"), &[("password", &value)]).await;
    }

    // Whatever is wrong with an object is told there; where nothing is sealed, nothing is wrong.
    let api = anything(&place.client, &place.other);
    let nothing_sealed = ["no-spec", "spec-is-null", "data-is-null"];
    for name in names.iter().copied() {
        let synced = if nothing_sealed.contains(&name) { "True" } else { "False" };
        wait_for(SOON, &format!("{name} to be Synced={synced}"), async || {
            let object = api.get(name).await?;
            let condition = &object.data["status"]["conditions"][0];
            ensure!(condition["type"] == "Synced" && condition["status"] == synced, "{}", object.data["status"]);
            let message = condition["message"].as_str().unwrap_or_default();
            ensure!(message.is_empty() == (synced == "True") && message.len() < 2_000, "{} bytes", message.len());
            Ok(())
        })
        .await;
    }

    // One that turns bad keeps its Secret, and is well again as soon as it is put right.
    let bad: Patch<Value> = Patch::Merge(json!({ "spec": { "encryptedData": ["password"] } }));
    api.patch("good-3", &PatchParams::default(), &bad).await.unwrap();
    wait_for(SOON, "good-3 to fail", async || {
        let object = api.get("good-3").await?;
        ensure!(object.data["status"]["observedGeneration"] == json!(object.metadata.generation), "not seen yet");
        ensure!(object.data["status"]["conditions"][0]["status"] == "False", "{}", object.data["status"]);
        Ok(())
    })
    .await;
    let kept = place.secrets(&place.other).get("good-3").await.unwrap();
    assert_eq!(kept.data.unwrap()["password"].0, value.as_bytes());
    let right = json!({ "spec": good_again["spec"] });
    api.patch("good-3", &PatchParams::default(), &Patch::Merge(right)).await.unwrap();
    place.has_in(&place.other, "good-3", &[("password", &value)]).await;

    // And the others go on being followed.
    place.cluster.kubectl(&["delete", "-n", &place.other, "secret/good-7"]).await;
    place.has_in(&place.other, "good-7", &[("password", &value)]).await;
    place.controller.ready().await;
    let columns = place.cluster.kubectl(&["get", "sealedsecrets", "-A"]).await;
    assert!(columns.lines().count() > GOOD + names.len(), "{columns}");
    place.end().await;
}
