//! One tenant's failures beside another's work.

use std::time::{Duration, Instant};

use kube::Api;
use kube::api::PostParams;
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
