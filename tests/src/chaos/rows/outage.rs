//! The API server goes away in the middle of much work.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use kube::api::PostParams;

use crate::chaos::{Dose, Report, Stage};
use crate::cluster::{Cluster, Part};
use crate::wait::{SOON, wait_for};

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
    stage.first().controller.assert_running();
    assert_eq!(stage.first().controller.pid(), controller, "the controller was restarted");
    stage.search().await;

    let mut report = Report::default();
    report.injected("SIGKILL of the API server", 1);
    report.injected("second away", away.as_secs());
    report.observed(format!("{before} of {count} Secrets were there when it went"));
    report.observed(format!("all right {took:.1} s after it was back, none made twice, same process"));
    report
}
