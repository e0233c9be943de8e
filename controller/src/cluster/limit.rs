//! A limit on the calls that the controller makes, for those who ask for one.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// A token bucket.
pub(super) struct Limiter {
    /// Time that one call costs.
    cost: Duration,
    /// How far the calls may run ahead.
    burst: Duration,
    /// When the bucket is full again.
    full_at: Mutex<Instant>,
}

impl Limiter {
    pub(super) fn new(qps: f32, burst: i32) -> Self {
        let cost = Duration::from_secs_f64(1.0 / f64::from(qps).max(0.001));
        let burst = u32::try_from(burst).unwrap_or_default().max(1);
        Self { cost, burst: cost.saturating_mul(burst), full_at: Mutex::new(Instant::now()) }
    }

    /// Waits until the next call may be made.
    pub(super) async fn pass(&self) {
        let now = Instant::now();
        let wait_until = {
            let mut full_at = self.full_at.lock().await;
            *full_at = (*full_at).max(now) + self.cost;
            full_at.checked_sub(self.burst).unwrap_or(now)
        };
        tokio::time::sleep_until(wait_until).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_passes_at_once_and_the_rest_at_the_rate() {
        let limiter = Limiter::new(10.0, 5);
        let start = Instant::now();
        for _ in 0..5 {
            limiter.pass().await;
        }
        assert!(start.elapsed() < Duration::from_millis(10));
        for _ in 0..10 {
            limiter.pass().await;
        }
        let took = start.elapsed();
        assert!(took >= Duration::from_secs(1) && took < Duration::from_millis(1100), "{took:?}");
    }
}
