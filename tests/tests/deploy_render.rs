//! The manifests in `deploy/` that are rendered from the chart. `WAXSEAL_RENDER=1` writes them anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::{env, fs};

use e2e::deploy::{objects, path, render_text};
use e2e::{Cluster, Program};
use serde_json::Value;

const HEADER: &str = "# Rendered from deploy/chart; do not edit. `cargo xtask generate` writes it.\n";

/// A rendered file, and what it is made of.
struct Rendered {
    file: &'static str,
    values: &'static [&'static str],
    holds: fn(template: &str) -> bool,
}

const RENDERED: &[Rendered] = &[
    Rendered { file: "install.yaml", values: &[], holds: |_| true },
    Rendered { file: "kustomize/base/crd.yaml", values: &[], holds: |template| template == "crd.yaml" },
    Rendered {
        file: "kustomize/base/controller.yaml",
        values: &[],
        holds: |template| template != "crd.yaml" && !template.starts_with("guard/"),
    },
    Rendered {
        file: "kustomize/components/guard/guard.yaml",
        values: &[],
        holds: |template| template.starts_with("guard/"),
    },
    Rendered {
        file: "kustomize/components/monitoring/monitoring.yaml",
        values: &[
            "--set=metrics.serviceMonitor.enabled=true,metrics.prometheusRule.enabled=true,metrics.dashboards.create=true",
        ],
        holds: |template| template == "monitoring.yaml",
    },
];

impl Rendered {
    /// The documents of the templates that it holds.
    async fn text(&self) -> String {
        // What to keep on an uninstall is nothing to anybody but Helm.
        let all = render_text(&[self.values, &["--set=crds.keep=false"]].concat()).await;
        let mut text = HEADER.to_owned();
        for document in all.split("---\n# Source: waxseal/templates/").skip(1) {
            let (template, manifest) = document.split_once('\n').unwrap();
            if (self.holds)(template) {
                text.push_str("---\n");
                text.push_str(manifest);
            }
        }
        text
    }
}

#[tokio::test]
async fn what_is_rendered_from_the_chart_is_as_the_chart_renders_it() {
    for rendered in RENDERED {
        let file = path(rendered.file);
        let text = rendered.text().await;
        if env::var_os("WAXSEAL_RENDER").is_some() {
            fs::write(&file, text).unwrap();
        } else {
            let found = fs::read_to_string(&file).unwrap_or_default();
            assert!(found == text, "{} is not what the chart renders: run `cargo xtask generate`", rendered.file);
        }
    }
}

#[tokio::test]
async fn the_api_server_takes_the_manifest_as_it_stands() {
    let cluster = Cluster::start().await;
    let manifest = path("install.yaml");
    let apply = ["apply", "--server-side", "--force-conflicts", "--validate=strict", "-f"];
    let kubectl = async || {
        Program::kubectl().kubeconfig(cluster.kubeconfig()).args(apply).args([&manifest]).run().await.success()
    };
    let first = kubectl().await.stdout_text();
    assert_eq!(first.lines().count(), objects(&fs::read_to_string(&manifest).unwrap()).len(), "{first}");
    // And again, as an upgrade does.
    drop(kubectl().await);
    let pods =
        ["-n", "kube-system", "get", "deployment", "sealed-secrets-controller", "-o", "jsonpath={.spec.replicas}"];
    assert_eq!(cluster.kubectl(&pods).await, "2");
}

#[tokio::test]
async fn the_kustomize_base_and_its_guard_are_what_the_manifest_holds() {
    let folder = tempfile::tempdir().unwrap();
    let kustomization = format!(
        "resources: [{}]\ncomponents: [{}, {}]\n",
        relative(folder.path(), "kustomize/base"),
        relative(folder.path(), "kustomize/components/guard"),
        relative(folder.path(), "kustomize/components/monitoring"),
    );
    fs::write(folder.path().join("kustomization.yaml"), kustomization).unwrap();
    let output = Program::kubectl().args(["kustomize"]).args([folder.path()]).run().await.success();
    let names = |objects: &[Value]| -> BTreeSet<String> {
        let name = |object: &Value| format!("{} {}", object["kind"], object["metadata"]["name"]);
        objects.iter().filter(|object| object["apiVersion"] != "monitoring.coreos.com/v1").map(name).collect()
    };
    let mut expected = names(&objects(&fs::read_to_string(path("install.yaml")).unwrap()));
    expected.insert("\"ConfigMap\" \"sealed-secrets-controller-dashboard\"".to_owned());
    assert_eq!(names(&objects(&output.stdout_text())), expected);
}

/// kustomize takes folders by relative paths only.
fn relative(from: &std::path::Path, to: &str) -> String {
    let up = "../".repeat(from.canonicalize().unwrap().components().count() - 1);
    format!("{up}{}", path(to).canonicalize().unwrap().display().to_string().trim_start_matches('/'))
}
