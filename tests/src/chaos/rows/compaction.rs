//! A watch that cannot be taken up again where it ended.

use anyhow::ensure;

use crate::chaos::{Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::wait::{SOON, wait_for};

pub(super) async fn run(dose: Dose) -> Report {
    let each = dose.pick(50, 5);
    let mut stage = Stage::new(Cluster::start().await, 1, &[], dose.seed).await;
    for number in 0..4 * each {
        stage.apply(&format!("n{number}")).await;
    }
    stage.quiet().await;

    // While the controller hears nothing, some change, some lose their Secret, some go, and some stay as they are.
    stage.first().proxy.hush();
    for number in 0..each {
        stage.apply(&format!("n{number}")).await;
        stage.delete_secret(&format!("n{}", each + number)).await;
        stage.delete(&format!("n{}", 2 * each + number)).await;
        stage.apply(&format!("new{number}")).await;
    }
    stage.cluster.compact().await;
    stage.first().proxy.listen();
    stage.quiet().await;
    let told = stage.first().proxy.injected().get("410 Gone of the API server itself").copied().unwrap_or(0);
    assert!(told > 0, "the compaction was in vain: no watch was told 410 Gone");

    // What is deleted is forgotten: its metrics end.
    wait_for(SOON, "the end of the metrics of what was deleted", async || {
        let metrics = stage.first().controller.metrics().await;
        let gone = (2 * each..3 * each).find(|number| metrics.contains(&format!("name=\"n{number}\"")));
        ensure!(gone.is_none(), "n{gone:?} is still counted");
        Ok(())
    })
    .await;
    stage.first().controller.assert_running();
    stage.search().await;

    let mut report = Report::default();
    report.injected("compaction of etcd", 1);
    report.injected("change, deletion and creation in the gap", 4 * each);
    report.injected_by(&stage.first().proxy);
    report.observed(
        "every change of the gap was seen: Secrets made again, changed and gone, metrics of the deleted ended",
    );
    report
}
