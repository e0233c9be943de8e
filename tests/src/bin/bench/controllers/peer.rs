//! A compatible controller that only knows how to run in a pod.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use e2e::Cluster;
use e2e::guard::Guard;
use serde_json::json;

/// Where client-go looks for the service account of its pod.
const ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// A peer that may be started, and the files of its service account, which may do everything.
pub(super) struct Installed<'a> {
    pub(super) cluster: &'a Cluster,
    path: &'a Path,
    args: &'a [String],
    folder: PathBuf,
}

impl<'a> Installed<'a> {
    pub(super) async fn new(cluster: &'a Cluster, path: &'a Path, args: &'a [String]) -> Result<Self> {
        let token = cluster.service_account_token("kube-system", "peer").await;
        let binding = json!({ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
            "metadata": { "name": "peer" },
            "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin" },
            "subjects": [{ "kind": "ServiceAccount", "name": "peer", "namespace": "kube-system" }] });
        cluster.kubectl_with(&["create", "-f", "-"], &binding.to_string()).await;
        let folder = Guard::get().folder("peer")?;
        fs::write(folder.join("token"), token).context("writing the token")?;
        fs::copy(cluster.certificate_authority(), folder.join("ca.crt")).context("copying the authority")?;
        fs::write(folder.join("namespace"), "kube-system").context("writing the namespace")?;
        fs::create_dir_all(ACCOUNT).context("creating the folder of the service account, which needs root")?;
        Ok(Self { cluster, path, args, folder })
    }

    pub(super) fn start(&self) -> Result<Peer> {
        let log = fs::File::create(self.folder.join("log")).context("creating the log")?;
        let address = self.cluster.address();
        let child = Command::new("unshare")
            .args(["--mount", "bash", "-euc", r#"mount --bind "$0" "$1"; shift; exec "$@""#])
            .arg(&self.folder)
            .arg(ACCOUNT)
            .arg(self.path)
            .args(self.args)
            .env("KUBERNETES_SERVICE_HOST", address.ip().to_string())
            .env("KUBERNETES_SERVICE_PORT", address.port().to_string())
            .env("POD_NAMESPACE", "kube-system")
            .process_group(Guard::get().process_group())
            .stdin(Stdio::null())
            .stdout(log.try_clone().context("opening the log twice")?)
            .stderr(log)
            .spawn()
            .context("starting the peer")?;
        Ok(Peer(child))
    }
}

/// A running peer, in a mount namespace of its own, so that the files of its service account are seen by nobody else.
pub(super) struct Peer(Child);

impl Peer {
    /// `unshare` and the shell have become the peer by `exec`.
    pub(super) fn pid(&self) -> Result<i32> {
        i32::try_from(self.0.id()).context("a process number that is none")
    }

    pub(super) fn stop(mut self) -> Result<()> {
        self.0.kill().context("ending the peer")?;
        self.0.wait().context("waiting for the peer")?;
        Ok(())
    }
}
