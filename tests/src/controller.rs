//! The real controller, or the original's, as a process beside a cluster.

mod builder;
mod in_pod;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitStatus;

use anyhow::{Context as _, ensure};
use rustix::process::Signal;

use crate::cluster::Cluster;
use crate::http;
use crate::net::{Forward, Port};
use crate::server::Server;
use crate::wait::{SOON, try_wait_for, wait_for};

pub use builder::Builder;

/// A running controller; killed on drop.
#[derive(Debug)]
pub struct Controller {
    server: Server,
    web: SocketAddr,
    metrics: SocketAddr,
    port: u16,
    ready: &'static str,
    metrics_port: u16,
    _forwards: Vec<Forward>,
    _ports: [Port; 2],
}

impl Controller {
    /// Our controller for this cluster, not started yet.
    pub fn of(cluster: &Cluster) -> Builder<'_> {
        Builder::new(cluster, builder::Make::Ours)
    }

    /// The original's controller for this cluster, not started yet. It only knows how to run in a pod, and is made to
    /// believe that it does, which takes root.
    pub fn peer_of(cluster: &Cluster) -> Builder<'_> {
        Builder::new(cluster, builder::Make::Peer)
    }

    /// Waits until it says that it is ready. Panics with the end of its log when it does not.
    pub async fn ready(&self) {
        let ready = try_wait_for(SOON, async || {
            self.server.check()?;
            let reply = http::get(self.web, self.ready).await?;
            ensure!(reply.status == 200, "{} says {}", self.ready, reply.status);
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

    /// The port of its metrics, as it listens on it itself.
    pub fn metrics_port(&self) -> u16 {
        self.metrics_port
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

    /// Whether it has not ended.
    pub fn runs(&self) -> bool {
        self.server.check().is_ok()
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
