//! One request, one answer.

use std::time::Duration;

use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use kube::client::Body;
use tokio::runtime::Runtime;
use zeroize::Zeroizing;

use super::{Overrides, kubeconfig};
use crate::failure::{Failure, Result, chain};

/// How long one request may take unless `--request-timeout` says otherwise.
pub(super) const DEFAULT_TIMEOUT: Duration = Duration::from_mins(1);

/// More than a page of [`super::objects`] can have: 500 objects of 1.5 MiB would be the API server's problem first.
const MAX_ANSWER_BYTES: usize = 256 * 1024 * 1024;

/// An API server that can be talked to.
pub(crate) struct Cluster {
    runtime: Runtime,
    client: kube::Client,
    timeout: Option<Duration>,
    server: String,
}

/// What came back. The body may hold Secrets and is wiped.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Cluster {
    pub(super) fn connect(overrides: &Overrides) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::cluster(format_args!("no runtime for the connection: {error}")))?;
        let timeout = match overrides.request_timeout {
            None => Some(DEFAULT_TIMEOUT),
            Some(Duration::ZERO) => None,
            Some(limit) => Some(limit),
        };
        let (client, server) = runtime.block_on(async {
            let mut config = kubeconfig::config(overrides).await?;
            // One request that fails is told at once; whoever waits can try again.
            config.default_retry = false;
            if let Some(limit) = timeout {
                config.connect_timeout = Some(limit.min(Duration::from_secs(30)));
            }
            let server = config.cluster_url.to_string();
            let client = kube::Client::try_from(config).map_err(|error| failure(&server, &error))?;
            Ok::<_, Failure>((client, server))
        })?;
        Ok(Self { runtime, client, timeout, server })
    }

    /// Asks for `path`; any status is an answer.
    pub(crate) fn get(&self, path: &str) -> Result<Answer> {
        self.send(Method::GET, path, None)
    }

    /// Posts JSON to `path`; any status is an answer.
    pub(crate) fn post(&self, path: &str, json: Vec<u8>) -> Result<Answer> {
        self.send(Method::POST, path, Some(("application/json", json)))
    }

    /// Merges JSON into the object at `path` (RFC 7386); any status is an answer.
    pub(crate) fn merge(&self, path: &str, json: Vec<u8>) -> Result<Answer> {
        self.send(Method::PATCH, path, Some(("application/merge-patch+json", json)))
    }

    fn send(&self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Result<Answer> {
        let mut request = Request::builder().method(method).uri(path);
        if let Some((content_type, _)) = body {
            request = request.header(http::header::CONTENT_TYPE, content_type);
        }
        let bytes = body.map(|(_, bytes)| bytes).unwrap_or_default();
        let request = request
            .body(Body::from(bytes))
            .map_err(|_| Failure::usage(format_args!("{path} is no path that an API server could have")))?;
        let exchange = async {
            let response = self.client.send(request).await.map_err(|error| failure(&self.server, &error))?;
            let status = response.status();
            let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect().await.map_err(|error| {
                Failure::cluster(format_args!("{}: the answer broke off: {}", self.server, chain(&*error)))
            })?;
            Ok(Answer { status, body: Zeroizing::new(body.to_bytes().to_vec()) })
        };
        self.runtime.block_on(async {
            match self.timeout {
                None => exchange.await,
                Some(limit) => tokio::time::timeout(limit, exchange).await.unwrap_or_else(|_| {
                    Err(Failure::cluster(format_args!("{} did not answer within {limit:?}", self.server))
                        .remedy("--request-timeout sets how long to wait"))
                }),
            }
        })
    }
}

impl Answer {
    /// The body, if the status says so.
    pub(crate) fn ok(self, what: &str) -> Result<Zeroizing<Vec<u8>>> {
        if self.status.is_success() { Ok(self.body) } else { Err(self.refused(what)) }
    }

    /// The failure that the status stands for, in the API server's own words.
    pub(crate) fn refused(&self, what: &str) -> Failure {
        let message = serde_json::from_slice::<serde_json::Value>(&self.body)
            .ok()
            .and_then(|status| Some(status.get("message")?.as_str()?.to_owned()))
            .unwrap_or_else(|| self.status.canonical_reason().unwrap_or("no reason given").to_owned());
        let failure = Failure::cluster(format_args!("{what}: {} ({})", message.trim_end(), self.status.as_u16()));
        match self.status {
            StatusCode::UNAUTHORIZED => failure.remedy("log in again; `kubectl auth whoami` shows as whom you come"),
            StatusCode::FORBIDDEN => {
                failure.remedy("ask for the right to do it; `kubectl auth can-i` tells what you may")
            }
            _ => failure,
        }
    }
}

fn failure(server: &str, error: &kube::Error) -> Failure {
    match error {
        // What a credential plugin printed may be the credential.
        kube::Error::Auth(_) => Failure::cluster("the credentials that the kubeconfig asks for could not be obtained")
            .remedy("`kubectl get --raw /version` with the same flags shows what its plugin says"),
        kube::Error::Service(source) => {
            Failure::cluster(format_args!("{server} could not be reached: {}", chain(&**source)))
                .remedy("check --context and the network")
        }
        _ => Failure::cluster(format_args!("{server} could not be reached: {}", chain(error)))
            .remedy("check --context and the network"),
    }
}
