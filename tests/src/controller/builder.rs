//! How to run a controller.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Controller;
use super::in_pod;
use crate::binaries;
use crate::cluster::Cluster;
use crate::guard::{self, Guard};
use crate::net::{Forward, Netns, Port};
use crate::server::{Recipe, Server};

/// Whose controller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Make {
    Ours,
    Peer,
}

/// How to run a controller; [`Builder::start`] runs it.
#[derive(Debug)]
pub struct Builder<'a> {
    cluster: &'a Cluster,
    make: Make,
    namespace: String,
    kubeconfig: Option<PathBuf>,
    address: Ipv4Addr,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(cluster: &'a Cluster, make: Make) -> Self {
        Self {
            cluster,
            make,
            namespace: "kube-system".to_owned(),
            kubeconfig: None,
            address: Ipv4Addr::LOCALHOST,
            args: Vec::new(),
            env: Vec::new(),
        }
    }

    /// The namespace that it takes for its own (`POD_NAMESPACE`), where its keys are; kube-system unless said here.
    #[must_use]
    pub fn namespace(mut self, name: &str) -> Self {
        name.clone_into(&mut self.namespace);
        self
    }

    /// As [`Builder::namespace`], and it watches no other: for a test in the shared cluster.
    #[must_use]
    pub fn only_namespace(self, name: &str) -> Self {
        self.namespace(name).flag("--all-namespaces=false")
    }

    /// Whom it acts as; the administrator unless said here. The original's acts as a service account of its own, which
    /// may do everything.
    #[must_use]
    pub fn kubeconfig(mut self, path: &Path) -> Self {
        self.kubeconfig = Some(path.to_owned());
        self
    }

    /// The address that it listens on, inside the cluster's network namespace; loopback unless said here.
    #[must_use]
    pub fn listen_on(mut self, address: Ipv4Addr) -> Self {
        self.address = address;
        self
    }

    /// Appends an argument.
    #[must_use]
    pub fn flag(mut self, flag: impl Into<OsString>) -> Self {
        self.args.push(flag.into());
        self
    }

    /// Sets a variable.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Starts it, and waits until it says that it is ready. Panics with the end of its log when it does not.
    pub async fn start(self) -> Controller {
        let controller = self.launch().await;
        controller.ready().await;
        controller
    }

    /// Starts it, ready or not.
    pub async fn launch(self) -> Controller {
        self.try_launch().await.unwrap_or_else(|error| panic!("starting the controller: {error:#}"))
    }

    async fn try_launch(self) -> Result<Controller> {
        let folder = Guard::get().folder("controller")?;
        let ports = [Port::reserve()?, Port::reserve()?];
        let [web, metrics] = [&ports[0], &ports[1]].map(|port| SocketAddr::from((self.address, port.number())));
        let network = self.cluster.network();

        let server = Server::start(self.recipe(&folder, web, metrics).await?)?;
        let forwards = match network {
            None => Vec::new(),
            Some(network) => vec![Forward::into_namespace(network, web)?, Forward::into_namespace(network, metrics)?],
        };
        let [web_here, metrics_here] = match &*forwards {
            [first, second] => [first.local(), second.local()],
            _ => [web, metrics],
        };
        let ready = match self.make {
            Make::Ours => "/readyz",
            Make::Peer => "/healthz",
        };
        Ok(Controller {
            server,
            web: web_here,
            metrics: metrics_here,
            port: web.port(),
            metrics_port: metrics.port(),
            ready,
            _forwards: forwards,
            _ports: ports,
        })
    }

    async fn recipe(&self, folder: &Path, web: SocketAddr, metrics: SocketAddr) -> Result<Recipe> {
        let mut args = vec![format!("--listen-addr={web}").into(), format!("--listen-metrics-addr={metrics}").into()];
        args.extend(self.args.iter().cloned());
        let mut env: Vec<(OsString, OsString)> =
            vec![("HOME".into(), folder.into()), ("POD_NAMESPACE".into(), self.namespace.clone().into())];
        let mut wrapper: Vec<OsString> = self
            .cluster
            .network()
            .map(|network: &Netns| network.wrapper().map(OsString::from).into())
            .unwrap_or_default();
        let (name, program) = match self.make {
            Make::Ours => {
                let kubeconfig = self.kubeconfig.as_deref().unwrap_or(self.cluster.kubeconfig_inside());
                env.push(("KUBECONFIG".into(), kubeconfig.into()));
                env.push(("RUST_BACKTRACE".into(), "1".into()));
                ("waxseal-controller", guard::built("waxseal-controller")?)
            }
            Make::Peer => {
                let pod = in_pod::prepare(self.cluster, &self.namespace, folder).await?;
                env.extend(pod.env);
                wrapper.extend(pod.wrapper);
                ("sealed-secrets-controller", binaries::find(&binaries::PEER_CONTROLLER)?)
            }
        };
        env.extend(self.env.iter().cloned());
        Ok(Recipe { name, program, args, env, log: folder.join("log"), wrapper })
    }
}
