//! Where a sealed value may be opened.

use std::fmt;
use std::str::FromStr;

/// How closely a sealed value is bound to its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Opens under this namespace and this name only.
    #[default]
    Strict,
    /// Opens under any name in this namespace.
    NamespaceWide,
    /// Opens anywhere in the cluster.
    ClusterWide,
}

impl Scope {
    /// Every scope, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Strict, Self::NamespaceWide, Self::ClusterWide];

    /// The name as command lines and annotations spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::NamespaceWide => "namespace-wide",
            Self::ClusterWide => "cluster-wide",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = ParseScopeError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == s).ok_or(ParseScopeError)
    }
}

/// The text names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a scope; the scopes are strict, namespace-wide and cluster-wide")]
pub struct ParseScopeError;

/// The OAEP label: what binds a sealed value to its place.
///
/// `namespace/name` when strict, `namespace` when namespace-wide, empty when cluster-wide.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label(Box<[u8]>);

impl Label {
    /// The label of a value in the object `name` of `namespace`, sealed with `scope`.
    pub fn new(scope: Scope, namespace: &str, name: &str) -> Self {
        let text = match scope {
            Scope::Strict => format!("{namespace}/{name}"),
            Scope::NamespaceWide => namespace.to_owned(),
            Scope::ClusterWide => String::new(),
        };
        Self(text.into_bytes().into_boxed_slice())
    }

    /// The bytes that RSA-OAEP authenticates.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_names_the_place_as_far_as_the_scope_binds_it() {
        assert_eq!(Label::new(Scope::Strict, "ns", "name").as_bytes(), b"ns/name");
        assert_eq!(Label::new(Scope::NamespaceWide, "ns", "name").as_bytes(), b"ns");
        assert_eq!(Label::new(Scope::ClusterWide, "ns", "name").as_bytes(), b"");
    }

    #[test]
    fn a_scope_reads_back_from_its_own_name_and_from_nothing_else() {
        for scope in Scope::ALL {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        for wrong in ["", "Strict", "cluster", "cluster-wide "] {
            assert_eq!(wrong.parse::<Scope>(), Err(ParseScopeError));
        }
    }
}
