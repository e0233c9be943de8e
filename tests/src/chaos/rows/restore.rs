//! etcd is put back to what it was, under a controller that knows better.

use std::time::Instant;

use anyhow::ensure;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::Api;
use kube::api::PostParams;
use serde_json::json;

use crate::chaos::{Dose, Report, Stage};
use crate::cluster::{Cluster, Part};
use crate::wait::{SOON, wait_for};

pub(super) async fn run(dose: Dose) -> Report {
    let each = dose.pick(30, 4);
    let mut stage = Stage::new(Cluster::start().await, 1, &[], dose.seed).await;
    for number in 0..4 * each {
        stage.apply(&format!("n{number}")).await;
    }
    stage.quiet().await;
    let then = stage.uids().await;
    let snapshot = stage.cluster.snapshot().await;
    stage.quiet().await;

    // Afterwards some change, some go and come again, some go for good, some stay, and some are new.
    let mut again = Vec::new();
    for number in 0..each {
        stage.apply(&format!("n{number}")).await;
        stage.delete(&format!("n{}", each + number)).await;
        stage.delete(&format!("n{}", 2 * each + number)).await;
        stage.apply(&format!("new{number}")).await;
        again.push(format!("n{}", each + number));
    }
    stage.quiet().await;
    for name in &again {
        stage.apply(name).await;
    }
    stage.quiet().await;
    stage.cluster.restore(&snapshot).await;

    // What was in the store is there again: no Secret is taken by the garbage collector.
    assert_eq!(stage.uids().await, then, "right after the restore");
    let back = Instant::now();
    // It notices by itself, ends, and is started again, which is a kubelet's part.
    let ended = stage.first().controller.ended().await;
    assert!(ended.success(), "after the restore: {ended}");
    stage.first().controller.restart().await;
    // The GitOps engine applies what is in Git: newer values for all that there is now, nothing for what was new.
    let mut fresh = stage.with_a_new_record();
    for number in 0..4 * each {
        fresh.apply(&format!("n{number}")).await;
    }
    fresh.quiet().await;
    let took = back.elapsed().as_secs_f32();
    assert_eq!(fresh.uids().await, then, "a Secret was taken and made again");

    // SealedSecrets that were restored from Git under uids of their own, beside Secrets that name the former ones.
    let cluster = fresh.cluster.clone();
    cluster.kill(Part::ControllerManager);
    for number in 0..each {
        let name = format!("n{number}");
        fresh.delete(&name).await;
        fresh.apply(&name).await;
    }
    fresh.quiet().await;
    cluster.restart(Part::ControllerManager).await;
    garbage_is_collected(&fresh).await;
    assert_eq!(fresh.uids().await, then, "a Secret was taken by the garbage collector");
    fresh.first().controller.assert_running();
    fresh.search().await;

    let mut report = Report::default();
    report.injected("restore of etcd", 1);
    report.injected("SealedSecret under a new uid", each);
    report.injected("change that the restore undid", 5 * each);
    report.observed(format!(
        "the controller noticed and started anew; all right {took:.1} s after; all {} Secrets kept their uid",
        then.len()
    ));
    report
}

/// Waits until the garbage collector has taken what it should: something whose owner never was.
async fn garbage_is_collected(stage: &Stage) {
    let owner = json!({ "apiVersion": "v1", "kind": "ConfigMap", "name": "nobody", "uid": "00000000-0000-4000-8000-000000000000" });
    let garbage = json!({ "metadata": { "name": "garbage", "ownerReferences": [owner] } });
    let garbage: ConfigMap = serde_json::from_value(garbage).expect("a ConfigMap");
    let maps: Api<ConfigMap> = Api::namespaced(stage.client.clone(), &stage.namespace);
    maps.create(&PostParams::default(), &garbage).await.expect("a ConfigMap that can be created");
    wait_for(SOON, "the garbage collector", async || {
        ensure!(maps.get_opt("garbage").await?.is_none(), "it has not been there");
        Ok(())
    })
    .await;
}
