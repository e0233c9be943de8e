//! One seals, the other opens.

use e2e::Program;
use serde_json::json;

use crate::site::{MAKES, Make, SCOPES, Site};

#[tokio::test]
async fn what_their_kubeseal_seals_with_our_certificate_our_controller_opens() {
    let site = Site::new(Make::Ours).await;
    kubeseal_seals(&site, Make::Theirs).await;
}

#[tokio::test]
async fn what_our_kubeseal_seals_with_their_certificate_their_controller_opens() {
    let site = Site::new(Make::Theirs).await;
    kubeseal_seals(&site, Make::Ours).await;
}

/// In every scope, by flag and by annotation, in both formats; and single values.
async fn kubeseal_seals(site: &Site, make: Make) {
    let mut sealed = Vec::new();
    for (scope, annotation) in SCOPES {
        let manifest = site.secret(scope);
        let seal = site.beside(make.kubeseal()).args(["--scope", scope, "--format", "yaml"]);
        let text = seal.stdin(manifest.to_string()).run().await.success().stdout_text();
        sealed.push((scope.to_owned(), manifest, text));

        let name = format!("annotated-{scope}");
        let mut manifest = site.secret(&name);
        manifest["metadata"]["annotations"] = json!({ annotation: "true" });
        let seal = site.beside(make.kubeseal()).stdin(manifest.to_string());
        sealed.push((name, manifest, seal.run().await.success().stdout_text()));

        let name = format!("raw-{scope}");
        let raw = ["--raw", "--from-file=/dev/stdin", "--scope", scope, "--name", &name, "-n", &site.namespace];
        let raw = site.beside(make.kubeseal()).args(raw).stdin(b"\0\xff\n".to_vec());
        let text = raw.run().await.success().stdout_text();
        let object = json!({ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
            "metadata": { "name": name, "namespace": site.namespace, "annotations": { annotation: "true" } },
            "spec": { "encryptedData": { "bytes": text.trim_end() } } });
        sealed.push((name, json!({ "data": { "bytes": "AP8K" } }), object.to_string()));
    }
    for (name, _, text) in &sealed {
        assert!(text.contains("SealedSecret"), "{name}: {text}");
        site.apply(text).await;
    }
    for (name, manifest, _) in &sealed {
        site.opens(name, manifest).await;
    }
}

#[tokio::test]
async fn what_our_own_grammar_seals_with_their_certificate_their_controller_opens() {
    let site = Site::new(Make::Theirs).await;
    let mut manifests = Vec::new();
    for (scope, _) in SCOPES {
        let mut manifest = site.secret(scope);
        manifest["type"] = json!("example.com/of-our-own");
        let seal = site.beside(Program::waxseal().args(["seal", "--scope", scope]));
        site.apply(&seal.stdin(manifest.to_string()).run().await.success().stdout_text()).await;
        manifests.push((scope, manifest));
    }
    for (scope, manifest) in &manifests {
        let secret = site.opens(scope, manifest).await;
        assert_eq!(secret.type_.as_deref(), Some("example.com/of-our-own"));
        assert_eq!(secret.metadata.labels.unwrap()["app"], "web");
    }
}

#[tokio::test]
async fn kubeseal_without_a_flag_finds_our_controller_where_it_finds_its_own() {
    let site = Site::in_namespace(Make::Ours, "kube-system".to_owned()).await;
    for make in MAKES {
        let name = format!("{make:?}").to_lowercase();
        let manifest = site.secret(&name);
        let seal = make.kubeseal().kubeconfig(site.cluster.kubeconfig()).stdin(manifest.to_string());
        site.apply(&seal.run().await.success().stdout_text()).await;
        site.opens(&name, &manifest).await;
    }
}

#[tokio::test]
async fn either_merges_values_into_a_file_that_the_other_sealed() {
    for controller in MAKES {
        let site = Site::new(controller).await;
        let folder = tempfile::tempdir().unwrap();
        for (first, second) in [(Make::Ours, Make::Theirs), (Make::Theirs, Make::Ours)] {
            let name = format!("{first:?}-{second:?}").to_lowercase();
            let file = folder.path().join("sealed.json");
            let mut manifest = site.secret(&name);
            let seal = site.beside(first.kubeseal()).args(["-w", "sealed.json"]).stdin(manifest.to_string());
            let _ = seal.folder(folder.path()).run().await.success();

            let mut other = site.secret(&name);
            other["stringData"] = json!({ "password": "changed", "new": "value" });
            other["data"] = json!({});
            let merge = site.beside(second.kubeseal()).args(["--merge-into", "sealed.json"]);
            let _ = merge.folder(folder.path()).stdin(other.to_string()).run().await.success();

            site.apply(&std::fs::read_to_string(&file).unwrap()).await;
            manifest["stringData"] = other["stringData"].clone();
            site.opens(&name, &manifest).await;
        }
    }
}

#[tokio::test]
async fn what_was_sealed_with_a_certificate_from_a_file_opens_without_a_cluster_at_sealing() {
    let site = Site::new(Make::Ours).await;
    let folder = tempfile::tempdir().unwrap();
    let fetched = site.beside(Make::Theirs.kubeseal()).args(["--fetch-cert"]).run().await.success().stdout;
    std::fs::write(folder.path().join("cert.pem"), fetched).unwrap();
    for make in MAKES {
        let name = format!("{make:?}").to_lowercase();
        let manifest = site.secret(&name);
        std::fs::write(folder.path().join("secret.json"), manifest.to_string()).unwrap();
        let args = ["--cert", "cert.pem", "-f", "secret.json", "-w", "sealed.yaml"];
        let _ = make.kubeseal().folder(folder.path()).args(args).run().await.success();
        site.apply(&std::fs::read_to_string(folder.path().join("sealed.yaml")).unwrap()).await;
        site.opens(&name, &manifest).await;
    }
}
