//! A SealedSecret goes while its Secret is being made.

use std::time::Duration;

use anyhow::ensure;

use crate::chaos::{Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::wait::{SOON, holds_for, wait_for};

pub(super) async fn run(dose: Dose) -> Report {
    let rounds = dose.pick(20, 2);
    let mut stage = Stage::new(Cluster::shared().await, 1, &[], dose.seed).await;
    let mut report = Report::default();
    for round in 0..rounds {
        // Before the Secret is created, and before the status is written.
        for (method, part, what) in [("POST", "/secrets", "creation"), ("", "/status", "status")] {
            let name = format!("n{round}-{what}");
            let gate = stage.first().proxy.hold(1, method, part);
            stage.apply(&name).await;
            gate.reached().await;
            stage.delete(&name).await;
            wait_for(SOON, "the end of the SealedSecret", async || {
                ensure!(stage.sealed().get_opt(&name).await?.is_none(), "it is still there");
                Ok(())
            })
            .await;
            gate.open();
            report.injected(&format!("deletion before the {what}"), 1);
        }
    }
    stage.quiet().await;
    holds_for(Duration::from_secs(2), "no Secret comes back", async || {
        ensure!(stage.uids().await.is_empty(), "{:?}", stage.uids().await);
        Ok(())
    })
    .await;
    // The controller is none the worse for it.
    stage.apply("after").await;
    stage.quiet().await;
    stage.first().controller.assert_running();
    stage.search().await;
    report.observed("no Secret was left behind, and none came back");
    report
}
