//! What one tenant suffers from beside another's work.

use std::time::{Duration, Instant};

use e2e::proxy::{Fault, Often, Proxy, Rule};
use e2e::{Cluster, Controller, http};
use k8s_openapi::api::core::v1::Namespace;
use kube::Api;
use kube::api::{ObjectMeta, PostParams};
use waxseal_api::SealedSecret;

use crate::home::{Home, seal_in};

#[tokio::test]
async fn a_tenant_with_hundreds_of_failing_objects_does_not_delay_another() {
    let home = Home::in_own_cluster(&[]).await;
    let noisy = home.cluster.namespace().await;
    let certificate = home.controller.certificate().await;
    let failing: Api<SealedSecret> = Api::namespaced(home.client.clone(), &noisy);
    for number in 0..300 {
        let mut moved = seal_in(&certificate, &noisy, "elsewhere", &[("a", "1"), ("b", "2")]);
        moved.metadata.name = Some(format!("n{number}"));
        failing.create(&PostParams::default(), &moved).await.unwrap();
    }
    let quick = async |home: &Home, name: &str| {
        let sealed = home.seal(name, &[("k", "v")]).await;
        let start = Instant::now();
        home.apply(&sealed).await;
        home.has_values(name, &[("k", "v")]).await;
        assert!(start.elapsed() < Duration::from_secs(3), "{name}: {:?}", start.elapsed());
    };
    quick(&home, "in-the-middle").await;
    home.controller.terminate().await;
    home.controller.restart().await;
    quick(&home, "after-a-restart").await;
}

#[tokio::test]
async fn a_namespace_that_cannot_be_listed_does_not_hold_up_the_others() {
    let cluster = Cluster::start().await;
    let (client, namespace) = (cluster.client().await, cluster.namespace().await);
    let metadata = ObjectMeta { name: Some("stalled".to_owned()), ..ObjectMeta::default() };
    let stalled = Namespace { metadata, ..Namespace::default() };
    Api::all(client.clone()).create(&PostParams::default(), &stalled).await.unwrap();
    let proxy = Proxy::start(&cluster, 1).await;
    let controller = || {
        let controller = Controller::of(&cluster).kubeconfig(proxy.kubeconfig()).only_namespace(&namespace);
        controller.flag("--additional-namespaces=stalled").flag("--key-size=2048")
    };
    let first = controller().start().await;
    let certificate = first.certificate().await;
    first.terminate().await;

    let fails = || Rule::new(Fault::Answer(500), Often::OneIn(1)).path("/namespaces/stalled/sealedsecrets");
    proxy.rule(fails());
    proxy.rule(fails().on_watches());
    let controller = controller().launch().await;
    let home = Home { cluster: cluster.clone(), client, namespace, controller };
    home.apply(&seal_in(&certificate, &home.namespace, "here", &[("k", "v")])).await;
    home.has_values("here", &[("k", "v")]).await;
    home.controller.logged("cannot watch").await;
    let readiness = http::get(home.controller.web(), "/readyz").await.unwrap();
    assert_eq!(readiness.status, 503, "{}", readiness.text());

    proxy.calm();
    home.controller.ready().await;
}
