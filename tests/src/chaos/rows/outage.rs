//! The API server goes away in the middle of much work.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use kube::api::PostParams;

use super::super::stage::put;
use crate::chaos::{Dose, Report, Stage};
use crate::cluster::{Cluster, Part};
use crate::wait::{SOON, wait_for};

/// How long a server that is paused, or dead, stays so.
const PAUSE: Duration = Duration::from_secs(3);

pub(super) async fn run(dose: Dose) -> Report {
    let count = dose.pick(1000, 150);
    let away = dose.pick(Duration::from_mins(1), Duration::from_secs(5));
    let mut stage = Stage::new(Cluster::start().await, 1, &[], dose.seed).await;
    let controller = stage.first().controller.pid();

    let objects: Vec<_> = (0..count).map(|number| stage.next(&format!("n{number}"))).collect();
    let api = stage.sealed();
    let creations = stream::iter(&objects).map(async |object| api.create(&PostParams::default(), object).await);
    let created: Result<Vec<_>, _> = creations.buffer_unordered(32).try_collect().await;
    created.expect("SealedSecrets that can be created");
    wait_for(SOON, "the first Secrets", async || {
        ensure!(stage.history.seen() > 0, "none yet");
        Ok(())
    })
    .await;
    let before = stage.history.seen();
    stage.cluster.kill(Part::ApiServer);
    // The outage itself, and not a wait for anything.
    tokio::time::sleep(away).await;
    stage.cluster.restart(Part::ApiServer).await;
    let back = Instant::now();
    stage.quiet().await;
    let took = back.elapsed().as_secs_f32();
    let mut report = Report::default();
    for _ in 0..dose.pick(3, 0) {
        for (part, what) in [(Part::Etcd, "SIGSTOP of etcd"), (Part::ApiServer, "SIGSTOP of the API server")] {
            work_beside(&mut stage, count / 5, async |cluster| {
                cluster.pause(part);
                tokio::time::sleep(PAUSE).await;
                cluster.resume(part);
            })
            .await;
            report.injected(what, 1);
        }
        work_beside(&mut stage, count / 5, async |cluster| {
            cluster.kill(Part::Etcd);
            tokio::time::sleep(PAUSE).await;
            cluster.restart(Part::Etcd).await;
        })
        .await;
        report.injected("SIGKILL of etcd", 1);
    }
    stage.first().controller.assert_running();
    assert_eq!(stage.first().controller.pid(), controller, "the controller was restarted");
    stage.search().await;

    report.injected("SIGKILL of the API server", 1);
    report.injected("second away", away.as_secs());
    report.observed(format!("{before} of {count} Secrets were there when it went"));
    report.observed(format!("all right {took:.1} s after it was back, none made twice, same process"));
    report
}

/// Changes so many objects while something happens to the cluster, and waits until all is right again.
async fn work_beside(stage: &mut Stage, count: u32, happens: impl AsyncFnOnce(&Cluster)) {
    let objects: Vec<_> = (0..count).map(|number| stage.next(&format!("n{number}"))).collect();
    let api = stage.sealed();
    // Whoever applies tries again, as a GitOps engine does.
    let applied = stream::iter(&objects)
        .map(|object| wait_for(SOON, "an API server that takes a change", async || put(&api, object).await))
        .buffer_unordered(16)
        .collect::<Vec<()>>();
    tokio::join!(applied, happens(&stage.cluster));
    stage.quiet().await;
}
