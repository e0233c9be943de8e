//! Kustomizations: the generator of Secrets, where it is given the values themselves, and the namespace that they set.

use serde_json::Value;
use waxseal_documents::{Document, Path};

use crate::collect::{Findings, Problem};
use crate::file::Index;
use crate::object::span;
use crate::text::{Shown, counted};
use crate::value::is_placeholder;
use crate::{ObjectName, Rule};

/// Whether the file has one of the three names that kustomize looks for.
pub(crate) fn is_kustomization(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains(&name)
}

pub(crate) fn check(document: &Document, index: &mut Index, findings: &mut Findings) {
    if is_kustomization(document.source_name()) && document.value().get("namespace").is_some_and(Value::is_string) {
        index.sets_namespace = true;
    }
    let Some(Value::Array(generators)) = document.value().get("secretGenerator") else { return };
    for (index, generator) in generators.iter().enumerate() {
        let Some(Value::Array(literals)) = generator.get("literals") else { continue };
        let is_clear = |literal: &Value| match literal.as_str() {
            Some(text) => text.split_once('=').is_none_or(|(_, value)| !value.is_empty() && !is_placeholder(value)),
            None => true,
        };
        let clear = literals.iter().filter(|literal| is_clear(literal)).count();
        let Some(first) = literals.iter().position(is_clear) else { continue };
        let text = |field| generator.get(field).and_then(Value::as_str).map(str::to_owned);
        let object = ObjectName { kind: "Secret", namespace: text("namespace"), name: text("name") };
        let key = literals[first].as_str().and_then(|text| text.split_once('=')).map_or("", |(key, _)| key);
        let place = if key.is_empty() { String::new() } else { format!(", the first under the key {}", Shown(key)) };
        let message = format!("is generated from {} in the clear{place}", counted(clear, "literal"));
        let remedy = "seal the Secret (`waxseal seal`), and list the SealedSecret under resources; change every value that was ever pushed";
        let path = Path::root().key("secretGenerator").index(index).key("literals").index(first);
        findings.add(Problem::new(Rule::PlaintextSecret, message).remedy(remedy), Some(&object), || {
            span(document, &path, None)
        });
    }
}
