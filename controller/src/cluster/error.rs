//! Why a call failed, told apart by what is to be done about it.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use http::header::RETRY_AFTER;
use http::response::Parts;
use serde::Deserialize;

/// Longest text of the API server's that goes on into a status, an Event or a log.
const LONGEST_MESSAGE: usize = 400;

/// Why a call to the API server failed.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum CallError {
    /// No answer: no connection, or it broke off.
    #[error("the API server cannot be reached: {0}")]
    Unreachable(String),
    /// No answer in time.
    #[error("the API server did not answer in time")]
    TimedOut,
    /// It asks for patience: too many requests, or something behind it is down.
    #[error("the API server is not able to answer now (HTTP {code})")]
    Busy {
        /// The HTTP status.
        code: u16,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// It said no.
    #[error("the API server refused: {0}")]
    Refused(Refusal),
    /// An answer that makes no sense.
    #[error("the API server's answer could not be read")]
    Unreadable,
}

impl CallError {
    pub(super) fn unreachable(error: &dyn Error) -> Self {
        Self::Unreachable(bounded(&chain(error), LONGEST_MESSAGE))
    }

    pub(super) fn from_answer(head: &Parts, body: &[u8]) -> Self {
        let code = head.status.as_u16();
        if code == 401 || code == 408 || code == 429 || head.status.is_server_error() {
            let retry_after = head.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            return Self::Busy { code, retry_after: retry_after.map(Duration::from_secs) };
        }
        let status: Status = serde_json::from_slice(body).unwrap_or_default();
        Self::Refused(Refusal::new(code, status))
    }

    /// The refusal, if it is one.
    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Whether the object is not there.
    pub(crate) fn is_not_found(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.code == 404)
    }

    /// Whether an object of that name is there already.
    pub(crate) fn is_already_exists(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.code == 409 && refusal.reason == "AlreadyExists")
    }

    /// Whether the object has changed since it was looked at.
    pub(crate) fn is_conflict(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.code == 409 && refusal.reason != "AlreadyExists")
    }

    /// Whether the right to do it is missing.
    pub(crate) fn is_forbidden(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.code == 403 && !refusal.terminating)
    }
}

/// What the API server said no to, without any text in which a value could be.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// The HTTP status.
    pub(crate) code: u16,
    /// Kubernetes' word for it, such as `Forbidden`.
    pub(crate) reason: String,
    /// Whether it is about a namespace that is being deleted.
    pub(crate) terminating: bool,
    /// Whether a field cannot change any more.
    pub(crate) immutable: bool,
    message: String,
}

impl Refusal {
    fn new(code: u16, status: Status) -> Self {
        let causes = &status.details.causes;
        let says =
            |word: &str| status.message.contains(word) || causes.iter().any(|cause| cause.message.contains(word));
        let denied = ["denied the request", "denied request"]
            .into_iter()
            .find_map(|denied| status.message.split_once(denied).map(|(before, _)| format!("{before}{denied}")));
        let message = if let Some(denied) = denied {
            // What followed is a webhook's or a policy's own text, and they were shown the whole Secret.
            denied
        } else if code == 422 || !causes.is_empty() {
            // The message of a failed validation quotes what it found; the fields are enough.
            let fields = causes.iter().map(|cause| cause.field.as_str()).filter(|field| !field.is_empty());
            format!("invalid: {}", fields.collect::<Vec<_>>().join(", "))
        } else if code == 403 || code == 404 || code == 409 {
            status.message.clone()
        } else {
            status.reason.clone()
        };
        Self {
            code,
            terminating: causes.iter().any(|cause| cause.reason == "NamespaceTerminating"),
            immutable: code == 422 && says("immutable"),
            reason: status.reason,
            message: bounded(&message, LONGEST_MESSAGE),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() { write!(f, "HTTP {}", self.code) } else { f.write_str(&self.message) }
    }
}

/// Kubernetes' `Status`, as far as it is looked at.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    message: String,
    reason: String,
    details: Details,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    causes: Vec<Cause>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Cause {
    reason: String,
    message: String,
    field: String,
}

/// An error with what caused it, and what caused that: "client error (Connect): tcp connect error: Connection refused".
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let next = error.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        source = error.source();
    }
    text
}

/// `text`, cut to `longest` bytes at most.
pub(crate) fn bounded(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    let end = (0..=longest.saturating_sub(3)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: u16, body: &str) -> CallError {
        let (head, ()) = http::Response::builder().status(code).body(()).unwrap().into_parts();
        CallError::from_answer(&head, body.as_bytes())
    }

    #[test]
    fn refusals_are_told_apart_by_what_is_to_be_done() {
        let exists = refused(409, r#"{"reason":"AlreadyExists","message":"secrets \"x\" already exists"}"#);
        assert!(exists.is_already_exists() && !exists.is_conflict());
        let conflict = refused(409, r#"{"reason":"Conflict","message":"the object has been modified"}"#);
        assert!(conflict.is_conflict() && !conflict.is_already_exists());
        let ending = r#"{"reason":"Forbidden","details":{"causes":[{"reason":"NamespaceTerminating"}]}}"#;
        assert!(!refused(403, ending).is_forbidden());
        assert!(refused(403, r#"{"reason":"Forbidden"}"#).is_forbidden());
        assert!(refused(404, "<html>").is_not_found());
        assert!(matches!(refused(429, ""), CallError::Busy { code: 429, .. }));
        assert!(matches!(refused(503, ""), CallError::Busy { .. }));
    }

    #[test]
    fn what_was_written_is_never_repeated() {
        let invalid = r#"{"reason":"Invalid","message":"Secret \"x\" is invalid: data[a b]: Invalid value: \"CANARY\"",
            "details":{"causes":[{"reason":"FieldValueInvalid","message":"Invalid value: \"CANARY\"","field":"data[a b]"}]}}"#;
        let webhook = r#"{"reason":"Forbidden","message":"admission webhook \"w\" denied the request: CANARY"}"#;
        let policy = r#"{"reason":"Invalid","message":"secrets \"x\" is forbidden: ValidatingAdmissionPolicy 'p' with
            binding 'b' denied request: CANARY","details":{"causes":[{"message":"CANARY"}]}}"#;
        let policy = &policy.replace("\n           ", "");
        for (code, body) in [(422, invalid), (403, webhook), (400, webhook), (422, policy)] {
            let text = refused(code, body).to_string();
            assert!(!text.contains("CANARY"), "{text}");
        }
        assert!(refused(422, policy).to_string().contains("'p' with binding 'b' denied request"));
        assert!(refused(422, invalid).to_string().contains("data[a b]"));
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(bounded("short", 10), "short");
        let cut = bounded(&"é".repeat(100), 10);
        assert!(cut.len() <= 10 && cut.ends_with('…'), "{cut}");
    }
}
