//! The API server, as the few calls that the controller makes.
//!
//! Requests are made here and not by kube's typed API for three reasons: a body that holds a Secret is wiped once it
//! was sent, the answer to a write is asked for as metadata only, and no answer ever ends up in a log.

mod answer;
mod connect;
mod error;
mod limit;
mod objects;
mod update;
mod wiped;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, DATE};
use http::{HeaderMap, Method, Request};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use kube::Client;
use kube::client::Body;
use serde::de::DeserializeOwned;

pub(crate) use answer::{LiveMetadata, LiveSecret, OwnerRef, Written};
pub(crate) use connect::{connect, own_namespace};
pub(crate) use error::{CallError, bounded, chain};
use limit::Limiter;
pub(crate) use wiped::{SecretText, to_json};

/// How long one call may take. The API server itself gives up after a minute; who waits that long waits in vain.
const CALL_TIMEOUT: Duration = Duration::from_secs(30);

/// What managedFields name as the writer.
pub(crate) const FIELD_MANAGER: &str = "waxseal-controller";

const JSON: &str = "application/json";
/// Asks for an answer without what the object holds.
const JSON_METADATA: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

/// How a PATCH is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PatchKind {
    /// RFC 7396.
    Merge,
    /// RFC 6902.
    Json,
}

/// The API server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Cluster {
    client: Client,
    limiter: Option<Arc<Limiter>>,
    /// Whether Secrets are to be updated, as the right to patch them is missing.
    update_secrets: Arc<AtomicBool>,
}

impl Cluster {
    /// Calls through `client`, at most `qps` times a second where that is given.
    pub(crate) fn new(client: Client, qps: Option<f32>, burst: i32) -> Self {
        let limiter = qps.filter(|qps| *qps > 0.0).map(|qps| Arc::new(Limiter::new(qps, burst)));
        Self { client, limiter, update_secrets: Arc::default() }
    }

    /// The client itself, for watches.
    pub(crate) fn client(&self) -> Client {
        self.client.clone()
    }

    /// The API server's clock: the one that all replicas share.
    pub(crate) async fn time(&self) -> Result<Timestamp, CallError> {
        let (headers, _) = self.send(Call::get("/version".to_owned())).await?;
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        Ok(date.map_or_else(Timestamp::now, |date| date.timestamp()))
    }

    async fn call<T: DeserializeOwned>(&self, call: Call) -> Result<T, CallError> {
        let (_, body) = self.send(call).await?;
        serde_json::from_slice(&body).map_err(|_| CallError::Unreadable)
    }

    async fn send(&self, call: Call) -> Result<(HeaderMap, Bytes), CallError> {
        if let Some(limiter) = &self.limiter {
            limiter.pass().await;
        }
        let request = Request::builder()
            .method(call.method)
            .uri(call.path)
            .header(ACCEPT, call.accept)
            .header(CONTENT_TYPE, call.content)
            .body(Body::from(call.body))
            .map_err(|_| CallError::Unreadable)?;
        let exchange = async {
            let response = self.client.send(request).await.map_err(|error| CallError::unreachable(&error))?;
            let (head, body) = response.into_parts();
            let body = body.collect().await.map_err(|error| CallError::unreachable(&error))?.to_bytes();
            if head.status.is_success() { Ok((head.headers, body)) } else { Err(CallError::from_answer(&head, &body)) }
        };
        tokio::time::timeout(CALL_TIMEOUT, exchange).await.unwrap_or(Err(CallError::TimedOut))
    }
}

/// One request.
struct Call {
    method: Method,
    path: String,
    accept: &'static str,
    content: &'static str,
    body: Bytes,
}

impl Call {
    fn get(path: String) -> Self {
        Self { method: Method::GET, path, accept: JSON, content: JSON, body: Bytes::new() }
    }

    fn post(path: &str, body: Bytes) -> Self {
        let path = format!("{path}?fieldManager={FIELD_MANAGER}");
        Self { method: Method::POST, path, accept: JSON_METADATA, content: JSON, body }
    }

    fn put(path: &str, body: Bytes) -> Self {
        Self { method: Method::PUT, ..Self::post(path, body) }
    }

    fn patch(path: &str, kind: PatchKind, body: Bytes) -> Self {
        let content = match kind {
            PatchKind::Merge => "application/merge-patch+json",
            PatchKind::Json => "application/json-patch+json",
        };
        Self { method: Method::PATCH, content, ..Self::post(path, body) }
    }

    fn delete(path: String, body: Bytes) -> Self {
        Self { method: Method::DELETE, path, accept: JSON, content: JSON, body }
    }
}
