//! The original's programs beside ours. Needs a control plane, root and iproute2.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::net::Ipv4Addr;

use anyhow::ensure;
use e2e::net::Netns;
use e2e::wait::SOON;
use e2e::{Cluster, Controller, Program, wait_for};
use k8s_openapi::api::core::v1::Secret;
use kube::Api;

const SECRET: &str = r#"{
    "apiVersion": "v1", "kind": "Secret",
    "metadata": { "namespace": "default", "name": "login" },
    "stringData": { "password": "swordfish" }
}"#;

#[tokio::test]
async fn what_the_original_seals_through_the_service_proxy_the_original_opens() {
    let address = Ipv4Addr::new(10, 88, 0, 1);
    let cluster = Cluster::start_in(Netns::with_address(address).unwrap()).await;
    let controller = Controller::peer_of(&cluster).listen_on(address).flag("--key-size=2048").start().await;
    cluster.publish("kube-system", "sealed-secrets-controller", address, controller.port()).await;

    let sealed = Program::peer_kubeseal().kubeconfig(cluster.kubeconfig()).stdin(SECRET).run().await.success();
    cluster.kubectl_with(&["apply", "-f", "-"], &sealed.stdout_text()).await;
    let secrets: Api<Secret> = Api::namespaced(cluster.client().await, "default");
    wait_for(SOON, "the Secret", async || {
        let data = secrets.get("login").await?.data.unwrap_or_default();
        ensure!(data.get("password").is_some_and(|value| value.0 == b"swordfish"), "its data is not there yet");
        Ok(())
    })
    .await;
}
