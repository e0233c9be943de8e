//! A Secret in a repo: it should not be there with anything in it.

use serde_json::Value;
use waxseal_api::names::{MANAGED, PATCH, SEALING_KEY_LABEL, WHOLE_OBJECT_COPIES};

use crate::Rule;
use crate::collect::{Findings, Problem};
use crate::file::{Index, Resource, Role};
use crate::object::Object;
use crate::rules::annotations;
use crate::text::{Shown, counted, listed};
use crate::value::{is_placeholder, is_sealed};

const FIELDS: [&str; 2] = ["data", "stringData"];

/// The prefix under which upstream names its sealing keys.
const KEY_PREFIX: &str = "sealed-secrets-key";

pub(crate) fn check(secret: &Object<'_>, index: &mut Index, findings: &mut Findings) {
    index.resources.push(Resource {
        object: secret.name.clone(),
        span: secret.span(&["metadata", "name"]),
        role: if secret.is_applied && !can_be_taken_over(secret) { Role::ForeignSecret } else { Role::Bystander },
    });
    for annotation in WHOLE_OBJECT_COPIES {
        annotations::check_copy(secret, &["metadata", "annotations", annotation], findings);
    }
    if is_sealing_key(secret)
        && let Some(field) = field_of(secret, "tls.key")
    {
        let problem = Problem::new(Rule::PrivateKey, "holds a private sealing key, which opens every value sealed to it")
            .remedy(
                "take it out of the repo, renew the sealing key (`waxseal keys rotate`), re-encrypt, and change every value \
                 that the old key opens; keep backups encrypted (`waxseal keys backup`)",
            );
        return secret.report(findings, &[field, "tls.key"], problem);
    }
    let mut clear = Vec::new();
    for field in FIELDS {
        match secret.get(&[field]) {
            Some(Value::Object(entries)) => {
                for (key, value) in entries {
                    match kind_of(value) {
                        Holds::Nothing => {}
                        Holds::Sealed => report_sealed(secret, field, key, findings),
                        Holds::Plaintext => clear.push((field, key.as_str())),
                    }
                }
            }
            None | Some(Value::Null) => {}
            // Whatever it is, it is no empty mapping.
            Some(_) => clear.push((field, "")),
        }
    }
    if let Some((field, key)) = clear.first() {
        let keys: Vec<&str> = clear.iter().map(|(_, key)| *key).filter(|key| !key.is_empty()).collect();
        let colon = if keys.is_empty() { "" } else { ": " };
        let message = format!("holds {} in the clear{colon}{}", counted(clear.len(), "value"), listed(&keys));
        let fields: &[&str] = if key.is_empty() { &[field] } else { &[field, key] };
        secret.report(findings, fields, Problem::new(Rule::PlaintextSecret, message));
    }
}

fn can_be_taken_over(secret: &Object<'_>) -> bool {
    [MANAGED, PATCH].iter().any(|name| secret.text(&["metadata", "annotations", name]) == Some("true"))
}

/// Whether a mapping of data has a value in it that matters.
pub(crate) fn has_plaintext(data: Option<&Value>) -> bool {
    match data {
        None | Some(Value::Null) => false,
        Some(Value::Object(entries)) => entries.values().any(|value| !matches!(kind_of(value), Holds::Nothing)),
        Some(_) => true,
    }
}

enum Holds {
    /// Nothing, or a placeholder for what another tool puts there.
    Nothing,
    Sealed,
    Plaintext,
}

fn kind_of(value: &Value) -> Holds {
    match value {
        Value::Null => Holds::Nothing,
        Value::String(text) if text.is_empty() || is_placeholder(text) => Holds::Nothing,
        Value::String(text) if is_sealed(text) => Holds::Sealed,
        _ => Holds::Plaintext,
    }
}

fn report_sealed(secret: &Object<'_>, field: &str, key: &str, findings: &mut Findings) {
    let message = format!("{field}.{} is a sealed value, which nothing opens in a Secret", Shown(key));
    secret.report(findings, &[field, key], Problem::new(Rule::MisplacedValue, message));
}

/// By its label, or by the name of those that are older than the label.
fn is_sealing_key(secret: &Object<'_>) -> bool {
    let labelled = secret.get(&["metadata", "labels", SEALING_KEY_LABEL]).is_some();
    let named = secret.name.name.as_deref().is_some_and(|name| name.starts_with(KEY_PREFIX));
    labelled || (named && secret.text(&["type"]) == Some("kubernetes.io/tls"))
}

fn field_of(secret: &Object<'_>, key: &str) -> Option<&'static str> {
    FIELDS
        .into_iter()
        .find(|field| secret.get(&[field, key]).is_some_and(|value| matches!(kind_of(value), Holds::Plaintext)))
}
