//! One watch that never ends.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use kube::api::Api;
use kube::runtime::watcher::{self, Event};
use kube::{Error, Resource};
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::past::{Past, start_anew};
use crate::backoff::Backoff;
use crate::cluster::chain;
use crate::metrics::{Metrics, WatchedResource};

/// A watch that fails is started again soon, and within a quarter of a minute when the API server stays away.
const RESTART: Backoff = Backoff::new(Duration::from_millis(400), Duration::from_secs(15));

/// A right that is missing is granted by a person, if at all.
const DENIED: Duration = Duration::from_secs(20);

/// How often a failure that lasts is logged.
const SAY_AGAIN: Duration = Duration::from_mins(10);

/// How long a streamed list may pause.
const PATIENCE: Duration = Duration::from_secs(20);

/// After so many seconds the API server ends a watch, and a dead connection is noticed soon after that.
const WATCH_SECONDS: u32 = 120;

/// Which watch a change comes from: the number of its namespace, as the controller counts its namespaces.
pub(crate) type Source = usize;

/// What a watch tells.
pub(crate) enum Change<K> {
    /// As kube has it.
    Event(Event<K>),
    /// The right to list or watch is missing; there will be nothing until somebody grants it.
    Denied,
}

/// What to watch, and how to name it in the log.
pub(crate) struct Feed<K> {
    pub(crate) api: Api<K>,
    pub(crate) selector: watcher::Config,
    pub(crate) resource: WatchedResource,
    /// The namespace, or none for all.
    pub(crate) namespace: Option<Arc<str>>,
}

/// Where a feed's changes go.
pub(crate) struct Reporter<M> {
    pub(crate) to: mpsc::Sender<M>,
    pub(crate) metrics: Arc<Metrics>,
}

impl<K> Feed<K>
where
    K: Resource<DynamicType = ()> + Clone + fmt::Debug + DeserializeOwned + Send + 'static,
{
    /// Watches until nobody listens any more.
    pub(crate) async fn run<M>(self, reporter: Reporter<M>, wrap: impl Fn(Change<K>) -> M) {
        // Object by object, where the API server can (on by default from 1.34): a list comes in pages, and a page of
        // large objects takes as much memory as somebody wants it to.
        let streamed = watcher::Config { page_size: None, ..self.selector.clone() }.streaming_lists();
        if self.follow(streamed, Some(PATIENCE), &reporter, &wrap).await == End::NotStreamed {
            tracing::debug!(resource = %self, "the API server does not stream lists");
            self.follow(self.selector.clone(), None, &reporter, &wrap).await;
        }
    }

    /// Watches with one way to list. Where `patience` is given, lists are streamed, and it ends if they are not.
    async fn follow<M>(
        &self,
        selector: watcher::Config,
        patience: Option<Duration>,
        reporter: &Reporter<M>,
        wrap: &impl Fn(Change<K>) -> M,
    ) -> End {
        let selector = selector.timeout(WATCH_SECONDS);
        let mut events = Box::pin(watcher::watcher(self.api.clone(), selector.clone()));
        let mut trouble = Trouble::default();
        let mut past = Past::default();
        let mut listed = false;
        loop {
            let event = match patience.filter(|_| !listed) {
                None => events.next().await,
                // An API server that has never heard of it sends what there is, and not that this was all.
                Some(patience) => match tokio::time::timeout(patience, events.next()).await {
                    Ok(event) => event,
                    Err(_) => return End::NotStreamed,
                },
            };
            let change = match event {
                None => return End::Nobody,
                Some(Ok(event)) => {
                    listed |= matches!(event, Event::InitDone);
                    past.saw(&event);
                    if matches!(event, Event::InitDone) && past.lies_ahead(&self.api).await {
                        tracing::error!(resource = %self, "the cluster's store was put back to an older state: starting anew");
                        start_anew();
                        return End::Nobody;
                    }
                    // The mere attempt to list is no success yet.
                    if !matches!(event, Event::Init) && trouble.ends() {
                        tracing::info!(resource = %self, "the watch works again");
                    }
                    Change::Event(event)
                }
                Some(Err(error)) => {
                    if patience.is_some() && !listed && is_unknown(&error) {
                        return End::NotStreamed;
                    }
                    let Some(problem) = problem(&error) else { continue };
                    reporter.metrics.watch_restarted(self.resource);
                    let denied = problem.denied;
                    if let Some(text) = trouble.news(problem.text) {
                        tracing::warn!(resource = %self, denied, "cannot watch: {text}");
                    }
                    if denied && reporter.to.send(wrap(Change::Denied)).await.is_err() {
                        return End::Nobody;
                    }
                    tokio::time::sleep(if denied { DENIED } else { RESTART.delay(trouble.failures) }).await;
                    trouble.failures += 1;
                    // From the start, and not where it broke off: the API server may come back with a store that was
                    // restored, and a watch that begins at a version yet to come hears nothing until it has come.
                    events = Box::pin(watcher::watcher(self.api.clone(), selector.clone()));
                    continue;
                }
            };
            if reporter.to.send(wrap(change)).await.is_err() {
                return End::Nobody;
            }
        }
    }
}

impl<K> fmt::Display for Feed<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let namespace = self.namespace.as_deref().unwrap_or("all namespaces");
        write!(f, "{} in {namespace}", self.resource.as_str())
    }
}

/// Why a watch ended.
#[derive(PartialEq, Eq)]
enum End {
    /// Nobody listens any more.
    Nobody,
    /// The API server cannot stream lists.
    NotStreamed,
}

/// Failures in a row, and what was said about them.
#[derive(Default)]
struct Trouble {
    failures: u32,
    said: Option<(String, Instant)>,
}

impl Trouble {
    /// The text, if it is worth a line in the log.
    fn news(&mut self, text: String) -> Option<&str> {
        let known = self.said.as_ref().is_some_and(|(said, at)| *said == text && at.elapsed() < SAY_AGAIN);
        if known {
            return None;
        }
        Some(&self.said.insert((text, Instant::now())).0)
    }

    /// All is well. Whether that is worth a line in the log.
    fn ends(&mut self) -> bool {
        self.failures = 0;
        self.said.take().is_some()
    }
}

struct Problem {
    denied: bool,
    text: String,
}

/// Whether the API server does not take the request to stream a list.
fn is_unknown(error: &watcher::Error) -> bool {
    matches!(error, watcher::Error::WatchStartFailed(Error::Api(status)) if matches!(status.code, 400 | 422))
}

/// What went wrong, or nothing where a watch only has grown too old and starts over.
fn problem(error: &watcher::Error) -> Option<Problem> {
    let problem = |denied, text| Some(Problem { denied, text });
    match error {
        watcher::Error::InitialListFailed(error)
        | watcher::Error::WatchStartFailed(error)
        | watcher::Error::WatchFailed(error) => match error {
            Error::Api(status) if status.code == 410 => None,
            Error::Api(status) => problem(status.code == 403, status.message.clone()),
            // Its text quotes what could not be read.
            Error::SerdeError(_) => problem(false, "the API server's answer could not be read".to_owned()),
            _ => problem(false, chain(error)),
        },
        watcher::Error::WatchError(status) if status.code == 410 => None,
        watcher::Error::WatchError(status) => problem(status.code == 403, status.message.clone()),
        watcher::Error::NoResourceVersion => problem(false, "the API server sent no resourceVersion".to_owned()),
    }
}
