//! Alerts and dashboard, as the real promtool reads them. Needs promtool, which is built once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;

use e2e::deploy::{find, objects, path, render};
use e2e::{Program, binaries};
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
    let queries = e2e::deploy::dashboard_queries(&dashboard());
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
