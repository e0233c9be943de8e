//! Who gets a private key to work for them, and when.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use bytes::Bytes;

use super::body;
use super::connection::Client;
use super::rate_limit::RateLimit;
use super::reply::Refusal;
use super::slots::{Slot, Slots};

/// How many requests for private-key work are read or worked on at once. Each takes a few megabytes at most, and more
/// of them would not be answered sooner.
const MAX_REQUESTS: usize = 16;

/// The gate before one endpoint. Endpoints share the places, and each has its own rate.
pub(super) struct Admission {
    rate: RateLimit,
    places: Arc<Slots>,
    read_timeout: Duration,
}

/// A request that was let in, and its place.
pub(super) struct Admitted {
    pub(super) body: Bytes,
    pub(super) place: Slot,
}

impl Admission {
    pub(super) fn new(rate: RateLimit, places: Arc<Slots>, read_timeout: Duration) -> Self {
        Self { rate, places, read_timeout }
    }

    /// The places that all gates share.
    pub(super) fn places() -> Arc<Slots> {
        Slots::new(MAX_REQUESTS)
    }

    /// Lets a request in if its peer has not asked too often, there is a place, and its body arrives.
    pub(super) async fn admit(&self, client: &Client, request: Request<Body>) -> Result<Admitted, Refusal> {
        self.rate.check(client.address, Instant::now()).map_err(|wait| Refusal::TooOften { wait })?;
        let place = self.places.try_enter().ok_or(Refusal::Busy)?;
        let body = body::read(request, self.read_timeout, &place).await?;
        Ok(Admitted { body, place })
    }
}
