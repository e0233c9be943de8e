//! Alerts and dashboard, as the real promtool reads them, and as the controller fills them. Needs a control plane.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;

use anyhow::ensure;
use e2e::deploy::{dashboard_queries, find, metrics_in, objects, path, render};
use e2e::wait::SOON;
use e2e::{Cluster, Controller, Program, binaries, http, wait_for};
use serde_json::{Value, json};

fn promtool() -> Program {
    Program::tool(&binaries::PROMTOOL)
}

fn alerts() -> Value {
    objects(&fs::read_to_string(path("chart/alerts/waxseal.yaml")).unwrap()).remove(0)
}

fn dashboard() -> Value {
    serde_json::from_str(&fs::read_to_string(path("chart/dashboards/waxseal.json")).unwrap()).unwrap()
}

#[tokio::test]
async fn each_alert_goes_off_when_it_has_to_and_not_when_it_must_not() {
    drop(promtool().args(["test", "rules"]).args([path("alerts/waxseal.test.yaml")]).run().await.success());
}

#[tokio::test]
async fn promtool_finds_no_fault_in_the_alerts() {
    let lint = ["check", "rules", "--lint=all", "--lint-fatal"];
    drop(promtool().args(lint).args([path("chart/alerts/waxseal.yaml")]).run().await.success());
}

#[test]
fn every_alert_has_a_test_that_it_goes_off() {
    let tests = objects(&fs::read_to_string(path("alerts/waxseal.test.yaml")).unwrap()).remove(0);
    let cases =
        tests["tests"].as_array().unwrap().iter().filter_map(|test| test["alert_rule_test"].as_array()).flatten();
    let fired: BTreeSet<&str> = cases
        .filter(|case| case["exp_alerts"].as_array().is_some_and(|alerts| !alerts.is_empty()))
        .map(|case| case["alertname"].as_str().unwrap())
        .collect();
    let alerts = alerts();
    let rules = alerts["groups"][0]["rules"].as_array().unwrap();
    let known: BTreeSet<&str> = rules.iter().map(|rule| rule["alert"].as_str().unwrap()).collect();
    assert_eq!(fired, known);
}

#[tokio::test]
async fn every_query_of_the_dashboard_is_one_that_prometheus_understands() {
    let queries = dashboard_queries(&dashboard());
    assert!(queries.len() > 20, "{queries:?}");
    let rules: Vec<Value> = queries
        .iter()
        .enumerate()
        .map(|(number, query)| json!({ "record": format!("query:{number}"), "expr": query }))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("queries.yaml");
    fs::write(&file, json!({ "groups": [{ "name": "dashboard", "rules": rules }] }).to_string()).unwrap();
    drop(promtool().args(["check", "rules"]).args([&file]).run().await.success());
}

#[test]
fn the_panels_of_the_dashboard_have_ids_of_their_own_and_do_not_overlap() {
    let dashboard = dashboard();
    let mut ids = BTreeSet::new();
    let mut cells = BTreeSet::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        assert!(ids.insert(panel["id"].as_u64().unwrap()), "{}", panel["title"]);
        let place = |name: &str| panel["gridPos"][name].as_u64().unwrap();
        assert!(place("x") + place("w") <= 24, "{}", panel["title"]);
        for (x, y) in (0..place("w")).flat_map(|x| (0..place("h")).map(move |y| (x, y))) {
            assert!(cells.insert((place("x") + x, place("y") + y)), "{} lies on another panel", panel["title"]);
        }
    }
}

#[tokio::test]
async fn the_chart_carries_the_alerts_and_the_dashboard_as_they_are() {
    let args = "--set=metrics.prometheusRule.enabled=true,metrics.dashboards.create=true";
    let rendered = render(&[args]).await;
    assert_eq!(find(&rendered, "PrometheusRule", "sealed-secrets-controller")["spec"], alerts());
    let map = find(&rendered, "ConfigMap", "sealed-secrets-controller-dashboard");
    assert_eq!(serde_json::from_str::<Value>(map["data"]["waxseal.json"].as_str().unwrap()).unwrap(), dashboard());

    let args = [
        args,
        "--set=metrics.prometheusRule.disabled={WaxsealTwoLeaders}",
        "--set=metrics.prometheusRule.alertLabels.severity=page",
    ];
    let rendered = render(&args).await;
    let rules = &find(&rendered, "PrometheusRule", "sealed-secrets-controller")["spec"]["groups"][0]["rules"];
    assert!(!rules.to_string().contains("WaxsealTwoLeaders"));
    assert!(rules.as_array().unwrap().iter().all(|rule| rule["labels"]["severity"] == "page"));
}

#[tokio::test]
async fn every_query_asks_for_metrics_and_labels_that_the_controller_exposes() {
    let cluster = Cluster::shared().await;
    let namespace = cluster.namespace().await;
    let controller = Controller::of(&cluster).only_namespace(&namespace).flag("--key-size=2048").start().await;
    // What is counted by a label that only an event makes known: a value that does not open, and a request.
    let bad = json!({ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": { "name": "bad" },
        "spec": { "encryptedData": { "password": "AgAA" } } });
    cluster.kubectl_with(&["create", "-n", &namespace, "-f", "-"], &bad.to_string()).await;
    http::get(controller.web(), "/v1/cert.pem").await.unwrap();

    let alerts = alerts();
    let rules = alerts["groups"][0]["rules"].as_array().unwrap();
    let mut queries: Vec<String> = rules.iter().map(|rule| rule["expr"].as_str().unwrap().to_owned()).collect();
    queries.extend(dashboard_queries(&dashboard()));
    let wanted: BTreeSet<String> = queries.iter().flat_map(|query| metrics_in(query)).collect();
    assert!(wanted.len() > 15, "{wanted:?}");
    wait_for(SOON, "every metric", async || {
        let exposed = controller.metrics().await;
        let exposed: BTreeSet<&str> = exposed
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split(['{', ' ']).next())
            .collect();
        let missing: Vec<&String> = wanted.iter().filter(|metric| !exposed.contains(metric.as_str())).collect();
        ensure!(missing.is_empty(), "missing {missing:?}");
        Ok(())
    })
    .await;

    let exposed = controller.metrics().await;
    for label in [
        "condition=\"Synced\"",
        "action=\"repaired\"",
        "action=\"reported\"",
        "outcome=",
        "resource=",
        "result=",
        "fingerprint=",
    ] {
        assert!(exposed.contains(label), "{label}");
    }
}
