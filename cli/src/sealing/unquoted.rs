//! Numbers and booleans where a Secret wants text, as kubeseal takes them from YAML: `8080` becomes `"8080"`.

use serde_json::Value;
use waxseal_documents::{Document, Format, Item, Path, Wiped, unquoted_text};

use crate::printer::Printer;
use crate::resources::Place;

/// Fields that are text, each by itself.
const TEXTS: [&[&str]; 5] = [
    &["type"],
    &["metadata", "name"],
    &["metadata", "namespace"],
    &["metadata", "generateName"],
    &["metadata", "resourceVersion"],
];

/// Fields whose values are text.
const MAPS: [&[&str]; 3] = [&["stringData"], &["metadata", "labels"], &["metadata", "annotations"]];

/// The object with text in these places. Whoever waits is told, without the value: `010` is the text `8`.
pub(super) fn quoted(document: &Document, item: &Item<'_>, printer: Printer) -> Wiped {
    let mut object = Wiped::new(item.value.clone());
    if document.format() != Format::Yaml {
        return object;
    }
    let mut found = Vec::new();
    for path in TEXTS {
        if let Some(value) = at(&mut object, path)
            && quote(value)
        {
            found.push(Path::keys(path.iter().copied()));
        }
    }
    for path in MAPS {
        for (key, value) in at(&mut object, path).and_then(Value::as_object_mut).into_iter().flatten() {
            if quote(value) {
                found.push(Path::keys(path.iter().copied()).key(key));
            }
        }
    }
    for field in found {
        let place = Place::at(document, item, &field);
        printer.warn(format_args!(
            "{place}: {field} is not a string, and is taken for the text that kubeseal makes of it; put quotes around it"
        ));
    }
    object
}

fn at<'v>(object: &'v mut Value, path: &[&str]) -> Option<&'v mut Value> {
    path.iter().try_fold(object, |value, key| value.get_mut(*key))
}

/// Whether it had to be done.
fn quote(value: &mut Value) -> bool {
    match unquoted_text(value) {
        Some(text) => {
            *value = Value::String(text);
            true
        }
        None => false,
    }
}
