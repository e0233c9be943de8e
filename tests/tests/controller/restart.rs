//! A restart, and an API server that goes away.

use std::time::{Duration, Instant};

use anyhow::ensure;
use e2e::cluster::Part;
use e2e::wait::SOON;
use e2e::wait_for;
use k8s_openapi::api::core::v1::Secret;
use kube::Api;
use kube::api::{ListParams, PostParams};

use crate::home::Home;

#[tokio::test]
async fn a_restart_on_a_converged_cluster_opens_and_writes_nothing() {
    let home = Home::in_own_cluster(&[]).await;
    for number in 0..50 {
        home.apply_values(&format!("n{number}"), &[("a", "1"), ("b", "2")]).await;
    }
    for number in 0..50 {
        home.synced(&format!("n{number}"), "True").await;
        home.told(&format!("n{number}"), "unsealed").await;
    }
    // One that fails stays failed without a word.
    let mut moved = home.seal("other", &[("k", "v")]).await;
    moved.metadata.name = Some("failed".to_owned());
    home.apply(&moved).await;
    home.synced("failed", "False").await;
    home.told("failed", "ErrUnsealFailed").await;

    let before = home.cluster.requests().await;
    home.controller.terminate().await;
    home.controller.restart().await;
    let sealed = home.seal("fresh", &[("k", "v")]).await;
    let start = Instant::now();
    home.apply(&sealed).await;
    home.has_values("fresh", &[("k", "v")]).await;
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    home.synced("fresh", "True").await;
    home.told("fresh", "unsealed").await;
    // One for what is new, one for what fails, whose turn may come later.
    let rsa_operations = async || {
        let metrics = home.controller.metrics().await;
        let line = metrics.lines().find(|line| line.starts_with("waxseal_rsa_operations_total "));
        ensure!(line == Some("waxseal_rsa_operations_total 2"), "{line:?}");
        Ok(())
    };
    wait_for(SOON, "two RSA operations", rsa_operations).await;

    let since = home.cluster.requests().await.since(&before);
    assert_eq!(since.writes(&["secrets", "sealedsecrets/status", "events"]), 3, "{since}");
}

#[tokio::test]
async fn all_converge_after_the_api_server_was_away() {
    let home = Home::in_own_cluster(&[]).await;
    let mut sealed = Vec::new();
    for number in 0..100 {
        sealed.push(home.seal(&format!("n{number}"), &[("a", "1")]).await);
    }
    for object in &sealed {
        home.sealed().create(&PostParams::default(), object).await.unwrap();
    }
    home.cluster.kill(Part::ApiServer);
    home.cluster.restart(Part::ApiServer).await;
    let client = home.cluster.client().await;
    let secrets: Api<Secret> = Api::namespaced(client, &home.namespace);
    wait_for(SOON, "100 Secrets", async || {
        let found = secrets.list(&ListParams::default()).await?.items.len();
        ensure!(found == 100, "{found}");
        Ok(())
    })
    .await;
    home.controller.assert_running();
}

#[tokio::test]
async fn sigterm_ends_it_with_success_and_the_next_start_finishes_what_was_under_way() {
    let home = Home::new(&[]).await;
    for number in 0..40 {
        home.apply_values(&format!("n{number}"), &[("a", "1")]).await;
    }
    let status = home.controller.terminate().await;
    assert!(status.success(), "{status}");
    home.controller.restart().await;
    for number in 0..40 {
        home.has_values(&format!("n{number}"), &[("a", "1")]).await;
        home.synced(&format!("n{number}"), "True").await;
    }
}
