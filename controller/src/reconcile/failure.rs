//! Why a SealedSecret did not become a Secret, in words for its owner, and when to try again.

use waxseal_api::{UnsealError, ValueError};
use waxseal_crypto::{OpenError, ParseValueError};

use super::conditions::Verdict;
use crate::cluster::{CallError, bounded};
use crate::metrics::UnsealErrorReason;
use crate::watch::Malformed;

/// The usual reasons why a sound value does not open.
const DOES_NOT_OPEN: &str = "a value opens only under the name, namespace and scope that it was sealed for, and only \
    with a key that this cluster has: was the SealedSecret renamed, moved or copied, its scope annotation changed, or \
    was it sealed with another cluster's certificate?";
const NOT_BASE64: &str = "the value was changed after it was sealed, or was never sealed";
const TRUNCATED: &str = "the value was cut short after it was sealed";

/// A failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What it waits for.
    pub(crate) waits: WaitsFor,
    /// Whether somebody has to do something about it.
    stalled: bool,
    pub(crate) reason: &'static str,
    /// For people, never a value.
    pub(crate) message: String,
    /// Upstream's word for it, in the metrics.
    pub(crate) metric: UnsealErrorReason,
    /// Upstream's word for it, in Events.
    pub(crate) event: &'static str,
}

/// What has to change before another attempt makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitsFor {
    /// The SealedSecret itself.
    Change,
    /// The SealedSecret, or the keys.
    Keys,
    /// The SealedSecret, or the Secret.
    Secret,
    /// Nothing that is known: time.
    Time,
}

impl Failure {
    /// What the status says about it.
    pub(crate) fn verdict(&self) -> Verdict {
        Verdict::Failed { reason: self.reason, message: self.message.clone(), stalled: self.stalled }
    }

    /// The object has wrong types in it.
    pub(crate) fn malformed(error: &Malformed) -> Self {
        Self::unseal(WaitsFor::Change, "Malformed", bounded(&error.to_string(), 512))
    }

    /// The Secret is somebody else's.
    pub(crate) fn unmanaged(name: &str) -> Self {
        Self {
            waits: WaitsFor::Secret,
            stalled: true,
            reason: "Unmanaged",
            message: format!("Resource {name:?} already exists and is not managed by SealedSecret"),
            metric: UnsealErrorReason::Unmanaged,
            event: "ErrUpdateFailed",
        }
    }

    /// The values did not open, or made no Secret.
    pub(crate) fn unsealing(error: &UnsealError) -> Self {
        let (waits, reason) = match error {
            UnsealError::Values(_) | UnsealError::Deprecated(_) => (WaitsFor::Keys, "UnsealFailed"),
            UnsealError::ForbiddenType { .. } => (WaitsFor::Change, "ForbiddenType"),
            UnsealError::DeprecatedData
            | UnsealError::BothDataFields
            | UnsealError::DeprecatedContent(_)
            | UnsealError::DeprecatedNotJson => (WaitsFor::Change, "Malformed"),
            // Whatever a template may fail of, the time of day included.
            _ => (WaitsFor::Time, "TemplateFailed"),
        };
        let message = bounded(&error.to_string(), 600);
        let message = match hints(error).as_slice() {
            [] => message,
            hints => format!("{message} ({})", hints.join("; ")),
        };
        Self::unseal(waits, reason, message)
    }

    /// The Secret could not be written.
    pub(crate) fn writing(error: &CallError) -> Self {
        let immutable = error.refusal().is_some_and(|refusal| refusal.immutable);
        let (waits, reason, message) = if immutable {
            let message = "the Secret cannot be updated: it is immutable, or its type would change; delete it, and it \
                is made again at once";
            (WaitsFor::Secret, "Immutable", message.to_owned())
        } else {
            (WaitsFor::Time, "UpdateFailed", format!("the Secret could not be written: {error}"))
        };
        let metric = UnsealErrorReason::Update;
        Self { waits, stalled: immutable, reason, message, metric, event: "ErrUpdateFailed" }
    }

    /// Something that does not happen.
    pub(crate) fn internal(what: &str) -> Self {
        Self { stalled: false, ..Self::unseal(WaitsFor::Time, "InternalError", what.to_owned()) }
    }

    fn unseal(waits: WaitsFor, reason: &'static str, message: String) -> Self {
        let metric = UnsealErrorReason::Unseal;
        Self { waits, stalled: true, reason, message, metric, event: "ErrUnsealFailed" }
    }
}

/// What may have happened to the values, each possibility once.
fn hints(error: &UnsealError) -> Vec<&'static str> {
    let hint = |reason: &ValueError| match reason {
        ValueError::Parse(ParseValueError::NotBase64) => Some(NOT_BASE64),
        ValueError::Parse(_) => Some(TRUNCATED),
        ValueError::Open(OpenError::NoKeys) | ValueError::NotTried => None,
        _ => Some(DOES_NOT_OPEN),
    };
    let mut hints: Vec<&str> = match error {
        UnsealError::Values(failed) => failed.iter().filter_map(|failed| hint(&failed.reason)).collect(),
        UnsealError::Deprecated(reason) => hint(reason).into_iter().collect(),
        _ => Vec::new(),
    };
    hints.sort_unstable();
    hints.dedup();
    hints
}

#[cfg(test)]
mod tests {
    use super::*;
    use waxseal_api::FailedValue;

    fn values(reasons: &[ValueError]) -> Failure {
        let failed = reasons.iter().map(|reason| FailedValue { key: "password".into(), reason: *reason });
        Failure::unsealing(&UnsealError::Values(failed.collect()))
    }

    #[test]
    fn a_failure_names_the_key_and_hints_at_the_usual_causes() {
        let no_key = values(&[ValueError::Open(OpenError::NoKeyOpens)]);
        assert!(no_key.message.starts_with("password does not open with any key"), "{}", no_key.message);
        assert!(no_key.message.contains("renamed, moved"), "{}", no_key.message);
        assert_eq!(no_key.waits, WaitsFor::Keys);
        let truncated = values(&[ValueError::Parse(ParseValueError::Truncated)]);
        assert!(truncated.message.contains("cut short") && !truncated.message.contains("renamed"));
        let both = values(&[
            ValueError::Parse(ParseValueError::NotBase64),
            ValueError::Open(OpenError::NoKeyOpens),
            ValueError::Open(OpenError::NoKeyOpens),
        ]);
        assert_eq!(both.message.matches("renamed").count(), 1);
    }

    #[test]
    fn an_unmanaged_secret_is_told_of_in_the_words_of_the_original() {
        let message = "Resource \"db\" already exists and is not managed by SealedSecret";
        assert_eq!(Failure::unmanaged("db").message, message);
    }
}
