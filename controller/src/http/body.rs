//! The body of a request, bounded in size and time.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::slots::Slot;

/// The size of the largest body that is read: etcd takes no object that is larger.
const MAX_BODY_BYTES: usize = 1 << 20;

/// Reads the whole body of `request`, unless it is too large, takes longer than `limit`, or the slot is wanted by
/// somebody who is quicker.
pub(super) async fn read(request: Request<Body>, limit: Duration, slot: &Slot) -> Result<Bytes, BodyError> {
    if announced_length(&request).is_some_and(|length| length > MAX_BODY_BYTES as u64) {
        return Err(BodyError::TooLarge);
    }
    let body = Limited::new(request.into_body(), MAX_BODY_BYTES).collect();
    tokio::select! {
        read = tokio::time::timeout(limit, body) => match read {
            Ok(Ok(collected)) => Ok(collected.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(BodyError::TooLarge),
            Ok(Err(_)) => Err(BodyError::Broken),
            Err(_) => Err(BodyError::TooSlow),
        },
        () = slot.evicted() => Err(BodyError::TooSlow),
    }
}

/// Why there is no body to work with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BodyError {
    #[error("the body is larger than {MAX_BODY_BYTES} bytes")]
    TooLarge,
    #[error("the body did not arrive in time")]
    TooSlow,
    #[error("the body could not be read")]
    Broken,
}

fn announced_length(request: &Request<Body>) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
