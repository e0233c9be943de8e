//! A proxy of ours between a controller and the API server, which does to the traffic what it is told to.
//!
//! The controller speaks plain HTTP with it, over loopback; it speaks TLS with the API server, as the administrator.

mod fault;
mod gate;
mod traffic;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use anyhow::{Context as _, Result};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use kube::Client;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::chaos::Dice;
use crate::cluster::Cluster;
use crate::guard::Guard;

pub use fault::{Fault, Often, Rule};
pub use gate::Gate;

/// A proxy in front of one cluster; it ends when dropped.
#[derive(Debug)]
pub struct Proxy {
    kubeconfig: PathBuf,
    state: Arc<State>,
    cut: watch::Sender<bool>,
    server: JoinHandle<()>,
}

#[derive(Debug)]
struct State {
    rules: Mutex<Vec<Rule>>,
    gates: Mutex<Vec<Gate>>,
    dice: Mutex<Dice>,
    /// What was done, by name.
    injected: Mutex<BTreeMap<&'static str, u64>>,
    /// Whether there are to be no watches.
    hushed: watch::Sender<bool>,
    /// Seconds by which the `Date` of every answer is off.
    shift: AtomicI64,
}

impl Proxy {
    /// Starts one that passes everything on.
    pub async fn start(cluster: &Cluster, seed: u64) -> Self {
        Self::try_start(cluster, seed).await.unwrap_or_else(|error| panic!("starting a proxy: {error:#}"))
    }

    /// The kubeconfig for whoever is to go through it.
    pub fn kubeconfig(&self) -> &Path {
        &self.kubeconfig
    }

    /// Adds a rule. The first that fits a request and is in the mood for it is carried out.
    pub fn rule(&self, rule: Rule) {
        lock(&self.state.rules).push(rule);
    }

    /// Forgets all rules.
    pub fn calm(&self) {
        lock(&self.state.rules).clear();
    }

    /// Holds the `number`th request from now on that `method` and a part of the path fit; an empty text fits all.
    /// Watches are not counted.
    pub fn hold(&self, number: u32, method: &'static str, path: impl Into<String>) -> Gate {
        let gate = Gate::new(number, method, path.into());
        lock(&self.state.gates).push(gate.clone());
        gate
    }

    /// Ends every connection, and takes no more.
    pub fn cut_off(&self) {
        self.state.count("cut off");
        self.cut.send_replace(true);
    }

    /// Ends every watch as if its time were up, and keeps new ones waiting.
    pub fn hush(&self) {
        self.state.count("watch ended and kept waiting");
        self.state.hushed.send_replace(true);
    }

    /// Lets watches begin again.
    pub fn listen(&self) {
        self.state.hushed.send_replace(false);
    }

    /// Takes connections again.
    pub fn let_through(&self) {
        self.cut.send_replace(false);
    }

    /// Moves the API server's clock, as its clients see it, so far from the true one.
    pub fn shift_clock(&self, seconds: i64) {
        self.state.count("clock jump");
        self.state.shift.store(seconds, Ordering::Relaxed);
    }

    /// What was done so far, and how often.
    pub fn injected(&self) -> BTreeMap<&'static str, u64> {
        lock(&self.state.injected).clone()
    }

    async fn try_start(cluster: &Cluster, seed: u64) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("listening on loopback")?;
        let address = listener.local_addr().context("asking for the address of a listener")?;
        let kubeconfig = write_kubeconfig(address)?;
        let state = Arc::new(State {
            rules: Mutex::default(),
            gates: Mutex::default(),
            dice: Mutex::new(Dice::new(seed)),
            injected: Mutex::default(),
            hushed: watch::Sender::new(false),
            shift: AtomicI64::new(0),
        });
        let (cut, cut_seen) = watch::channel(false);
        let server = tokio::spawn(serve(listener, cluster.client_without_retries().await, state.clone(), cut_seen));
        Ok(Self { kubeconfig, state, cut, server })
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.cut.send_replace(true);
        self.server.abort();
    }
}

impl State {
    fn count(&self, what: &'static str) {
        *lock(&self.injected).entry(what).or_default() += 1;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no thread panics with this lock")
}

async fn serve(listener: TcpListener, client: Client, state: Arc<State>, cut: watch::Receiver<bool>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(connection(stream, client.clone(), state.clone(), cut.clone()));
    }
}

async fn connection(stream: TcpStream, client: Client, state: Arc<State>, mut cut: watch::Receiver<bool>) {
    if *cut.borrow() {
        return;
    }
    // Nagle's algorithm would delay the small pieces of a watch.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| traffic::carry(request, client.clone(), state.clone()));
    let served = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // A client that goes away, and a fault that was asked for, both end it with an error.
        _ = served => {}
        _ = cut.wait_for(|cut| *cut) => {}
    }
}

fn write_kubeconfig(server: SocketAddr) -> Result<PathBuf> {
    let path = Guard::get().folder("proxy")?.join("kubeconfig");
    let file = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{ "name": "proxy", "cluster": { "server": format!("http://{server}") } }],
        "users": [{ "name": "proxy", "user": {} }],
        "contexts": [{ "name": "proxy", "context": { "cluster": "proxy", "user": "proxy" } }],
        "current-context": "proxy",
    });
    std::fs::write(&path, file.to_string()).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}
