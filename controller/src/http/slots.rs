//! A bounded number of places, in which whoever keeps the others waiting makes room.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

/// So many places. A holder either works or waits for its client; when all places are taken, the holder that has waited
/// for its client the longest is put out. Thus a thousand clients that send one byte a minute hold no place that somebody
/// else wants, and one that is being worked for is never cut off.
pub(super) struct Slots {
    max: usize,
    holders: Mutex<Holders>,
    /// Rung when a place may have become free or a holder evictable.
    changed: Notify,
}

#[derive(Default)]
struct Holders {
    next: u64,
    by_id: BTreeMap<u64, Holder>,
}

struct Holder {
    /// `None` while it works.
    waiting_since: Option<Instant>,
    evicted: Arc<Notify>,
}

/// One place, given back on drop.
pub(super) struct Slot {
    slots: Arc<Slots>,
    id: u64,
    evicted: Arc<Notify>,
}

/// The holder of a slot works, until this is dropped.
pub(super) struct Working<'a>(&'a Slot);

impl Slots {
    pub(super) fn new(max: usize) -> Arc<Self> {
        Arc::new(Self { max, holders: Mutex::default(), changed: Notify::new() })
    }

    /// A place: a free one, or that of the holder that has waited the longest. Waits while all of them work.
    pub(super) async fn enter(self: &Arc<Self>) -> Slot {
        loop {
            if let Some(slot) = self.try_enter() {
                return slot;
            }
            self.changed.notified().await;
        }
    }

    /// The same, but `None` while all of them work.
    pub(super) fn try_enter(self: &Arc<Self>) -> Option<Slot> {
        let mut holders = self.lock();
        if holders.by_id.len() >= self.max {
            let waiting = |(id, holder): (&u64, &Holder)| holder.waiting_since.map(|since| (since, *id));
            let (_, id) = holders.by_id.iter().filter_map(waiting).min()?;
            if let Some(holder) = holders.by_id.remove(&id) {
                holder.evicted.notify_one();
            }
        }
        let id = holders.next;
        holders.next += 1;
        let evicted = Arc::new(Notify::new());
        holders.by_id.insert(id, Holder { waiting_since: Some(Instant::now()), evicted: Arc::clone(&evicted) });
        drop(holders);
        Some(Slot { slots: Arc::clone(self), id, evicted })
    }

    /// How many places are taken.
    #[cfg(test)]
    pub(super) fn taken(&self) -> usize {
        self.lock().by_id.len()
    }

    fn lock(&self) -> MutexGuard<'_, Holders> {
        self.holders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// Resolves once the place has been given to somebody else.
    pub(super) async fn evicted(&self) {
        self.evicted.notified().await;
    }

    /// The client did its part just now, and gets time for its next.
    pub(super) fn heard(&self) {
        self.set(Some(Instant::now()));
    }

    /// From now on the client waits for us.
    pub(super) fn work(&self) -> Working<'_> {
        self.set(None);
        Working(self)
    }

    fn set(&self, waiting_since: Option<Instant>) {
        if let Some(holder) = self.slots.lock().by_id.get_mut(&self.id) {
            holder.waiting_since = waiting_since;
        }
    }
}

impl Drop for Working<'_> {
    fn drop(&mut self) {
        self.0.heard();
        self.0.slots.changed.notify_one();
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.lock().by_id.remove(&self.id);
        self.slots.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_holder_that_waited_the_longest_makes_room() {
        let slots = Slots::new(2);
        let first = slots.try_enter().unwrap();
        let second = slots.try_enter().unwrap();
        first.heard();
        let third = slots.try_enter().unwrap();
        second.evicted().await;
        assert_eq!(slots.taken(), 2);
        drop(second);
        assert_eq!(slots.taken(), 2);
        drop((first, third));
        assert_eq!(slots.taken(), 0);
    }

    #[tokio::test]
    async fn who_works_is_not_put_out_and_the_next_waits() {
        let slots = Slots::new(1);
        let busy = slots.try_enter().unwrap();
        let working = busy.work();
        assert!(slots.try_enter().is_none());
        let next = tokio::spawn({
            let slots = Arc::clone(&slots);
            async move { slots.enter().await }
        });
        tokio::task::yield_now().await;
        assert!(!next.is_finished());
        drop(working);
        next.await.unwrap();
        busy.evicted().await;
    }
}
