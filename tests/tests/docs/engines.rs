//! What others release and the pages use: pinned by the checksum of the Go module that it is in.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// A part of an engine.
pub(crate) struct Engine {
    module: &'static str,
    /// As in go.sum.
    sum: &'static str,
    /// Its CustomResourceDefinitions, within the module.
    pub(crate) types: &'static str,
}

/// What the guides use.
pub(crate) const ENGINES: &[Engine] = &[
    Engine {
        module: "github.com/fluxcd/source-controller@v1.9.1",
        sum: "h1:FF8XTxLND/pXzVtUESKURUDiItFJQDZBZkbHvZimN8s=",
        types: "config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml",
    },
    Engine {
        module: "github.com/fluxcd/kustomize-controller@v1.9.1",
        sum: "h1:jggQk9hMsnXG9QdPWNSKhttH5NdVN+HXm/dbKAJ3Uw8=",
        types: "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml",
    },
    Engine {
        module: "github.com/argoproj/argo-cd/v3@v3.5.7",
        sum: "h1:Xm1BF+I5OgDKUG3SDK49vn2/Y5AMyaNVko+/JT08gj0=",
        types: "manifests/crds/application-crd.yaml",
    },
];

/// The chart of the original.
pub(crate) fn original_chart() -> PathBuf {
    let original = Engine {
        module: "github.com/bitnami-labs/sealed-secrets@v0.27.1",
        sum: "h1:oSq/rCGYz0pk7RP4RacIorG/VCWA6c4D8wIEpRkZAUg=",
        types: "helm/sealed-secrets",
    };
    original.folder().join(original.types)
}

impl Engine {
    /// Where the module lies, after fetching it if it is not there.
    pub(crate) fn folder(&self) -> PathBuf {
        // Where Go finds no module that could say something about versions.
        let elsewhere = std::env::temp_dir();
        let go = Command::new("go").args(["mod", "download", "-json", self.module]).current_dir(elsewhere).output();
        let go = go.unwrap();
        let answer: Value = serde_json::from_slice(&go.stdout).unwrap();
        assert_eq!(answer["Sum"], self.sum, "{}: {answer}", self.module);
        answer["Dir"].as_str().unwrap().into()
    }
}
