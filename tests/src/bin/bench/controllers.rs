//! Measurements of a controller on a control plane of its own.

mod peer;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use e2e::cluster::{Part, Requests};
use e2e::{Cluster, Controller, deploy};
use kube::Api;
use kube::api::PostParams;
use waxseal_api::SealedSecret;

use crate::command;
use crate::process::Usage;
use crate::report::Table;
use crate::watch::{Watch, until_secret};
use crate::work::{self, Key};
use peer::Peer;

/// After which a measurement is given up: upstream's controller takes its time.
const LIMIT: Duration = Duration::from_mins(15);

/// How long a converged cluster is watched for writes that nobody needs.
const IDLE: Duration = Duration::from_secs(10);

/// Who the plain manifests have the controller act as.
const ACCOUNT: &str = "sealed-secrets-controller";

/// A controller that may be started, with all that it finds around it: none of that is to be measured.
enum Installed<'a> {
    /// With the rights of the plain manifests, by the kubeconfig of its service account.
    Ours(&'a Cluster, PathBuf),
    Peer(peer::Installed<'a>),
}

impl<'a> Installed<'a> {
    async fn ours(cluster: &'a Cluster) -> Result<Self> {
        let manifests = deploy::path("install.yaml");
        let manifests = fs::read_to_string(&manifests).with_context(|| format!("reading {}", manifests.display()))?;
        deploy::grant(cluster, &deploy::rights_in(deploy::objects(&manifests))).await;
        Ok(Self::Ours(cluster, cluster.service_account_kubeconfig("kube-system", ACCOUNT).await))
    }

    fn cluster(&self) -> &Cluster {
        match self {
            Self::Ours(cluster, _) => cluster,
            Self::Peer(peer) => peer.cluster,
        }
    }

    async fn start(&self) -> Result<Program> {
        match self {
            Self::Ours(cluster, kubeconfig) => {
                let controller = Controller::of(cluster).kubeconfig(kubeconfig).launch().await;
                Ok(Program::Ours(Box::new(controller)))
            }
            Self::Peer(peer) => Ok(Program::Peer(peer.start()?)),
        }
    }
}

/// The controller under measurement.
enum Program {
    Ours(Box<Controller>),
    Peer(Peer),
}

impl Program {
    fn usage(&self) -> Result<Usage> {
        match self {
            Self::Ours(controller) => Usage::of(controller.pid()),
            Self::Peer(peer) => Usage::of(peer.pid()?),
        }
    }

    /// RSA operations, where the program counts them.
    async fn rsa_operations(&self) -> Option<f64> {
        let Self::Ours(controller) = self else { return None };
        let metrics = controller.metrics().await;
        metrics.lines().find_map(|line| line.strip_prefix("waxseal_rsa_operations_total ")?.parse().ok())
    }

    async fn stop(self) -> Result<()> {
        match self {
            Self::Ours(controller) => {
                let status = controller.terminate().await;
                ensure!(status.success(), "the controller ended with {status}");
            }
            Self::Peer(peer) => peer.stop()?,
        }
        Ok(())
    }
}

/// The figures of one program, under the names of the table's rows.
type Figures = Vec<(&'static str, Option<f64>)>;

pub(crate) async fn converge(work: &command::Cluster) -> Result<()> {
    compare("converge", work, async |installed, keys| {
        let cluster = installed.cluster();
        let client = cluster.client().await;
        work::install_keys(&client, keys).await?;
        work::apply(&client, work, keys).await?;
        // What the API server has left to do after so many writes is not the controller's.
        let before = quiet(cluster).await?;
        let watch = Watch::from_now(&client).await?;

        let start = Instant::now();
        let program = installed.start().await?;
        watch.until_synced(work.count, LIMIT).await?;
        let seconds = start.elapsed().as_secs_f64();
        let usage = program.usage()?;
        let rsa_operations = program.rsa_operations().await;
        let requests = cluster.requests().await.since(&before);

        // Events follow when the Secrets are there.
        let settled = quiet(cluster).await?;
        // The point is that nothing happens, so there is no condition to wait for.
        tokio::time::sleep(IDLE).await;
        let idle = cluster.requests().await.since(&settled);
        program.stop().await?;

        let mut figures = used(seconds, usage);
        figures.push(("RSA private-key operations", rsa_operations));
        figures.extend(counted(&requests));
        figures.push(("writes while idle for 10 s", Some(writes(&idle))));
        Ok(figures)
    })
    .await
}

pub(crate) async fn restart(work: &command::Cluster) -> Result<()> {
    compare("restart", work, async |installed, keys| {
        let cluster = installed.cluster();
        let client = cluster.client().await;
        work::install_keys(&client, keys).await?;
        work::apply(&client, work, keys).await?;
        let program = installed.start().await?;
        Watch::from_the_start(&client).until_synced(work.count, LIMIT).await?;
        program.stop().await?;

        let late = work::sealed("zz-late", work.values, keys.first().context("no key")?, work.hints)?;
        let objects: Api<SealedSecret> = Api::namespaced(client.clone(), work::NAMESPACE);
        let before = quiet(cluster).await?;
        let start = Instant::now();
        let program = installed.start().await?;
        objects.create(&PostParams::default(), &late).await.context("applying one more SealedSecret")?;
        until_secret(&client, "zz-late", LIMIT).await?;
        let appeared = start.elapsed().as_secs_f64();
        Watch::from_the_start(&client).until_synced(work.count + 1, LIMIT).await?;
        // Upstream goes on opening what is converged already; wait for it to finish, as long as it writes or reads.
        let settled = quiet(cluster).await?;
        let requests = settled.since(&before);
        let rsa_operations = program.rsa_operations().await;
        let usage = program.usage()?;
        program.stop().await?;

        let mut figures = vec![("seconds from start to the new Secret", Some(appeared))];
        figures.extend(used(0.0, usage).into_iter().skip(1));
        figures.push(("RSA private-key operations", rsa_operations));
        figures.extend(counted(&requests));
        Ok(figures)
    })
    .await
}

/// Runs a measurement for our controller and, if there is one, for the peer.
async fn compare(
    name: &str,
    work: &command::Cluster,
    measure: impl AsyncFn(&Installed<'_>, &[Key]) -> Result<Figures>,
) -> Result<()> {
    ensure!(work.count > 0 && work.keys > 0, "--count and --keys must be at least 1");
    let keys = work::keys(work.keys)?;
    let ours = measure(&Installed::ours(&cluster().await).await?, &keys).await?;
    let theirs = match &work.peer_controller {
        None => None,
        Some(path) => {
            let cluster = cluster().await;
            let peer = peer::Installed::new(&cluster, path, &work.peer_arg).await?;
            Some(measure(&Installed::Peer(peer), &keys).await?)
        }
    };

    let spread = if work.spread { ", spread over all keys" } else { "" };
    let hints = if work.hints { ", with hints" } else { "" };
    let title =
        format!("{name}: {} SealedSecrets × {} values, {} keys{spread}{hints}", work.count, work.values, work.keys);
    let mut table = match theirs {
        None => Table::new(title, &["waxseal-controller"]),
        Some(_) => Table::new(title, &["waxseal-controller", "peer"]),
    };
    for (at, (row, figure)) in ours.iter().enumerate() {
        let other = theirs.as_ref().map(|figures| figures.get(at).and_then(|(_, figure)| *figure));
        table.row(*row, std::iter::once(*figure).chain(other));
    }
    table.print()
}

/// The API server and etcd. Nothing here needs kube-controller-manager, which would have every write told to it on the
/// processors that the work is measured on.
async fn cluster() -> Cluster {
    let cluster = Cluster::start().await;
    cluster.kill(Part::ControllerManager);
    cluster
}

fn used(seconds: f64, usage: Usage) -> Figures {
    // A peak of memory fits a float's 53 bits by far.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let mebibytes = usage.peak as f64 / f64::from(1 << 20);
    vec![
        ("seconds", Some(seconds)),
        ("CPU seconds", Some(usage.cpu.as_secs_f64())),
        ("peak memory, MiB", Some(mebibytes)),
    ]
}

/// Requests of the kinds that a controller makes.
fn counted(requests: &Requests) -> Figures {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let count = |verb, resource| Some(requests.count(verb, resource) as f64);
    vec![
        ("GET secrets", count("GET", "secrets")),
        ("POST secrets", count("POST", "secrets")),
        ("PUT secrets", count("PUT", "secrets")),
        ("PATCH secrets", count("PATCH", "secrets")),
        ("GET sealedsecrets", count("GET", "sealedsecrets")),
        ("PUT sealedsecrets/status", count("PUT", "sealedsecrets/status")),
        ("PATCH sealedsecrets/status", count("PATCH", "sealedsecrets/status")),
        ("POST events", count("POST", "events")),
    ]
}

fn writes(requests: &Requests) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let count = requests.writes(&["secrets", "sealedsecrets", "sealedsecrets/status", "events", "configmaps"]) as f64;
    count
}

/// Waits until nobody has touched Secrets, SealedSecrets or Events for a second.
async fn quiet(cluster: &Cluster) -> Result<Requests> {
    let relevant = |requests: &Requests| {
        ["GET", "POST", "PUT", "PATCH"]
            .iter()
            .flat_map(|verb| {
                ["secrets", "sealedsecrets", "sealedsecrets/status", "events"].map(|resource| (verb, resource))
            })
            .map(|(verb, resource)| requests.count(verb, resource))
            .sum::<u64>()
    };
    let end = Instant::now() + LIMIT;
    let mut last = cluster.requests().await;
    while Instant::now() < end {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let now = cluster.requests().await;
        if relevant(&now) == relevant(&last) {
            return Ok(now);
        }
        last = now;
    }
    anyhow::bail!("the cluster did not become quiet")
}
