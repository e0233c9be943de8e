//! A Secret that says it holds a sealing key.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::api::core::v1::Secret;
use kube::Resource;
use kube::api::ObjectMeta;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::cluster::SecretText;

/// A key Secret as it comes from the API server; its values are wiped on drop.
#[derive(Clone, Deserialize)]
pub(crate) struct KeySecret {
    pub(crate) metadata: ObjectMeta,
    #[serde(default)]
    data: BTreeMap<String, SecretText>,
}

impl KeySecret {
    /// The bytes of one value, if it is there.
    pub(crate) fn value(&self, key: &str) -> Option<Zeroizing<Vec<u8>>> {
        waxseal_crypto::base64::decode(self.data.get(key)?.expose()).map(Zeroizing::new)
    }
}

impl fmt::Debug for KeySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySecret").field("name", &self.metadata.name).finish_non_exhaustive()
    }
}

impl Resource for KeySecret {
    type DynamicType = ();
    type Scope = NamespaceResourceScope;

    fn kind((): &()) -> Cow<'_, str> {
        Secret::kind(&())
    }

    fn group((): &()) -> Cow<'_, str> {
        Secret::group(&())
    }

    fn version((): &()) -> Cow<'_, str> {
        Secret::version(&())
    }

    fn plural((): &()) -> Cow<'_, str> {
        Secret::plural(&())
    }

    fn meta(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}
