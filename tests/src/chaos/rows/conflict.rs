//! Somebody else writes to the same Secret all the time.

use std::collections::BTreeMap;

use anyhow::ensure;
use hyper::Method;
use k8s_openapi::api::core::v1::Secret;
use kube::ResourceExt as _;
use kube::api::{Patch, PatchParams, PostParams};
use serde_json::json;

use super::super::stage::put;
use crate::chaos::{Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::proxy::{Fault, Often, Rule};
use crate::wait::{SOON, wait_for};

pub(super) async fn run(dose: Dose) -> Report {
    let rounds = dose.pick(300, 40);
    let stage = Stage::new(Cluster::shared().await, 1, &[], dose.seed).await;
    for (name, annotations) in [
        ("merged", json!({ "sealedsecrets.bitnami.com/patch": "true" })),
        ("owned", json!({ "sealedsecrets.bitnami.com/patch": "true", "sealedsecrets.bitnami.com/managed": "true" })),
    ] {
        let theirs =
            json!({ "metadata": { "name": name, "annotations": annotations }, "stringData": { "theirs": "0" } });
        let theirs: Secret = serde_json::from_value(theirs).expect("a Secret");
        stage.secrets().create(&PostParams::default(), &theirs).await.expect("a Secret that can be created");
    }
    stage.first().proxy.rule(Rule::new(Fault::Answer(409), Often::OneIn(3)).method(Method::PATCH).path("/secrets/"));
    stage.first().proxy.rule(Rule::new(Fault::Answer(409), Often::OneIn(5)).path("/status"));

    for round in 1..=rounds {
        for name in ["merged", "owned"] {
            let edit = json!({ "metadata": { "labels": { "theirs": round.to_string() },
                "annotations": { "theirs/note": round.to_string() } }, "stringData": { "theirs": round.to_string() } });
            let edit = Patch::Merge(edit);
            let sealed = stage.seal(&json!({ "metadata": { "name": name, "labels": { "ours": "1" } },
                "stringData": { "ours": ours(&stage, round) } }));
            let (secrets, api) = (stage.secrets(), stage.sealed());
            let params = PatchParams::default();
            let (edited, applied) = tokio::join!(secrets.patch(name, &params, &edit), put(&api, &sealed));
            edited.expect("an edit that the API server takes");
            applied.or_else(conflicts).expect("a SealedSecret that the API server takes");
        }
    }
    // The last word, which no status of the controller gets in the way of.
    for name in ["merged", "owned"] {
        let sealed = stage.seal(&json!({ "metadata": { "name": name, "labels": { "ours": "1" } },
            "stringData": { "ours": ours(&stage, rounds) } }));
        let api = stage.sealed();
        wait_for(SOON, "the last SealedSecret", async || put(&api, &sealed).await).await;
    }
    for name in ["merged", "owned"] {
        wait_for(SOON, &format!("the last value of {name} beside those of others"), async || {
            let secret = stage.secrets().get(name).await?;
            let data: BTreeMap<String, String> = secret
                .data
                .iter()
                .flatten()
                .map(|(key, value)| (key.clone(), String::from_utf8_lossy(&value.0).into_owned()))
                .collect();
            let last = rounds.to_string();
            let wanted = [("ours".to_owned(), ours(&stage, rounds)), ("theirs".to_owned(), last.clone())].into();
            ensure!(data == wanted, "it has {data:?}");
            ensure!(secret.labels()["theirs"] == last && secret.labels()["ours"] == "1", "{:?}", secret.labels());
            ensure!(secret.annotations()["theirs/note"] == last, "{:?}", secret.annotations());
            ensure!(secret.owner_references().len() == usize::from(name == "owned"), "{:?}", secret.owner_references());
            Ok(())
        })
        .await;
    }
    stage.first().controller.assert_running();
    stage.search().await;

    let mut report = Report::default();
    report.injected("edit by another", 2 * rounds);
    report.injected_by(&stage.first().proxy);
    report.observed("the last sealed values, and every label, annotation and key of the other editor");
    report
}

/// The sealed value of a round.
fn ours(stage: &Stage, round: u64) -> String {
    format!("{}-{round}", stage.canary())
}

/// The status was written in between: the next round brings a newer value anyway.
fn conflicts(error: anyhow::Error) -> anyhow::Result<()> {
    match error.downcast_ref::<kube::Error>() {
        Some(kube::Error::Api(status)) if status.code == 409 => Ok(()),
        _ => Err(error),
    }
}
