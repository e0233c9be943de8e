//! etcd is put back to what it was, under a controller that knows better.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::ensure;
use kube::api::{DeleteParams, Patch, PatchParams};
use serde_json::json;

use crate::chaos::{Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::wait::{SOON, holds_for, wait_for};

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

    // Restored without their SealedSecrets' identity, as backup programs do: other uids, and the Secrets stay.
    for number in 0..each {
        reborn(&mut fresh, &format!("n{number}"), &then).await;
    }
    fresh.quiet().await;
    holds_for(Duration::from_secs(5), "every Secret stays what it is", async || {
        ensure!(fresh.uids().await == then, "a Secret was taken by the garbage collector");
        Ok(())
    })
    .await;
    fresh.first().controller.assert_running();
    fresh.search().await;

    let mut report = Report::default();
    report.injected("restore of etcd", 1);
    report.injected("SealedSecret under a new uid", each);
    report.injected("change that the restore undid", 5 * each);
    report.observed(format!("the controller noticed and started anew; all right {took:.1} s after; all {} Secrets kept their uid", then.len()));
    report
}

/// Replaces a SealedSecret by one of the same name under another uid, and lets its Secret name the former as its owner.
async fn reborn(stage: &mut Stage, name: &str, uids: &BTreeMap<String, String>) {
    let secret = stage.secrets().get(name).await.expect("a Secret");
    assert_eq!(secret.metadata.uid.as_ref(), uids.get(name));
    let former = secret.metadata.owner_references.expect("it has an owner");
    stage.sealed().delete(name, &DeleteParams::orphan()).await.expect("a SealedSecret that can be deleted");
    wait_for(SOON, "the end of the SealedSecret, and an orphan", async || {
        ensure!(stage.sealed().get_opt(name).await?.is_none(), "it is still there");
        ensure!(stage.secrets().get(name).await?.metadata.owner_references.is_none_or(|owners| owners.is_empty()), "owned");
        Ok(())
    })
    .await;
    stage.apply(name).await;
    let patch = Patch::Merge(json!({ "metadata": { "ownerReferences": former } }));
    stage.secrets().patch(name, &PatchParams::default(), &patch).await.expect("a Secret that can be changed");
}
