//! The scope of an object, as its annotations say.

use std::collections::BTreeMap;

use waxseal_crypto::Scope;

use crate::names::{CLUSTER_WIDE, NAMESPACE_WIDE};

/// The scope that the annotations ask for: cluster-wide wins over namespace-wide, and only `"true"` counts.
pub fn scope_of(annotations: &BTreeMap<String, String>) -> Scope {
    let says = |annotation| annotations.get(annotation).is_some_and(|value| value == "true");
    if says(CLUSTER_WIDE) {
        Scope::ClusterWide
    } else if says(NAMESPACE_WIDE) {
        Scope::NamespaceWide
    } else {
        Scope::Strict
    }
}

/// Makes the annotations ask for `scope` and for no other.
pub fn set_scope(annotations: &mut BTreeMap<String, String>, scope: Scope) {
    annotations.remove(NAMESPACE_WIDE);
    annotations.remove(CLUSTER_WIDE);
    let annotation = match scope {
        Scope::Strict => return,
        Scope::NamespaceWide => NAMESPACE_WIDE,
        Scope::ClusterWide => CLUSTER_WIDE,
    };
    annotations.insert(annotation.to_owned(), "true".to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_scope_wins_and_only_true_counts() {
        let scope = |entries: &[(&str, &str)]| {
            scope_of(&entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
        };
        assert_eq!(scope(&[]), Scope::Strict);
        assert_eq!(scope(&[(NAMESPACE_WIDE, "true")]), Scope::NamespaceWide);
        assert_eq!(scope(&[(NAMESPACE_WIDE, "true"), (CLUSTER_WIDE, "true")]), Scope::ClusterWide);
        for not_true in ["True", "1", "yes", "", " true"] {
            assert_eq!(scope(&[(CLUSTER_WIDE, not_true)]), Scope::Strict, "{not_true:?}");
        }
    }

    #[test]
    fn a_scope_that_was_set_is_the_scope() {
        for before in Scope::ALL {
            for after in Scope::ALL {
                let mut annotations = BTreeMap::from([("other".to_owned(), "kept".to_owned())]);
                set_scope(&mut annotations, before);
                set_scope(&mut annotations, after);
                assert_eq!(scope_of(&annotations), after);
                assert_eq!(annotations.get("other").map(String::as_str), Some("kept"));
            }
        }
    }
}
