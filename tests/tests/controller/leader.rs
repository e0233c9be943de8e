//! Several replicas.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use e2e::wait::{SOON, holds_for};
use e2e::{Controller, wait_for};
use kube::Api;
use kube::api::{DynamicObject, ListParams};
use kube::core::{ApiResource, GroupVersionKind};
use rustix::process::Signal;

use crate::home::{Home, start};

const FAST: [&str; 3] = ["--lease-duration=3s", "--lease-renew-deadline=2s", "--lease-retry-period=500ms"];

impl Home {
    async fn holder(&self) -> Result<String> {
        let lease = ApiResource::from_gvk(&GroupVersionKind::gvk("coordination.k8s.io", "v1", "Lease"));
        let leases: Api<DynamicObject> = Api::namespaced_with(self.client.clone(), &self.namespace, &lease);
        let lease = leases.get("waxseal-controller").await?;
        Ok(lease.data["spec"]["holderIdentity"].as_str().unwrap_or_default().to_owned())
    }

    async fn keys(&self) -> usize {
        let keys = ListParams::default().labels("sealedsecrets.bitnami.com/sealed-secrets-key=active");
        self.secrets().list(&keys).await.unwrap().items.len()
    }
}

#[tokio::test]
async fn replicas_that_start_together_make_one_key_and_all_of_them_serve_it() {
    let home = Home::new(&FAST).await;
    let (second, third) =
        tokio::join!(start(&home.cluster, &home.namespace, &FAST), start(&home.cluster, &home.namespace, &FAST));
    assert_eq!(home.keys().await, 1);
    let certificate = home.controller.certificate().await;
    assert_eq!((second.certificate().await, third.certificate().await), (certificate.clone(), certificate));
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
    let leaders: usize = [&home.controller, &second, &third].map(|one| usize::from(leads(one))).into_iter().sum();
    assert_eq!(leaders, 1);
}

fn leads(controller: &Controller) -> bool {
    controller.log().contains("this replica leads")
}

#[tokio::test]
async fn a_leader_that_is_told_to_stop_hands_over_at_once() {
    let mut home = Home::new(&[]).await;
    let second = start(&home.cluster, &home.namespace, &[]).await;
    let before = home.holder().await.unwrap();
    let status = home.controller.terminate().await;
    assert!(status.success(), "{status}");
    // Far below the 15 s of the Lease.
    wait_for(Duration::from_secs(5), "another leader", async || {
        let holder = home.holder().await?;
        ensure!(!holder.is_empty() && holder != before, "{holder}");
        Ok(())
    })
    .await;
    home.controller = second;
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
}

#[tokio::test]
async fn a_leader_that_is_killed_is_followed_within_the_lease() {
    let mut home = Home::new(&FAST).await;
    let second = start(&home.cluster, &home.namespace, &FAST).await;
    home.controller.kill();
    home.controller = second;
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
}

#[tokio::test]
async fn of_three_replicas_the_last_carries_on_when_two_leaders_were_killed() {
    let mut replicas = vec![Home::new(&FAST).await];
    let home = replicas.remove(0);
    let mut rest = vec![home.controller];
    for _ in 0..2 {
        rest.push(start(&home.cluster, &home.namespace, &FAST).await);
    }
    let mut home = Home { controller: rest.remove(0), ..home };
    for round in ["one", "two", "three"] {
        home.apply_values("login", &[("k", round)]).await;
        home.has_values("login", &[("k", round)]).await;
        if rest.is_empty() {
            break;
        }
        let leader = wait_for(SOON, "a leader", async || {
            let all = std::iter::once(&home.controller).chain(&rest);
            let leader = all.enumerate().find(|(_, one)| leads(one)).map(|(at, _)| at);
            leader.context("none leads")
        })
        .await;
        // Killed, and out of sight: the others are asked from now on.
        if leader == 0 {
            home.controller = rest.remove(0);
        } else {
            drop(rest.remove(leader - 1));
        }
    }
    assert_eq!(home.keys().await, 1);
}

#[tokio::test]
async fn a_leader_that_was_stopped_in_its_tracks_finds_that_it_leads_no_more() {
    let mut home = Home::new(&FAST).await;
    let mut second = start(&home.cluster, &home.namespace, &FAST).await;
    home.controller.signal(Signal::STOP);
    second.logged("this replica leads").await;
    std::mem::swap(&mut home.controller, &mut second);
    second.signal(Signal::CONT);
    second.logged("does not lead any more").await;
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
    assert_eq!(home.keys().await, 1);
}

#[tokio::test]
async fn two_that_both_think_they_lead_make_one_key_for_a_request() {
    let alone = ["--leader-elect=false"];
    let home = Home::new(&alone).await;
    let second = start(&home.cluster, &home.namespace, &alone).await;
    assert_eq!(home.keys().await, 1);
    home.controller.signal(Signal::USR1);
    second.signal(Signal::USR1);
    wait_for(SOON, "the new key", async || {
        ensure!(home.keys().await > 1, "not yet");
        Ok(())
    })
    .await;
    holds_for(Duration::from_secs(3), "there is one new key", async || {
        ensure!(home.keys().await == 2, "there are more");
        Ok(())
    })
    .await;
    home.apply_values("login", &[("k", "v")]).await;
    home.has_values("login", &[("k", "v")]).await;
}

#[tokio::test]
async fn a_follower_passes_the_wish_for_a_new_key_on_to_the_leader() {
    let home = Home::new(&[]).await;
    let second = start(&home.cluster, &home.namespace, &[]).await;
    second.signal(Signal::USR1);
    wait_for(SOON, "the new key", async || {
        ensure!(home.keys().await == 2, "not yet");
        Ok(())
    })
    .await;
}
