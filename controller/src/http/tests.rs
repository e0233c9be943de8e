//! The HTTP interface over real sockets, with real keys.

mod connections;
mod endpoints;
mod hostile;
mod scopes;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use waxseal_crypto::{Certificate, KeyRing, Label, PrivateKey, Scope, Validity};

use super::*;
use crate::metrics::ObjectLabels;

/// Plaintext that must come out nowhere.
const CANARY: &str = "CANARY-7f3a";

/// How long a test waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(30);

static OLD: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate(2048).unwrap());
static NEW: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate(2048).unwrap());

struct Server {
    address: SocketAddr,
    metrics_address: SocketAddr,
    keys: watch::Sender<Arc<KeySet>>,
    health: Arc<Health>,
    metrics: Arc<Metrics>,
    rsa: Arc<Semaphore>,
    stop: watch::Sender<bool>,
    served: JoinHandle<()>,
}

impl Server {
    async fn start() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut HttpOptions)) -> Self {
        let mut options = HttpOptions {
            listen: "127.0.0.1:0".parse().unwrap(),
            listen_metrics: "127.0.0.1:0".parse().unwrap(),
            read_timeout: PATIENCE,
            write_timeout: PATIENCE,
            rate_limit: NonZeroU32::new(1000).unwrap(),
            rate_limit_burst: 1000,
            verify: true,
            rotate: true,
            accept_deprecated_data: true,
        };
        change(&mut options);
        let (keys, keys_now) = watch::channel(Arc::new(old_and_new()));
        let context = HttpContext {
            keys: keys_now,
            health: Arc::new(Health::new()),
            metrics: Arc::new(Metrics::new("v0", ObjectLabels::Named)),
            rsa: Arc::new(Semaphore::new(2)),
        };
        let (stop, stopped) = watch::channel(false);
        let server = HttpServer::bind(options).await.unwrap();
        let (address, metrics_address) = server.addresses().unwrap();
        Self {
            address,
            metrics_address,
            keys,
            health: Arc::clone(&context.health),
            metrics: Arc::clone(&context.metrics),
            rsa: Arc::clone(&context.rsa),
            stop,
            served: tokio::spawn(server.serve(context, stopped)),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        get(self.address, path).await
    }

    async fn post(&self, path: &str, body: impl AsRef<[u8]>) -> Answer {
        exchange(self.address, &post(path, "", body.as_ref())).await
    }

    async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.post(path, body.to_string()).await
    }
}

/// The old key opens, the new one opens and seals.
fn old_and_new() -> KeySet {
    let validity = Validity::from_now(Duration::from_hours(1)).unwrap();
    let newest = Certificate::self_signed(&NEW, "test", &validity).unwrap();
    let ring = KeyRing::new([NEW.clone(), OLD.clone()]);
    KeySet { ring, newest: Some(Arc::new(newest)), ..KeySet::default() }
}

/// What a server said.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    /// Reads what the server sends until it closes.
    async fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        // A reset after the answer does not take the answer back.
        let _ = timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("no answer");
        assert!(!String::from_utf8_lossy(&bytes).contains("CANARY"), "the canary came back");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("no head of an answer");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_ascii_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

async fn exchange(address: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may have answered and closed before it has read everything.
    let _ = stream.write_all(request).await;
    Answer::read(&mut stream).await
}

async fn get(address: SocketAddr, path: &str) -> Answer {
    exchange(address, format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes()).await
}

fn post(path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn label(scope: Scope) -> Label {
    Label::new(scope, "team-a", "database")
}

fn sealed_by(key: &PrivateKey, scope: Scope) -> String {
    key.public_key().seal(&label(scope), CANARY.as_bytes()).unwrap().to_base64()
}

/// A strict SealedSecret with one value, sealed by the old key.
fn sealed_secret() -> Value {
    json!({
        "apiVersion": "bitnami.com/v1alpha1",
        "kind": "SealedSecret",
        "metadata": {"name": "database", "namespace": "team-a"},
        "spec": {"encryptedData": {"password": sealed_by(&OLD, Scope::Strict)}},
    })
}

/// The same with a value that opens elsewhere only.
fn sealed_for_elsewhere() -> Value {
    let mut object = sealed_secret();
    object["metadata"]["name"] = json!("other");
    object
}

fn opens(key: &PrivateKey, value: &Value, scope: Scope) -> bool {
    let value = waxseal_crypto::SealedValue::from_base64(value.as_str().unwrap()).unwrap();
    let ring = KeyRing::new([key.clone()]);
    ring.opener().open(&value, &label(scope)).is_ok_and(|opened| opened.plaintext.expose() == CANARY.as_bytes())
}
