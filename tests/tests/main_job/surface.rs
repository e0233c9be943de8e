//! What else there is to see: the certificate, columns, Events, health.

use anyhow::ensure;
use e2e::wait::SOON;
use e2e::{http, wait_for};

use crate::place::Place;

#[tokio::test]
async fn the_certificate_is_the_same_over_http_in_the_config_map_and_from_the_command_line() {
    let place = Place::new().await;
    let served = place.controller.certificate().await;
    assert!(served.starts_with("-----BEGIN CERTIFICATE-----\n"), "{served}");
    let fetched = place.waxseal(&["cert", "fetch"]).run().await.success().stdout_text();
    assert_eq!(fetched, served);
    let map = ["get", "-n", &place.home, "configmap/waxseal-certificate", "-o", r"jsonpath={.data.cert\.pem}"];
    assert_eq!(place.cluster.kubectl(&map).await, served);
    let compatible = e2e::Program::kubeseal().kubeconfig(place.cluster.kubeconfig());
    let args = ["--fetch-cert", "--controller-namespace", &*place.home];
    assert_eq!(compatible.args(args).run().await.success().stdout_text(), served);
    place.end().await;
}

#[tokio::test]
async fn kubectl_shows_how_each_sealed_secret_fares_in_columns_and_events() {
    let place = Place::new().await;
    let value = place.canary();
    place.put("good", &[("password", &value)]).await;
    let renamed = place.seal(&place.secret("before", &[("password", &value)]).to_string(), &[]).await;
    place.apply(&renamed.replace("before", "renamed")).await;
    place.has("good", &[("password", &value)]).await;
    let message = place.fails("renamed").await;

    let columns = place.cluster.kubectl(&["get", "-n", &place.home, "sealedsecrets"]).await;
    let lines: Vec<Vec<&str>> = columns.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["NAME", "STATUS", "SYNCED", "AGE"]);
    assert_eq!(lines[1][..2], ["good", "True"], "{columns}");
    assert_eq!(lines[2][0], "renamed", "{columns}");
    assert!(columns.contains(&message) && lines[2].contains(&"False"), "{columns}");

    for (name, event) in [
        ("good", "Normal Unsealed: SealedSecret unsealed successfully"),
        ("renamed", "Warning ErrUnsealFailed: password does not open with any key"),
    ] {
        wait_for(SOON, &format!("an Event on {name}"), async || {
            let events = place.events(name).await?;
            ensure!(events.iter().any(|one| one.starts_with(event)), "{events:?}");
            Ok(())
        })
        .await;
    }
    let metrics = place.controller.metrics().await;
    for (name, state) in [("good", "1"), ("renamed", "-1")] {
        let metric = format!(
            "sealed_secrets_controller_condition_info{{namespace=\"{}\",name=\"{name}\",condition=\"Synced\",\
             ss_app_kubernetes_io_instance=\"\"}} {state}\n",
            place.home
        );
        assert!(metrics.contains(&metric), "{metric} is to be in {metrics}");
    }
    place.end().await;
}

#[tokio::test]
async fn the_probes_are_answered_and_sigterm_ends_it_with_success() {
    let place = Place::new().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(http::get(place.controller.web(), path).await.unwrap().status, 200, "{path}");
    }
    let status = place.controller.terminate().await;
    assert_eq!(status.code(), Some(0));
    // Its Lease is free for the next one, and what it made stays.
    let lease = ["get", "-n", &place.home, "lease/waxseal-controller", "-o", "jsonpath={.spec.holderIdentity}"];
    assert_eq!(place.cluster.kubectl(&lease).await, "");
}
