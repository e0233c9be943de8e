//! How fast to go while the API server is away: not at all, but for one attempt now and then.

use std::time::{Duration, Instant};

use crate::backoff::Backoff;

/// Nobody's fault but the API server's: every object is as good a probe as any other.
const AWAY: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(8));

/// Whether turns may be given.
#[derive(Default)]
pub(super) struct Pace {
    failures: u32,
    closed_until: Option<Instant>,
}

impl Pace {
    /// Whether turns may be given now.
    pub(super) fn is_open(&self, now: Instant) -> bool {
        self.closed_until.is_none_or(|until| until <= now)
    }

    /// When turns may be given again.
    pub(super) fn next_due(&self, now: Instant) -> Option<Instant> {
        self.closed_until.filter(|until| *until > now)
    }

    /// The API server could not be asked, and wants to be left alone for `retry_after` if it said so.
    pub(super) fn away(&mut self, now: Instant, retry_after: Option<Duration>) {
        // Many reconciles fail at the same time for the same reason.
        if self.is_open(now) {
            let delay = AWAY.delay(self.failures).max(retry_after.unwrap_or_default().min(Duration::from_mins(1)));
            self.closed_until = Some(now + delay);
            self.failures += 1;
        }
    }

    /// The API server answered.
    pub(super) fn answered(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_the_api_server_is_away_attempts_get_rarer_and_never_end() {
        let mut pace = Pace::default();
        let mut now = Instant::now();
        assert!(pace.is_open(now));
        let mut longest = Duration::ZERO;
        for _ in 0..20 {
            pace.away(now, None);
            pace.away(now, None);
            assert!(!pace.is_open(now));
            let due = pace.next_due(now).unwrap();
            longest = longest.max(due - now);
            now = due;
            assert!(pace.is_open(now));
        }
        assert!(longest >= Duration::from_secs(4) && longest <= Duration::from_secs(8), "{longest:?}");
        pace.answered();
        pace.away(now, None);
        assert!(pace.next_due(now).unwrap() - now <= Duration::from_millis(500));
    }

    #[test]
    fn the_api_server_says_how_long_it_wants_to_be_left_alone() {
        let mut pace = Pace::default();
        let now = Instant::now();
        pace.away(now, Some(Duration::from_secs(9)));
        assert_eq!(pace.next_due(now), Some(now + Duration::from_secs(9)));
    }
}
