//! Puts the parts together, and takes them apart again on SIGTERM.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use kube::api::Api;
use kube::runtime::watcher;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Semaphore, mpsc, watch};
use waxseal_api::UnsealOptions;
use waxseal_api::names::{SEALING_KEY_ACTIVE, SEALING_KEY_LABEL};

use crate::VERSION;
use crate::cluster::{Cluster, connect, own_namespace};
use crate::control::{Control, Message, Setup};
use crate::events::Events;
use crate::flags::Flags;
use crate::health::Health;
use crate::http::{HttpContext, HttpOptions, HttpServer};
use crate::keys::{Keeper, KeyMessage, KeySet, Policy, Renewer, publish};
use crate::lease::{Elector, Leadership, Rules, office};
use crate::metrics::{Metrics, ObjectLabels, WatchedResource};
use crate::reconcile::Hand;
use crate::watch::{Feed, KeySecret, Reporter, Sealed, SecretMetadata};

/// How long running reconciles may take to end after SIGTERM. A pod is killed after 30 s.
const GRACE: Duration = Duration::from_secs(15);

/// How long giving up the Lease may take.
const RELEASE: Duration = Duration::from_secs(5);

/// Objects of a list that come in one answer. A SealedSecret may have a megabyte; the metadata of a Secret has little.
const SEALED_PAGE: u32 = 100;
const SECRETS_PAGE: u32 = 500;

/// Runs until SIGTERM.
pub(crate) async fn run(flags: Flags) -> anyhow::Result<()> {
    let namespace: Arc<str> = own_namespace().into();
    tracing::info!(version = VERSION, namespace = &*namespace, "starting");
    let labels = if flags.metrics_omit_secret_labels { ObjectLabels::Omitted } else { ObjectLabels::Named };
    let metrics = Arc::new(Metrics::new(VERSION, labels));
    let health = Arc::new(Health::new());
    let server = HttpServer::bind(http_options(&flags)).await?;
    let stop = stop_signal()?;
    let requests = renewal_signal()?;

    let client = connect().await.context("cannot find the cluster")?;
    let cluster = Cluster::new(client, flags.kubeclient_qps, flags.kubeclient_burst);
    let pod = std::env::var("POD_NAME").ok().filter(|pod| !pod.is_empty()).map(|pod| format!("{pod}_"));
    let identity = format!("{}{:08x}", pod.as_deref().unwrap_or("waxseal-controller_"), rand::random::<u32>());
    let events = Events::start(&cluster, &identity.as_str().into());
    let (keys_to, keys) = watch::channel(Arc::new(KeySet::default()));
    let (office, leadership) = office();
    let (web_stop, web_stopped) = watch::channel(false);
    let cores = Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, usize::from)));

    let context =
        HttpContext { keys: keys.clone(), health: health.clone(), metrics: metrics.clone(), rsa: cores.clone() };
    let web = tokio::spawn(server.serve(context, web_stopped));

    let parts = Parts { flags: &flags, namespace: namespace.clone(), cluster: &cluster, metrics: &metrics };
    let keeper = parts.start_keys(&events, &health, keys_to, &keys, &leadership, requests);
    drop(keeper);
    let namespaces = parts.namespaces();
    let messages = parts.start_watches(&namespaces);

    let (release, released) = watch::channel(false);
    let elector = if flags.leader_elect {
        let rules = parts.rules(identity, pod);
        let mut elector = Elector::new(cluster.clone(), rules, metrics.clone(), office);
        Some(tokio::spawn(async move {
            elector.run(until(released)).await;
            elector.release().await;
        }))
    } else {
        metrics.leading(true);
        office.hold_for_ever();
        None
    };

    let hand = Hand {
        cluster: cluster.clone(),
        events,
        metrics: metrics.clone(),
        options: UnsealOptions {
            accept_deprecated_data: flags.accept_deprecated_v1_data,
            allow_service_account_tokens: flags.allow_service_account_tokens,
            ..UnsealOptions::default()
        },
        drift: flags.drift,
        update_status: flags.update_status,
        cores,
    };
    let control = Control::new(Setup {
        hand: Arc::new(hand),
        metrics,
        health,
        messages,
        keys,
        leadership,
        namespaces,
        watch_secrets: !flags.skip_recreate,
        delete_orphans: flags.old_gc_behavior,
    });
    control.run(until(stop), GRACE).await;

    tracing::info!("stopping");
    release.send_replace(true);
    if let Some(elector) = elector {
        let _ = tokio::time::timeout(RELEASE, elector).await;
    }
    web_stop.send_replace(true);
    let _ = tokio::time::timeout(RELEASE, web).await;
    tracing::info!("stopped");
    Ok(())
}

/// What starting the parts needs.
struct Parts<'a> {
    flags: &'a Flags,
    namespace: Arc<str>,
    cluster: &'a Cluster,
    metrics: &'a Arc<Metrics>,
}

impl Parts<'_> {
    /// The namespaces to watch; none for all of them.
    fn namespaces(&self) -> Vec<Arc<str>> {
        let additional =
            self.flags.additional_namespaces.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
        let additional: Vec<Arc<str>> = additional.map(Into::into).collect();
        if self.flags.all_namespaces && additional.is_empty() {
            return Vec::new();
        }
        let mut namespaces = vec![self.namespace.clone()];
        for namespace in additional {
            if !namespaces.contains(&namespace) {
                namespaces.push(namespace);
            }
        }
        tracing::info!(?namespaces, "watching some namespaces only");
        namespaces
    }

    fn start_watches(&self, namespaces: &[Arc<str>]) -> mpsc::Receiver<Message> {
        let (to, messages) = mpsc::channel(32);
        let scopes: Vec<Option<Arc<str>>> =
            if namespaces.is_empty() { vec![None] } else { namespaces.iter().cloned().map(Some).collect() };
        for (source, namespace) in scopes.into_iter().enumerate() {
            let client = self.cluster.client();
            let mut selector = watcher::Config::default().page_size(SEALED_PAGE);
            if !self.flags.label_selector.is_empty() {
                selector = selector.labels(&self.flags.label_selector);
            }
            let sealed: Api<Sealed> = match &namespace {
                None => Api::all(client.clone()),
                Some(namespace) => Api::namespaced(client.clone(), namespace),
            };
            let feed =
                Feed { api: sealed, selector, resource: WatchedResource::SealedSecrets, namespace: namespace.clone() };
            tokio::spawn(feed.run(self.reporter(&to), move |change| Message::Sealed(source, change)));
            if self.flags.skip_recreate {
                continue;
            }
            let secrets: Api<SecretMetadata> = match &namespace {
                None => Api::all(client),
                Some(namespace) => Api::namespaced(client, namespace),
            };
            let selector = watcher::Config::default().page_size(SECRETS_PAGE);
            let feed = Feed { api: secrets, selector, resource: WatchedResource::Secrets, namespace };
            tokio::spawn(feed.run(self.reporter(&to), move |change| Message::Secret(source, change)));
        }
        messages
    }

    fn start_keys(
        &self,
        events: &Events,
        health: &Arc<Health>,
        keys_to: watch::Sender<Arc<KeySet>>,
        keys: &watch::Receiver<Arc<KeySet>>,
        leadership: &Leadership,
        requests: mpsc::Receiver<()>,
    ) -> mpsc::Sender<KeyMessage> {
        let (to, messages) = mpsc::channel(8);
        let labelled = format!("{SEALING_KEY_LABEL}={SEALING_KEY_ACTIVE}");
        let named = format!("metadata.name={}", self.flags.key_prefix);
        let selectors = [watcher::Config::default().labels(&labelled), watcher::Config::default().fields(&named)];
        for (source, selector) in selectors.into_iter().enumerate() {
            let api: Api<KeySecret> = Api::namespaced(self.cluster.client(), &self.namespace);
            let namespace = Some(self.namespace.clone());
            let feed = Feed { api, selector, resource: WatchedResource::SealingKeys, namespace };
            tokio::spawn(feed.run(self.reporter(&to), move |change| KeyMessage::Watched(source, change)));
        }
        let keeper = Keeper {
            messages,
            to: keys_to,
            leadership: leadership.clone(),
            events: events.clone(),
            metrics: self.metrics.clone(),
            health: health.clone(),
            namespace: self.namespace.clone(),
            prefix: self.flags.key_prefix.clone(),
            order: self.flags.key_order_priority,
        };
        tokio::spawn(keeper.run());
        let renewer = Renewer {
            cluster: self.cluster.clone(),
            namespace: self.namespace.clone(),
            policy: self.policy(),
            keys: keys.clone(),
            leadership: leadership.clone(),
            requests,
            keeper: to.clone(),
            metrics: self.metrics.clone(),
        };
        tokio::spawn(renewer.run());
        tokio::spawn(publish(self.cluster.clone(), self.namespace.clone(), keys.clone(), leadership.clone()));
        to
    }

    fn policy(&self) -> Policy {
        let flags = self.flags;
        Policy {
            prefix: flags.key_prefix.clone(),
            bits: flags.key_size,
            lifetime: flags.key_ttl,
            common_name: flags.my_cn.clone(),
            labels: flags.privatekey_labels.0.clone(),
            annotations: flags.privatekey_annotations.0.clone(),
            period: flags.key_renew_period,
            cutoff: flags.key_cutoff_time,
        }
    }

    fn rules(&self, identity: String, pod: Option<String>) -> Rules {
        Rules {
            namespace: self.namespace.to_string(),
            name: self.flags.lease_name.clone(),
            identity,
            pod,
            duration: self.flags.lease_duration,
            deadline: self.flags.lease_renew_deadline,
            retry: self.flags.lease_retry_period,
        }
    }

    fn reporter<M>(&self, to: &mpsc::Sender<M>) -> Reporter<M> {
        Reporter { to: to.clone(), metrics: self.metrics.clone() }
    }
}

fn http_options(flags: &Flags) -> HttpOptions {
    HttpOptions {
        listen: flags.listen_addr.clone(),
        listen_metrics: flags.listen_metrics_addr.clone(),
        read_timeout: flags.read_timeout,
        write_timeout: flags.write_timeout,
        rate_limit: flags.rate_limit,
        rate_limit_burst: flags.rate_limit_burst,
        verify: flags.serve_verify,
        rotate: flags.serve_rotate,
        accept_deprecated_data: flags.accept_deprecated_v1_data,
    }
}

/// Becomes true on SIGTERM or SIGINT.
fn stop_signal() -> anyhow::Result<watch::Receiver<bool>> {
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (to, stop) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
        to.send_replace(true);
    });
    Ok(stop)
}

/// Tells of each SIGUSR1.
fn renewal_signal() -> anyhow::Result<mpsc::Receiver<()>> {
    let mut usr1 = signal(SignalKind::user_defined1())?;
    let (to, requests) = mpsc::channel(1);
    tokio::spawn(async move {
        while usr1.recv().await.is_some() {
            // One that waits already asks for the same.
            let _ = to.try_send(());
        }
    });
    Ok(requests)
}

/// Waits until it says true.
async fn until(mut signal: watch::Receiver<bool>) {
    let _ = signal.wait_for(|stop| *stop).await;
}
