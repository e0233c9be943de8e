//! The fields of a SealedSecret: which there are, and of what type.

use serde_json::{Map, Value};
use waxseal_api::names::API_VERSION;

use crate::collect::{Findings, Problem};
use crate::object::Object;
use crate::sealed_secret::SealedSecret;
use crate::text::Shown;
use crate::{Rule, suggest};

const ROOT: &[&str] = &["apiVersion", "kind", "metadata", "spec", "status"];
const SPEC: &[&str] = &["encryptedData", "template", "data"];
const TEMPLATE: &[&str] = &["metadata", "type", "immutable", "data"];
/// Kubernetes' ObjectMeta.
const METADATA: &[&str] = &[
    "name",
    "namespace",
    "labels",
    "annotations",
    "finalizers",
    "generateName",
    "ownerReferences",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "managedFields",
    "selfLink",
];

/// Longest key of a Secret's data, in bytes (`IsConfigMapKey` in Kubernetes' `apimachinery/pkg/util/validation`).
const LONGEST_KEY: usize = 253;

pub(crate) fn check(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    let object = sealed.object;
    if object.text(&["apiVersion"]) != Some(API_VERSION) {
        let message = format!("the apiVersion of a SealedSecret is {API_VERSION}");
        object.report(findings, &["apiVersion"], Problem::new(Rule::WrongApiVersion, message));
    }
    for (fields, known) in [
        (&[][..], ROOT),
        (&["metadata"], METADATA),
        (&["spec"], SPEC),
        (&["spec", "template"], TEMPLATE),
        (&["spec", "template", "metadata"], METADATA),
    ] {
        check_fields(object, fields, known, findings);
    }
    check_types(sealed, findings);
    check_keys(object, &["spec", "encryptedData"], sealed.encrypted_data, findings);
    check_keys(object, &["spec", "template", "data"], sealed.template_data, findings);
    check_not_empty(sealed, findings);
}

fn check_fields(object: &Object<'_>, parents: &[&str], known: &[&str], findings: &mut Findings) {
    let fields = if parents.is_empty() { object.value.as_object() } else { object.mapping(parents) };
    for field in fields.into_iter().flat_map(Map::keys).filter(|field| !known.contains(&field.as_str())) {
        let path = [parents, &[field]].concat();
        let message = format!("there is no field {}; what it holds is not read", Shown(&path.join(".")));
        let mut problem = Problem::new(Rule::UnknownField, message);
        if let Some(meant) = meant(parents, field, known) {
            problem = problem.remedy(format!("did you mean {meant}?"));
        }
        object.report(findings, &path, problem);
    }
}

fn meant<'k>(parents: &[&str], field: &str, known: &[&'k str]) -> Option<&'k str> {
    match (parents, field) {
        (["spec", "template"], "stringData") => Some("data"),
        (["spec"], "stringData") => Some("encryptedData"),
        _ => suggest::closest(field, known.iter().copied()),
    }
}

/// What a field must hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Boolean,
    Mapping,
    /// A mapping of texts.
    Texts,
    /// A mapping of texts, some of which may be null.
    OptionalTexts,
}

fn check_types(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    for (fields, type_, nullable) in [
        (&["metadata"][..], Type::Mapping, true),
        (&["metadata", "name"], Type::Text, true),
        (&["metadata", "namespace"], Type::Text, true),
        (&["metadata", "labels"], Type::OptionalTexts, true),
        (&["metadata", "annotations"], Type::OptionalTexts, true),
        (&["spec"], Type::Mapping, false),
        (&["spec", "encryptedData"], Type::Texts, false),
        (&["spec", "data"], Type::Text, true),
        (&["spec", "template"], Type::Mapping, true),
        (&["spec", "template", "type"], Type::Text, true),
        (&["spec", "template", "immutable"], Type::Boolean, true),
        (&["spec", "template", "data"], Type::OptionalTexts, true),
        (&["spec", "template", "metadata"], Type::Mapping, true),
        (&["spec", "template", "metadata", "labels"], Type::OptionalTexts, true),
        (&["spec", "template", "metadata", "annotations"], Type::OptionalTexts, true),
    ] {
        match sealed.object.get(fields) {
            None => {}
            Some(Value::Null) if nullable => {}
            Some(value) => check_type(sealed.object, fields, value, type_, findings),
        }
    }
}

fn check_type(object: &Object<'_>, fields: &[&str], value: &Value, type_: Type, findings: &mut Findings) {
    let expected = match (type_, value) {
        (Type::Text, Value::String(_)) | (Type::Boolean, Value::Bool(_)) | (Type::Mapping, Value::Object(_)) => return,
        (Type::Texts | Type::OptionalTexts, Value::Object(entries)) => {
            for (key, value) in entries {
                let allowed = type_ == Type::OptionalTexts && value.is_null();
                if !allowed && !is_scope(key) {
                    check_type(object, &[fields, &[key]].concat(), value, Type::Text, findings);
                }
            }
            return;
        }
        (Type::Text, _) => "text",
        (Type::Boolean, _) => "true or false",
        (Type::Mapping, _) => "a mapping",
        (Type::Texts | Type::OptionalTexts, _) => "a mapping of texts",
    };
    let message = format!("{} must be {expected}, not {}", Shown(&fields.join(".")), named(value));
    object.report(findings, fields, Problem::new(Rule::WrongType, message));
}

/// Scope annotations have a rule of their own.
fn is_scope(key: &str) -> bool {
    [waxseal_api::names::CLUSTER_WIDE, waxseal_api::names::NAMESPACE_WIDE].contains(&key)
}

fn named(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

fn check_keys(object: &Object<'_>, fields: &[&str], data: Option<&Map<String, Value>>, findings: &mut Findings) {
    for key in data.into_iter().flat_map(Map::keys).filter(|key| !is_data_key(key)) {
        let message = format!("{:?} is no key that a Secret can have", Shown(key).to_string());
        object.report(findings, &[fields, &[key]].concat(), Problem::new(Rule::InvalidKey, message));
    }
}

/// A key must also be a file's name, when the Secret is mounted.
fn is_data_key(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= LONGEST_KEY
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        && key != "."
        && !key.starts_with("..")
}

fn check_not_empty(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    let object = sealed.object;
    let is_empty = |data: Option<&Map<String, Value>>| data.is_none_or(Map::is_empty);
    // A field of the wrong type is reported as that.
    let unread = |fields: &[&str]| object.get(fields).is_some_and(|value| !value.is_object() && !value.is_null());
    let unreadable = unread(&["spec"]) || unread(&["spec", "encryptedData"]);
    if is_empty(sealed.encrypted_data)
        && is_empty(sealed.template_data)
        && !unreadable
        && object.get(&["spec", "data"]).is_none()
    {
        let problem = Problem::new(Rule::EmptySealedSecret, "holds no value, so the Secret would be empty");
        object.report(findings, &["spec", "encryptedData"], problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_that_kubernetes_takes() {
        for key in ["a", "tls.key", ".dockerconfigjson", "A_b-1", "...x".trim_start_matches(".."), &"x".repeat(253)] {
            assert!(is_data_key(key), "{key}");
        }
        for key in ["", ".", "..", "..x", "a b", "a/b", "ü", &"x".repeat(254)] {
            assert!(!is_data_key(key), "{key}");
        }
    }
}
