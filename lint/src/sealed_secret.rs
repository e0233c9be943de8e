//! A SealedSecret as a linter sees it: whatever somebody wrote there.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use waxseal_api::{names, scope_of};
use waxseal_crypto::{Label, Scope};

use crate::object::Object;

/// A SealedSecret's parts, each `None` where it is not there or not of the right type.
pub(crate) struct SealedSecret<'o, 'd> {
    pub(crate) object: &'o Object<'d>,
    pub(crate) encrypted_data: Option<&'d Map<String, Value>>,
    pub(crate) template_data: Option<&'d Map<String, Value>>,
    pub(crate) scope: Scope,
}

impl<'o, 'd> SealedSecret<'o, 'd> {
    pub(crate) fn new(object: &'o Object<'d>) -> Self {
        Self {
            object,
            encrypted_data: object.mapping(&["spec", "encryptedData"]),
            template_data: object.mapping(&["spec", "template", "data"]),
            scope: scope_at(object, &["metadata", "annotations"]),
        }
    }

    /// The keys and texts of `encryptedData`.
    pub(crate) fn encrypted(&self) -> impl Iterator<Item = (&'d String, &'d str)> {
        self.encrypted_data.into_iter().flatten().filter_map(|(key, value)| Some((key, value.as_str()?)))
    }

    /// The scope that the template's annotations claim. The values have no part in it.
    pub(crate) fn template_scope(&self) -> Scope {
        scope_at(self.object, &["spec", "template", "metadata", "annotations"])
    }

    /// The label under which the values open, as far as the manifest says.
    pub(crate) fn label(&self) -> Option<Label> {
        let name = &self.object.name;
        let (namespace, name) = match self.scope {
            Scope::Strict => (name.namespace.as_deref()?, name.name.as_deref()?),
            Scope::NamespaceWide => (name.namespace.as_deref()?, ""),
            Scope::ClusterWide => ("", ""),
        };
        Some(Label::new(self.scope, namespace, name))
    }
}

fn scope_at(object: &Object<'_>, fields: &[&str]) -> Scope {
    let annotations = object.mapping(fields);
    let texts = [names::CLUSTER_WIDE, names::NAMESPACE_WIDE]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), annotations?.get(name)?.as_str()?.to_owned())));
    scope_of(&texts.collect::<BTreeMap<_, _>>())
}
