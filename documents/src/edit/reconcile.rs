use serde_json::Value;

use super::Edit;
use crate::Path;

/// The edits that turn `old`, which stands at `path`, into `new`: as few and as small as there are.
pub(crate) fn differences(path: &Path, old: &Value, new: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    collect(path, old, new, &mut edits);
    edits
}

fn collect(path: &Path, old: &Value, new: &Value, edits: &mut Vec<Edit>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in new {
                let path = path.clone().key(key);
                match old.get(key) {
                    Some(old) => collect(&path, old, value, edits),
                    None => edits.push(Edit::set(path, value.clone())),
                }
            }
            let gone = old.keys().filter(|key| !new.contains_key(*key));
            edits.extend(gone.map(|key| Edit::remove(path.clone().key(key))));
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                collect(&path.clone().index(index), old, new, edits);
            }
        }
        _ if old == new => {}
        _ => edits.push(Edit::set(path.clone(), new.clone())),
    }
}
