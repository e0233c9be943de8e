//! A Secret of the cluster beside the one that it should be.

use waxseal_api::PlainSecret;
use waxseal_crypto::base64;
use zeroize::Zeroizing;

use super::body::DEFAULT_TYPE;
use crate::cluster::{LiveSecret, OwnerRef};

/// How many names of keys a message has at most.
const NAMED: usize = 10;

/// How the Secret is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// As a whole: what is not in the SealedSecret is not in it either.
    Whole,
    /// Into what is there.
    Merge,
}

/// What differs. Names, and never a value.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Keys of the data: changed, missing, or too many.
    keys: Vec<String>,
    /// Fields beside the data.
    fields: Vec<&'static str>,
}

impl Difference {
    /// What `live` lacks to be `wanted`. Labels and annotations that somebody has added are nobody's business.
    pub(super) fn between(live: &LiveSecret, wanted: &PlainSecret, mode: Mode) -> Self {
        let mut keys: Vec<String> = (wanted.data.iter())
            .filter(|(key, value)| {
                let encoded = Zeroizing::new(base64::encode(value.expose()));
                live.data.get(*key).is_none_or(|live| *live.expose() != **encoded)
            })
            .map(|(key, _)| key.clone())
            .collect();
        let lacks = |wanted: &std::collections::BTreeMap<String, String>, live: &std::collections::BTreeMap<_, _>| {
            wanted.iter().any(|(key, value)| live.get(key) != Some(value))
        };
        let mut fields = Vec::new();
        if lacks(&wanted.metadata.labels, &live.metadata.labels) {
            fields.push("labels");
        }
        if lacks(&wanted.metadata.annotations, &live.metadata.annotations) {
            fields.push("annotations");
        }
        if mode == Mode::Whole {
            keys.extend(live.data.keys().filter(|key| !wanted.data.contains_key(*key)).cloned());
            if wanted.type_.as_deref().unwrap_or(DEFAULT_TYPE) != live.type_ {
                fields.push("type");
            }
            if wanted.immutable.is_some_and(|immutable| immutable != live.immutable) {
                fields.push("immutable");
            }
        }
        keys.sort_unstable();
        Self { keys, fields }
    }

    /// Whether there is none.
    pub(super) fn is_none(&self) -> bool {
        self.keys.is_empty() && self.fields.is_empty()
    }

    /// What differs, for people.
    pub(super) fn describe(&self) -> String {
        let mut parts = Vec::new();
        if !self.keys.is_empty() {
            let named: Vec<&str> = self.keys.iter().take(NAMED).map(String::as_str).collect();
            let more = self.keys.len() - named.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            parts.push(format!("data ({}{more})", named.join(", ")));
        }
        parts.extend(self.fields.iter().map(|field| (*field).to_owned()));
        parts.join(", ")
    }
}

/// The owner references of `live` with `owner` as the one controller in place of any other, or nothing if they are so
/// already.
pub(super) fn adopted(live: &LiveSecret, owner: Option<&OwnerRef>) -> Option<Vec<OwnerRef>> {
    let before = &live.metadata.owner_references;
    let stays = |known: &&OwnerRef| !known.controller && owner.is_none_or(|owner| known.uid != owner.uid);
    let after: Vec<OwnerRef> = owner.into_iter().chain(before.iter().filter(stays)).cloned().collect();
    (after != *before).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn live(manifest: serde_json::Value) -> LiveSecret {
        serde_json::from_value(manifest).unwrap()
    }

    fn wanted() -> PlainSecret {
        PlainSecret::from_manifest(&json!({ "apiVersion": "v1", "kind": "Secret",
            "data": { "a": "YQ==", "b": "Yg==" }, "metadata": { "name": "x", "labels": { "l": "1" } } }))
        .unwrap()
    }

    #[test]
    fn what_differs_is_named_and_never_shown() {
        let secret = live(json!({ "metadata": { "labels": { "l": "2", "foreign": "x" } }, "type": "Opaque",
            "data": { "a": "CANARY", "c": "CANARY" } }));
        let whole = Difference::between(&secret, &wanted(), Mode::Whole);
        assert_eq!(whole.describe(), "data (a, b, c), labels");
        let merged = Difference::between(&secret, &wanted(), Mode::Merge);
        assert_eq!(merged.describe(), "data (a, b), labels");
    }

    #[test]
    fn what_somebody_has_added_beside_ours_is_no_difference() {
        let secret = live(json!({ "metadata": { "labels": { "l": "1", "foreign": "x" },
            "annotations": { "foreign": "x" } }, "type": "Opaque", "data": { "a": "YQ==", "b": "Yg==" } }));
        assert!(Difference::between(&secret, &wanted(), Mode::Whole).is_none());
        let more = live(json!({ "metadata": { "labels": { "l": "1" } }, "type": "kubernetes.io/tls",
            "data": { "a": "YQ==", "b": "Yg==", "c": "" } }));
        assert!(Difference::between(&more, &wanted(), Mode::Merge).is_none());
        assert_eq!(Difference::between(&more, &wanted(), Mode::Whole).describe(), "data (c), type");
    }

    #[test]
    fn a_message_names_no_more_than_a_few_keys() {
        let data: serde_json::Map<_, _> = (0..1000).map(|index| (format!("k{index:04}"), json!("eA=="))).collect();
        let secret = live(json!({ "metadata": { "labels": { "l": "1" } }, "type": "Opaque", "data": data }));
        let text = Difference::between(&secret, &wanted(), Mode::Whole).describe();
        assert!(text.ends_with("and 992 more)"), "{text}");
    }

    #[test]
    fn adoption_replaces_a_former_controller_and_keeps_other_owners() {
        let reference = |uid: &str, controller| OwnerRef { uid: uid.into(), controller, ..OwnerRef::default() };
        let ours = reference("ours", true);
        let secret = live(json!({ "metadata": { "ownerReferences": [
            { "uid": "gone", "controller": true }, { "uid": "other" } ] } }));
        assert_eq!(adopted(&secret, Some(&ours)).unwrap(), [ours.clone(), reference("other", false)]);
        let already = live(json!({ "metadata": { "ownerReferences": [{ "uid": "ours", "controller": true }] } }));
        assert_eq!(adopted(&already, Some(&ours)), None);
        assert_eq!(adopted(&live(json!({ "metadata": {} })), None), None);
    }
}
