//! What differs between two SealedSecrets, by key name.

use waxseal_api::{SealedSecret, SealedSecretStatus};

/// What the file has and the cluster has not, and the other way round.
pub(super) fn specs(file: &SealedSecret, cluster: &SealedSecret) -> Vec<String> {
    let (wanted, found) = (&file.spec.encrypted_data, &cluster.spec.encrypted_data);
    let mut differences = Vec::new();
    for (key, value) in wanted {
        match found.get(key) {
            None => differences.push(format!("{key}: missing in the cluster")),
            Some(other) if other != value => differences.push(format!("{key}: changed")),
            Some(_) => {}
        }
    }
    let more = found.keys().filter(|key| !wanted.contains_key(*key));
    differences.extend(more.map(|key| format!("{key}: only in the cluster")));
    if file.spec.data != cluster.spec.data {
        differences.push("spec.data: changed".to_owned());
    }
    if file.scope() != cluster.scope() {
        differences.push(format!("scope: {} in the file, {} in the cluster", file.scope(), cluster.scope()));
    }
    if file.spec.template != cluster.spec.template {
        differences.push("spec.template: changed".to_owned());
    }
    differences
}

/// Whether the controller made the Secret of what the cluster has now.
pub(crate) fn synced(cluster: &SealedSecret) -> Option<String> {
    let status = cluster.status.clone().unwrap_or_default();
    let generation = cluster.metadata.generation.unwrap_or_default();
    match condition(&status) {
        None => Some("not synced: no controller has looked at it yet".to_owned()),
        Some(_) if status.observed_generation.is_some_and(|observed| observed < generation) => {
            Some("not synced: the controller has not seen the newest generation yet".to_owned())
        }
        Some(("True", _)) => None,
        Some((_, "")) => Some("not synced".to_owned()),
        Some((_, why)) => Some(format!("not synced: {why}")),
    }
}

/// Status and reason. The message stays behind: upstream's may quote a template with values in it.
fn condition(status: &SealedSecretStatus) -> Option<(&str, &str)> {
    let synced = status.conditions.iter().find(|condition| condition.type_ == "Synced")?;
    Some((&synced.status, synced.reason.as_deref().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn object(value: &Value) -> SealedSecret {
        serde_json::from_value(json!({
            "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
            "metadata": value["metadata"], "spec": value["spec"], "status": value["status"],
        }))
        .unwrap()
    }

    #[test]
    fn keys_are_named_and_values_are_not() {
        let file = object(&json!({
            "metadata": {}, "spec": { "encryptedData": { "a": "CANARY", "b": "CANARY", "c": "x" } }
        }));
        let cluster = object(&json!({
            "metadata": { "annotations": { "sealedsecrets.bitnami.com/cluster-wide": "true" } },
            "spec": { "encryptedData": { "b": "CANARY2", "c": "x", "d": "y" }, "template": { "type": "CANARY" } }
        }));
        assert_eq!(
            specs(&file, &cluster),
            [
                "a: missing in the cluster",
                "b: changed",
                "d: only in the cluster",
                "scope: strict in the file, cluster-wide in the cluster",
                "spec.template: changed"
            ]
        );
        assert!(specs(&file, &file).is_empty());
    }

    #[test]
    fn a_status_counts_for_its_generation_only() {
        let with = |generation: i64, status: Value| {
            synced(&object(&json!({ "metadata": { "generation": generation }, "spec": {}, "status": status })))
        };
        let condition =
            |status: &str| json!([{ "type": "Synced", "status": status, "reason": "Why", "message": "CANARY" }]);
        assert_eq!(with(1, json!({ "observedGeneration": 1, "conditions": condition("True") })), None);
        assert!(with(2, json!({ "observedGeneration": 1, "conditions": condition("True") })).is_some());
        assert_eq!(with(1, json!({ "conditions": condition("False") })).unwrap(), "not synced: Why");
        assert!(with(1, Value::Null).is_some());
    }
}
