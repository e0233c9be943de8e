//! Three replicas, and what can become of the one that leads.

use std::time::{Duration, Instant};

use anyhow::ensure;
use rustix::process::Signal;

use crate::chaos::{Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::wait::{SOON, wait_for};

/// The Lease of a stage is held for three seconds; a loaded machine and the way to notice take their time, too.
const LEASE: Duration = Duration::from_secs(3);
const SLACK: Duration = Duration::from_secs(12);

const FAULTS: [&str; 4] = ["SIGKILL of the leader", "SIGSTOP of the leader", "leader cut off", "SIGTERM of the leader"];

pub(super) async fn run(dose: Dose) -> Report {
    let rounds = dose.pick(5, 1);
    let mut stage = Stage::new(Cluster::shared().await, 3, &[], dose.seed).await;
    let mut report = Report::default();
    let mut slowest = [Duration::ZERO; 4];
    let mut number = 0;
    for _ in 0..rounds {
        for (fault, what) in FAULTS.iter().enumerate() {
            let leader = wait_for(SOON, "a leader", async || stage.leader().await).await;
            // Work that is under way when it happens, and work that comes in while nobody leads.
            for _ in 0..6 {
                number += 1;
                stage.apply(&format!("n{}", number % 20)).await;
            }
            let replica = &stage.replicas[leader];
            match fault {
                0 => replica.controller.kill(),
                1 => replica.controller.signal(Signal::STOP),
                2 => replica.proxy.cut_off(),
                _ => {
                    let status = replica.controller.terminate().await;
                    assert!(status.success(), "SIGTERM: {status}");
                }
            }
            let start = Instant::now();
            report.injected(what, 1);
            for _ in 0..6 {
                number += 1;
                stage.apply(&format!("n{}", number % 20)).await;
            }
            wait_for(LEASE + SLACK, &format!("another leader after {what}"), async || {
                let next = stage.leader().await?;
                ensure!(next != leader, "it is still {next}");
                Ok(())
            })
            .await;
            slowest[fault] = slowest[fault].max(start.elapsed());
            // Back among the others, while work that it had begun may still be in its hands.
            let replica = &stage.replicas[leader];
            match fault {
                1 => replica.controller.signal(Signal::CONT),
                2 => replica.proxy.let_through(),
                _ => replica.controller.restart().await,
            }
            stage.quiet().await;
            assert_eq!(stage.keys().await, 1, "a change of leaders made a key");
        }
    }
    for replica in &stage.replicas {
        replica.controller.assert_running();
    }
    stage.search().await;

    let seconds = |span: Duration| format!("{:.1} s", span.as_secs_f32());
    let [kill, pause, cut, stop] = slowest.map(seconds);
    report.observed(format!(
        "another led at the latest after: killed {kill}, paused {pause}, cut off {cut}, stopped {stop}"
    ));
    report.observed(format!("1 key, every Secret right, {} steps back on the way", stage.history.steps_back()));
    report
}
