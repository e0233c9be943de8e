//! What cannot be written now is tried again, ever more slowly, and for ever.

use std::time::{Duration, Instant};

use anyhow::ensure;
use e2e::wait::SOON;
use e2e::wait_for;
use serde_json::json;

use crate::home::{Home, message};

impl Home {
    /// Secrets of this namespace are refused from now on.
    async fn refuse_secrets(&self) -> String {
        let name = format!("no-secrets-{}", self.namespace);
        let kind = |kind: &str, spec: serde_json::Value| {
            json!({ "apiVersion": "admissionregistration.k8s.io/v1", "kind": kind, "metadata": { "name": name },
                "spec": spec })
        };
        let rule = json!({ "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
            "resources": ["secrets"] });
        let policy = kind(
            "ValidatingAdmissionPolicy",
            json!({ "matchConstraints": { "resourceRules": [rule] },
                "validations": [{ "expression": "false", "message": "no more Secrets here" }] }),
        );
        let here = json!({ "matchLabels": { "kubernetes.io/metadata.name": self.namespace } });
        let binding = kind(
            "ValidatingAdmissionPolicyBinding",
            json!({ "policyName": name, "validationActions": ["Deny"],
                "matchResources": { "namespaceSelector": here } }),
        );
        self.cluster.kubectl_with(&["apply", "-f", "-"], &format!("{policy}\n---\n{binding}")).await;
        wait_for(SOON, "the policy to be in force", async || {
            let secret = json!({ "metadata": { "name": "refused" } });
            let secret = serde_json::from_value(secret)?;
            let dry_run = kube::api::PostParams { dry_run: true, ..Default::default() };
            ensure!(self.secrets().create(&dry_run, &secret).await.is_err(), "it is not");
            Ok(())
        })
        .await;
        name
    }

    /// How many attempts to write a Secret were refused so far.
    async fn refusals(&self) -> u64 {
        let start = "sealed_secrets_controller_unseal_errors_total{reason=\"update\"";
        let metrics = self.controller.metrics().await;
        let lines = metrics.lines().filter(|line| line.starts_with(start));
        lines.filter_map(|line| line.rsplit_once(' ')?.1.parse::<u64>().ok()).sum()
    }
}

#[tokio::test]
async fn a_refused_write_is_told_tried_again_ever_more_slowly_and_succeeds_when_it_may() {
    let home = Home::new(&[]).await;
    let policy = home.refuse_secrets().await;
    home.apply_values("login", &[("k", "v")]).await;

    let mut attempts = Vec::new();
    let end = Instant::now() + SOON;
    while attempts.len() < 5 {
        assert!(Instant::now() < end, "only {} attempts", attempts.len());
        if home.refusals().await > attempts.len() as u64 {
            attempts.push(Instant::now());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // Delays double, and chance takes half of one at most. The first follows at once where the watch has news.
    let gaps: Vec<Duration> = attempts.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps[1] < gaps[3], "{gaps:?}");
    let status = home.synced("login", "False").await;
    assert!(message(&status).contains("the Secret could not be written"), "{}", message(&status));
    // By name, and without the policy's own words, which may have a value in them.
    assert!(message(&status).contains(&policy), "{}", message(&status));
    assert!(!message(&status).contains("no more Secrets here"), "{}", message(&status));
    home.told("login", "ErrUpdateFailed").await;

    let kinds = ["validatingadmissionpolicybinding", "validatingadmissionpolicy"];
    for kind in kinds {
        home.cluster.kubectl(&["delete", kind, &policy]).await;
    }
    home.has_values("login", &[("k", "v")]).await;
    home.synced("login", "True").await;
}
