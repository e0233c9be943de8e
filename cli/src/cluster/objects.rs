//! Objects of the cluster that commands read and write.

use http::StatusCode;
use serde_json::{Value, json};
use waxseal_api::names::SEALING_KEY_LABEL;
use waxseal_documents::Wiped;

use super::controller::segment;
use super::{Answer, Cluster};
use crate::failure::{Failure, Result};

/// Objects a page.
const PAGE: usize = 500;

impl Cluster {
    /// The sealing keys of the controller's namespace: the Secrets with the label, in whatever state.
    pub(crate) fn sealing_keys(&self, namespace: &str) -> Result<Vec<Wiped>> {
        let path = format!("/api/v1/namespaces/{}/secrets", segment(namespace)?);
        let selector = format!("labelSelector={}", SEALING_KEY_LABEL.replace('/', "%2F"));
        let mut keys = self.list(&path, &selector, "the sealing keys")?;
        for key in &mut keys {
            // The items of a list leave out what they are.
            key["apiVersion"] = json!("v1");
            key["kind"] = json!("Secret");
        }
        Ok(keys)
    }

    /// Every SealedSecret of the cluster, or of one namespace.
    pub(crate) fn sealed_secrets(&self, namespace: Option<&str>) -> Result<Vec<Wiped>> {
        let place = match namespace {
            Some(namespace) => format!("namespaces/{}/", segment(namespace)?),
            None => String::new(),
        };
        self.list(&format!("/apis/bitnami.com/v1alpha1/{place}sealedsecrets"), "", "the SealedSecrets")
    }

    /// The SealedSecret `name` of `namespace`, or `None` where there is none.
    pub(crate) fn sealed_secret(&self, namespace: &str, name: &str) -> Result<Option<Wiped>> {
        let path =
            format!("/apis/bitnami.com/v1alpha1/namespaces/{}/sealedsecrets/{}", segment(namespace)?, segment(name)?);
        self.find(&path, &format!("SealedSecret {namespace}/{name}"))
    }

    /// One object, or `None` where there is none.
    pub(crate) fn find(&self, path: &str, what: &str) -> Result<Option<Wiped>> {
        let answer = self.get(path)?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        answer.json(what).map(Some)
    }

    /// The Secret `name` of `namespace`, or `None` where there is none.
    pub(crate) fn secret(&self, namespace: &str, name: &str) -> Result<Option<Wiped>> {
        self.find(&secret_path(namespace, name)?, &format!("Secret {namespace}/{name}"))
    }

    /// Creates a Secret that must not exist yet.
    pub(crate) fn create_secret(&self, namespace: &str, name: &str, secret: &Value) -> Result<()> {
        let path = format!("/api/v1/namespaces/{}/secrets", segment(namespace)?);
        self.post(&path, secret.to_string().into_bytes())?.ok(&format!("Secret {namespace}/{name}")).map(drop)
    }

    /// Sets one annotation of a Secret.
    pub(crate) fn annotate_secret(&self, namespace: &str, name: &str, annotation: &str, value: &str) -> Result<()> {
        let patch = json!({ "metadata": { "annotations": { annotation: value } } });
        self.patch_secret(namespace, name, &patch)
    }

    /// Sets the label by which the controller knows its keys.
    pub(crate) fn set_key_state(&self, namespace: &str, name: &str, state: &str) -> Result<()> {
        self.patch_secret(namespace, name, &json!({ "metadata": { "labels": { SEALING_KEY_LABEL: state } } }))
    }

    fn patch_secret(&self, namespace: &str, name: &str, patch: &Value) -> Result<()> {
        let path = secret_path(namespace, name)?;
        self.merge(&path, patch.to_string().into_bytes())?.ok(&format!("Secret {namespace}/{name}")).map(drop)
    }

    /// All pages of a list, item by item.
    fn list(&self, path: &str, query: &str, what: &str) -> Result<Vec<Wiped>> {
        let mut items = Vec::new();
        let mut next = String::new();
        loop {
            let page =
                self.get(&format!("{path}?limit={PAGE}{next}{}{query}", if query.is_empty() { "" } else { "&" }))?;
            let mut page = page.json(what)?;
            if let Some(Value::Array(found)) = page.get_mut("items").map(Value::take) {
                items.extend(found.into_iter().map(Wiped::new));
            }
            match page.pointer("/metadata/continue").and_then(Value::as_str) {
                Some(token) if !token.is_empty() => next = format!("&continue={}", encoded(token)),
                _ => return Ok(items),
            }
        }
    }
}

impl Answer {
    fn json(self, what: &str) -> Result<Wiped> {
        let body = self.ok(what)?;
        serde_json::from_slice(&body)
            .map(Wiped::new)
            .map_err(|_| Failure::cluster(format_args!("{what}: the API server's answer is not JSON")))
    }
}

fn secret_path(namespace: &str, name: &str) -> Result<String> {
    Ok(format!("/api/v1/namespaces/{}/secrets/{}", segment(namespace)?, segment(name)?))
}

/// A continue token is base64 by custom, and opaque by contract.
fn encoded(token: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    token.bytes().map(encode).collect()
}
