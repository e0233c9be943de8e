//! No annotation and no template makes a value open, or come back sealed, under another label than its own.

use waxseal_api::names::{CLUSTER_WIDE, NAMESPACE_WIDE};

use super::*;

/// Every way to ask for a scope, with the scope that it asks for.
fn annotations() -> [(Value, Scope); 6] {
    [
        (json!(null), Scope::Strict),
        (json!({NAMESPACE_WIDE: "true"}), Scope::NamespaceWide),
        (json!({CLUSTER_WIDE: "true"}), Scope::ClusterWide),
        (json!({NAMESPACE_WIDE: "true", CLUSTER_WIDE: "true"}), Scope::ClusterWide),
        (json!({NAMESPACE_WIDE: "false", CLUSTER_WIDE: "True"}), Scope::Strict),
        (json!({NAMESPACE_WIDE: "true", CLUSTER_WIDE: ""}), Scope::NamespaceWide),
    ]
}

#[tokio::test]
async fn the_label_that_sealed_the_output_is_the_label_that_opened_the_input() {
    let server = Server::start().await;
    let sealed = Scope::ALL.map(|scope| (scope, sealed_by(&OLD, scope)));
    for (outer, asked) in annotations() {
        for (inner, _) in annotations() {
            for (sealed_for, value) in &sealed {
                let mut object = sealed_secret();
                object["metadata"]["annotations"] = outer.clone();
                object["spec"]["template"] = json!({"metadata": {"name": "x", "namespace": "y", "annotations": inner}});
                object["spec"]["encryptedData"]["password"] = json!(value);
                let expected = if *sealed_for == asked { 200 } else { 409 };
                let verified = server.post_json("/v1/verify", &object).await;
                let rotated = server.post_json("/v1/rotate", &object).await;
                assert_eq!((verified.status, rotated.status), (expected, expected), "{object}");
                if expected == 200 {
                    let mut rotated = rotated.json();
                    let value = &rotated["spec"]["encryptedData"]["password"];
                    for scope in Scope::ALL {
                        assert_eq!(opens(&NEW, value, scope), scope == asked, "{object}");
                    }
                    rotated["spec"]["encryptedData"] = object["spec"]["encryptedData"].clone();
                    assert_eq!(rotated, object);
                }
            }
        }
    }
}

#[tokio::test]
async fn any_template_gets_the_same_answer_as_none() {
    let server = Server::start().await;
    let expensive = "{{ range until 1000000000 }}{{ repeat 1000 \"x\" }}{{ end }}";
    for template in [
        json!(null),
        json!("a text"),
        json!([1, 2]),
        json!(7),
        json!({"data": {"a": "{{ .password }}", "b": "{{ fail .password }}", "c": "{{", "d": expensive}}),
        json!({"data": {"password": null}, "type": "kubernetes.io/service-account-token", "immutable": "yes"}),
        json!({"metadata": {"labels": {"a": 1}, "annotations": [], "ownerReferences": "x"}, "type": {}}),
        json!({"metadata": {"name": "other", "namespace": "elsewhere"}}),
    ] {
        let mut opening = sealed_secret();
        opening["spec"]["template"] = template.clone();
        let mut closed = sealed_for_elsewhere();
        closed["spec"]["template"] = template.clone();
        assert_eq!(server.post_json("/v1/verify", &opening).await.status, 200, "{template}");
        let rotated = server.post_json("/v1/rotate", &opening).await;
        assert_eq!((rotated.status, &rotated.json()["spec"]["template"]), (200, &template));
        for path in ["/v1/verify", "/v1/rotate"] {
            let answer = server.post_json(path, &closed).await;
            let without = server.post_json(path, &sealed_for_elsewhere()).await;
            assert_eq!((answer.status, answer.body), (without.status, without.body), "{template}");
        }
    }
}

#[tokio::test]
async fn a_name_with_a_slash_does_not_stand_for_another_place() {
    let server = Server::start().await;
    let mut object = sealed_secret();
    object["metadata"] = json!({"namespace": "team-a/database", "annotations": {NAMESPACE_WIDE: "true"}});
    assert_eq!(server.post_json("/v1/rotate", &object).await.status, 400);
    object["metadata"] = json!({"namespace": "team-a", "name": "data/base"});
    assert_eq!(server.post_json("/v1/verify", &object).await.status, 400);
}
