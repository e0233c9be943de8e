//! Files as people have them: several documents, Lists, JSON and YAML, other objects in between.

use e2e::Program;
use serde_json::{Value, json};

use crate::place::Place;

#[tokio::test]
async fn a_file_of_many_documents_and_a_list_becomes_as_many_secrets_in_either_format() {
    let place = Place::new().await;
    let value = place.canary();
    let home = &*place.home;
    for format in ["yaml", "json"] {
        let names = ["plain", "in-list", "in-list-too", "in-json"].map(|name| format!("{name}-{format}"));
        let [plain, first, second, last] = &names;
        let documents = format!(
            r#"# Of the web shop.
---
apiVersion: v1
kind: Secret
metadata:
  name: {plain}
  namespace: {home}
stringData:
  password: {value} # not for Git
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Secret
  metadata: {{ name: {first}, namespace: {home} }}
  stringData: {{ password: "{value}" }}
- apiVersion: v1
  kind: Secret
  metadata: {{ name: {second}, namespace: {home} }}
  stringData:
    password: >-
      {value}
---
{{ "apiVersion": "v1", "kind": "Secret", "metadata": {{ "name": "{last}", "namespace": "{home}" }},
  "stringData": {{ "password": "{value}" }} }}
"#
        );
        place.apply(&place.seal(&documents, &["--format", format]).await).await;
        for name in &names {
            place.has(name, &[("password", &value)]).await;
        }
    }
    place.end().await;
}

#[tokio::test]
async fn other_objects_pass_through_and_are_applied_with_the_sealed_secrets() {
    let place = Place::new().await;
    let value = place.canary();
    let home = &*place.home;
    let folder = tempfile::tempdir().unwrap();
    let secret = place.secret("login", &[("password", &value)]);
    let map = json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "settings", "namespace": home },
        "data": { "colour": "green" } });
    std::fs::write(folder.path().join("all.yaml"), format!("{map}\n---\n{secret}\n")).unwrap();

    let seal = place.waxseal(&["seal", "--passthrough", "all.yaml", "--write", "sealed.yaml"]);
    let _ = seal.folder(folder.path()).run().await.success();
    let file = folder.path().join("sealed.yaml");
    place.cluster.kubectl(&["apply", "-f", file.to_str().unwrap()]).await;
    place.has("login", &[("password", &value)]).await;
    let data = place.cluster.kubectl(&["get", "-n", home, "configmap/settings", "-o", "jsonpath={.data.colour}"]).await;
    assert_eq!(data, "green");
    place.end().await;
}

#[tokio::test]
async fn the_grammar_of_kubeseal_seals_for_the_namespace_of_the_command_line() {
    let place = Place::new().await;
    let value = place.canary();
    let mut manifest = place.secret("login", &[("password", &value)]);
    manifest["metadata"].as_object_mut().unwrap().remove("namespace");
    for (format, scope, name) in [("json", "strict", "one"), ("yaml", "namespace-wide", "two")] {
        let kubeseal = Program::kubeseal().kubeconfig(place.cluster.kubeconfig()).stdin(manifest.to_string());
        let where_to = ["--controller-namespace", &*place.home, "--namespace", &*place.other];
        let how = ["--format", format, "--scope", scope, "--name", name];
        let sealed = kubeseal.args(where_to).args(how).run().await.success().stdout_text();
        assert_eq!(sealed.starts_with('{'), format == "json", "{sealed}");
        place.apply(&sealed).await;
        place.has_in(&place.other, name, &[("password", &value)]).await;
    }
    place.end().await;
}

#[tokio::test]
async fn a_secret_that_kubectl_got_from_the_cluster_is_sealed_without_what_the_cluster_added() {
    let place = Place::new().await;
    let value = place.canary();
    let (home, other) = (&*place.home, &*place.other);
    let manifest = place.secret("login", &[("password", &value)]);
    // With a copy of itself, values and all, in an annotation.
    place.apply(&manifest.to_string()).await;
    let text = place.cluster.kubectl(&["get", "-n", home, "secret/login", "-o", "yaml"]).await;
    assert!(text.contains("last-applied-configuration"), "{text}");
    let text = text.replace(&format!("namespace: {home}"), &format!("namespace: {other}"));

    let sealed: Value = serde_json::from_str(&place.seal(&text, &["-o", "json", "--no-hints"]).await).unwrap();
    for metadata in [&sealed["metadata"], &sealed["spec"]["template"]["metadata"]] {
        let keys: Vec<_> = metadata.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["name", "namespace"]);
    }
    place.apply(&sealed.to_string()).await;
    place.has_in(other, "login", &[("password", &value)]).await;
    place.end().await;
}
