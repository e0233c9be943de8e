//! Changes of Secrets where PUT is granted and PATCH is not: upstream's roles are so, and an installation of it goes on
//! working when nothing but the image was swapped.

use std::sync::atomic::Ordering;

use bytes::Bytes;
use serde_json::Value;
use zeroize::Zeroize as _;

use super::wiped::{to_json, wiped};
use super::{Call, CallError, Cluster, PatchKind, Written};

impl Cluster {
    /// Changes the Secret at `path` by a patch, or by what comes to the same.
    pub(super) async fn change(&self, path: &str, kind: PatchKind, patch: Bytes) -> Result<Written, CallError> {
        let mut denied = None;
        if !self.update_secrets.load(Ordering::Relaxed) {
            match self.call(Call::patch(path, kind, patch.clone())).await {
                Err(error) if error.is_forbidden() => denied = Some(error),
                result => return result,
            }
        }
        let (_, body) = self.send(Call::get(path.to_owned())).await?;
        let mut object: Value = serde_json::from_slice(&body).map_err(|_| CallError::Unreadable)?;
        let mut patch: Value = serde_json::from_slice(&patch).map_err(|_| CallError::Unreadable)?;
        match kind {
            PatchKind::Merge => merge(&mut object, &patch),
            PatchKind::Json => add(&mut object, &patch),
        }
        let body = to_json(&object);
        wipe(&mut object);
        wipe(&mut patch);
        let body = wiped(body.ok_or(CallError::Unreadable)?);
        match self.call(Call::put(path, body)).await {
            // To name the right that is asked for first.
            Err(error) if error.is_forbidden() => Err(denied.unwrap_or(error)),
            Err(error) => Err(error),
            Ok(written) => {
                self.update_secrets.store(true, Ordering::Relaxed);
                Ok(written)
            }
        }
    }
}

/// RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(key);
        } else {
            merge(target.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

/// RFC 6902, as far as it is used here: `add` to a member of an object.
fn add(target: &mut Value, patch: &Value) {
    for operation in patch.as_array().into_iter().flatten() {
        let path = operation["path"].as_str().unwrap_or_default();
        let mut at = &mut *target;
        for step in path.split('/').skip(1) {
            if !at.is_object() {
                *at = Value::Object(serde_json::Map::new());
            }
            at = &mut at[step];
        }
        at.clone_from(&operation["value"]);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_merge_patch_reads_as_the_standard_has_it() {
        // RFC 7396, appendix A, in part.
        for (target, patch, expected) in [
            (json!({ "a": "b" }), json!({ "a": "c" }), json!({ "a": "c" })),
            (json!({ "a": "b" }), json!({ "b": "c" }), json!({ "a": "b", "b": "c" })),
            (json!({ "a": "b", "b": "c" }), json!({ "a": null }), json!({ "b": "c" })),
            (json!({ "a": [{ "b": "c" }] }), json!({ "a": [1] }), json!({ "a": [1] })),
            (json!({}), json!({ "a": { "bb": { "ccc": null } } }), json!({ "a": { "bb": {} } })),
        ] {
            let mut result = target;
            merge(&mut result, &patch);
            assert_eq!(result, expected);
        }
    }

    #[test]
    fn additions_replace_what_is_there_and_make_what_is_not() {
        let mut target = json!({ "metadata": { "name": "x", "labels": { "old": "1" } }, "data": { "old": "1" } });
        add(
            &mut target,
            &json!([
                { "op": "add", "path": "/metadata/labels", "value": { "new": "1" } },
                { "op": "add", "path": "/data", "value": { "new": "1" } },
                { "op": "add", "path": "/type", "value": "Opaque" },
            ]),
        );
        let expected =
            json!({ "metadata": { "name": "x", "labels": { "new": "1" } }, "data": { "new": "1" }, "type": "Opaque" });
        assert_eq!(target, expected);
    }
}
