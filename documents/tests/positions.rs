//! Where things stand, and what belongs to which document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use waxseal_documents::{Document, Format, Path, Position, parse, parse_each};

fn only(text: &str) -> Document {
    let mut documents = parse(text.as_bytes(), "x.yaml").unwrap();
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

const fn at(line: usize, column: usize) -> Position {
    Position { line, column }
}

#[test]
fn keys_and_values_are_found_by_path() {
    let document =
        only("# c\nspec:\n  encryptedData:\n    a: x\n    password: &p !!str\n      long\n  list: [1, {b: 2}]\n");
    let password = Path::from(["spec", "encryptedData", "password"]);
    assert_eq!(document.key_position(&password), Some(at(5, 5)));
    assert_eq!(document.position(&password), Some(at(6, 7)));
    assert_eq!(document.position(&Path::from(["spec", "list"]).index(1).key("b")), Some(at(7, 17)));
    assert_eq!(document.position(&Path::from(["spec", "nothing"])), None);
    assert_eq!(document.nearest_position(&Path::from(["spec", "nothing", "at", "all"])), at(2, 1));
    assert_eq!(document.line(), 2);
}

#[test]
fn json_has_places_too() {
    let document = only("\u{feff}{\n  \"a\": {\"ü\": [true, \"x\"]}\n}\n");
    assert_eq!(document.format(), Format::Json);
    assert_eq!(document.position(&Path::from(["a", "ü"]).index(1)), Some(at(2, 21)));
    assert_eq!(document.key_position(&Path::from(["a", "ü"])), Some(at(2, 9)));
}

#[test]
fn an_alias_stands_where_it_is_written_and_a_merged_key_where_it_comes_from() {
    let document = only("base: &b\n  x: 1\nuse:\n  <<: *b\n  z: 2\nalso: *b\n");
    assert_eq!(document.position(&Path::from(["also"])), Some(at(6, 7)));
    assert_eq!(document.position(&Path::from(["use", "x"])), Some(at(2, 6)));
    assert_eq!(document.value()["use"], serde_json::json!({"x": 1, "z": 2}));
}

#[test]
fn the_text_of_a_scalar_is_there_before_its_type_is_resolved() {
    let document = only("a: 0123\nb: yes\nc: 1.10\nd: \"x\"\n");
    let texts: Vec<_> =
        ["a", "b", "c", "d"].iter().map(|key| document.scalar_text(&Path::from([*key])).unwrap()).collect();
    assert_eq!(texts, ["0123", "yes", "1.10", "x"]);
    assert_eq!(document.scalar_text(&Path::root()), None);
}

#[test]
fn a_value_of_several_lines_knows_its_last() {
    let text = "a: >-\n  x\n  y\n\nb: 'x\n  y'\nc: z\n";
    let document = only(text);
    assert_eq!(document.lines_of(&Path::from(["a"]), text), Some((1, 3)));
    assert_eq!(document.lines_of(&Path::from(["b"]), text), Some((5, 6)));
    assert_eq!(document.lines_of(&Path::from(["c"]), text), Some((7, 7)));
}

#[test]
fn items_of_lists_come_with_their_paths() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- kind: Secret\n- kind: SecretList\n  items:\n  - kind: Secret\n    n: 2\n";
    let document = only(text);
    let items: Vec<_> =
        document.items().iter().map(|item| (item.path.to_string(), item.value["kind"].clone())).collect();
    assert_eq!(items, [("items[0]".to_owned(), "Secret".into()), ("items[1].items[0]".to_owned(), "Secret".into())]);
    assert_eq!(only("kind: Secret\n").items()[0].path, Path::root());
    assert!(only("kind: List\nitems: []\n").items().is_empty());
}

#[test]
fn chunks_cover_the_input_and_a_broken_one_leaves_the_others() {
    let text = "# Source: a.yaml\n---\nkind: A\n---\n{{ if .x }}\nkind: {{ .kind }}\n---\n# nothing\n---\nkind: B\n";
    let chunks = parse_each(text.as_bytes(), "x.yaml").unwrap();
    assert_eq!(chunks.iter().map(|chunk| &text[chunk.span.clone()]).collect::<String>(), text);
    let kinds: Vec<_> = chunks
        .iter()
        .map(|chunk| match &chunk.document {
            Ok(Some(document)) => document.value()["kind"].as_str().unwrap(),
            Ok(None) => "empty",
            Err(_) => "broken",
        })
        .collect();
    assert_eq!(kinds, ["A", "broken", "empty", "B"]);
    assert!(parse(text.as_bytes(), "x.yaml").is_err());
}

#[test]
fn json_values_may_follow_each_other() {
    let text = "{\"a\": 1}\n{\"a\": 2} {\"a\": 3}\n";
    let chunks = parse_each(text.as_bytes(), "-").unwrap();
    assert_eq!(chunks.iter().map(|chunk| &text[chunk.span.clone()]).collect::<String>(), text);
    let documents = parse(text.as_bytes(), "-").unwrap();
    assert_eq!(documents.iter().map(|document| document.value()["a"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(documents[2].position(&Path::from(["a"])), Some(at(2, 16)));
}

#[test]
fn json_documents_may_be_parted_by_dashes_and_flow_yaml_may_look_like_json() {
    let documents = parse(b"{\"a\": 1}\n---\n{\"a\": 2}\n", "-").unwrap();
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0].format(), Format::Yaml);
    assert_eq!(only("{a: b, c: [d]}\n").value()["c"][0], "d");
}

#[test]
fn broken_json_is_told_as_json() {
    let error = parse(b"{\"a\": 1,\n \"b\" 2}", "x.json").err().unwrap();
    assert_eq!(error.to_string(), "x.json:2:6: expected `:` after a key");
}
