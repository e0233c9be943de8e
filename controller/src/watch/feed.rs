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

use crate::backoff::Backoff;
use crate::cluster::chain;
use crate::metrics::{Metrics, WatchedResource};

/// A watch that fails is started again soon, and within a quarter of a minute when the API server stays away.
const RESTART: Backoff = Backoff::new(Duration::from_millis(400), Duration::from_secs(15));

/// A right that is missing is granted by a person, if at all.
const DENIED: Duration = Duration::from_secs(20);

/// How often a failure that lasts is logged.
const SAY_AGAIN: Duration = Duration::from_mins(10);

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
        let mut events = Box::pin(watcher::watcher(self.api.clone(), self.selector.clone().timeout(WATCH_SECONDS)));
        let mut failures = 0;
        let mut said: Option<(String, Instant)> = None;
        while let Some(event) = events.next().await {
            let change = match event {
                Ok(event) => {
                    // The mere attempt to list is no success yet.
                    if !matches!(event, Event::Init) {
                        if said.take().is_some() {
                            tracing::info!(resource = %self, "the watch works again");
                        }
                        failures = 0;
                    }
                    Change::Event(event)
                }
                Err(error) => {
                    let Some(problem) = problem(&error) else { continue };
                    reporter.metrics.watch_restarted(self.resource);
                    let again =
                        said.as_ref().is_none_or(|(what, at)| *what != problem.text || at.elapsed() > SAY_AGAIN);
                    if again {
                        tracing::warn!(resource = %self, denied = problem.denied, "cannot watch: {}", problem.text);
                        said = Some((problem.text, Instant::now()));
                    }
                    if problem.denied && reporter.to.send(wrap(Change::Denied)).await.is_err() {
                        return;
                    }
                    tokio::time::sleep(if problem.denied { DENIED } else { RESTART.delay(failures) }).await;
                    failures += 1;
                    continue;
                }
            };
            if reporter.to.send(wrap(change)).await.is_err() {
                return;
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

struct Problem {
    denied: bool,
    text: String,
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
