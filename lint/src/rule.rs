//! What is looked for.

use std::fmt;
use std::str::FromStr;

use crate::Severity;

/// Makes the enum and everything that is said about each rule from one table. The explanations lie beside this file,
/// each under the rule's id.
macro_rules! rules {
    ($($rule:ident $id:literal $severity:ident $summary:literal => $remedy:literal;)*) => {
        /// Something that is looked for. Its id is part of the public interface: suppressions in people's files name it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $summary] $rule,)*
        }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// The name in kebab-case, by which people suppress it and ask for its explanation.
            pub fn id(self) -> &'static str {
                match self { $(Self::$rule => $id,)* }
            }

            /// The name in PascalCase, as SARIF has it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => stringify!($rule),)* }
            }

            /// How bad it is. A single finding may be less severe where the circumstances say so.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity,)* }
            }

            /// What it finds, in one line.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$rule => $summary,)* }
            }

            /// What to do about it, in one line.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$rule => $remedy,)* }
            }

            /// Why it matters, with examples, in Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$rule => include_str!(concat!("rule/", $id, ".md")),)* }
            }
        }
    };
}

rules! {
    PlaintextSecret "plaintext-secret" Error "A Secret with values in the clear"
        => "seal it (`waxseal seal FILE -w FILE`), commit the SealedSecret instead, and change every value that was ever pushed";
    PrivateKey "private-key" Error "A private key in the repo"
        => "take the key out of the repo and replace it: whoever has read it can use it";
    LastAppliedCopy "last-applied-copy" Error "An annotation that holds a copy of the whole object"
        => "remove the annotation, and change every value that was pushed with it";
    UnsealedValue "unsealed-value" Error "A value of encryptedData that was never sealed"
        => "seal it: `waxseal set FILE KEY`; if it is a real value that was pushed, change it";

    NotBase64 "not-base64" Error "A sealed value that is not base64"
        => "seal the value again: `waxseal set FILE KEY`";
    TruncatedValue "truncated-value" Error "A sealed value that was cut short"
        => "restore the whole value from history, or seal it again: `waxseal set FILE KEY`";
    BadLengthPrefix "bad-length-prefix" Error "A value whose length prefix fits no RSA key"
        => "seal the value again: `waxseal set FILE KEY`";
    WrongKeySize "wrong-key-size" Error "A value that the given certificate's key cannot have sealed"
        => "seal it with this cluster's certificate, or name the right one with --cert";
    MisplacedValue "misplaced-value" Error "A sealed value in a field where nothing opens it"
        => "move the value to spec.encryptedData of a SealedSecret";
    CopiedValue "copied-value" Error "A sealed value copied from another object, where it cannot open"
        => "seal the value for this place: `waxseal set FILE KEY`";
    RepeatedValue "repeated-value" Warning "The same sealed value under two keys of an object"
        => "if both keys shall hold the same value, seal it twice; if not, seal the right one: `waxseal set FILE KEY`";
    StaleHint "stale-hint" Warning "A hint at a sealing key that cannot be true"
        => "remove the annotation, or let `waxseal reencrypt FILE` write it anew";
    OlderKey "older-key" Note "Values that were sealed with another key than the certificate's"
        => "seal them to the newest key: `waxseal reencrypt FILE`";
    DeprecatedData "deprecated-data" Warning "The deprecated spec.data"
        => "seal the Secret again, so that its values go to spec.encryptedData";

    MissingName "missing-name" Error "A SealedSecret without a name"
        => "set metadata.name to the name that the values were sealed for";
    MissingNamespace "missing-namespace" Warning "A SealedSecret that does not say which namespace it was sealed for"
        => "set metadata.namespace to the namespace that the values were sealed for";
    InvalidName "invalid-name" Error "A name or namespace that Kubernetes refuses"
        => "use lower-case letters, digits and `-` (in names also `.`), beginning and ending with a letter or digit";
    ScopeValue "scope-value" Error "A scope annotation that says neither \"true\" nor \"false\""
        => "write \"true\", with the quotes and in lower case, or remove the annotation";
    ScopeConflict "scope-conflict" Warning "Both scope annotations on one object"
        => "remove the annotation of the scope that the values were not sealed with";
    ScopeMismatch "scope-mismatch" Warning "A template that claims another scope than the SealedSecret has"
        => "put the annotation that the values were sealed with on the SealedSecret's own metadata, and the same on the template";
    DuplicateResource "duplicate-resource" Error "Two objects that overwrite each other or stand in each other's way"
        => "keep one of them, or rename and re-seal the other";

    WrongApiVersion "wrong-api-version" Error "A SealedSecret with an apiVersion that does not exist"
        => "write `apiVersion: bitnami.com/v1alpha1`";
    UnknownField "unknown-field" Error "A field that a SealedSecret does not have"
        => "rename the field or remove it";
    UnknownAnnotation "unknown-annotation" Warning "An annotation of Sealed Secrets that does not exist"
        => "rename the annotation or remove it";
    WrongType "wrong-type" Error "A field that holds the wrong type of value"
        => "write a value of the right type; text that looks like a number or a boolean needs quotes";
    InvalidKey "invalid-key" Error "A key that a Secret cannot have"
        => "use letters, digits, `-`, `_` and `.`, 253 characters at most";
    EmptySealedSecret "empty-sealed-secret" Warning "A SealedSecret without a value"
        => "seal a value into it (`waxseal set FILE KEY`), or remove it";
    ForbiddenType "forbidden-type" Error "A Secret type that grants the rights of a service account"
        => "let Kubernetes make such tokens; seal values as Opaque";
    UnknownType "unknown-type" Warning "A kubernetes.io/ Secret type that does not exist"
        => "use one of Kubernetes' own types, Opaque, or a type with your own prefix";
    MissingTypeKey "missing-type-key" Error "A Secret type without the keys that it must have"
        => "seal the missing key into it (`waxseal set FILE KEY`), or change the type";

    TemplateSyntax "template-syntax" Error "A template that cannot be rendered"
        => "correct the template";
    TemplateField "template-field" Error "A template that uses a field which no key provides"
        => "correct the field's name, or seal the missing value: `waxseal set FILE KEY`";
    ShadowedTemplateKey "shadowed-template-key" Warning "A template key that an encrypted key of the same name hides"
        => "rename one of the two, or remove the one that is not needed";

    CertificateExpired "certificate-expired" Error "A sealing certificate that is expired or not yet valid"
        => "fetch the current one (`waxseal cert fetch`), and commit it where the old one was";
    CertificateExpiresSoon "certificate-expires-soon" Warning "A sealing certificate that is about to expire"
        => "fetch the current one (`waxseal cert fetch`), and commit it where the old one was";

    DuplicateKey "duplicate-key" Error "The same key twice in one mapping"
        => "keep one of the two";
    MalformedManifest "malformed-manifest" Error "A file with Secrets that cannot be read"
        => "correct the syntax at the place that is named";
    TemplatedManifest "templated-manifest" Note "A manifest that is made by a template"
        => "lint what comes out: `helm template … | waxseal lint`";

    MalformedSuppression "malformed-suppression" Error "A suppression that cannot be read"
        => "write `# waxseal-lint: allow(RULE) reason=\"why it is fine here\"`";
    SuppressionWithoutReason "suppression-without-reason" Error "A suppression that gives no reason"
        => "add the reason: `# waxseal-lint: allow(RULE) reason=\"why it is fine here\"`";
    SuppressionOfUnknownRule "suppression-of-unknown-rule" Error "A suppression of a rule that does not exist"
        => "correct the rule's name; docs/lint.md lists them all";
    UnusedSuppression "unused-suppression" Warning "A suppression of something that is not there"
        => "remove the comment";
}

impl Rule {
    /// What a person reads who asks for the rule: its summary, severity, explanation and remedy, in Markdown.
    pub fn explain(self) -> String {
        format!(
            "{}: {}\n\nSeverity: {}\n\n{}\nRemedy: {}.\n",
            self.id(),
            self.summary(),
            self.severity(),
            self.explanation(),
            self.remedy()
        )
    }

    /// Whether it speaks about suppressions, and so cannot be suppressed itself.
    pub(crate) fn guards_suppressions(self) -> bool {
        matches!(
            self,
            Self::MalformedSuppression
                | Self::SuppressionWithoutReason
                | Self::SuppressionOfUnknownRule
                | Self::UnusedSuppression
        )
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Rule {
    type Err = ParseRuleError;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        let known = |rule: &&Self| rule.id() == id;
        Self::ALL.iter().find(known).copied().ok_or_else(|| ParseRuleError {
            suggestion: crate::suggest::closest(id, Self::ALL.iter().map(|rule| rule.id())),
        })
    }
}

/// The text is no rule's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such rule{}", self.suggestion.map(|id| format!("; did you mean {id}?")).unwrap_or_default())]
pub struct ParseRuleError {
    /// The id that looks most like it, if any does.
    pub suggestion: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_a_misspelled_one_gets_a_suggestion() {
        for rule in Rule::ALL {
            assert_eq!(rule.id().parse(), Ok(*rule));
            assert!(rule.id().chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        }
        let error = "plaintext-secrets".parse::<Rule>().unwrap_err();
        assert_eq!(error.to_string(), "no such rule; did you mean plaintext-secret?");
        assert_eq!("xyzzy".parse::<Rule>().unwrap_err().to_string(), "no such rule");
    }

    #[test]
    fn every_explanation_shows_what_is_wrong_and_what_is_right() {
        for rule in Rule::ALL {
            let text = rule.explanation();
            assert!(text.contains("\nWrong:\n") && text.contains("\nRight:\n"), "{rule}: no examples");
            assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{rule}: stray blank lines");
            assert!(
                text.lines().all(|line| line.chars().count() <= 100 && line.trim_end() == line),
                "{rule}: long or ragged lines"
            );
        }
    }
}
