//! People at work on the Secrets themselves, and namespaces that go.

use std::time::Duration;

use anyhow::ensure;
use k8s_openapi::api::core::v1::Namespace;
use kube::Api;
use kube::api::{DeleteParams, Patch, PatchParams, PostParams};
use serde_json::json;

use crate::chaos::{Dice, Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::wait::{SOON, holds_for, wait_for};

/// What a namespace that goes may cost: a few calls for each object, and no storm.
const CALLS: usize = 40;

pub(super) async fn run(dose: Dose) -> Report {
    let (objects, edits) = dose.pick((50, 600), (6, 40));
    let mut report = Report::default();
    let mut stage = Stage::new(Cluster::shared().await, 1, &[], dose.seed).await;
    for number in 0..objects {
        stage.apply(&format!("n{number}")).await;
    }
    stage.quiet().await;
    stage.history.accepts_what_it_does_not_know();
    let mut dice = Dice::new(dose.seed);
    for _ in 0..edits {
        let name = format!("n{}", dice.below(objects));
        let edit = match dice.below(4) {
            0 => json!({ "stringData": { "value": "by hand" } }),
            1 => json!({ "data": { "value": null } }),
            2 => json!({ "stringData": { "more": "by hand" } }),
            _ => {
                report.injected("deletion by hand", 1);
                stage.history.deletes_secret(&name);
                // It may be gone already.
                let _ = stage.secrets().delete(&name, &DeleteParams::default()).await;
                continue;
            }
        };
        report.injected("edit by hand", 1);
        let _ = stage.secrets().patch(&name, &PatchParams::default(), &Patch::Merge(edit)).await;
    }
    stage.quiet().await;
    stage.search().await;
    report.observed(format!("all {objects} Secrets put back"));

    let calls = namespace_goes(&stage, &mut report).await;
    report.observed(format!("a namespace that went in mid-reconcile cost {calls} lines in the log"));
    report
}

/// Deletes a namespace while the controller is about to create a Secret there. Returns what the log says of it.
async fn namespace_goes(stage: &Stage, report: &mut Report) -> usize {
    let cluster = &stage.cluster;
    let other = Stage::new(cluster.clone(), 1, &[], 1).await;
    let gate = other.first().proxy.hold(1, "POST", format!("/namespaces/{}/secrets", other.namespace));
    let sealed = other.seal(&json!({ "metadata": { "name": "late" }, "stringData": { "value": "late" } }));
    other.sealed().create(&PostParams::default(), &sealed).await.expect("a SealedSecret that can be created");
    gate.reached().await;
    let before = other.first().controller.log().lines().count();
    let namespaces: Api<Namespace> = Api::all(other.client.clone());
    namespaces.delete(&other.namespace, &DeleteParams::default()).await.expect("a namespace that can be deleted");
    gate.open();
    wait_for(SOON, "the end of the namespace", async || {
        ensure!(namespaces.get_opt(&other.namespace).await?.is_none(), "it is still there");
        Ok(())
    })
    .await;
    holds_for(Duration::from_secs(3), "it makes no storm", async || {
        let lines = other.first().controller.log().lines().count() - before;
        ensure!(lines <= CALLS, "{lines} lines in the log");
        Ok(())
    })
    .await;
    other.first().controller.assert_running();
    report.injected("namespace deleted in mid-reconcile", 1);
    other.first().controller.log().lines().count() - before
}
