//! Any document, and any edit of it: the node that was meant is as it was asked to be, every other node is as it was,
//! and an edit that fails changes nothing.
//!
//! An input is a line with the edit, and the text: `spec/encryptedData/password=new value`, or without `=` to remove;
//! `#2/…` means the document with the number 2; a part that is a number means an item of a sequence.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use waxseal_documents::{Edit, EditErrorKind, Editor, MAX_INPUT_BYTES, Path, Segment, parse_each};

fuzz_target!(|input: &[u8]| {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let Some((script, text)) = input.split_once('\n') else { return };
    assert!(text.len() < MAX_INPUT_BYTES);
    let Ok(mut editor) = Editor::open(text.as_bytes(), "fuzz") else { return };
    assert!(editor.text() == text.trim_start_matches('\u{feff}') || editor.text() == text);
    let (number, path, new) = read(script);
    let before = values(&editor);
    let unedited = editor.text();
    let edit = match &new {
        Some(new) => Edit::set(path.clone(), new.as_str()),
        None => Edit::remove(path.clone()),
    };
    match editor.apply(number, &edit) {
        Err(error) => {
            assert!(error.kind != EditErrorKind::NotAsIntended, "{error}");
            assert!(editor.text() == unedited, "an edit that failed changed the text");
            assert!(values(&editor) == before, "an edit that failed changed a value");
        }
        Ok(()) => {
            let mut expected = before;
            let document = expected[number].as_mut().expect("what was edited can be read");
            match new {
                Some(new) => set(document, path.segments(), Value::from(new)),
                None => remove(document, path.segments()),
            }
            assert!(values(&editor) == expected, "the editor has other nodes than it should");
            let text = editor.text();
            let read = parse_each(text.as_bytes(), "fuzz").expect("an edited text can be read");
            let read =
                read.into_iter().map(|chunk| chunk.document.ok().flatten().map(|document| document.value().clone()));
            assert!(read.collect::<Vec<_>>() == expected, "the text has other nodes than it should");
        }
    }
});

fn read(script: &str) -> (usize, Path, Option<String>) {
    let (path, new) = match script.split_once('=') {
        Some((path, new)) => (path, Some(new.to_owned())),
        None => (script, None),
    };
    let (number, path) = match path.strip_prefix('#').and_then(|rest| rest.split_once('/')) {
        Some((number, path)) => (number.parse().unwrap_or(0), path),
        None => (0, path),
    };
    let step = |path: Path, part: &str| match part.parse() {
        Ok(index) => path.index(index),
        Err(_) => path.key(part),
    };
    (number, path.split('/').fold(Path::root(), step), new)
}

fn values(editor: &Editor) -> Vec<Option<Value>> {
    (0..editor.len()).map(|number| editor.value(number).cloned()).collect()
}

fn set(at: &mut Value, path: &[Segment], new: Value) {
    let Some((first, rest)) = path.split_first() else {
        *at = new;
        return;
    };
    match first {
        Segment::Index(index) => set(&mut at[*index], rest, new),
        Segment::Key(key) => {
            if at.is_null() {
                *at = Value::Object(serde_json::Map::new());
            }
            set(&mut at[key.as_str()], rest, new);
        }
    }
}

fn remove(at: &mut Value, path: &[Segment]) {
    match path {
        [] => {}
        [Segment::Key(key)] => {
            at.as_object_mut().and_then(|fields| fields.shift_remove(key));
        }
        [Segment::Key(key), rest @ ..] => remove(&mut at[key.as_str()], rest),
        [Segment::Index(index), rest @ ..] => remove(&mut at[*index], rest),
    }
}
