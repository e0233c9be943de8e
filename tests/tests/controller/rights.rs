//! Rights that are missing.

use e2e::{Cluster, Controller};
use kube::api::PostParams;
use kube::{Api, Client};
use serde_json::{Value, json};
use waxseal_api::SealedSecret;

use crate::home::{Home, seal_in};

/// Gives a service account these rules in a namespace.
async fn grant(cluster: &Cluster, account: (&str, &str), namespace: &str, rules: Value) {
    let (home, name) = account;
    let metadata = json!({ "name": name, "namespace": namespace });
    let role = json!({ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": metadata,
        "rules": rules });
    let binding = json!({ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": metadata,
        "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name },
        "subjects": [{ "kind": "ServiceAccount", "name": name, "namespace": home }] });
    cluster.kubectl_with(&["apply", "-f", "-"], &format!("{role}\n---\n{binding}")).await;
}

fn rule(group: &str, resource: &str, verbs: &[&str]) -> Value {
    json!({ "apiGroups": [group], "resources": [resource], "verbs": verbs })
}

#[tokio::test]
async fn it_does_what_it_may_says_what_is_missing_and_takes_up_what_is_granted_later() {
    let cluster = Cluster::shared().await;
    let (namespace, other) = (cluster.namespace().await, cluster.namespace().await);
    let account_home = namespace.clone();
    let account = (&*account_home, "controller");
    let kubeconfig = cluster.service_account_kubeconfig(&namespace, "controller").await;
    // At home all but Leases, ConfigMaps and Events; in the other namespace neither a look at Secrets nor the status.
    grant(
        &cluster,
        account,
        &namespace,
        json!([
            rule("bitnami.com", "sealedsecrets", &["get", "list", "watch"]),
            rule("bitnami.com", "sealedsecrets/status", &["update"]),
            rule("", "secrets", &["get", "list", "watch", "create", "patch"]),
        ]),
    )
    .await;
    let scant = json!([
        rule("bitnami.com", "sealedsecrets", &["get", "list", "watch"]),
        rule("", "secrets", &["get", "create", "patch"]),
    ]);
    grant(&cluster, account, &other, scant).await;
    let controller = Controller::of(&cluster)
        .only_namespace(&namespace)
        .flag(format!("--additional-namespaces={other}"))
        .flag("--key-size=2048")
        .kubeconfig(&kubeconfig)
        .start()
        .await;
    controller.logged("cannot use Leases").await;
    controller.logged("cannot watch: secrets is forbidden").await;
    controller.logged("cannot publish the certificate").await;

    let home = Home { client: cluster.client().await, cluster: cluster.clone(), namespace, controller };
    home.apply_values("login", &[("k", "1")]).await;
    home.has_values("login", &[("k", "1")]).await;
    home.synced("login", "True").await;

    let there = Home { namespace: other, ..home };
    there.apply_values("login", &[("k", "1")]).await;
    there.has_values("login", &[("k", "1")]).await;
    there.controller.logged("cannot write the status").await;
    there.apply_values("login", &[("k", "2")]).await;
    there.has_values("login", &[("k", "2")]).await;
    let status = there.sealed().get("login").await.unwrap().status;
    assert!(status.is_none_or(|status| status.conditions.is_empty()));

    let more = json!([
        rule("bitnami.com", "sealedsecrets", &["get", "list", "watch"]),
        rule("bitnami.com", "sealedsecrets/status", &["update"]),
        rule("", "secrets", &["get", "list", "watch", "create", "patch"]),
    ]);
    grant(&there.cluster, (&account_home, "controller"), &there.namespace, more).await;
    there.controller.logged("the watch works again").await;
    there.apply_values("login", &[("k", "3")]).await;
    there.synced("login", "True").await;
    there.patch_secret("login", json!({ "stringData": { "k": "edited" } })).await;
    there.has_values("login", &[("k", "3")]).await;
}

#[tokio::test]
async fn a_malformed_object_fails_by_itself_and_its_neighbours_do_not() {
    let home = Home::in_own_cluster(&[]).await;
    let anything = json!([{ "op": "replace", "path": "/spec/versions/0/schema/openAPIV3Schema", "value": {
        "type": "object", "x-kubernetes-preserve-unknown-fields": true } }]);
    home.cluster
        .kubectl(&["patch", "crd", "sealedsecrets.bitnami.com", "--type=json", "-p", &anything.to_string()])
        .await;
    let certificate = home.controller.certificate().await;
    for (name, spec) in [
        ("spec", json!("CANARY")),
        ("data", json!({ "encryptedData": ["CANARY"] })),
        ("value", json!({ "encryptedData": { "password": { "CANARY": 1 } } })),
        ("template", json!({ "encryptedData": {}, "template": { "type": 7 } })),
        ("none", Value::Null),
        ("names", json!({ "encryptedData": { "k".repeat(100_000): "AA==", "x\u{0}\n": "AA==" } })),
    ] {
        let object = json!({ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
            "metadata": { "name": name }, "spec": spec });
        home.cluster.kubectl_with(&["create", "-n", &home.namespace, "-f", "-"], &object.to_string()).await;
        let good = seal_in(&certificate, &home.namespace, &format!("beside-{name}"), &[("k", "v")]);
        apply(&home.client, &home.namespace, &good).await;
    }
    for name in ["spec", "data", "value", "template", "none", "names"] {
        home.has_values(&format!("beside-{name}"), &[("k", "v")]).await;
    }
    for (name, field) in [
        ("spec", "spec "),
        ("data", "spec.encryptedData "),
        ("value", "spec.encryptedData.password "),
        ("template", "spec.template "),
    ] {
        let status = home.synced(name, "False").await;
        let message = crate::home::message(&status);
        assert!(message.starts_with(field) && !message.contains("CANARY"), "{message}");
    }
    let status = home.synced("names", "False").await;
    assert!(crate::home::message(&status).len() <= 1024);
    // A list with all of them in it.
    home.controller.terminate().await;
    home.controller.restart().await;
    home.apply_values("after", &[("k", "v")]).await;
    home.has_values("after", &[("k", "v")]).await;
    assert!(!home.controller.log().contains("CANARY"));
}

async fn apply(client: &Client, namespace: &str, sealed: &SealedSecret) {
    let api: Api<SealedSecret> = Api::namespaced(client.clone(), namespace);
    api.create(&PostParams::default(), sealed).await.unwrap();
}

#[tokio::test]
async fn the_roles_of_the_original_are_enough() {
    let cluster = Cluster::shared().await;
    let namespace = cluster.namespace().await;
    let kubeconfig = cluster.service_account_kubeconfig(&namespace, "controller").await;
    // As its chart has them: it updates, and never patches.
    let rules = json!([
        rule("bitnami.com", "sealedsecrets", &["get", "list", "watch"]),
        rule("bitnami.com", "sealedsecrets/status", &["update"]),
        rule("", "secrets", &["get", "list", "create", "update", "delete", "watch"]),
        rule("", "events", &["create", "patch"]),
    ]);
    grant(&cluster, (&namespace, "controller"), &namespace, rules).await;
    let controller =
        Controller::of(&cluster).only_namespace(&namespace).flag("--key-size=2048").kubeconfig(&kubeconfig);
    let controller = controller.start().await;
    let home = Home { client: cluster.client().await, cluster, namespace, controller };
    home.apply_values("login", &[("k", "1"), ("gone", "1")]).await;
    home.has_values("login", &[("k", "1"), ("gone", "1")]).await;
    home.synced("login", "True").await;
    home.apply_values("login", &[("k", "2")]).await;
    home.has_values("login", &[("k", "2")]).await;
    home.synced("login", "True").await;

    let annotations = json!({ "sealedsecrets.bitnami.com/patch": "true" });
    home.create_secret(json!({ "metadata": { "name": "theirs", "annotations": annotations },
        "stringData": { "theirs": "kept" } }))
        .await;
    home.apply_values("theirs", &[("ours", "1")]).await;
    home.has_values("theirs", &[("theirs", "kept"), ("ours", "1")]).await;
    home.synced("theirs", "True").await;
}
