//! The HTTP interface: the certificate, probes, metrics, and whether a SealedSecret opens.
//!
//! It speaks HTTP/1.1 without TLS, as upstream's does: clients come through the API server's service proxy, the kubelet
//! and Prometheus from inside the cluster. Nothing that a client sends is trusted, echoed or logged. A client that is
//! slow makes room for others, one that asks too often is told to wait, and the certificate is served to the end.

mod address;
mod admission;
mod body;
mod connection;
mod json;
mod rate_limit;
mod reply;
mod routes;
mod sealed;
mod slots;
mod values;

use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::health::Health;
use crate::keys::KeySet;
use crate::metrics::Metrics;

pub(crate) use address::ListenAddr;
use connection::{Acceptor, Timeouts};

/// How many connections there are at once on the address that everybody can reach.
const MAX_CONNECTIONS: usize = 1000;

/// And on the address that is scraped. An answer there has several megabytes where there are many SealedSecrets.
const MAX_SCRAPES: usize = 10;

/// What the command line says about the HTTP interface.
#[derive(Clone, Debug)]
pub(crate) struct HttpOptions {
    /// Where everything but the metrics is served (`--listen-addr`).
    pub(crate) listen: ListenAddr,
    /// Where the metrics are served (`--listen-metrics-addr`).
    pub(crate) listen_metrics: ListenAddr,
    /// How long a request may take to arrive (`--read-timeout`). Zero is a day.
    pub(crate) read_timeout: Duration,
    /// How long an answer may take to be worked out and sent (`--write-timeout`). Zero is a day.
    pub(crate) write_timeout: Duration,
    /// How often a peer may ask for `/v1/verify`, and how often for `/v1/rotate`, each second (`--rate-limit`).
    pub(crate) rate_limit: NonZeroU32,
    /// How many requests beyond that may come at once (`--rate-limit-burst`).
    pub(crate) rate_limit_burst: u32,
    /// Whether `/v1/verify` is served.
    pub(crate) verify: bool,
    /// Whether `/v1/rotate` is served.
    pub(crate) rotate: bool,
    /// Whether `/v1/verify` opens the deprecated `spec.data` (`--accept-deprecated-v1-data`).
    pub(crate) accept_deprecated_data: bool,
}

/// What the HTTP interface needs of the controller.
#[derive(Clone)]
pub(crate) struct HttpContext {
    /// The sealing keys, always the current ones.
    pub(crate) keys: watch::Receiver<Arc<KeySet>>,
    /// What the probes answer.
    pub(crate) health: Arc<Health>,
    /// What is scraped.
    pub(crate) metrics: Arc<Metrics>,
    /// One permit for each RSA operation at a time, shared with the reconcile loop.
    pub(crate) rsa: Arc<Semaphore>,
}

/// The two listening sockets. Binding is a step of its own, so that an address in use fails the start.
pub(crate) struct HttpServer {
    listener: TcpListener,
    metrics_listener: TcpListener,
    options: HttpOptions,
}

impl HttpServer {
    /// Listens, but answers nothing yet.
    pub(crate) async fn bind(options: HttpOptions) -> Result<Self, BindError> {
        let bind = async |address: &ListenAddr| {
            address.bind().await.map_err(|source| BindError { address: address.clone(), source })
        };
        let listener = bind(&options.listen).await?;
        let metrics_listener = bind(&options.listen_metrics).await?;
        Ok(Self { listener, metrics_listener, options })
    }

    /// Where everything but the metrics is served, and where the metrics are, with the ports that the kernel chose.
    pub(crate) fn addresses(&self) -> io::Result<(SocketAddr, SocketAddr)> {
        Ok((self.listener.local_addr()?, self.metrics_listener.local_addr()?))
    }

    /// Serves until `shutdown` becomes true or its sender is gone, and then until the requests that are under way are
    /// answered, but not for long.
    pub(crate) async fn serve(self, context: HttpContext, shutdown: watch::Receiver<bool>) {
        if let Ok((address, metrics_address)) = self.addresses() {
            tracing::info!(%address, %metrics_address, "serving HTTP");
        }
        let timeouts = Timeouts::new(self.options.read_timeout, self.options.write_timeout);
        let acceptor = |router, max_connections| Acceptor {
            router,
            timeouts,
            max_connections: max_connections_within_limits(max_connections),
            metrics: Arc::clone(&context.metrics),
        };
        let public = acceptor(routes::public(&self.options, &context, timeouts), MAX_CONNECTIONS);
        let scrapes = acceptor(routes::metrics(&context), MAX_SCRAPES);
        tokio::join!(
            public.serve(self.listener, shutdown.clone()),
            scrapes.serve(self.metrics_listener, shutdown.clone()),
        );
    }
}

/// An address could not be listened on.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}")]
pub(crate) struct BindError {
    address: ListenAddr,
    source: io::Error,
}

/// No more than half of the files that the process may open, so that the API server can still be reached.
fn max_connections_within_limits(wanted: usize) -> usize {
    let files = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    let half = files.and_then(|files| usize::try_from(files / 2).ok()).unwrap_or(usize::MAX);
    wanted.min(half).max(1)
}

#[cfg(test)]
mod tests;
