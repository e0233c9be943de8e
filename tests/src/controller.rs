//! The real controller, or the original's, as a process beside a cluster.

use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use anyhow::{Context as _, Result, ensure};
use rustix::process::Signal;

use crate::cluster::Cluster;
use crate::guard::{self, Guard};
use crate::http;
use crate::net::{Forward, Port};
use crate::server::{Recipe, Server};
use crate::wait::{SOON, try_wait_for, wait_for};

/// How to run a controller; [`Builder::start`] runs it.
#[derive(Debug)]
pub struct Builder<'a> {
    cluster: &'a Cluster,
    namespace: String,
    kubeconfig: Option<PathBuf>,
    address: Ipv4Addr,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
}

impl Builder<'_> {
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

    /// Whom it acts as; the administrator unless said here.
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
        let controller = self.launch();
        controller.ready().await;
        controller
    }

    /// Starts it, ready or not.
    pub fn launch(self) -> Controller {
        self.try_launch().unwrap_or_else(|error| panic!("starting the controller: {error:#}"))
    }

    fn try_launch(self) -> Result<Controller> {
        let folder = Guard::get().folder("controller")?;
        let ports = [Port::reserve()?, Port::reserve()?];
        let [web, metrics] = [&ports[0], &ports[1]].map(|port| SocketAddr::from((self.address, port.number())));
        let network = self.cluster.network();
        let kubeconfig = self.kubeconfig.unwrap_or_else(|| self.cluster.kubeconfig_inside().to_owned());

        let mut args = vec![format!("--listen-addr={web}").into(), format!("--listen-metrics-addr={metrics}").into()];
        args.extend(self.args);
        let mut env: Vec<(OsString, OsString)> = vec![
            ("HOME".into(), folder.clone().into()),
            ("KUBECONFIG".into(), kubeconfig.into()),
            ("POD_NAMESPACE".into(), self.namespace.into()),
            ("RUST_BACKTRACE".into(), "1".into()),
        ];
        env.extend(self.env);
        let recipe = Recipe {
            name: "waxseal-controller",
            program: guard::built("waxseal-controller")?,
            args,
            env,
            log: folder.join("log"),
            wrapper: network.map(|network| network.wrapper().map(OsString::from).into()).unwrap_or_default(),
        };
        let server = Server::start(recipe)?;
        let forwards = match network {
            None => Vec::new(),
            Some(network) => vec![Forward::into_namespace(network, web)?, Forward::into_namespace(network, metrics)?],
        };
        let [web_here, metrics_here] = match &*forwards {
            [first, second] => [first.local(), second.local()],
            _ => [web, metrics],
        };
        Ok(Controller {
            server,
            web: web_here,
            metrics: metrics_here,
            port: web.port(),
            _forwards: forwards,
            _ports: ports,
        })
    }
}

/// A running controller; killed on drop.
#[derive(Debug)]
pub struct Controller {
    server: Server,
    web: SocketAddr,
    metrics: SocketAddr,
    port: u16,
    _forwards: Vec<Forward>,
    _ports: [Port; 2],
}

impl Controller {
    /// A controller for this cluster, not started yet.
    pub fn of(cluster: &Cluster) -> Builder<'_> {
        Builder {
            cluster,
            namespace: "kube-system".to_owned(),
            kubeconfig: None,
            address: Ipv4Addr::LOCALHOST,
            args: Vec::new(),
            env: Vec::new(),
        }
    }

    /// Waits until `/readyz` answers 200. Panics with the end of its log when it does not.
    pub async fn ready(&self) {
        let ready = try_wait_for(SOON, async || {
            self.server.check()?;
            let reply = http::get(self.web, "/readyz").await?;
            ensure!(reply.status == 200, "/readyz says {}", reply.status);
            Ok(())
        });
        if let Err(error) = ready.await {
            panic!("the controller did not become ready: {error:#}; {}", self.server.tail());
        }
    }

    /// Where its HTTP endpoints are, as this process reaches them.
    pub fn web(&self) -> SocketAddr {
        self.web
    }

    /// The port of its HTTP endpoints, as it listens on it itself.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The newest certificate, in PEM, as it serves it.
    pub async fn certificate(&self) -> String {
        let reply = self.get(self.web, "/v1/cert.pem").await;
        assert_eq!(reply.status, 200, "GET /v1/cert.pem: {}", reply.text());
        reply.text()
    }

    /// Its metrics in text form.
    pub async fn metrics(&self) -> String {
        self.get(self.metrics, "/metrics").await.text()
    }

    /// Everything that it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.server.log()).unwrap_or_else(|error| panic!("reading the controller's log: {error}"))
    }

    /// The file that it logs to.
    pub fn log_file(&self) -> &Path {
        self.server.log()
    }

    /// Waits until it has logged the text.
    pub async fn logged(&self, text: &str) {
        let look = async || {
            ensure!(self.log().contains(text), "{}", self.server.tail());
            Ok(())
        };
        wait_for(SOON, &format!("the controller to log {text:?}"), look).await;
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        if let Err(error) = self.server.signal(signal) {
            panic!("{error:#}");
        }
    }

    /// Sends SIGTERM, and waits for the end that it makes of itself.
    pub async fn terminate(&self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.ended().await
    }

    /// Waits until it ends by itself.
    pub async fn ended(&self) -> ExitStatus {
        wait_for(SOON, "the end of the controller", async || self.server.status()?.context("it still runs")).await
    }

    /// Sends SIGKILL, and waits for the end.
    pub fn kill(&self) {
        if let Err(error) = self.server.kill() {
            panic!("{error:#}");
        }
    }

    /// Starts it again as it was started, killing it if it runs, and waits until it is ready. The log goes on.
    pub async fn restart(&self) {
        if let Err(error) = self.server.restart() {
            panic!("{error:#}");
        }
        self.ready().await;
    }

    /// The number of its process.
    pub fn pid(&self) -> i32 {
        self.server.pid().as_raw_nonzero().get()
    }

    /// Panics with the end of its log if it has ended.
    pub fn assert_running(&self) {
        if let Err(error) = self.server.check() {
            panic!("{error:#}");
        }
    }

    async fn get(&self, server: SocketAddr, path: &str) -> http::Reply {
        http::get(server, path).await.unwrap_or_else(|error| panic!("{error:#}; {}", self.server.tail()))
    }
}
