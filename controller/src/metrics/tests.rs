use std::time::Duration;

use jiff::Timestamp;
use waxseal_api::{Condition, SealedSecret, SealedSecretSpec};
use waxseal_crypto::{KeyRing, PrivateKey, Validity};

use super::*;

fn metrics() -> Metrics {
    Metrics::new("v1.2.3", ObjectLabels::Named)
}

/// The value of the series, which is written as in the exposition.
fn value(metrics: &Metrics, series: &str) -> Option<f64> {
    let text = metrics.encode().unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '))?;
    Some(line.parse().unwrap())
}

fn sealed_secret(namespace: &str, name: &str, instance: Option<&str>) -> SealedSecret {
    let mut object = SealedSecret::new(name, SealedSecretSpec::default());
    object.metadata.namespace = Some(namespace.to_owned());
    object.metadata.labels =
        instance.map(|instance| [("app.kubernetes.io/instance".to_owned(), instance.to_owned())].into());
    object
}

fn condition(type_: &str, status: &str) -> Condition {
    Condition {
        type_: type_.to_owned(),
        status: status.to_owned(),
        reason: None,
        message: None,
        observed_generation: None,
        last_update_time: None,
        last_transition_time: None,
    }
}

#[test]
fn upstreams_metrics_have_upstreams_names_types_and_labels() {
    let metrics = metrics();
    metrics.unseal_requested();
    for reason in UnsealErrorReason::ALL {
        metrics.unseal_failed(*reason, "team-a");
    }
    metrics.http_answered(HttpPath::Verify, HttpMethod::Post, 409, Duration::from_millis(7));
    metrics.conditions_observed(&sealed_secret("team-a", "db", Some("shop")), &[condition("Synced", "True")]);

    let text = metrics.encode().unwrap();
    let series: Vec<_> = text
        .lines()
        .filter(|line| line.contains("sealed_secrets_controller_") && !line.contains("_bucket{"))
        .filter(|line| !line.starts_with("# HELP"))
        .collect();
    for expected in [
        "# TYPE sealed_secrets_controller_build_info gauge",
        "sealed_secrets_controller_build_info{revision=\"v1.2.3\"} 1",
        "# TYPE sealed_secrets_controller_unseal_requests_total counter",
        "sealed_secrets_controller_unseal_requests_total 1",
        "# TYPE sealed_secrets_controller_unseal_errors_total counter",
        "sealed_secrets_controller_unseal_errors_total{reason=\"fetch\",namespace=\"team-a\"} 1",
        "sealed_secrets_controller_unseal_errors_total{reason=\"status\",namespace=\"team-a\"} 1",
        "sealed_secrets_controller_unseal_errors_total{reason=\"unseal\",namespace=\"team-a\"} 1",
        "sealed_secrets_controller_unseal_errors_total{reason=\"unmanaged\",namespace=\"team-a\"} 1",
        "sealed_secrets_controller_unseal_errors_total{reason=\"update\",namespace=\"team-a\"} 1",
        "# TYPE sealed_secrets_controller_condition_info gauge",
        "sealed_secrets_controller_condition_info{namespace=\"team-a\",name=\"db\",condition=\"Synced\",ss_app_kubernetes_io_instance=\"shop\"} 1",
        "# TYPE sealed_secrets_controller_http_requests_total counter",
        "sealed_secrets_controller_http_requests_total{path=\"/v1/verify\",code=\"409\",method=\"post\"} 1",
        "# TYPE sealed_secrets_controller_http_request_duration_seconds histogram",
        "sealed_secrets_controller_http_request_duration_seconds_count{path=\"/v1/verify\",method=\"post\"} 1",
    ] {
        assert!(series.contains(&expected), "{expected} is not in\n{}", series.join("\n"));
    }
    assert!(text.contains(
        "sealed_secrets_controller_http_request_duration_seconds_bucket{path=\"/v1/verify\",method=\"post\",le=\"0.01\"} 1"
    ));
}

#[test]
fn the_exposition_is_the_classic_text_format() {
    let metrics = metrics();
    metrics.conditions_observed(&sealed_secret("a\"b\\c", "x\ny", None), &[condition("Ready", "False")]);
    let text = metrics.encode().unwrap();
    assert!(!text.contains("# EOF") && !text.contains("# UNIT") && !text.contains("_total_total"));
    assert!(text.contains(r#"{namespace="a\"b\\c",name="x\ny",condition="Ready","#));
    assert_eq!(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    let mut declared = std::collections::BTreeMap::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, type_) = rest.split_once(' ').unwrap();
            assert!(declared.insert(name, type_).is_none(), "{name} is declared twice");
            assert_eq!(type_ == "counter", name.ends_with("_total"), "{line}");
        }
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(['{', ' ']).next().unwrap();
        let base = ["_bucket", "_sum", "_count"].into_iter().find_map(|suffix| name.strip_suffix(suffix));
        assert!(
            declared.contains_key(name) || base.is_some_and(|base| declared.get(base) == Some(&"histogram")),
            "{name} has no type"
        );
    }
}

#[test]
fn a_condition_is_minus_one_zero_or_one_and_follows_the_object() {
    let metrics = metrics();
    let series = |condition: &str| {
        format!(
            "sealed_secrets_controller_condition_info{{namespace=\"ns\",name=\"a\",condition=\"{condition}\",ss_app_kubernetes_io_instance=\"\"}}"
        )
    };
    let object = sealed_secret("ns", "a", None);
    for (status, number) in [("True", 1.0), ("False", -1.0), ("Unknown", 0.0), ("nonsense", 0.0)] {
        metrics.conditions_observed(&object, &[condition("Synced", status), condition("MadeUp", "True")]);
        assert_eq!(value(&metrics, &series("Synced")), Some(number), "{status}");
        assert_eq!(value(&metrics, &series("MadeUp")), None);
    }
    metrics.conditions_observed(&object, &[condition("Stalled", "True")]);
    assert_eq!(value(&metrics, &series("Synced")), None);
    assert_eq!(value(&metrics, &series("Stalled")), Some(1.0));
    metrics.object_gone("ns", "a");
    metrics.object_gone("ns", "a");
    metrics.object_gone("nowhere", "a");
    assert!(!metrics.encode().unwrap().contains("condition_info{"));
}

#[test]
fn names_of_sealed_secrets_are_left_out_on_request() {
    let metrics = Metrics::new("v1", ObjectLabels::Omitted);
    metrics.conditions_observed(&sealed_secret("ns", "stripe-production", None), &[condition("Synced", "True")]);
    metrics.sealing_keys_observed("ns", "stripe-production", []);
    let text = metrics.encode().unwrap();
    assert!(!text.contains("stripe-production") && !text.contains("condition_info"));
}

#[test]
fn a_key_is_counted_once_for_each_object_that_depends_on_it_and_stays_while_any_does() {
    let metrics = metrics();
    let keys = [PrivateKey::generate(2048).unwrap(), PrivateKey::generate(2048).unwrap()];
    let [old, new] = keys.each_ref().map(|key| *key.fingerprint());
    let count = |key| value(&metrics, &format!("waxseal_sealed_secrets_by_key{{fingerprint=\"{key}\"}}"));

    metrics.keys_changed(&KeyRing::new(keys.clone()), None, 3);
    assert_eq!((count(old), count(new)), (Some(0.0), Some(0.0)));
    assert_eq!(value(&metrics, "waxseal_sealing_keys"), Some(2.0));
    assert_eq!(value(&metrics, "waxseal_unusable_key_secrets"), Some(3.0));

    metrics.sealing_keys_observed("ns", "a", [old, old, new]);
    metrics.sealing_keys_observed("ns", "b", [old]);
    assert_eq!((count(old), count(new)), (Some(2.0), Some(1.0)));
    metrics.sealing_keys_observed("ns", "b", [new]);
    assert_eq!((count(old), count(new)), (Some(1.0), Some(2.0)));

    metrics.keys_changed(&KeyRing::new([keys[1].clone()]), None, 0);
    assert_eq!((count(old), count(new)), (Some(1.0), Some(2.0)));
    metrics.object_gone("ns", "a");
    metrics.keys_changed(&KeyRing::new([keys[1].clone()]), None, 0);
    assert_eq!((count(old), count(new)), (None, Some(1.0)));
}

#[test]
fn points_in_time_are_absent_until_they_are_known() {
    let metrics = metrics();
    assert!(!metrics.encode().unwrap().contains("timestamp_seconds"));

    let begin = Timestamp::from_second(1_700_000_000).unwrap();
    let validity = Validity::new(begin, Duration::from_mins(1)).unwrap();
    metrics.keys_changed(&KeyRing::default(), Some(&validity), 0);
    metrics.key_renewal_due(Some(begin));
    metrics.key_renewed(Renewal::Failed);
    assert_eq!(value(&metrics, "waxseal_newest_key_not_before_timestamp_seconds"), Some(1_700_000_000.0));
    assert_eq!(value(&metrics, "waxseal_newest_key_not_after_timestamp_seconds"), Some(1_700_000_060.0));
    assert_eq!(value(&metrics, "waxseal_next_key_renewal_timestamp_seconds"), Some(1_700_000_000.0));
    assert_eq!(value(&metrics, "waxseal_last_key_renewal_timestamp_seconds"), None);
    metrics.key_renewed(Renewal::Created);
    assert!(value(&metrics, "waxseal_last_key_renewal_timestamp_seconds").is_some());
    assert_eq!(value(&metrics, "waxseal_key_renewals_total{result=\"failed\"}"), Some(1.0));
}

#[test]
fn every_event_counts_and_every_closed_series_is_there_from_the_start() {
    let metrics = metrics();
    for series in [
        "waxseal_drift_total{action=\"ignored\"}",
        "waxseal_watch_restarts_total{resource=\"sealing-keys\"}",
        "waxseal_reconcile_duration_seconds_count{outcome=\"failed\"}",
        "waxseal_key_renewals_total{result=\"existed\"}",
        "waxseal_rsa_operations_total",
        "waxseal_apply_to_secret_seconds_count",
        "waxseal_leader",
        "waxseal_queue_depth",
    ] {
        assert_eq!(value(&metrics, series), Some(0.0), "{series}");
    }
    metrics.drift_found(DriftAction::Repaired);
    metrics.watch_restarted(WatchedResource::Secrets);
    metrics.reconciled(ReconcileOutcome::Written, Duration::from_millis(3));
    metrics.rsa_operations(60);
    metrics.secret_written(Duration::from_secs(2));
    metrics.leading(true);
    metrics.queue_depth(7);
    for (series, expected) in [
        ("waxseal_drift_total{action=\"repaired\"}", 1.0),
        ("waxseal_watch_restarts_total{resource=\"secrets\"}", 1.0),
        ("waxseal_reconcile_duration_seconds_count{outcome=\"written\"}", 1.0),
        ("waxseal_rsa_operations_total", 60.0),
        ("waxseal_apply_to_secret_seconds_sum", 2.0),
        ("waxseal_leader", 1.0),
        ("waxseal_queue_depth", 7.0),
    ] {
        assert_eq!(value(&metrics, series), Some(expected), "{series}");
    }
}

#[test]
fn errors_in_namespaces_without_end_do_not_grow_without_end() {
    let metrics = metrics();
    for number in 0..10_100 {
        metrics.unseal_failed(UnsealErrorReason::Unseal, &format!("preview-{number}"));
    }
    let total = "sealed_secrets_controller_unseal_errors_total{reason=\"unseal\",namespace=\"\"}";
    assert_eq!(value(&metrics, total), Some(100.0));
}

#[test]
fn the_process_says_how_it_is() {
    let metrics = metrics();
    let text = metrics.encode().unwrap();
    assert!(text.contains("# TYPE process_cpu_seconds_total counter"));
    for gauge in ["process_resident_memory_bytes", "process_open_fds", "process_max_fds", "process_start_time_seconds"]
    {
        assert!(value(&metrics, gauge).is_some_and(|value| value > 0.0), "{gauge}");
    }
}
