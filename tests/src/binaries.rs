//! The programs that the tests run and that are not ours, by name.
//!
//! Each is pinned by a Go module in `tests/binaries/` and built once, into a cache outside the source tree:
//! `$XDG_CACHE_HOME/waxseal/bin/TOOL-HASH/TOOL`. When `KUBEBUILDER_ASSETS` names a folder with a control plane (the
//! envtest convention), that one is used.

mod build;

use std::collections::BTreeMap;
use std::env;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use anyhow::{Context as _, Result};

/// A program to be built from a Go module in `tests/binaries/`.
#[derive(Debug)]
pub struct Tool {
    /// The file name that it gets.
    pub name: &'static str,
    /// The folder under `tests/binaries/` whose `go.mod` pins it.
    pub module: &'static str,
    /// The Go package with its `main`.
    pub package: &'static str,
    /// Symbols set by the linker, as `-X` takes them.
    pub symbols: &'static [&'static str],
}

/// Stamps the version that `kube-apiserver` and `kubectl` report; clients such as Helm parse it.
const KUBE_VERSION: &[&str] = &[
    "k8s.io/component-base/version.gitVersion=v1.36.3",
    "k8s.io/component-base/version.gitMajor=1",
    "k8s.io/component-base/version.gitMinor=36",
    "k8s.io/client-go/pkg/version.gitVersion=v1.36.3",
];
const PEER_VERSION: &[&str] = &["main.VERSION=0.27.1"];
/// The Kubernetes that `helm template` and `helm lint` take for granted, and Helm's own version.
const HELM_VERSION: &[&str] = &[
    "helm.sh/helm/v3/internal/version.version=v3.22.0",
    "helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1",
    "helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=36",
    "helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor=1",
    "helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=36",
];

/// The store.
pub const ETCD: Tool = Tool { name: "etcd", module: "etcd", package: "go.etcd.io/etcd/server/v3", symbols: &[] };
/// The API server.
pub const KUBE_APISERVER: Tool = kube("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver");
/// The garbage collector, and the namespace and service account controllers.
pub const KUBE_CONTROLLER_MANAGER: Tool =
    kube("kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager");
/// What a user types.
pub const KUBECTL: Tool = kube("kubectl", "k8s.io/kubernetes/cmd/kubectl");
/// The original's command line.
pub const PEER_KUBESEAL: Tool = peer("kubeseal", "github.com/bitnami-labs/sealed-secrets/cmd/kubeseal");
/// The original's controller.
pub const PEER_CONTROLLER: Tool =
    peer("sealed-secrets-controller", "github.com/bitnami-labs/sealed-secrets/cmd/controller");
/// What installs the chart.
pub const HELM: Tool =
    Tool { name: "helm", module: "helm", package: "helm.sh/helm/v3/cmd/helm", symbols: HELM_VERSION };
/// What checks the alerts.
pub const PROMTOOL: Tool = Tool {
    name: "promtool",
    module: "promtool",
    package: "github.com/prometheus/prometheus/cmd/promtool",
    symbols: &[],
};
/// What makes identities for encrypted backups, in the documentation.
pub const AGE_KEYGEN: Tool =
    Tool { name: "age-keygen", module: "age", package: "filippo.io/age/cmd/age-keygen", symbols: &[] };

/// Every tool; `e2e binaries` builds them all.
pub const ALL: &[&Tool] = &[
    &ETCD,
    &KUBE_APISERVER,
    &KUBE_CONTROLLER_MANAGER,
    &KUBECTL,
    &PEER_KUBESEAL,
    &PEER_CONTROLLER,
    &HELM,
    &PROMTOOL,
    &AGE_KEYGEN,
];

const fn kube(name: &'static str, package: &'static str) -> Tool {
    Tool { name, module: "kube", package, symbols: KUBE_VERSION }
}

const fn peer(name: &'static str, package: &'static str) -> Tool {
    Tool { name, module: "peer", package, symbols: PEER_VERSION }
}

/// Where the tool is, after building it if nobody has yet: minutes for Kubernetes, and progress goes to stderr.
pub fn find(tool: &'static Tool) -> Result<PathBuf> {
    static FOUND: Mutex<BTreeMap<&str, PathBuf>> = Mutex::new(BTreeMap::new());

    // Held while building: the other tests of this process need the same tool next.
    let mut found = FOUND.lock().expect("no thread panics with this lock");
    if let Some(path) = found.get(tool.name) {
        return Ok(path.clone());
    }
    let path = match assets().map(|folder| folder.join(tool.name)) {
        Some(path) if path.is_file() => path,
        _ => build::cached(tool, &cache_dir()?)?,
    };
    found.insert(tool.name, path.clone());
    Ok(path)
}

/// `e2e binaries`: builds every tool that is not there yet, and prints the path of each.
pub fn print_all() -> Result<()> {
    for tool in ALL {
        let path = find(tool)?;
        writeln!(io::stdout(), "{}", path.display()).context("writing to stdout")?;
    }
    Ok(())
}

/// `$XDG_CACHE_HOME/waxseal`, else `~/.cache/waxseal`.
pub fn cache_dir() -> Result<PathBuf> {
    let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base = match xdg {
        Some(path) => path,
        None => {
            env::home_dir().context("neither XDG_CACHE_HOME nor HOME is set: nowhere to cache binaries")?.join(".cache")
        }
    };
    Ok(base.join("waxseal"))
}

/// The folder of `KUBEBUILDER_ASSETS` when it holds a whole control plane; kube-controller-manager, which envtest
/// leaves out, may be missing.
fn assets() -> Option<&'static Path> {
    static ASSETS: OnceLock<Option<PathBuf>> = OnceLock::new();
    ASSETS.get_or_init(whole_assets).as_deref()
}

fn whole_assets() -> Option<PathBuf> {
    let folder = PathBuf::from(env::var_os("KUBEBUILDER_ASSETS").filter(|value| !value.is_empty())?);
    match missing_from(&folder) {
        Some(tool) => {
            build::say(&format!("KUBEBUILDER_ASSETS={} has no {tool}: using pinned builds instead", folder.display()));
            None
        }
        None => Some(folder),
    }
}

fn missing_from(folder: &Path) -> Option<&'static str> {
    [&ETCD, &KUBE_APISERVER, &KUBECTL].into_iter().map(|tool| tool.name).find(|name| !folder.join(name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_kubectl_is_not_a_whole_control_plane() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["etcd", "kube-apiserver"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(missing_from(folder.path()), Some("kubectl"));
        std::fs::write(folder.path().join("kubectl"), "").unwrap();
        assert_eq!(missing_from(folder.path()), None);
    }

    #[test]
    fn every_tool_has_a_module_that_pins_it() {
        for tool in ALL {
            let manifest = build::module_dir(tool).join("go.mod");
            assert!(manifest.is_file(), "{} needs {}", tool.name, manifest.display());
        }
    }
}
