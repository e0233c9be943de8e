//! A real control plane on loopback.

mod etcd;
mod faults;
mod kubeconfig;
mod plane;
mod pod;
mod requests;
mod tenants;

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use kube::Client;
use tokio::sync::OnceCell;

use crate::net::Netns;
use crate::program::Program;
use plane::ControlPlane;

pub use etcd::Snapshot;
pub use faults::Part;
pub use requests::Requests;

/// etcd, kube-apiserver and kube-controller-manager, with RBAC and with the SealedSecret type installed.
///
/// Clones are handles to the same cluster. It ends with its last handle, or with the process.
#[derive(Debug, Clone)]
pub struct Cluster {
    plane: Arc<ControlPlane>,
}

impl Cluster {
    /// A new cluster of one's own, ready for use: for a test that breaks it, or whose controller watches all of it.
    pub async fn start() -> Self {
        Self::from(ControlPlane::start(None).await)
    }

    /// A new cluster inside a network namespace. What this process does with it goes through a forwarded port; a
    /// program that has to live inside as well is wrapped: [`Program::inside`], [`crate::controller::Builder`].
    pub async fn start_in(namespace: Netns) -> Self {
        Self::from(ControlPlane::start(Some(namespace)).await)
    }

    /// The cluster that the tests of this process have in common, started by the first of them.
    ///
    /// Each test keeps to namespaces of its own there ([`Cluster::namespace`]).
    pub async fn shared() -> Self {
        static SHARED: OnceCell<std::result::Result<Cluster, String>> = OnceCell::const_new();

        let shared = SHARED.get_or_init(async || match ControlPlane::start(None).await {
            Ok(plane) => Ok(Self { plane: Arc::new(plane) }),
            Err(error) => Err(format!("{error:#}")),
        });
        match shared.await {
            Ok(cluster) => cluster.clone(),
            Err(error) => panic!("starting the shared cluster: {error}"),
        }
    }

    /// A client with an administrator's rights, of the current runtime: a client must not outlive the runtime that it
    /// was made in, so that tests cannot share one.
    pub async fn client(&self) -> Client {
        self.client_as(self.kubeconfig()).await
    }

    /// A client with the rights that the kubeconfig gives.
    pub async fn client_as(&self, kubeconfig: &Path) -> Client {
        kubeconfig::client(kubeconfig).await.unwrap_or_else(|error| panic!("making a client: {error:#}"))
    }

    /// A client with an administrator's rights that asks once and tells what came of it.
    pub(crate) async fn client_without_retries(&self) -> Client {
        let client = kubeconfig::client_without_retries(self.kubeconfig()).await;
        client.unwrap_or_else(|error| panic!("making a client: {error:#}"))
    }

    /// The administrator's kubeconfig.
    pub fn kubeconfig(&self) -> &Path {
        &self.plane.kubeconfig
    }

    /// The administrator's kubeconfig for a program inside the cluster's network namespace; the same without one.
    pub fn kubeconfig_inside(&self) -> &Path {
        &self.plane.kubeconfig_inside
    }

    /// The network namespace that it runs in.
    pub fn network(&self) -> Option<&Netns> {
        self.plane.network.as_ref()
    }

    /// What `kubectl` prints to stdout. Panics when it fails.
    pub async fn kubectl(&self, args: &[&str]) -> String {
        Program::kubectl().kubeconfig(self.kubeconfig()).args(args).run().await.success().stdout_text()
    }

    /// As [`Cluster::kubectl`], with documents on stdin: `apply -f -`.
    pub async fn kubectl_with(&self, args: &[&str], stdin: &str) -> String {
        Program::kubectl().kubeconfig(self.kubeconfig()).args(args).stdin(stdin).run().await.success().stdout_text()
    }

    /// The logs of its servers, for a search of what must not be in them.
    pub fn logs(&self) -> Vec<std::path::PathBuf> {
        self.plane.logs()
    }

    fn from(started: Result<ControlPlane>) -> Self {
        match started {
            Ok(plane) => Self { plane: Arc::new(plane) },
            Err(error) => panic!("starting a cluster: {error:#}"),
        }
    }
}

/// `e2e cluster`: prints the path of a kubeconfig, and serves until stdin closes.
pub fn serve() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("starting a runtime")?;
    let plane = runtime.block_on(ControlPlane::start(None))?;
    writeln!(io::stdout(), "{}", plane.kubeconfig.display()).context("writing to stdout")?;
    io::copy(&mut io::stdin().lock(), &mut io::sink()).context("reading stdin")?;
    Ok(())
}
