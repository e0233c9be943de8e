//! The controller ends between two calls to the API server.

use std::time::Duration;

use anyhow::ensure;

use crate::chaos::{Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::proxy::Gate;
use crate::wait::{SOON, wait_for};

/// Calls that a batch of objects makes: a Secret, a status and an Event each, and the Lease's in between.
const BATCH: usize = 3;

pub(super) async fn run(dose: Dose) -> Report {
    let (calls, step) = dose.pick((24, 1), (12, 4));
    let mut stage = Stage::new(Cluster::shared().await, 1, &[], dose.seed).await;
    let mut report = Report::default();
    let mut number = 0;
    for call in (1..=calls).step_by(step) {
        for kill in [false, true] {
            let gate = stage.first().proxy.hold(call, "", "/namespaces/");
            for _ in 0..BATCH {
                number += 1;
                stage.apply(&format!("n{}", number % 10)).await;
            }
            end_at(&gate, kill, &stage, &mut report).await;
        }
    }
    // Those of the Lease are few among these.
    for kill in [false, true] {
        let gate = stage.first().proxy.hold(1, "PUT", "/leases/");
        end_at(&gate, kill, &stage, &mut report).await;
    }
    assert_eq!(stage.keys().await, 1);
    wait_for(SOON, "a leader", async || stage.leader().await).await;
    stage.search().await;
    report.observed(format!(
        "every next start finished what was begun; the Lease was free after each SIGTERM; before call 1 to {calls}, and \
         before a renewal of the Lease"
    ));
    report
}

/// Ends the controller when it is at this call, and starts it again.
async fn end_at(gate: &Gate, kill: bool, stage: &Stage, report: &mut Report) {
    let call = gate.reached().await;
    let controller = &stage.first().controller;
    if kill {
        controller.kill();
        gate.open();
        report.injected("SIGKILL between two calls", 1);
    } else {
        controller.signal(rustix::process::Signal::TERM);
        // The call is let through while the controller is on its way out.
        gate.open();
        let status = controller.ended().await;
        assert!(status.success(), "SIGTERM before {call}: {status}");
        wait_for(Duration::from_secs(2), "the Lease to be free", async || {
            ensure!(stage.leader().await.is_err(), "it is held after a SIGTERM before {call}");
            Ok(())
        })
        .await;
        report.injected("SIGTERM between two calls", 1);
    }
    controller.restart().await;
    stage.quiet().await;
}
