//! Upstream's metrics of the HTTP interface.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::Metrics;
use super::label::label_values;

/// The default buckets of Prometheus' Go client, in seconds, which upstream uses.
const BUCKETS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

label_values! {
    /// What was asked for. Probes are not counted, as upstream does not count them.
    HttpPath {
        /// The certificate.
        Certificate => "/v1/cert.pem",
        /// Whether a SealedSecret opens.
        Verify => "/v1/verify",
        /// Re-encryption.
        Rotate => "/v1/rotate",
        /// A path that there is not.
        Other => "other",
    }
}

label_values! {
    /// A request's method, in lower case as Prometheus' Go client writes it.
    HttpMethod {
        /// GET
        Get => "get",
        /// HEAD
        Head => "head",
        /// POST
        Post => "post",
        /// PUT
        Put => "put",
        /// DELETE
        Delete => "delete",
        /// OPTIONS
        Options => "options",
        /// PATCH
        Patch => "patch",
        /// Anything else that a client came up with.
        Unknown => "unknown",
    }
}

impl HttpMethod {
    /// The method of that name, which HTTP writes in capitals.
    pub(crate) fn named(name: &str) -> Self {
        Self::ALL.iter().copied().find(|method| method.as_str().to_ascii_uppercase() == name).unwrap_or(Self::Unknown)
    }
}

impl HttpPath {
    /// What the path of a request asks for; `None` for probes and scrapes, which are not counted.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path {
            "/healthz" | "/readyz" | "/metrics" => None,
            _ => Some(Self::ALL.iter().copied().find(|known| known.as_str() == path).unwrap_or(Self::Other)),
        }
    }
}

pub(super) struct Http {
    requests: Family<RequestLabels, Counter>,
    duration: Family<DurationLabels, Histogram>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    path: HttpPath,
    code: u16,
    method: HttpMethod,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DurationLabels {
    path: HttpPath,
    method: HttpMethod,
}

impl Http {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let http =
            Self { requests: Family::default(), duration: Family::new_with_constructor(|| Histogram::new(BUCKETS)) };
        registry.register("http_requests", "A counter for requests to the wrapped handler", http.requests.clone());
        registry.register(
            "http_request_duration_seconds",
            "A histogram of latencies for requests",
            http.duration.clone(),
        );
        http
    }
}

impl Metrics {
    /// A request was answered with the status `code`, `took` after its head had been read.
    pub(crate) fn http_answered(&self, path: HttpPath, method: HttpMethod, code: u16, took: Duration) {
        self.http.requests.get_or_create(&RequestLabels { path, code, method }).inc();
        self.http.duration.get_or_create(&DurationLabels { path, method }).observe(took.as_secs_f64());
    }
}
