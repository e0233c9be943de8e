//! What a reader has before him: a shell in a folder of its own, the programs that the pages use, clusters, and a place
//! for Git repositories.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use e2e::binaries::{self, Tool};
use e2e::guard::{Guard, built};
use e2e::net::Netns;
use e2e::wait::SOON;
use e2e::{Cluster, Output, Program, wait_for};
use serde_json::{Value, json};

use crate::engines::ENGINES;
use crate::node::{ADDRESS, Node};

/// Pushes to `https://github.com/…` end in folders, so that pages show the addresses that a reader would type.
const GIT_CONFIG: &str = "\
[user]
\tname = Reader
\temail = reader@example.com
[init]
\tdefaultBranch = main
[advice]
\tdetachedHead = false
[url \"file://HOME/forge/\"]
\tinsteadOf = https://github.com/
";

/// What the reader finds on GitHub: this project, and an empty repository of his own.
const FORGE: &str = r#"
mkdir -p ~/forge/example
git init --quiet --bare ~/forge/example/fleet.git
mkdir ~/waxseal
cp -r "$CHECKOUT/deploy" "$CHECKOUT/docs" ~/waxseal
git -C ~/waxseal init --quiet
git -C ~/waxseal add .
git -C ~/waxseal commit --quiet --message "Waxseal"
git -C ~/waxseal tag v0.1.0
git clone --quiet --bare ~/waxseal ~/forge/waxseal/waxseal.git
rm -r ~/waxseal
"#;

/// Stands in for GitHub's pull requests, of which there is one at most: `gh` as docs/gitops/reencrypt.sh calls it. A pull
/// request is only for a branch that was pushed.
const GH: &str = r#"#!/bin/bash
set -euo pipefail
head=
for ((i = 1; i < $#; i++)); do
    [[ ${!i} == --head ]] && next=$((i + 1)) && head=${!next}
done
git --git-dir ~/forge/example/fleet.git rev-parse --quiet --verify "refs/heads/$head" > /dev/null
case "$1 $2" in
    "pr list") [[ ! -e ~/forge/pull ]] || echo 1 ;;
    "pr create") (set -o noclobber; : > ~/forge/pull) && echo https://github.com/example/fleet/pull/1 ;;
    *) exit 1 ;;
esac
"#;

/// Runs what comes after it where the shell was left, with what it exported, and as strictly as a script.
const PRELUDE: &str = r#"
cd "$(cat ~/.cwd)"
. ~/.exported
trap 'export -p > ~/.exported; pwd > ~/.cwd' EXIT
set -aeuo pipefail
exec 2>&1
"#;

/// A reader's surroundings.
pub(crate) struct Stage {
    home: PathBuf,
    clusters: Vec<Cluster>,
    _nodes: Vec<Node>,
}

impl Stage {
    /// Without a cluster.
    pub(crate) async fn bare() -> Self {
        Self::with(Vec::new(), &[]).await
    }

    /// With a cluster in which there is nothing yet.
    pub(crate) async fn with_empty_cluster() -> Self {
        let cluster = Cluster::start_in(Netns::with_address(ADDRESS).unwrap()).await;
        empty(&cluster).await;
        Self::with(vec![cluster], &["kubernetes"]).await
    }

    /// With a cluster in which Waxseal was installed as docs/install.md says.
    pub(crate) async fn with_cluster() -> Self {
        let stage = Self::with_empty_cluster().await;
        stage.install("kubernetes").await;
        stage
    }

    /// After the reader has done something else, such as what a page takes for granted.
    pub(crate) async fn after(self, script: &str) -> Self {
        drop(self.shell(script).await.success());
        self
    }

    /// As [`Stage::with_cluster`], with the types of Flux and Argo CD, but without their controllers.
    pub(crate) async fn with_gitops_engines() -> Self {
        let stage = Self::with_cluster().await;
        for namespace in ["flux-system", "argocd"] {
            stage.clusters[0].namespace_named(namespace).await;
        }
        for engine in ENGINES {
            let types = engine.folder().join(engine.types);
            let apply = ["apply", "--server-side", "--filename", types.to_str().unwrap()];
            stage.clusters[0].kubectl(&apply).await;
        }
        // A type that was just made has no conditions yet, and kubectl does not wait for them.
        wait_for(SOON, "the types of the engines", async || {
            let wait = ["wait", "--for=condition=Established", "--timeout=10s", "crd", "--all"];
            Program::kubectl().kubeconfig(stage.clusters[0].kubeconfig()).args(wait).run().await.ok()
        })
        .await;
        stage
    }

    /// With several clusters, each under its name as a context; Waxseal is in the first ones, and nothing in the others.
    pub(crate) async fn with_clusters(installed: &[&str], empty_ones: &[&str]) -> Self {
        let names = [installed, empty_ones].concat();
        let mut clusters = Vec::new();
        for _ in &names {
            let cluster = Cluster::start().await;
            empty(&cluster).await;
            clusters.push(cluster);
        }
        let stage = Self::with(clusters, &names).await;
        for name in installed {
            stage.install(name).await;
        }
        stage
    }

    async fn with(clusters: Vec<Cluster>, contexts: &[&str]) -> Self {
        let home = Guard::get().folder("reader").unwrap();
        for folder in ["bin", "work", ".kube"] {
            fs::create_dir(home.join(folder)).unwrap();
        }
        fs::write(home.join(".gitconfig"), GIT_CONFIG.replace("HOME", home.to_str().unwrap())).unwrap();
        fs::write(home.join(".cwd"), home.join("work").to_str().unwrap()).unwrap();
        fs::write(home.join(".exported"), "").unwrap();
        for program in ["waxseal", "kubectl-waxseal"] {
            symlink(built("waxseal").unwrap(), home.join("bin").join(program)).unwrap();
        }
        let gh = home.join("bin/gh");
        fs::write(&gh, GH).unwrap();
        fs::set_permissions(&gh, fs::Permissions::from_mode(0o755)).unwrap();
        let stage = Self { home, _nodes: clusters.iter().map(Node::of).collect(), clusters };
        for tool in [&binaries::KUBECTL, &binaries::HELM, &binaries::AGE_KEYGEN, &binaries::PEER_KUBESEAL] {
            stage.offer(tool);
        }
        stage.write_kubeconfig(contexts);
        drop(stage.shell(FORGE).await.success());
        stage
    }

    /// Puts a program on the reader's PATH.
    fn offer(&self, tool: &'static Tool) {
        symlink(binaries::find(tool).unwrap(), self.home.join("bin").join(tool.name)).unwrap();
    }

    /// One file for all clusters; the first is the current one.
    fn write_kubeconfig(&self, contexts: &[&str]) {
        let mut all = json!({ "apiVersion": "v1", "kind": "Config", "clusters": [], "users": [], "contexts": [] });
        for (name, cluster) in contexts.iter().zip(&self.clusters) {
            let one: Value = serde_json::from_str(&fs::read_to_string(cluster.kubeconfig_inside()).unwrap()).unwrap();
            for (list, field) in [("clusters", "cluster"), ("users", "user")] {
                let entry = json!({ "name": name, field: one[list][0][field] });
                all[list].as_array_mut().unwrap().push(entry);
            }
            let context = json!({ "name": name, "context": { "cluster": name, "user": name } });
            all["contexts"].as_array_mut().unwrap().push(context);
        }
        if let Some(first) = contexts.first() {
            all["current-context"] = json!(first);
            fs::write(self.home.join(".kube/config"), all.to_string()).unwrap();
        }
    }

    /// Does what docs/install.md says.
    async fn install(&self, context: &str) {
        let script = format!(
            "helm install waxseal \"$CHECKOUT/deploy/chart\" --kube-context {context} --namespace kube-system
            kubectl --context {context} --namespace kube-system rollout status deployment/sealed-secrets-controller"
        );
        drop(self.shell(&script).await.success());
    }

    /// Saves a file where the reader is.
    pub(crate) fn save(&self, file: &str, text: &str) {
        let path = Path::new(fs::read_to_string(self.home.join(".cwd")).unwrap().trim()).join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Types commands. What they print to stderr comes with what they print to stdout, as on a terminal.
    pub(crate) async fn shell(&self, script: &str) -> Output {
        let path = std::env::var("PATH").unwrap();
        let mut bash = Program::at("bash", "/bin/bash")
            .args(["-c", &format!("{PRELUDE}\n{script}")])
            .env("HOME", &self.home)
            .env("PATH", format!("{}:{path}", self.home.join("bin").display()))
            .env("CHECKOUT", checkout())
            // So that a page is the same wherever it is read.
            .env("TZ", "UTC")
            .env("LC_ALL", "C.UTF-8");
        if let Some(network) = self.clusters.first().and_then(Cluster::network) {
            bash = bash.inside(network);
        }
        bash.run().await
    }
}

/// The harness puts the SealedSecret type into each cluster; a reader's has none.
async fn empty(cluster: &Cluster) {
    cluster.kubectl(&["delete", "crd", "sealedsecrets.bitnami.com"]).await;
}

/// The root of the checkout.
pub(crate) fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
