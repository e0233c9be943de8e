//! The chart and the manifests in `deploy/`, for the tests of what is deployed.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::binaries;
use crate::cluster::Cluster;
use crate::program::Program;

/// The name under which tests install the chart.
pub const RELEASE: &str = "waxseal";

/// A path in `deploy/`.
pub fn path(name: &str) -> PathBuf {
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).join("deploy");
    deploy.join(name)
}

/// The chart.
pub fn chart() -> PathBuf {
    path("chart")
}

/// `helm`.
pub fn helm() -> Program {
    Program::tool(&binaries::HELM)
}

/// `helm template` of the chart into kube-system, with further arguments: what it prints. Panics when it fails.
pub async fn render_text(args: &[&str]) -> String {
    let output = helm().args(["template", RELEASE]).args([chart()]).args(["--namespace", "kube-system"]).args(args);
    output.run().await.success().stdout_text()
}

/// As [`render_text`], as the objects in it.
pub async fn render(args: &[&str]) -> Vec<Value> {
    objects(&render_text(args).await)
}

/// The objects of a YAML stream. Panics when it is none.
pub fn objects(yaml: &str) -> Vec<Value> {
    let documents: Vec<Value> = serde_saphyr::from_multiple(yaml).unwrap_or_else(|error| panic!("{error}"));
    documents.into_iter().filter(|document| !document.is_null()).collect()
}

/// Roles, bindings and service accounts, of all these objects.
pub fn rights_in(mut objects: Vec<Value>) -> Vec<Value> {
    objects.retain(|object| {
        let kind = object["kind"].as_str().unwrap_or_default();
        kind.contains("Role") || kind == "ServiceAccount"
    });
    objects
}

/// Applies them.
pub async fn grant(cluster: &Cluster, rights: &[Value]) {
    let documents: Vec<String> = rights.iter().map(Value::to_string).collect();
    cluster.kubectl_with(&["apply", "--server-side", "-f", "-"], &documents.join("\n---\n")).await;
}

/// The one object of this kind and name. Panics when it is not there.
pub fn find<'a>(objects: &'a [Value], kind: &str, name: &str) -> &'a Value {
    let found = objects.iter().find(|object| object["kind"] == kind && object["metadata"]["name"] == name);
    found.unwrap_or_else(|| panic!("there is no {kind} {name}"))
}

/// Every query of a Grafana dashboard, with values in place of Grafana's variables.
pub fn dashboard_queries(dashboard: &Value) -> Vec<String> {
    let panels = dashboard["panels"].as_array().into_iter().flatten();
    let targets = panels.flat_map(|panel| panel["targets"].as_array().into_iter().flatten());
    let queries = targets.filter_map(|target| target["expr"].as_str());
    queries
        .map(|query| query.replace("$__rate_interval", "5m").replace("$job", ".*").replace("$namespace", ".*"))
        .collect()
}

/// The names of metrics in a query of Prometheus': every word that is none of its functions, labels or strings.
pub fn metrics_in(query: &str) -> Vec<String> {
    const PREFIXES: [&str; 3] = ["sealed_secrets_controller_", "waxseal_", "process_"];
    let words = query.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words.filter(|word| PREFIXES.iter().any(|prefix| word.starts_with(prefix))).map(str::to_owned).collect()
}
