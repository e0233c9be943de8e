//! A network and an API server that have a bad day.

use std::time::{Duration, Instant};

use kube::api::DeleteParams;

use crate::chaos::{Dice, Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::proxy::{Fault, Often, Rule};

pub(super) async fn run(dose: Dose) -> Report {
    let lasts = dose.pick(Duration::from_secs(90), Duration::from_secs(8));
    let names = dose.pick(60, 12);
    let mut stage = Stage::new(Cluster::shared().await, 2, &[], dose.seed).await;
    for replica in &stage.replicas {
        for fault in [
            Fault::Answer(409),
            Fault::Answer(410),
            Fault::Answer(429),
            Fault::Answer(500),
            Fault::Cut,
            Fault::Lost,
            Fault::CutAfter(40),
            Fault::Truncated(40),
            Fault::Delay(Duration::from_millis(300)),
        ] {
            replica.proxy.rule(Rule::new(fault, Often::OneIn(20)));
            replica.proxy.rule(Rule::new(fault, Often::OneIn(12)).on_watches());
        }
        for bytes in [1, 500, 5000, 50_000] {
            replica.proxy.rule(Rule::new(Fault::CutAfter(bytes), Often::OneIn(8)).on_watches());
            replica.proxy.rule(Rule::new(Fault::Truncated(bytes), Often::OneIn(8)).on_watches());
        }
    }

    let mut dice = Dice::new(dose.seed);
    let (start, mut changes, mut gone) = (Instant::now(), 0, 0);
    while start.elapsed() < lasts {
        let name = format!("n{}", dice.below(names));
        match dice.below(6) {
            0 => {
                stage.history.deletes(&name);
                // It may not be there.
                let _ = stage.sealed().delete(&name, &DeleteParams::default()).await;
                gone += 1;
            }
            1 => {
                stage.history.deletes_secret(&name);
                let _ = stage.secrets().delete(&name, &DeleteParams::default()).await;
                gone += 1;
            }
            _ => {
                let sealed = stage.next(&name);
                let api = stage.sealed();
                // The status may be written in between the two calls of an apply.
                while super::super::stage::put(&api, &sealed).await.is_err() {}
                changes += 1;
            }
        }
        tokio::time::sleep(Duration::from_millis(dice.below(60))).await;
    }
    for replica in &stage.replicas {
        replica.proxy.calm();
    }
    let calm = Instant::now();
    stage.quiet().await;
    let took = calm.elapsed().as_secs_f32();
    assert_eq!(stage.keys().await, 1);
    stage.search().await;

    let mut report = Report::default();
    for replica in &stage.replicas {
        replica.controller.assert_running();
        report.injected_by(&replica.proxy);
    }
    report.observed(format!(
        "{changes} changes and {gone} deletions in {} s of it; all right {took:.1} s after; 1 key; {} steps back on the way",
        lasts.as_secs(),
        stage.history.steps_back()
    ));
    report
}
