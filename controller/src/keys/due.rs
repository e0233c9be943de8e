//! When a new key is due: a pure function.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Head;

/// When keys are renewed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    /// How old the newest key becomes; zero for no matter how old.
    pub(super) period: Duration,
    /// The newest key must not be older than this.
    pub(super) cutoff: Option<Timestamp>,
}

/// Whether a new key is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// It is.
    Now(Why),
    /// It will be.
    At(Timestamp),
    /// It is not, and will not be by itself.
    Never,
}

/// Why a new key is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// There is none.
    First,
    /// Somebody asked for it.
    Requested,
    /// The newest is old enough.
    Period,
    /// The newest is older than it may be.
    Cutoff,
}

/// Whether a key is due at `now`, by the API server's clock, with `head` the newest.
///
/// The age of a key that begins in the future is nothing, so a clock that jumps forth makes one key at most, and one
/// that jumps back none.
pub(super) fn due(head: Option<&Head>, requested: bool, schedule: Schedule, now: Timestamp) -> Due {
    let Some(head) = head else { return Due::Now(Why::First) };
    if requested || head.rotate {
        return Due::Now(Why::Requested);
    }
    // A cut-off in the future would make every key older than it, the next one included.
    let cutoff = schedule.cutoff.filter(|cutoff| head.moment < *cutoff);
    if cutoff.is_some_and(|cutoff| cutoff <= now) {
        return Due::Now(Why::Cutoff);
    }
    let period = (!schedule.period.is_zero()).then(|| SignedDuration::try_from(schedule.period).ok()).flatten();
    let end = period.map(|period| head.moment.saturating_add(period).unwrap_or(Timestamp::MAX));
    match [end, cutoff].into_iter().flatten().min() {
        Some(moment) if moment <= now => Due::Now(Why::Period),
        Some(moment) => Due::At(moment),
        None => Due::Never,
    }
}

/// From when on the certificate of a new key holds: now, but after every other, so that the newest is the newest.
pub(super) fn not_before(head: Option<&Head>, now: Timestamp) -> Timestamp {
    let after = |head: &Head| head.last_not_before.saturating_add(SignedDuration::from_secs(1)).unwrap_or(now);
    head.map_or(now, |head| now.max(after(head)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;
    const YEAR: i64 = 365 * 24 * HOUR;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn head(moment: i64) -> Head {
        Head {
            name: "k".into(),
            fingerprint: "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".parse().unwrap(),
            moment: at(moment),
            last_not_before: at(moment),
            rotate: false,
        }
    }

    fn every(period: i64) -> Schedule {
        Schedule { period: Duration::from_secs(u64::try_from(period).unwrap()), cutoff: None }
    }

    #[test]
    fn a_key_is_due_when_the_newest_is_old_enough() {
        let now = at(2 * YEAR);
        assert_eq!(due(None, false, every(HOUR), now), Due::Now(Why::First));
        assert_eq!(due(Some(&head(2 * YEAR - HOUR)), false, every(HOUR), now), Due::Now(Why::Period));
        assert_eq!(due(Some(&head(2 * YEAR - 60)), false, every(HOUR), now), Due::At(at(2 * YEAR + HOUR - 60)));
        assert_eq!(due(Some(&head(0)), false, every(0), now), Due::Never);
        assert_eq!(due(Some(&head(0)), true, every(0), now), Due::Now(Why::Requested));
        assert_eq!(due(Some(&Head { rotate: true, ..head(0) }), false, every(0), now), Due::Now(Why::Requested));
    }

    #[test]
    fn a_cutoff_asks_for_one_key_and_not_before_its_time() {
        let cutoff = Schedule { cutoff: Some(at(YEAR)), ..every(0) };
        assert_eq!(due(Some(&head(YEAR - 1)), false, cutoff, at(2 * YEAR)), Due::Now(Why::Cutoff));
        assert_eq!(due(Some(&head(YEAR)), false, cutoff, at(2 * YEAR)), Due::Never);
        assert_eq!(due(Some(&head(YEAR - 100)), false, cutoff, at(YEAR - 50)), Due::At(at(YEAR)));
    }

    #[test]
    fn a_clock_that_jumps_makes_one_key_at_most_and_the_newest_stays_the_newest() {
        let mut newest = head(YEAR);
        let mut made = 0;
        let clock = [YEAR + 60, 2 * YEAR, 2 * YEAR + 1, YEAR, YEAR + 60, 2 * YEAR, YEAR - HOUR, 0, 2 * YEAR + 60];
        for now in clock.map(at) {
            for _ in 0..10 {
                if let Due::Now(_) = due(Some(&newest), false, every(24 * HOUR), now) {
                    let begins = not_before(Some(&newest), now);
                    assert!(begins > newest.last_not_before);
                    newest = Head { moment: begins, last_not_before: begins, ..newest };
                    made += 1;
                }
            }
        }
        assert_eq!(made, 1);
    }

    #[test]
    fn a_key_that_is_asked_for_while_the_newest_lies_in_the_future_is_newer_still() {
        let newest = head(2 * YEAR);
        assert_eq!(not_before(Some(&newest), at(YEAR)), at(2 * YEAR + 1));
        assert_eq!(not_before(None, at(YEAR)), at(YEAR));
    }
}
