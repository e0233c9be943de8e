//! Whether the controller can work, and whether it does.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long the loop may go without a sign of life before it counts as stuck. It gives one every few seconds, and none
/// of its steps waits for the network or for RSA.
const STUCK_AFTER: Duration = Duration::from_mins(1);

/// What `/readyz` and `/healthz` answer.
pub(crate) struct Health {
    start: Instant,
    /// Milliseconds from `start` to the last sign of life.
    beat: AtomicU64,
    filled: AtomicBool,
    key: AtomicBool,
}

impl Health {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
            beat: AtomicU64::new(0),
            filled: AtomicBool::new(false),
            key: AtomicBool::new(false),
        }
    }

    /// Whether the caches are filled and a sealing key is there.
    pub(crate) fn ready(&self) -> bool {
        self.filled.load(Ordering::Relaxed) && self.key.load(Ordering::Relaxed)
    }

    /// Whether the loop turned a short while ago.
    pub(crate) fn alive(&self) -> bool {
        self.alive_at(Instant::now())
    }

    /// The loop turns.
    pub(crate) fn beat(&self) {
        self.beat.store(self.millis(Instant::now()), Ordering::Relaxed);
    }

    /// Whether every watch has listed what there is, or was told that it may not.
    pub(crate) fn set_filled(&self, filled: bool) {
        self.filled.store(filled, Ordering::Relaxed);
    }

    /// Whether there is a key to seal with.
    pub(crate) fn set_key(&self, there: bool) {
        self.key.store(there, Ordering::Relaxed);
    }

    fn alive_at(&self, now: Instant) -> bool {
        let beat = Duration::from_millis(self.beat.load(Ordering::Relaxed));
        now.saturating_duration_since(self.start).saturating_sub(beat) < STUCK_AFTER
    }

    fn millis(&self, now: Instant) -> u64 {
        u64::try_from(now.saturating_duration_since(self.start).as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_ready_with_filled_caches_and_a_key_and_not_before() {
        let health = Health::new();
        assert!(!health.ready());
        health.set_filled(true);
        assert!(!health.ready());
        health.set_key(true);
        assert!(health.ready());
        health.set_key(false);
        assert!(!health.ready());
    }

    #[test]
    fn a_loop_that_stops_turning_is_not_alive() {
        let health = Health::new();
        health.beat();
        assert!(health.alive());
        assert!(!health.alive_at(Instant::now() + STUCK_AFTER + Duration::from_secs(1)));
    }
}
