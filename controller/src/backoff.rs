//! How long to wait before the next attempt.

use std::time::Duration;

/// Delays that double from `first` to `longest`, each shortened by up to half at random: what failed together is not
/// tried again together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    first: Duration,
    longest: Duration,
}

impl Backoff {
    pub(crate) const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest }
    }

    /// The delay after so many failures in a row, the first of which is number 0.
    pub(crate) fn delay(&self, failures: u32) -> Duration {
        self.delay_with(failures, rand::random::<f64>())
    }

    fn delay_with(&self, failures: u32, random: f64) -> Duration {
        let full = self.first.saturating_mul(2_u32.saturating_pow(failures.min(31))).min(self.longest);
        full.mul_f64(1.0 - random / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_longest_and_never_end() {
        let backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(5));
        let full: Vec<u64> = (0..12).map(|failures| backoff.delay_with(failures, 0.0).as_secs()).collect();
        assert_eq!(full, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        assert_eq!(backoff.delay_with(u32::MAX, 0.0).as_secs(), 300);
    }

    #[test]
    fn chance_shortens_a_delay_by_half_at_most() {
        let backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(5));
        for _ in 0..100 {
            let delay = backoff.delay(3);
            assert!(delay >= Duration::from_secs(4) && delay <= Duration::from_secs(8), "{delay:?}");
        }
    }
}
