//! Waiting for a condition, with a limit: what tests do instead of sleeping.

use std::time::{Duration, Instant};

use anyhow::Result;
use thiserror::Error;

/// The limit for what a healthy cluster does within a second; a loaded machine takes longer.
pub const SOON: Duration = Duration::from_mins(1);

const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// The error of a look that ends the waiting: what was awaited cannot come any more.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Hopeless(pub String);

/// Calls `look` until it returns `Ok`, and returns what it saw.
///
/// Panics after `limit`, or when a look is [`Hopeless`], with `what` was awaited and the error of the last look.
pub async fn wait_for<T>(limit: Duration, what: &str, look: impl AsyncFnMut() -> Result<T>) -> T {
    try_wait_for(limit, look)
        .await
        .unwrap_or_else(|error| panic!("waited for {what}, at most {} s: {error:#}", limit.as_secs()))
}

/// As [`wait_for`], but returns the error of the last look.
pub async fn try_wait_for<T>(limit: Duration, mut look: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let end = Instant::now() + limit;
    let mut pause = FIRST_PAUSE;
    loop {
        match look().await {
            Err(error) if Instant::now() >= end || error.is::<Hopeless>() => return Err(error),
            Err(_) => tokio::time::sleep(pause).await,
            seen => return seen,
        }
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

/// Calls `look` over and over for `span`, and panics as soon as it fails: for what must not happen.
pub async fn holds_for(span: Duration, what: &str, mut look: impl AsyncFnMut() -> Result<()>) {
    let end = Instant::now() + span;
    while Instant::now() < end {
        if let Err(error) = look().await {
            panic!("{what} did not hold: {error:#}");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[tokio::test]
    async fn waiting_returns_what_was_seen() {
        let mut looks = 0;
        let seen = wait_for(SOON, "three looks", async || {
            looks += 1;
            if looks < 3 {
                bail!("only {looks}");
            }
            Ok(looks)
        })
        .await;
        assert_eq!(seen, 3);
    }

    #[tokio::test]
    #[should_panic(expected = "waited for the impossible, at most 0 s: not yet")]
    async fn waiting_in_vain_tells_the_last_look() {
        wait_for(Duration::ZERO, "the impossible", async || -> Result<()> { bail!("not yet") }).await;
    }

    #[tokio::test]
    #[should_panic(expected = "the server is dead")]
    async fn waiting_ends_when_there_is_no_hope() {
        let hopeless = async || -> Result<()> { Err(Hopeless("the server is dead".to_owned()).into()) };
        wait_for(SOON, "an answer", hopeless).await;
    }
}
