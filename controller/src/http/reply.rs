//! Every answer that is not what was asked for: a status and a fixed text.

use std::time::Duration;

use axum::http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::body::BodyError;
use super::sealed::SealedObjectError;
use super::values::ValuesError;

/// Text, as upstream's probes say it.
pub(super) const PLAIN_TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// How long a client waits before it tries again what failed for want of capacity. kubeseal's HTTP client does so by
/// itself, ten times, where the answer names a time.
const SOON: Duration = Duration::from_secs(1);

/// Why a request is not granted. The texts say nothing of what was in it, and of a value no more than that it does not
/// open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("there is no such path here")]
    NotFound,
    #[error("this is switched off on this controller")]
    SwitchedOff,
    #[error("too many requests from this address; try again later")]
    TooOften { wait: Duration },
    #[error("the controller is busy; try again later")]
    Busy,
    #[error("{0}")]
    Body(#[from] BodyError),
    #[error("{0}")]
    Object(#[from] SealedObjectError),
    #[error("{0}")]
    Values(#[from] ValuesError),
    #[error("there is no sealing key yet; try again later")]
    NoKey,
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::SwitchedOff => StatusCode::NOT_FOUND,
            Self::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::NoKey | Self::Values(ValuesError::TooLong) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Body(BodyError::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Body(BodyError::TooSlow) => StatusCode::REQUEST_TIMEOUT,
            Self::Body(BodyError::Broken) | Self::Object(_) => StatusCode::BAD_REQUEST,
            Self::Values(ValuesError::DoNotOpen) => StatusCode::CONFLICT,
            Self::Values(ValuesError::Failed) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooOften { wait } => Some(*wait),
            Self::Busy | Self::NoKey | Self::Values(ValuesError::TooLong) => Some(SOON),
            _ => None,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, [(CONTENT_TYPE, PLAIN_TEXT)], format!("{self}\n")).into_response();
        if let Some(wait) = self.retry_after() {
            // Whole seconds, and never zero, which would mean at once.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if status == StatusCode::REQUEST_TIMEOUT {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
