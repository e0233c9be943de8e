//! Whether a file is worth reading: a search of its bytes, before anything is parsed.

use std::sync::LazyLock;

use memchr::memmem::Finder;

static SECRET: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("Secret"));
static GENERATOR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("secretGenerator"));
static PEM: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("-----BEGIN "));
static AGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("AGE-SECRET-KEY-1"));
static SUPPRESSION: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("waxseal-lint"));

/// What a file's bytes mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Markers {
    /// The word Secret, SealedSecret, or the name of a list of them; or kustomize's generator.
    pub(crate) secret: bool,
    /// A PEM block, or age's secret key.
    pub(crate) key_or_certificate: bool,
    pub(crate) suppression: bool,
}

impl Markers {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self {
            secret: mentions_secret(bytes) || GENERATOR.find(bytes).is_some(),
            key_or_certificate: PEM.find(bytes).is_some() || AGE.find(bytes).is_some(),
            suppression: SUPPRESSION.find(bytes).is_some(),
        }
    }

    pub(crate) fn any(self) -> bool {
        self.secret || self.key_or_certificate || self.suppression
    }
}

/// Where the bytes mention this tool.
pub(crate) fn suppression_marks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    SUPPRESSION.find_iter(bytes)
}

/// The four kinds as whole words: `ExternalSecret` and `imagePullSecrets`, of which a repo is full, are none.
fn mentions_secret(bytes: &[u8]) -> bool {
    SECRET.find_iter(bytes).any(|at| {
        let before = &bytes[..at];
        let before = before.strip_suffix(b"Sealed").unwrap_or(before);
        let after = &bytes[at + "Secret".len()..];
        let after = after.strip_prefix(b"List").unwrap_or(after);
        !before.last().is_some_and(u8::is_ascii_alphanumeric) && !after.first().is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// What a file's name says that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// YAML or JSON, maybe with template actions in it.
    Manifest,
    /// A key or a certificate.
    Pem,
    /// Anything else. It is searched for private keys.
    Other,
}

impl FileKind {
    pub(crate) fn of(path: &str) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
        let extension = name.rsplit_once('.').map(|(_, extension)| extension);
        match extension {
            // None: standard input, and names like `secret`.
            None | Some("yaml" | "yml" | "json" | "jsonl" | "ndjson" | "tpl" | "tmpl" | "gotmpl" | "j2") => {
                Self::Manifest
            }
            Some("pem" | "crt" | "cer" | "cert" | "key" | "p8" | "pk8" | "age" | "agekey") => Self::Pem,
            // `secret.yaml.bak`, `values.yml.example`, `db.yaml~`.
            _ if [".yaml", ".yml", ".json"].iter().any(|part| name.contains(part)) => Self::Manifest,
            _ => Self::Other,
        }
    }

    /// Whether a search of a directory should come up with such a file.
    pub(crate) fn is_searched(self, path: &str) -> bool {
        match self {
            Self::Pem => true,
            // A file without an ending is a manifest only when somebody names it.
            Self::Manifest => path.rsplit(['/', '\\']).next().is_some_and(|name| name.contains('.')),
            Self::Other => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_kinds_themselves_make_a_file_worth_parsing() {
        for text in ["kind: Secret\n", "kind: 'Secret'", "\"kind\":\"SealedSecretList\"", "Secret", "secretGenerator:"]
        {
            assert!(Markers::of(text.as_bytes()).secret, "{text}");
        }
        for text in ["kind: ExternalSecret\n", "imagePullSecrets:", "secretName: x", "SecretProviderClass", "Secrets"] {
            assert!(!Markers::of(text.as_bytes()).any(), "{text}");
        }
    }

    #[test]
    fn names_tell_manifests_from_keys_and_the_rest() {
        for path in ["-", "a/b.yaml", "b.YML", "x.json", "templates/_helpers.tpl", "secret.yaml.bak", "db.yaml~"] {
            assert_eq!(FileKind::of(path), FileKind::Manifest, "{path}");
        }
        assert_eq!(FileKind::of("certs/prod.pem"), FileKind::Pem);
        assert_eq!(FileKind::of("src/main.rs"), FileKind::Other);
        assert!(!FileKind::of("Makefile").is_searched("Makefile"));
        assert!(FileKind::of("a.d/x.yaml").is_searched("a.d/x.yaml"));
    }
}
