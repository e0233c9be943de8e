//! What the controller is asked, through the API server's service proxy.

use std::time::Duration;

use http::StatusCode;
use serde_json::Value;
use zeroize::Zeroizing;

use super::{Answer, Cluster, Controller};
use crate::failure::{Failure, Result};

/// The ConfigMap in which the controller publishes its certificate, so that nobody needs the proxy for it.
const CERTIFICATE_CONFIG_MAP: &str = "waxseal-certificate";

/// Its key in there.
const CERTIFICATE_KEY: &str = "cert.pem";

/// How often a busy controller is asked, as often as client-go asks.
const ATTEMPTS: u32 = 10;

/// How long to wait in between: what the controllers of either make ask for, which let in two requests a second.
const PAUSE: Duration = Duration::from_secs(1);

/// Whether the controller can open a SealedSecret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Opens,
    DoesNotOpen,
}

impl Cluster {
    /// The newest certificate, in PEM: from the ConfigMap, else from the controller itself.
    pub(crate) fn certificate(&self, controller: &Controller) -> Result<Vec<u8>> {
        if let Some(published) = self.published_certificate(controller)? {
            return Ok(published);
        }
        let path = format!("{}/v1/cert.pem", self.proxy(controller)?);
        let body = self.get(&path)?.ok("the controller's certificate cannot be fetched");
        body.map(|body| body.to_vec()).map_err(|failure| failure.remedy("is the controller running?"))
    }

    /// `None` where there is no such ConfigMap, or none for us.
    fn published_certificate(&self, controller: &Controller) -> Result<Option<Vec<u8>>> {
        let namespace = segment(&controller.namespace)?;
        let path = format!("/api/v1/namespaces/{namespace}/configmaps/{CERTIFICATE_CONFIG_MAP}");
        let answer = self.get(&path)?;
        if !answer.status.is_success() {
            // An API server that does not know who asks will not say anything else to the next question either.
            return if answer.status == StatusCode::UNAUTHORIZED {
                Err(answer.refused("the certificate cannot be fetched"))
            } else {
                Ok(None)
            };
        }
        let map: Value = serde_json::from_slice(&answer.body)
            .map_err(|_| Failure::cluster(format_args!("the API server's answer for {path} is not JSON")))?;
        let text = map.get("data").and_then(|data| data.get(CERTIFICATE_KEY)).and_then(Value::as_str);
        Ok(text.map(|text| text.as_bytes().to_vec()))
    }

    /// Whether every value opens, as the controller says. Nothing else about them is told.
    pub(crate) fn verify(&self, controller: &Controller, sealed: &Value) -> Result<Verdict> {
        let path = format!("{}/v1/verify", self.proxy(controller)?);
        let answer = self.ask(&path, sealed)?;
        match answer.status {
            StatusCode::CONFLICT => Ok(Verdict::DoesNotOpen),
            status if status.is_success() => Ok(Verdict::Opens),
            _ => Err(answer.refused("cannot validate sealed secret")),
        }
    }

    /// The SealedSecret with its values sealed to the newest key.
    pub(crate) fn reencrypt(&self, controller: &Controller, sealed: &Value) -> Result<Value> {
        let path = format!("{}/v1/rotate", self.proxy(controller)?);
        let answer = self.ask(&path, sealed)?;
        if answer.status == StatusCode::CONFLICT {
            return Err(Failure::key("unable to rotate secret: the controller has no key that opens it"));
        }
        let body: Zeroizing<Vec<u8>> = answer.ok("cannot re-encrypt secret")?;
        serde_json::from_slice(&body).map_err(|_| Failure::cluster("the controller's answer is not JSON"))
    }

    /// Asks, and asks again while the controller has too much to do: its limit counts all who come through the API
    /// server together, so somebody else may have used it up.
    fn ask(&self, path: &str, sealed: &Value) -> Result<Answer> {
        let body = sealed.to_string().into_bytes();
        for _ in 1..ATTEMPTS {
            let answer = self.post(path, body.clone())?;
            if !matches!(answer.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
                return Ok(answer);
            }
            std::thread::sleep(PAUSE);
        }
        self.post(path, body)
    }

    /// The path of the service proxy. The port goes by the name that the service gives it, as upstream has it.
    fn proxy(&self, controller: &Controller) -> Result<String> {
        let (namespace, name) = (segment(&controller.namespace)?, segment(&controller.name)?);
        let path = format!("/api/v1/namespaces/{namespace}/services/{name}");
        let body = self.get(&path)?.ok("cannot get sealed secret service").map_err(|failure| {
            failure.remedy("use --controller-name and --controller-namespace to say where the controller is")
        })?;
        let service: Value = serde_json::from_slice(&body)
            .map_err(|_| Failure::cluster(format_args!("the API server's answer for {path} is not JSON")))?;
        let port = service.pointer("/spec/ports/0/name").and_then(Value::as_str).unwrap_or_default();
        Ok(format!("/api/v1/namespaces/{namespace}/services/http:{name}:{port}/proxy"))
    }
}

/// A name that can be part of a path: what Kubernetes takes for one, and nothing that could lead elsewhere.
pub(super) fn segment(name: &str) -> Result<&str> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    if !name.is_empty() && name.chars().all(fits) && !name.starts_with('.') {
        Ok(name)
    } else {
        Err(Failure::usage(format_args!("{name:?} is no name that a Kubernetes object can have")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_change_the_path_is_refused() {
        for name in ["", "a/b", "..", "a?b", "a%2fb", "A", "a b"] {
            assert!(segment(name).is_err(), "{name:?}");
        }
        assert_eq!(segment("sealed-secrets.v2").ok(), Some("sealed-secrets.v2"));
    }
}
