//! What is generated from the flags and the metrics: pages of docs/reference.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::CommandFactory as _;
use jiff::Timestamp;
use waxseal_api::{Condition, SealedSecret, SealedSecretSpec};
use waxseal_crypto::{KeyRing, Validity};

use crate::flags::Flags;
use crate::metrics::{
    DriftAction, HttpMethod, HttpPath, Metrics, ObjectLabels, ReconcileOutcome, Renewal, UnsealErrorReason,
    WatchedResource,
};

/// Every generated file of the controller, with its path from the root of the repo.
pub fn generated() -> Vec<(PathBuf, String)> {
    [("controller.md", flags()), ("metrics.md", metrics())]
        .map(|(name, text)| (PathBuf::from("docs/reference").join(name), text))
        .into()
}

fn flags() -> String {
    let mut text = String::from(
        "# The controller's flags\n\nThis page is made from the program's own help; `waxseal-controller --help` prints the same. Each flag can come from the \
         environment; the command line wins. Durations are written as Go writes them: `720h`, `1h30m`, `500ms`. The chart's values for them are in \
         [chart.md](chart.md).\n\n| flag | environment | default | |\n|---|---|---|---|\n",
    );
    let command = Flags::command();
    for flag in command.get_arguments().filter(|flag| !flag.is_hide_set()) {
        let Some(name) = flag.get_long().filter(|name| *name != "help") else { continue };
        let variable = name.replace('-', "_").to_uppercase();
        let defaults = flag.get_default_values().iter().map(|value| value.to_string_lossy()).collect::<Vec<_>>();
        let default = defaults.join(",");
        let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
        let help = flag.get_long_help().or_else(|| flag.get_help()).map(ToString::to_string).unwrap_or_default();
        let values: Vec<String> = flag
            .get_possible_values()
            .iter()
            .map(|value| {
                format!("`{}`: {}", value.get_name(), value.get_help().map(ToString::to_string).unwrap_or_default())
            })
            .collect();
        let values = if values.is_empty() { String::new() } else { format!(" {}", values.join(" ")) };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| `--{name}` | `SEALED_SECRETS_{variable}` | {default} | {}{values} |",
            help.replace('\n', " ").replace('|', "\\|")
        );
    }
    text
}

/// One of each metric.
fn sample() -> Metrics {
    let metrics = Metrics::new("VERSION", ObjectLabels::Named);
    metrics.unseal_requested();
    metrics.unseal_failed(UnsealErrorReason::Unseal, "n");
    metrics.http_answered(HttpPath::Verify, HttpMethod::Post, 200, Duration::ZERO);
    metrics.reconciled(ReconcileOutcome::ALL[0], Duration::ZERO);
    metrics.drift_found(DriftAction::ALL[0]);
    metrics.watch_restarted(WatchedResource::ALL[0]);
    metrics.key_renewed(Renewal::Created);
    metrics.key_renewal_due(Some(Timestamp::UNIX_EPOCH));
    let validity = Validity::new(Timestamp::UNIX_EPOCH, Duration::from_hours(1)).ok();
    metrics.keys_changed(&KeyRing::default(), validity.as_ref(), 0);
    let object = SealedSecret::new("n", SealedSecretSpec::default());
    let condition = Condition {
        type_: "Synced".to_owned(),
        status: "True".to_owned(),
        reason: None,
        message: None,
        observed_generation: None,
        last_update_time: None,
        last_transition_time: None,
    };
    metrics.conditions_observed(&object, &[condition]);
    metrics
}

fn metrics() -> String {
    let mut text = String::from(
        "# The controller's metrics\n\nThis page is made from the code. They are served on port 8081 under `/metrics`. Those of the original keep its names; what is \
         new begins with `waxseal_`. [install.md](../install.md#watch) says how to scrape them and what alerts there are.\n\n\
         | metric | type | labels | |\n|---|---|---|---|\n",
    );
    let exposition = sample().encode().unwrap_or_default();
    let mut rows: BTreeMap<&str, [String; 3]> = BTreeMap::new();
    for line in exposition.lines() {
        if let Some((name, help)) = line.strip_prefix("# HELP ").and_then(|rest| rest.split_once(' ')) {
            help.trim_end_matches('.').clone_into(&mut rows.entry(name).or_default()[2]);
        } else if let Some((name, kind)) = line.strip_prefix("# TYPE ").and_then(|rest| rest.split_once(' ')) {
            kind.clone_into(&mut rows.entry(name).or_default()[0]);
        } else if let Some((name, labels)) = line.split_once('{') {
            let family = rows.keys().rev().find(|family| name.starts_with(**family)).copied();
            if let Some(row) = family.and_then(|family| rows.get_mut(family)).filter(|row| row[1].is_empty()) {
                row[1] = labels_of(labels).join(", ");
            }
        }
    }
    // A key's fingerprint takes a key, which the sample has not.
    if let Some(row) = rows.get_mut("waxseal_sealed_secrets_by_key") {
        "`fingerprint`".clone_into(&mut row[1]);
    }
    for (name, [kind, labels, help]) in rows {
        let _ = writeln!(text, "| `{name}` | {kind} | {labels} | {help} |");
    }
    text
}

/// The names in `a="b",c="d"} 1`.
fn labels_of(labels: &str) -> Vec<String> {
    let names = labels.split('"').step_by(2).filter_map(|part| part.trim_start_matches(',').strip_suffix('='));
    names.filter(|name| *name != "le").map(|name| format!("`{name}`")).collect()
}
