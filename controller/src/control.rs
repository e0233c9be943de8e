//! The loop: takes in what the watches tell, decides whose turn it is, and has many reconciles under way at a time.
//!
//! It owns all state and waits for nothing but news, so that no lock is needed and one look at the heartbeat tells
//! whether it is stuck.

mod finish;
mod intake;
mod pace;

use std::collections::HashMap;
use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};
use tokio::task::{Id, JoinSet};

use crate::health::Health;
use crate::index::Index;
use crate::keys::KeySet;
use crate::lease::Leadership;
use crate::metrics::{Metrics, ReconcileOutcome};
use crate::observed::Name;
use crate::plan::Plan;
use crate::queue::{Priority, Queue};
use crate::reconcile::{Hand, Job, Report};
use crate::watch::{Change, Sealed, SecretMetadata, Source};
use pace::Pace;

/// How many reconciles are under way at a time at most. Most of one is waiting for the API server.
const IN_FLIGHT: usize = 48;

/// How many bytes of SealedSecrets are under way at a time at most, unless it is one: each is there several times while
/// it is opened.
const BYTES_IN_FLIGHT: usize = 8 << 20;

/// The loop turns at least this often.
const TURN: Duration = Duration::from_secs(5);

/// How many messages are taken in before turns are given out again.
const BATCH: usize = 256;

/// What the watches tell.
pub(crate) enum Message {
    /// Of a SealedSecret.
    Sealed(Source, Change<Sealed>),
    /// Of the metadata of a Secret.
    Secret(Source, Change<SecretMetadata>),
}

/// What the loop works with.
pub(crate) struct Setup {
    pub(crate) hand: Arc<Hand>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) health: Arc<Health>,
    pub(crate) messages: mpsc::Receiver<Message>,
    pub(crate) keys: watch::Receiver<Arc<KeySet>>,
    pub(crate) leadership: Leadership,
    /// The namespaces that are watched, by their numbers; empty for all in one.
    pub(crate) namespaces: Vec<Arc<str>>,
    /// Whether Secrets are watched.
    pub(crate) watch_secrets: bool,
    /// Whether Secrets of deleted SealedSecrets are deleted from here.
    pub(crate) delete_orphans: bool,
}

/// The loop.
pub(crate) struct Control {
    setup: Setup,
    index: Index,
    queue: Queue,
    pace: Pace,
    running: JoinSet<Report>,
    jobs: HashMap<Id, Running>,
    /// Bytes of what is under way.
    bytes: usize,
    keys: Arc<KeySet>,
    fill: intake::Fill,
}

impl Control {
    pub(crate) fn new(setup: Setup) -> Self {
        let sources = setup.namespaces.len().max(1);
        Self {
            index: Index::new(setup.watch_secrets),
            queue: Queue::default(),
            pace: Pace::default(),
            running: JoinSet::new(),
            jobs: HashMap::new(),
            bytes: 0,
            keys: Arc::default(),
            fill: intake::Fill::new(sources, setup.watch_secrets),
            setup,
        }
    }

    /// Turns until `stop` comes; what is under way then is brought to its end, for `grace` at most.
    pub(crate) async fn run(mut self, stop: impl Future<Output = ()>, grace: Duration) {
        let mut stop = std::pin::pin!(stop);
        loop {
            self.setup.health.beat();
            self.setup.metrics.queue_depth(self.queue.len());
            self.setup.hand.events.hold(self.queue.len() > 0);
            let now = Instant::now();
            let wake = [Some(now + TURN), self.queue.next_due(), self.pace.next_due(now)].into_iter().flatten().min();
            let cores = self.setup.hand.cores.clone();
            let turn = self.may_give_turns(now);
            tokio::select! {
                biased;
                () = &mut stop => break,
                Some(ended) = self.running.join_next_with_id(), if !self.running.is_empty() => self.finish(ended),
                Ok(()) = self.setup.keys.changed() => self.keys_changed(),
                () = self.setup.leadership.changed() => {}
                Some(message) = self.setup.messages.recv() => self.take_in(message),
                Ok(core) = cores.acquire_owned(), if turn => self.give_turn(core),
                () = sleep_until(wake) => {}
            }
        }
        let unfinished = async { while self.running.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, unfinished).await.is_err() {
            tracing::warn!("some reconciles did not end in time; the next start takes them up again");
        }
    }

    fn may_give_turns(&mut self, now: Instant) -> bool {
        self.fill.can_plan()
            && self.setup.leadership.leads()
            && self.running.len() < IN_FLIGHT
            && self.bytes < BYTES_IN_FLIGHT
            && self.pace.is_open(now)
            && self.queue.is_ready(now)
    }

    /// Starts one reconcile; those that turn out to be none cost nothing and are passed over.
    fn give_turn(&mut self, core: OwnedSemaphorePermit) {
        let now = Instant::now();
        for _ in 0..BATCH {
            let Some((name, _)) = self.queue.pop(now) else { return };
            let plan = self.index.plan(&name, &self.keys.ring, self.keys.number, self.setup.hand.drift);
            let object = self.index.take_object(&name);
            let Some(entry) = self.index.entry(&name) else { continue };
            if entry.running {
                entry.dirty = true;
                continue;
            }
            if plan == Plan::Rest {
                self.setup.metrics.reconciled(ReconcileOutcome::Unchanged, Duration::ZERO);
                continue;
            }
            if plan == (Plan::Look { drift: true }) {
                entry.looks.count(now);
            }
            entry.running = true;
            entry.dirty = false;
            let (since, bytes) = (entry.since, entry.size());
            let secret = self.index.secret(&name).cloned();
            let job =
                Job { name: name.clone(), plan, object, secret, keys: self.keys.clone(), core: Some(core), since };
            let hand = self.setup.hand.clone();
            let task = self.running.spawn(async move { hand.carry_out(job).await });
            self.bytes += bytes;
            self.jobs.insert(task.id(), Running { name, start: now, bytes });
            return;
        }
    }

    /// Puts a SealedSecret in line, unless there is nothing to be done about it.
    fn enqueue(&mut self, name: Name, priority: Priority) {
        let plan = self.index.plan(&name, &self.keys.ring, self.keys.number, self.setup.hand.drift);
        if plan == Plan::Rest {
            self.queue.remove(&name);
            self.index.take_object(&name);
            return;
        }
        let later = match (&plan, self.index.entry(&name)) {
            (Plan::Look { drift: true }, Some(entry)) => entry.looks.next(Instant::now()),
            _ => None,
        };
        match later {
            Some(later) => self.queue.push_at(name, later),
            None => self.queue.push(name, priority),
        }
    }
}

/// A reconcile that is under way.
struct Running {
    name: Name,
    start: Instant,
    bytes: usize,
}

async fn sleep_until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment.into()).await,
        None => pending().await,
    }
}
