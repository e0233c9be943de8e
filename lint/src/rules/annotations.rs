//! Annotations: the scope, misspelled ones, and copies of the whole object.

use serde_json::Value;
use waxseal_api::names::{
    CLUSTER_WIDE, KIND, MANAGED, NAMESPACE_WIDE, PATCH, SKIP_SET_OWNER_REFERENCES, WHOLE_OBJECT_COPIES,
};
use waxseal_crypto::Scope;
use waxseal_documents::Wiped;

use crate::collect::{Findings, Problem};
use crate::object::Object;
use crate::rules::secret::has_plaintext;
use crate::sealed_secret::SealedSecret;
use crate::text::Shown;
use crate::{Rule, Severity, suggest};

const PREFIX: &str = "sealedsecrets.bitnami.com/";

const KNOWN: [&str; 5] = [CLUSTER_WIDE, NAMESPACE_WIDE, MANAGED, PATCH, SKIP_SET_OWNER_REFERENCES];

const OUTER: [&str; 2] = ["metadata", "annotations"];
const TEMPLATE: [&str; 4] = ["spec", "template", "metadata", "annotations"];

pub(crate) fn check(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    let object = sealed.object;
    for parents in [&OUTER[..], &TEMPLATE[..]] {
        for annotation in object.mapping(parents).into_iter().flat_map(serde_json::Map::keys) {
            check_known(object, parents, annotation, findings);
        }
        for annotation in WHOLE_OBJECT_COPIES {
            check_copy(object, &[parents, &[annotation]].concat(), findings);
        }
    }
    check_scope(sealed, findings);
}

fn check_known(object: &Object<'_>, parents: &[&str], annotation: &str, findings: &mut Findings) {
    if annotation.starts_with(PREFIX) && !KNOWN.contains(&annotation) {
        let meant = suggest::closest(annotation, KNOWN);
        let message = format!("the annotation {} does not exist and does nothing", Shown(annotation));
        let mut problem = Problem::new(Rule::UnknownAnnotation, message);
        if let Some(meant) = meant {
            problem = problem.remedy(format!("did you mean {meant}?"));
        }
        object.report(findings, &[parents, &[annotation]].concat(), problem);
    }
}

fn check_scope(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    let object = sealed.object;
    let value = |annotation| object.get(&["metadata", "annotations", annotation]);
    for annotation in [CLUSTER_WIDE, NAMESPACE_WIDE] {
        let says_neither = match value(annotation) {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => text != "true" && text != "false",
            Some(_) => true,
        };
        if says_neither {
            let message = format!(
                "{annotation} is not \"true\", the one value that counts, so the values are read as {}",
                sealed.scope
            );
            object.report(findings, &["metadata", "annotations", annotation], Problem::new(Rule::ScopeValue, message));
        }
    }
    if [CLUSTER_WIDE, NAMESPACE_WIDE].iter().all(|name| value(name).and_then(Value::as_str) == Some("true")) {
        let message = "is annotated as cluster-wide and as namespace-wide; cluster-wide wins";
        let problem = Problem::new(Rule::ScopeConflict, message);
        object.report(findings, &["metadata", "annotations", NAMESPACE_WIDE], problem);
    }
    let claimed = sealed.template_scope();
    if claimed != Scope::Strict && claimed != sealed.scope {
        let annotation = if claimed == Scope::ClusterWide { CLUSTER_WIDE } else { NAMESPACE_WIDE };
        let message = format!(
            "the template's annotations say {claimed}, but the SealedSecret's own, which decide, say {}",
            sealed.scope
        );
        object.report(findings, &[&TEMPLATE[..], &[annotation]].concat(), Problem::new(Rule::ScopeMismatch, message));
    }
}

/// An annotation with a copy of the object: with its values if it was a Secret, and never of use.
pub(crate) fn check_copy(object: &Object<'_>, fields: &[&str], findings: &mut Findings) {
    let Some(text) = object.text(fields).filter(|text| !text.trim().is_empty()) else { return };
    let copy = serde_json::from_str::<Value>(text).ok().map(Wiped::new);
    let kind = copy.as_ref().and_then(|copy| copy.get("kind")).and_then(Value::as_str);
    let holds_values = match &copy {
        Some(copy) if kind != Some(KIND) => has_plaintext(copy.get("data")) || has_plaintext(copy.get("stringData")),
        // No copy of a whole object, so nobody knows what it holds.
        None => true,
        Some(_) => false,
    };
    let annotation = Shown(fields.last().copied().unwrap_or_default()).to_string();
    let problem = if holds_values {
        Problem::new(
            Rule::LastAppliedCopy,
            format!("the annotation {annotation} holds a copy of a Secret in the clear"),
        )
    } else {
        Problem::new(Rule::LastAppliedCopy, format!("the annotation {annotation} holds a stale copy of the object"))
            .only(Severity::Warning)
            .remedy("remove the annotation: `kubectl apply` writes it in the cluster, and a copy in Git goes stale")
    };
    object.report(findings, fields, problem);
}
