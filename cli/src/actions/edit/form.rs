//! The text that a person edits: values under `stringData`, and under `data` those that are no text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use waxseal_api::PlainSecret;
use waxseal_crypto::{Plaintext, base64};
use waxseal_documents::{Wiped, parse, to_yaml};
use zeroize::Zeroizing;

use super::Values;
use crate::failure::{Failure, Result};

/// What errors call it.
const NAME: &str = "the edited text";

/// More than comments and syntax need. A text that grows leaves pieces of itself behind.
const ROOM: usize = 4096;

/// The text to begin with.
pub(super) fn write(values: &Values, title: &str, file: &str) -> Zeroizing<Vec<u8>> {
    let mut texts = Wiped::new(Value::Object(Map::new()));
    let mut binaries = Wiped::new(Value::Object(Map::new()));
    for (key, value) in &values.open {
        match text_of(value) {
            Some(text) => texts[key] = Value::String(text.to_owned()),
            None => binaries[key] = Value::String(base64::encode(value.expose())),
        }
    }
    let size: usize = values.open.iter().map(|(key, value)| key.len() * 2 + value.len() * 4).sum();
    let mut form = Zeroizing::new(String::with_capacity(size + ROOM));
    // Writing to memory does not fail. Names come from a file, and must not end the comment.
    let _ = writeln!(form, "# {} in {}", title.escape_debug(), file.escape_debug());
    form.push_str(
        "# Save and leave: what you changed or added is sealed, what you removed is taken out, the rest stays as it is.\n\
         # Leave without a change, or with nothing but comments here, and the file is not touched.\n",
    );
    for key in &values.closed {
        let _ =
            writeln!(form, "# {}: does not open; it stays as it is unless you write a new value", key.escape_debug());
    }
    section(&mut form, "stringData", texts);
    if binaries.as_object().is_some_and(|binaries| !binaries.is_empty()) {
        form.push_str("# These are no text: base64 of their bytes.\n");
        section(&mut form, "data", binaries);
    }
    Zeroizing::new(std::mem::take(&mut *form).into_bytes())
}

/// The values of a text that somebody edited.
pub(super) fn read(text: &[u8]) -> Result<BTreeMap<String, Plaintext>> {
    let documents = parse(text, NAME).map_err(Failure::input)?;
    let document = match documents.as_slice() {
        [] => {
            return Err(Failure::input(format_args!("{NAME} is empty"))
                .remedy("an editor with a window of its own must wait: EDITOR=\"code --wait\""));
        }
        [one] => one,
        _ => return Err(Failure::input(format_args!("{NAME} holds several documents"))),
    };
    let shape = || {
        Failure::input(format_args!("{NAME} has another shape"))
            .remedy("keep the values as they are given: `key: value`, indented, under stringData or data")
    };
    let fields = document.value().as_object().ok_or_else(shape)?;
    if fields.is_empty() || fields.keys().any(|field| field != "stringData" && field != "data") {
        return Err(shape());
    }
    let mut manifest = Wiped::new(json!({ "apiVersion": "v1", "kind": "Secret" }));
    for (field, value) in fields {
        manifest[field] = value.clone();
    }
    let keys = |field: &str| fields.get(field).and_then(Value::as_object);
    if let (Some(texts), Some(binaries)) = (keys("stringData"), keys("data"))
        && let Some(twice) = texts.keys().find(|key| binaries.contains_key(*key))
    {
        return Err(Failure::input(format_args!("{NAME} has {twice:?} under stringData and under data")));
    }
    PlainSecret::from_manifest(&manifest).map(|secret| secret.data).map_err(|error| Failure::input(error).about(NAME))
}

fn section(form: &mut String, name: &str, values: Wiped) {
    let mut section = Wiped::new(Value::Object(Map::new()));
    section[name] = values.into_value();
    form.push_str(&Zeroizing::new(to_yaml(&section)));
}

/// The value as text that an editor shows as it is.
pub(crate) fn text_of(value: &Plaintext) -> Option<&str> {
    let text = std::str::from_utf8(value.expose()).ok()?;
    text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_as_the_same_bytes() {
        let bytes: [(&str, &[u8]); 9] = [
            ("plain", b"hunter2"),
            ("lines", b"one\n  two\n\nthree\n"),
            ("no-end", b"one\ntwo"),
            ("crlf", b"a\r\nb"),
            ("yes", b"yes"),
            ("empty", b""),
            ("blob", &[0, 159, 146, 150]),
            ("nul", b"a\0b"),
            ("colon", b" : # - \t'\"\xc3\xa9"),
        ];
        let open: BTreeMap<_, _> =
            bytes.iter().map(|(key, value)| ((*key).to_owned(), Plaintext::new(value.to_vec()))).collect();
        let text = write(&Values { open, closed: vec!["closed".into()] }, "Sealed\nSecret", "a.yaml");
        let read = read(&text).unwrap();
        assert_eq!(read.len(), bytes.len());
        for (key, value) in bytes {
            assert_eq!(read[key].expose(), value, "{key}");
        }
        let text = std::str::from_utf8(&text).unwrap();
        assert!(text.contains("\n# closed: does not open") && text.contains("\ndata:\n  blob: AJ+Slg==\n"));
    }

    #[test]
    fn what_is_not_in_shape_is_refused_without_being_shown() {
        for text in [
            "",
            "# only comments\n",
            "---\n",
            "CANARY",
            "[CANARY]",
            "{}",
            "password: CANARY",
            "stringData: CANARY",
            "stringData: {port: 4242}",
            "data: {blob: CANARY!}",
            "stringData: {a: CANARY}\ndata: {a: CANARY}",
            "stringData: {a: CANARY}\n---\nstringData: {}",
            "stringData: {a: 'CANARY",
        ] {
            let failure = read(text.as_bytes()).err().unwrap_or_else(|| panic!("{text}"));
            assert!(!failure.what().contains("CANARY") && !failure.what().contains("4242"), "{text}");
        }
    }
}
