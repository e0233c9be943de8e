//! Name and namespace: what the values are bound to.

use waxseal_crypto::Scope;

use crate::Rule;
use crate::collect::{Findings, Problem};
use crate::sealed_secret::SealedSecret;
use crate::text::Shown;
use crate::value::is_placeholder;

/// Longest name of an object (RFC 1123 subdomain) and of a namespace (RFC 1123 label), in bytes.
const LONGEST_NAME: usize = 253;
const LONGEST_NAMESPACE: usize = 63;

pub(crate) fn check(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    let object = sealed.object;
    let generated = object.get(&["metadata", "generateName"]).is_some();
    match (object.name.name.as_deref(), sealed.scope) {
        (Some(name), _) => {
            if !is_placeholder(name) && !is_subdomain(name) {
                let message = format!("the name {:?} is not one that Kubernetes accepts", Shown(name).to_string());
                object.report(findings, &["metadata", "name"], Problem::new(Rule::InvalidName, message));
            }
        }
        (None, Scope::Strict) if generated => {
            let message = "has a generated name, under which values of the scope strict cannot open";
            object.report(findings, &["metadata", "generateName"], Problem::new(Rule::MissingName, message));
        }
        (None, Scope::Strict) => {
            let message = "has no name, to which values of the scope strict are bound";
            object.report(findings, &["metadata", "name"], Problem::new(Rule::MissingName, message));
        }
        (None, _) if generated => {}
        (None, _) => {
            object.report(findings, &["metadata", "name"], Problem::new(Rule::MissingName, "has no name"));
        }
    }
    match (object.name.namespace.as_deref(), sealed.scope) {
        (Some(namespace), _) => {
            if !is_placeholder(namespace) && !is_label(namespace, LONGEST_NAMESPACE) {
                let message =
                    format!("the namespace {:?} is not one that Kubernetes accepts", Shown(namespace).to_string());
                object.report(findings, &["metadata", "namespace"], Problem::new(Rule::InvalidName, message));
            }
        }
        (None, Scope::ClusterWide) => {}
        (None, scope) => {
            let message = format!("has no namespace, to which values of the scope {scope} are bound");
            object.report(findings, &["metadata", "namespace"], Problem::new(Rule::MissingNamespace, message));
        }
    }
}

fn is_subdomain(name: &str) -> bool {
    name.len() <= LONGEST_NAME && name.split('.').all(|label| is_label(label, LONGEST_NAME))
}

fn is_label(label: &str, longest: usize) -> bool {
    let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !label.is_empty()
        && label.len() <= longest
        && label.bytes().all(inside)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_rfc_1123() {
        for name in ["a", "db-1", "a.b-c.d", &"x".repeat(253)] {
            assert!(is_subdomain(name), "{name}");
        }
        for name in ["A", "a_b", "-a", "a-", "a..b", ".a", "ü", &"x".repeat(254)] {
            assert!(!is_subdomain(name), "{name}");
        }
        assert!(!is_label("a.b", LONGEST_NAMESPACE));
    }
}
