//! What is known of an object, in a form that is small: there may be tens of thousands.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use waxseal_crypto::Fingerprint;

/// Namespace and name: what a SealedSecret and its Secret have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name {
    pub(crate) namespace: Arc<str>,
    pub(crate) name: Arc<str>,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

/// A resourceVersion. Versions of one kind of object are ordered (KEP-5504; it has been so in fact since etcd).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Version(Box<str>);

impl Version {
    pub(crate) fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is known to be older than `other`. What is no number is not known to be anything.
    pub(crate) fn is_older_than(&self, other: &Self) -> bool {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (this, other) = (&*self.0, &*other.0);
        let by_value = || this.len().cmp(&other.len()).then_with(|| this.cmp(other));
        number(this) && number(other) && by_value() == Ordering::Less
    }
}

/// What is known of a Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretState {
    pub(crate) uid: Box<str>,
    pub(crate) version: Version,
    pub(crate) owner: Owner,
    /// The annotation `managed`: the SealedSecret of that name may overwrite and own it.
    pub(crate) managed: bool,
    /// The annotation `patch`: the SealedSecret of that name may merge into it.
    pub(crate) patch: bool,
}

/// Who controls a Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Nobody.
    Nobody,
    /// The SealedSecret of its own name with that uid, which may be one that is gone.
    SealedSecret {
        /// The SealedSecret's uid.
        uid: Box<str>,
    },
    /// Anything else.
    Other,
}

/// What the status of a SealedSecret says of the last reconcile.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StatusState {
    pub(crate) observed_generation: Option<i64>,
    /// The condition `Synced`: whether it is `True`, and for this generation.
    pub(crate) synced: bool,
    /// Whether it is not synced because the Secret was changed by somebody else and is left so.
    pub(crate) drifted: bool,
    /// The Secret as it was last written or found right.
    pub(crate) secret: Option<(Box<str>, Version)>,
    /// The keys that opened the values.
    pub(crate) keys: Arc<[Fingerprint]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_numbers_and_anything_else_is_not() {
        let older = |a: &str, b: &str| Version::new(a).is_older_than(&Version::new(b));
        assert!(older("9", "10") && older("10", "11"));
        assert!(!older("10", "9") && !older("10", "10"));
        assert!(!older("a", "b") && !older("", "1") && !older("1", ""));
    }
}
