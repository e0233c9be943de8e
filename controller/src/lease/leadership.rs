//! Whether this replica is the one that writes, for all parts to see.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// The office of the leader: who holds it writes.
pub(crate) struct Office {
    term: Arc<Term>,
    flips: watch::Sender<bool>,
}

/// What everybody knows of the office. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Leadership {
    term: Arc<Term>,
    flips: watch::Receiver<bool>,
}

/// Until when the office is held.
struct Term {
    start: Instant,
    /// Milliseconds from `start` on; zero for not at all.
    end: AtomicU64,
}

/// An office that nobody holds yet.
pub(crate) fn office() -> (Office, Leadership) {
    let term = Arc::new(Term { start: Instant::now(), end: AtomicU64::new(0) });
    let (to, flips) = watch::channel(false);
    (Office { term: term.clone(), flips: to }, Leadership { term, flips })
}

impl Office {
    /// Holds the office, or goes on holding it.
    pub(crate) fn hold_until(&self, moment: Instant) {
        let end = moment.saturating_duration_since(self.term.start).as_millis();
        self.set(u64::try_from(end).unwrap_or(u64::MAX));
    }

    /// Holds the office, as nobody else can.
    pub(crate) fn hold_for_ever(&self) {
        self.set(u64::MAX);
    }

    /// Leaves the office.
    pub(crate) fn leave(&self) {
        self.set(0);
    }

    /// Leaves the office if its time has run out.
    pub(super) fn leave_in_time(&self, now: Instant) {
        if !self.term.holds(now) {
            self.leave();
        }
    }

    /// Whether the office was held when it was heard of last.
    pub(super) fn is_held(&self) -> bool {
        *self.flips.borrow()
    }

    fn set(&self, end: u64) {
        self.term.end.store(end, Ordering::Relaxed);
        let held = end > 0;
        self.flips.send_if_modified(|before| std::mem::replace(before, held) != held);
    }
}

impl Leadership {
    /// Whether this replica may write at this moment. A process that was stopped for a while finds its time run out.
    pub(crate) fn leads(&self) -> bool {
        self.term.holds(Instant::now())
    }

    /// Waits until the office is taken or left; for ever when nobody is there to do either.
    pub(crate) async fn changed(&mut self) {
        if self.flips.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Term {
    fn holds(&self, now: Instant) -> bool {
        let end = Duration::from_millis(self.end.load(Ordering::Relaxed));
        now.saturating_duration_since(self.start) < end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_ends_by_itself_and_says_so_when_it_is_left() {
        let (office, leadership) = office();
        assert!(!leadership.leads() && !office.is_held());
        office.hold_until(Instant::now() + Duration::from_mins(1));
        assert!(leadership.leads() && office.is_held());
        assert!(!leadership.term.holds(Instant::now() + Duration::from_mins(2)));
        office.leave_in_time(Instant::now());
        assert!(office.is_held());
        office.leave_in_time(Instant::now() + Duration::from_mins(2));
        assert!(!leadership.leads() && !office.is_held());
        office.hold_for_ever();
        assert!(leadership.term.holds(Instant::now() + Duration::from_hours(24)));
    }

    #[test]
    fn only_taking_and_leaving_are_news() {
        let (office, mut leadership) = office();
        office.hold_until(Instant::now() + Duration::from_mins(1));
        assert!(leadership.flips.has_changed().unwrap());
        leadership.flips.mark_unchanged();
        office.hold_until(Instant::now() + Duration::from_mins(2));
        assert!(!leadership.flips.has_changed().unwrap());
        office.leave();
        assert!(leadership.flips.has_changed().unwrap());
    }
}
