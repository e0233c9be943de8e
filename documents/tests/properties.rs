//! Random documents in random handwriting, and random edits of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod handwriting;

use handwriting::{Handwriting, write_document};
use proptest::prelude::*;
use serde_json::{Map, Value};
use waxseal_documents::{Edit, EditErrorKind, Editor, Path, Segment, parse, to_json, to_yaml};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z0-9+/]{1,40}={0,2}",
        2 => "[ -~]{0,20}",
        1 => any::<String>(),
        1 => "[a-z]{1,5}( [a-z]{1,12}){5,20}",
        1 => "([a-z #:]{0,8}\n){1,4}[a-z]{0,4}",
        1 => prop::sample::select(vec!["yes", "null", "0123", "1e3", "~", "<<", "=", "---", "...", "- a", "? b", "a: b", "2024-01-01", "", " ", "\n", "\t", "\r", "\u{85}", "\u{2028}", "\u{feff}", "\u{1f511}"]).prop_map(str::to_owned),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![6 => "[a-z][a-z0-9._/-]{0,12}", 1 => text()]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            2 => object(inner.clone()),
            1 => prop::collection::vec(inner, 0..4).prop_map(Value::from),
        ]
    })
}

fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::collection::vec((key(), inner), 0..6)
        .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>()))
}

fn root() -> impl Strategy<Value = Value> {
    prop::collection::vec((key(), value()), 1..6)
        .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>()))
}

fn handwriting() -> impl Strategy<Value = Handwriting> {
    prop::collection::vec(any::<u8>(), 1..60).prop_map(Handwriting::new)
}

/// Every path below the root, of nodes and of mappings.
fn paths(value: &Value, at: &Path, all: &mut Vec<Path>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let below = at.clone().key(key);
                all.push(below.clone());
                paths(value, &below, all);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let below = at.clone().index(index);
                all.push(below.clone());
                paths(value, &below, all);
            }
        }
        _ => {}
    }
}

fn at<'v>(root: &'v Value, path: &Path) -> &'v Value {
    path.segments().iter().fold(root, |value, segment| match segment {
        Segment::Key(key) => &value[key.as_str()],
        Segment::Index(index) => &value[*index],
    })
}

fn at_mut<'v>(root: &'v mut Value, path: &[Segment]) -> &'v mut Value {
    path.iter().fold(root, |value, segment| match segment {
        Segment::Key(key) => &mut value[key.as_str()],
        Segment::Index(index) => &mut value[*index],
    })
}

fn only_value(text: &str) -> Value {
    let documents = parse(text.as_bytes(), "-").unwrap_or_else(|error| panic!("{error} in\n{text}"));
    assert_eq!(documents.len(), 1, "{text}");
    documents[0].value().clone()
}

/// The comments of a text whose values have no `#`.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.find("# c").map(|at| line[at..].trim_end())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(value in value()) {
        if value.is_null() {
            return Ok(());
        }
        prop_assert_eq!(&only_value(&to_yaml(&value)), &value);
        // A manifest is an object; JSON of a bare text is read as YAML.
        let object = serde_json::json!({ "value": value });
        prop_assert_eq!(&only_value(&to_json(&object)), &object);
    }

    #[test]
    fn any_handwriting_is_read(value in root(), mut hand in handwriting()) {
        let text = write_document(&value, &mut hand);
        prop_assert_eq!(only_value(&text), value, "{}", text);
    }

    #[test]
    fn no_bytes_make_the_reader_or_the_editor_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes, "-");
        if let Ok(mut editor) = Editor::open(&bytes, "-") {
            let _ = editor.apply(0, &Edit::set(Path::from(["a"]), "b"));
        }
    }

    #[test]
    fn no_yaml_like_text_makes_the_editor_panic_or_fail_inside(text in "[ab \n:,{}\\[\\]\"'#|>&*?!-]{0,40}", document in 0usize..2) {
        if let Ok(mut editor) = Editor::open(text.as_bytes(), "-") {
            let _ = editor.apply(document, &Edit::set(Path::from(["a"]), "b"));
            let _ = editor.apply(document, &Edit::set(Path::from(["a", "b"]), "x\ny\n"));
            let _ = editor.apply(document, &Edit::remove(Path::from(["a"])));
        }
    }

    #[test]
    fn setting_a_node_changes_it_and_nothing_else(root in root(), mut hand in handwriting(), new in value(), pick in any::<prop::sample::Index>()) {
        let text = write_document(&root, &mut hand);
        let mut all = Vec::new();
        paths(&root, &Path::root(), &mut all);
        let path = pick.get(&all);
        let mut editor = Editor::open(text.as_bytes(), "-").unwrap();
        let result = editor.apply(0, &Edit::set(path.clone(), new.clone()));
        prop_assert!(result.is_ok(), "{:?} at {} in\n{}", result, path, text);
        let mut expected = root.clone();
        let has_hash = root.to_string().contains('#') || new.to_string().contains('#');
        let is_scalar = !at(&root, path).is_array() && !at(&root, path).is_object();
        *at_mut(&mut expected, path.segments()) = new;
        prop_assert_eq!(only_value(&editor.text()), expected, "{} in\n{}\nbecame\n{}", path, text, editor.text());
        if is_scalar && !has_hash {
            let edited = editor.text();
            prop_assert_eq!(comments(&text), comments(&edited), "{} in
{}
became
{}", path, text, edited);
        }
    }

    #[test]
    fn a_key_that_is_added_and_removed_leaves_no_trace(root in root(), mut hand in handwriting(), new in value(), pick in any::<prop::sample::Index>(), key in "[a-z]{1,3}-new") {
        let text = write_document(&root, &mut hand);
        let mut all = vec![Path::root()];
        paths(&root, &Path::root(), &mut all);
        all.retain(|path| at(&root, path).as_object().is_some_and(|fields| !fields.is_empty() && !fields.contains_key(&key)));
        let path = pick.get(&all).clone().key(&key);
        let mut editor = Editor::open(text.as_bytes(), "-").unwrap();
        let result = editor.apply(0, &Edit::set(path.clone(), new));
        prop_assert!(result.is_ok(), "{:?} at {} in\n{}", result, path, text);
        let with = editor.text();
        match editor.apply(0, &Edit::remove(path.clone())) {
            Ok(()) => prop_assert_eq!(editor.text(), text, "{} with\n{}", path, with),
            Err(error) => prop_assert_eq!(error.kind, EditErrorKind::CommentInFlow, "{} with\n{}", path, with),
        }
    }

    #[test]
    fn removing_a_key_removes_it_and_nothing_else(root in root(), mut hand in handwriting(), pick in any::<prop::sample::Index>()) {
        let text = write_document(&root, &mut hand);
        let mut all = Vec::new();
        paths(&root, &Path::root(), &mut all);
        all.retain(|path| matches!(path.segments().last(), Some(Segment::Key(_))));
        let path = pick.get(&all);
        let mut editor = Editor::open(text.as_bytes(), "-").unwrap();
        if let Err(error) = editor.apply(0, &Edit::remove(path.clone())) {
            prop_assert!(matches!(error.kind, EditErrorKind::CommentInFlow), "{:?} at {} in\n{}", error, path, text);
            return Ok(());
        }
        let mut expected = root.clone();
        let (Some(Segment::Key(key)), parent) = path.segments().split_last().map_or((None, &[][..]), |(l, p)| (Some(l), p)) else { return Ok(()) };
        at_mut(&mut expected, parent).as_object_mut().unwrap().shift_remove(key);
        prop_assert_eq!(only_value(&editor.text()), expected, "{} in\n{}\nbecame\n{}", path, text, editor.text());
    }

    #[test]
    fn reconciling_reaches_any_value(old in root(), new in root(), mut hand in handwriting()) {
        let text = write_document(&old, &mut hand);
        let mut editor = Editor::open(text.as_bytes(), "-").unwrap();
        match editor.reconcile(0, &Path::root(), &new) {
            Ok(()) => prop_assert_eq!(only_value(&editor.text()), new),
            Err(error) => prop_assert!(matches!(error.kind, EditErrorKind::CommentInFlow), "{:?} in\n{}", error, text),
        }
    }

    #[test]
    fn one_document_of_several_is_edited_alone(roots in prop::collection::vec(root(), 2..4), mut hand in handwriting(), pick in any::<prop::sample::Index>()) {
        let texts: Vec<_> = roots.iter().map(|root| write_document(root, &mut hand)).collect();
        // Each written on its own, so each must end its last line before the next begins.
        let parts: Vec<_> = texts.iter().map(|text| format!("---\n{}\n", text.trim_start_matches("---").trim_end_matches(['\n', '\r']))).collect();
        prop_assume!(parts.iter().zip(&roots).all(|(part, root)| parse(part.as_bytes(), "-").is_ok_and(|d| d.len() == 1 && d[0].value() == root)));
        let index = pick.index(parts.len());
        let mut editor = Editor::open(parts.concat().as_bytes(), "-").unwrap();
        // A comment before its `---` makes a document of its own.
        if editor.len() != parts.len() {
            return Ok(());
        }
        let key = roots[index].as_object().unwrap().keys().next().unwrap().clone();
        editor.apply(index, &Edit::set(Path::root().key(key), "new")).unwrap();
        let edited = editor.text();
        prop_assert!(edited.starts_with(&parts[..index].concat()));
        prop_assert!(edited.ends_with(&parts[index + 1..].concat()));
    }
}
