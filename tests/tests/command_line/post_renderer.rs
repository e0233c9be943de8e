//! `seal --passthrough` behind Helm and kustomize.

use e2e::deploy::{find, helm, objects};
use e2e::{Program, canary, program};
use serde_json::Value;

use crate::office::{Office, assert_sealed};

/// What a chart may hold: Secrets beside other kinds, one of them in a List, comments, and text that looks like a marker.
const TEMPLATE: &str = r#"
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-settings # stays
data:
  text: |
    --- not a document
    level: "debug"
---
apiVersion: v1
kind: Secret
metadata:
  name: {{ .Release.Name }}-db
  labels: {app: {{ .Chart.Name }}}
type: Opaque
stringData:
  password: {{ .Values.password | quote }}
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Secret
  metadata: {name: {{ .Release.Name }}-api}
  data:
    token: {{ .Values.token | b64enc }}
- apiVersion: v1
  kind: ServiceAccount
  metadata: {name: {{ .Release.Name }}}
"#;

/// What makes the post-renderer of `helm`.
fn post_renderer(namespace: &str) -> Vec<String> {
    let program = program::link("waxseal");
    let mut args = vec!["--post-renderer".to_owned(), program.display().to_string()];
    for arg in ["seal", "--passthrough", "--cert", "cert.pem", "--namespace", namespace] {
        args.extend(["--post-renderer-args".to_owned(), arg.to_owned()]);
    }
    args
}

async fn with_chart() -> (Office, [String; 2]) {
    let office = Office::new(&[]).await;
    office.write("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    office.write("chart/templates/all.yaml", TEMPLATE);
    let [password, token] = [canary::fresh(), canary::fresh()];
    office.write("values.yaml", &format!("password: \"{password}\"\ntoken: \"{token}\"\n"));
    (office, [password, token])
}

#[tokio::test]
async fn what_helm_renders_is_sealed_and_all_else_comes_out_as_it_went_in() {
    let (office, [password, token]) = with_chart().await;
    let template = async |args: &[String]| {
        let helm = office.here(helm()).args(["template", "app", "chart", "-f", "values.yaml"]).args(args);
        helm.run().await.success().stdout_text()
    };
    let plain = template(&[]).await;
    let sealed = template(&post_renderer(&office.namespace)).await;
    assert!(plain.contains(&password));
    assert_sealed(&[&password, &token], &sealed);

    let (plain, sealed) = (objects(&plain), objects(&sealed));
    assert_eq!(find(&sealed, "ConfigMap", "app-settings"), find(&plain, "ConfigMap", "app-settings"));
    let kinds = |objects: &[Value]| objects.iter().filter(|object| object["kind"] == "Secret").count();
    assert_eq!(kinds(&sealed), 0);
    let db = find(&sealed, "SealedSecret", "app-db");
    assert_eq!(db["spec"]["template"]["metadata"]["labels"]["app"], "shop");
    let list = sealed.iter().find(|object| object["kind"] == "List").unwrap();
    assert_eq!(list["items"][0]["kind"], "SealedSecret");
    assert_eq!(list["items"][1], plain.iter().find(|object| object["kind"] == "List").unwrap()["items"][1]);
}

#[tokio::test]
async fn a_release_installed_through_it_has_its_secrets_from_the_controller() {
    let (office, [password, token]) = with_chart().await;
    let args = ["install", "app", "chart", "-f", "values.yaml", "--namespace", &office.namespace];
    let _ = office.here(helm()).args(args).args(post_renderer(&office.namespace)).run().await.success();
    office.has("app-db", &[("password", &password)]).await;
    office.has("app-api", &[("token", &token)]).await;
    let manifest = office.here(helm()).args(["get", "manifest", "app", "-n", &office.namespace]).run().await.success();
    assert_sealed(&[&password, &token], &manifest.stdout_text());

    office.write("values.yaml", &format!("password: \"{token}\"\ntoken: \"{token}\"\n"));
    let args = ["upgrade", "app", "chart", "-f", "values.yaml", "--namespace", &office.namespace];
    let _ = office.here(helm()).args(args).args(post_renderer(&office.namespace)).run().await.success();
    office.has("app-db", &[("password", &token)]).await;
}

#[tokio::test]
async fn a_post_renderer_that_fails_keeps_helm_from_installing_anything() {
    let (office, [password, _]) = with_chart().await;
    std::fs::remove_file(office.folder.path().join("cert.pem")).unwrap();
    let args = ["install", "app", "chart", "-f", "values.yaml", "--namespace", &office.namespace];
    let output = office.here(helm()).args(args).args(post_renderer(&office.namespace)).run().await.exit(1);
    assert!(output.stderr_text().contains("cert.pem: No such file or directory"), "{}", output.stderr_text());
    assert_sealed(&[&password], &output.stderr_text());
    let there = office.cluster.kubectl(&["get", "configmap,sealedsecret", "-n", &office.namespace, "-o", "name"]).await;
    assert!(!there.contains("app-"), "{there}");
}

#[tokio::test]
async fn what_kustomize_generates_is_sealed_under_the_name_that_others_refer_to() {
    let office = Office::new(&[]).await;
    let password = canary::fresh();
    office.write("base/password.txt", &password);
    office.write("base/pod.yaml", "# a comment\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    image: web\n    envFrom: [{secretRef: {name: db}}]\n");
    let kustomization = format!(
        "namespace: {}\nresources: [pod.yaml]\nsecretGenerator:\n- name: db\n  files: [password.txt]\nconfigMapGenerator:\n- name: settings\n  literals: [level=debug]\n",
        office.namespace
    );
    office.write("base/kustomization.yaml", &kustomization);
    let rendered = office.here(Program::kubectl()).args(["kustomize", "base"]).run().await.success().stdout_text();
    assert!(canary::Canary::new(&password).find(&rendered).is_some());

    let seal = office.here(Program::waxseal()).args(["seal", "--passthrough", "--cert", "cert.pem"]);
    let sealed = seal.stdin(rendered.clone()).run().await.success().stdout_text();
    assert_sealed(&[&password], &sealed);
    // Documents that are no Secrets keep every byte, and their order.
    let others = |text: &str, kind: &str| {
        let of_kind = text.split("---\n").filter(|document| !document.contains(&format!("kind: {kind}\n")));
        of_kind.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(others(&sealed, "SealedSecret"), others(&rendered, "Secret"));

    let objects = objects(&sealed);
    let pod = find(&objects, "Pod", "web");
    let name = pod["spec"]["containers"][0]["envFrom"][0]["secretRef"]["name"].as_str().unwrap();
    assert!(name.starts_with("db-"), "{name}");
    office.apply(&sealed).await;
    office.has(name, &[("password.txt", &password)]).await;
}
