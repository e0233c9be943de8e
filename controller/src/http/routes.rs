//! What is served where.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Extension, Router};

use super::admission::{Admission, Admitted};
use super::connection::{Client, Timeouts};
use super::rate_limit::RateLimit;
use super::reply::{PLAIN_TEXT, Refusal};
use super::sealed::SealedObjectError;
use super::values::{Task, ValueWorker, ValuesError};
use super::{HttpContext, HttpOptions};
use crate::keys::KeySet;
use crate::metrics;

/// What upstream calls a certificate.
const PEM: HeaderValue = HeaderValue::from_static("application/x-pem-file");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The address that everybody in the cluster can reach.
pub(super) fn public(options: &HttpOptions, context: &HttpContext, timeouts: Timeouts) -> Router {
    let places = Admission::places();
    let admission = || {
        let rate = RateLimit::new(options.rate_limit, options.rate_limit_burst);
        Arc::new(Admission::new(rate, Arc::clone(&places), timeouts.read))
    };
    let worker = ValueWorker::new(Arc::clone(&context.rsa), Arc::clone(&context.metrics), timeouts.write);
    let endpoint = |task, on| {
        let endpoint = Endpoint {
            task,
            accept_deprecated_data: options.accept_deprecated_data,
            admission: admission(),
            worker: worker.clone(),
            context: context.clone(),
        };
        if on { post(work).with_state(endpoint) } else { any(async || Refusal::SwitchedOff) }
    };
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/v1/cert.pem", get(certificate))
        .with_state(context.clone())
        .route("/v1/verify", endpoint(Task::Verify, options.verify))
        .route("/v1/rotate", endpoint(Task::Reencrypt, options.rotate))
        .fallback(async || Refusal::NotFound)
}

/// The address that is scraped.
pub(super) fn metrics(context: &HttpContext) -> Router {
    Router::new().route("/metrics", get(scrape)).with_state(context.clone()).fallback(async || Refusal::NotFound)
}

/// One of the two paths that work with the private keys.
#[derive(Clone)]
struct Endpoint {
    task: Task,
    accept_deprecated_data: bool,
    admission: Arc<Admission>,
    worker: ValueWorker,
    context: HttpContext,
}

async fn healthz(State(context): State<HttpContext>) -> Response {
    probe(context.health.alive(), "the reconcile loop is stuck\n")
}

async fn readyz(State(context): State<HttpContext>) -> Response {
    probe(context.health.ready(), "the caches are not filled yet, or there is no sealing key\n")
}

fn probe(good: bool, otherwise: &'static str) -> Response {
    let (status, text) = if good { (StatusCode::OK, "ok\n") } else { (StatusCode::SERVICE_UNAVAILABLE, otherwise) };
    (status, [(CONTENT_TYPE, PLAIN_TEXT)], text).into_response()
}

async fn certificate(State(context): State<HttpContext>) -> Result<Response, Refusal> {
    let keys = Arc::clone(&context.keys.borrow());
    let newest = keys.newest.as_ref().ok_or(Refusal::NoKey)?;
    Ok(([(CONTENT_TYPE, PEM)], newest.to_pem().to_owned()).into_response())
}

async fn scrape(State(context): State<HttpContext>) -> Response {
    match context.metrics.encode() {
        Ok(text) => ([(CONTENT_TYPE, HeaderValue::from_static(metrics::CONTENT_TYPE))], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn work(
    State(endpoint): State<Endpoint>,
    Extension(client): Extension<Client>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let Admitted { body, place } = endpoint.admission.admit(&client, request).await?;
    // The client has done its part; nobody takes its places while it waits for us.
    let _working = (client.connection.work(), place.work());
    let keys: Arc<KeySet> = Arc::clone(&endpoint.context.keys.borrow());
    let newest = keys.newest.clone().ok_or(Refusal::NoKey)?;
    let mut object = endpoint.worker.parse(body).await?;
    match endpoint.task {
        Task::Verify => {
            if object.is_deprecated() && !endpoint.accept_deprecated_data {
                return Err(ValuesError::DoNotOpen.into());
            }
            object.accept_deprecated()?;
            endpoint.worker.run(&Arc::new(object), &keys, Task::Verify).await?;
            Ok(StatusCode::OK.into_response())
        }
        Task::Reencrypt => {
            if object.is_deprecated() {
                return Err(SealedObjectError::Deprecated.into());
            }
            let object = Arc::new(object);
            let values = endpoint.worker.run(&object, &keys, Task::Reencrypt).await?;
            // The last turn has ended, so nobody else has it.
            let object = Arc::into_inner(object).ok_or(ValuesError::Failed)?;
            let document = object.into_document(values, newest.fingerprint());
            Ok(([(CONTENT_TYPE, JSON)], document.to_string()).into_response())
        }
    }
}
