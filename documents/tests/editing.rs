//! Edits of ugly files: each says what must come of it, byte for byte.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use waxseal_documents::{Edit, EditErrorKind, Editor, MAX_DEPTH, Path};

/// `spec.encryptedData.a`, `items[0].spec`
fn path(text: &str) -> Path {
    let mut path = Path::root();
    for part in text.split('.').filter(|part| !part.is_empty()) {
        let (key, index) = part.split_once('[').map_or((part, None), |(key, index)| (key, index.strip_suffix(']')));
        if !key.is_empty() {
            path = path.key(key);
        }
        if let Some(index) = index {
            path = path.index(index.parse().unwrap());
        }
    }
    path
}

fn edited_at(document: usize, text: &str, edit: &Edit) -> Result<String, EditErrorKind> {
    let mut editor = Editor::open(text.as_bytes(), "x.yaml").unwrap();
    let result = editor.apply(document, edit).map_err(|error| error.kind);
    if result.is_err() {
        assert_eq!(editor.text(), text, "a failed edit changes nothing");
    }
    result.map(|()| editor.text())
}

fn set(text: &str, at: &str, value: impl Into<Value>) -> String {
    edited_at(0, text, &Edit::set(path(at), value)).unwrap()
}

fn remove(text: &str, at: &str) -> String {
    edited_at(0, text, &Edit::remove(path(at))).unwrap()
}

fn refusal(text: &str, edit: &Edit) -> EditErrorKind {
    edited_at(0, text, edit).unwrap_err()
}

#[test]
fn a_plain_value_stays_plain_and_its_comment_stays() {
    assert_eq!(set("a: Old # why\nb: x\n", "a", "New"), "a: New # why\nb: x\n");
    assert_eq!(set("a:    Old\t# tab\t\n", "a", "New"), "a:    New\t# tab\t\n");
}

#[test]
fn a_plain_value_is_quoted_where_plain_would_read_otherwise() {
    for text in [
        "yes",
        "y",
        "012",
        "0o17",
        "1_000",
        "1:20",
        "=",
        "<<",
        "~",
        "null",
        "1e3",
        "2024-01-01",
        "2001-12-14T21:59:43-05",
        "a: b",
        "a #b",
        " a",
        "-",
        "? a",
        "",
        "tr\u{2028}x",
        "\u{1f511}",
    ] {
        let edited = set("a: x\n", "a", text);
        assert!(edited.starts_with("a: \""), "{edited}");
    }
    assert_eq!(set("a: x\n", "a", "AgB+/=="), "a: AgB+/==\n");
}

#[test]
fn quotes_are_kept() {
    assert_eq!(set("a: 'x' # c\n", "a", "it's"), "a: 'it''s' # c\n");
    assert_eq!(set("a: \"x\" # c\n", "a", "say \"w2\""), "a: \"say \\\"w2\\\"\" # c\n");
    assert_eq!(set("a: 'x'\n", "a", "two\nlines"), "a: \"two\\nlines\"\n");
    assert_eq!(set("a: \"long\n  folded\" # c\nb: 1\n", "a", "w2"), "a: \"w2\" # c\nb: 1\n");
    assert_eq!(set("a: long\n  folded # c\nb: 1\n", "a", "w2"), "a: w2 # c\nb: 1\n");
}

#[test]
fn block_scalars_stay_block_scalars() {
    assert_eq!(
        set("a: >-\n    AgOld\n    more\n\n# about b\nb: x\n", "a", "AgNew"),
        "a: >-\n    AgNew\n\n# about b\nb: x\n"
    );
    assert_eq!(set("a: |- # c\n  x\n  w2\nb: x\n", "a", "p\nq\n\nr"), "a: |- # c\n  p\n  q\n\n  r\nb: x\n");
    assert_eq!(set("a: |\n  x\nb: x\n", "a", "AgNew"), "a: |-\n  AgNew\nb: x\n");
    assert_eq!(set("a: >-\n  x\nb: x\n", "a", "p\nq\n"), "a: |\n  p\n  q\nb: x\n");
    assert_eq!(set("a: |2-\n   x\nb: x\n", "a", "  p\nq"), "a: |2-\n    p\n  q\nb: x\n");
    assert_eq!(set("a: |\n  x\nb: x\n", "a", " p\nq"), "a: \" p\\nq\"\nb: x\n");
    assert_eq!(set("a: |+\n  x\n\n\nb: x\n", "a", "p\n"), "a: |\n  p\nb: x\n");
    assert_eq!(set("a: |\r\n  x\r\n  w2\r\nb: x\r\n", "a", "p\nq\n"), "a: |\r\n  p\r\n  q\r\nb: x\r\n");
    assert_eq!(set("a: |-\n  x", "a", "w2"), "a: |-\n  w2");
    assert_eq!(set("l:\n- >-\n  x\n- w2\n", "l[0]", "AgNew"), "l:\n- >-\n  AgNew\n- w2\n");
    assert_eq!(set("a: |\nb: x\n", "a", "w2"), "a: w2\nb: x\n");
}

#[test]
fn an_absent_value_is_written_behind_the_colon() {
    assert_eq!(set("a:\nb: x\n", "a", "w2"), "a: w2\nb: x\n");
    assert_eq!(set("a:\n- # c\n- x\n", "a[0]", "w"), "a:\n- w # c\n- x\n");
    assert_eq!(set("a:\n  -\n  - x\n", "a[0]", json!({"k": "v", "l": "w"})), "a:\n  - k: v\n    l: w\n  - x\n");
    assert_eq!(set("a: # none yet\nb: x\n", "a", "w2"), "a: w2 # none yet\nb: x\n");
    assert_eq!(set("m: {a: , b: x}\n", "m.a", "w2"), "m: {a: w2 , b: x}\n");
}

#[test]
fn a_missing_key_goes_to_its_place_among_sorted_keys_and_else_to_the_end() {
    let sorted = "d:\n  a: 1 # one\n  # about c\n  c: 3\ne: 1\n";
    assert_eq!(set(sorted, "d.b", "2x"), "d:\n  a: 1 # one\n  b: 2x\n  # about c\n  c: 3\ne: 1\n");
    assert_eq!(set(sorted, "d.d", "4x"), "d:\n  a: 1 # one\n  # about c\n  c: 3\n  d: 4x\ne: 1\n");
    assert_eq!(set(sorted, "d.A", "0x_"), "d:\n  A: 0x_\n  a: 1 # one\n  # about c\n  c: 3\ne: 1\n");
    let unsorted = "d:\n  c: 3\n  a: 1\n\n# end\n";
    assert_eq!(set(unsorted, "d.b", "x"), "d:\n  c: 3\n  a: 1\n  b: x\n\n# end\n");
}

#[test]
fn a_comment_above_the_first_key_stays_with_it() {
    assert_eq!(set("d:\n  # about b\n  b: 1\n", "d.a", "x"), "d:\n  a: x\n  # about b\n  b: 1\n");
    assert_eq!(
        set("d:\n  # head\n\n  # about b\n  b: 1\n", "d.a", "x"),
        "d:\n  # head\n\n  a: x\n  # about b\n  b: 1\n"
    );
    assert_eq!(set("# License\nb: 1\n", "a", "x"), "# License\na: x\nb: 1\n");
}

#[test]
fn new_lines_look_like_those_around_them() {
    assert_eq!(
        set("s:\r\n    d:\r\n        a: x\r\n", "s.d.b", "w2"),
        "s:\r\n    d:\r\n        a: x\r\n        b: w2\r\n"
    );
    assert_eq!(
        set("s:\n    d:\n        a: x\n", "s.t.m.p", "w2"),
        "s:\n    d:\n        a: x\n    t:\n        m:\n            p: w2\n"
    );
    assert_eq!(set("d:\n  a: x", "d.b", "w2"), "d:\n  a: x\n  b: w2");
    assert_eq!(set("\"d\":\n  \"a\": \"x\"\n", "d.b", "w2"), "\"d\":\n  \"a\": \"x\"\n  \"b\": \"w2\"\n");
    assert_eq!(set("d:\n  a: 'x'\n", "d.b", "w2"), "d:\n  a: 'x'\n  b: 'w2'\n");
    assert_eq!(set("d:\n  a: |\n    x\n\n  # c\ne: 1\n", "d.b", "w2"), "d:\n  a: |\n    x\n  b: w2\n\n  # c\ne: 1\n");
    assert_eq!(set("d:\n  a: >+\n    x\n\ne: 1\n", "d.b", "w2"), "d:\n  a: >+\n    x\n\n  b: w2\ne: 1\n");
}

#[test]
fn parents_that_are_missing_null_or_empty_are_made() {
    assert_eq!(set("a: 1\n", "b.c", "x"), "a: 1\nb:\n  c: x\n");
    assert_eq!(set("a:\nb: 1\n", "a.c", "x"), "a:\n  c: x\nb: 1\n");
    assert_eq!(set("a: # c\nb: 1\n", "a.c", "x"), "a: # c\n  c: x\nb: 1\n");
    assert_eq!(set("a: null # c\nb: 1\n", "a.c.d", "x"), "a: # c\n  c:\n    d: x\nb: 1\n");
    assert_eq!(set("a: {}\nb: 1\n", "a.c", "x"), "a:\n  c: x\nb: 1\n");
    assert_eq!(set("a: {} # c\n", "a.c", "x"), "a: # c\n  c: x\n");
    assert_eq!(set("{}\n", "a.c", "x"), "{\"a\": {\"c\": \"x\"}}\n");
}

#[test]
fn any_key_can_be_set_annotations_too() {
    let key = "sealedsecrets.bitnami.com/cluster-wide";
    let at = Path::from(["metadata", "annotations"]).key(key);
    let text = "metadata:\n  annotations:\n    waxseal.dev/x: y\n  name: n\n";
    let with = edited_at(0, text, &Edit::set(at.clone(), "true")).unwrap();
    assert_eq!(
        with,
        "metadata:\n  annotations:\n    sealedsecrets.bitnami.com/cluster-wide: \"true\"\n    waxseal.dev/x: y\n  name: n\n"
    );
    assert_eq!(edited_at(0, &with, &Edit::remove(at)).unwrap(), text);
    assert_eq!(set("d:\n  a: x\n", "d.yes", "z"), "d:\n  a: x\n  \"yes\": z\n");
}

#[test]
fn removing_a_key_takes_its_lines_and_leaves_comments() {
    assert_eq!(remove("a: 1\n# about b\nb: 2 # two\n\nc: 3\n", "b"), "a: 1\n# about b\n\nc: 3\n");
    assert_eq!(remove("d:\n  a: >-\n    x\n    y\n\n  b: 2\n", "d.a"), "d:\n\n  b: 2\n");
    assert_eq!(remove("a: 1\r\nb:\r\n  c: 2\r\nd: 3\r\n", "b"), "a: 1\r\nd: 3\r\n");
    assert_eq!(remove("a: 1\nb: 2", "b"), "a: 1");
    assert_eq!(remove("l:\n- a: 1\n  b: 2\n- c\n", "l[0].a"), "l:\n- b: 2\n- c\n");
    assert_eq!(remove("a: 1\nb:\n- 1\n- 2\nc: 3\n", "b"), "a: 1\nc: 3\n");
}

#[test]
fn a_mapping_that_loses_its_last_key_becomes_empty() {
    assert_eq!(remove("a: # c\n  # only\n  x: 1\nb: 2\n", "a.x"), "a: {} # c\n  # only\nb: 2\n");
    assert_eq!(remove("a: &m\n  x: 1\nb: 2\n", "a.x"), "a: &m {}\nb: 2\n");
    assert_eq!(remove("- x: 1 # c\n- y\n", "[0].x"), "- {} # c\n- y\n");
    assert_eq!(remove("x: 1\n", "x"), "{}\n");
}

#[test]
fn braces_are_edited_on_their_line() {
    assert_eq!(set("m: {a: x, b: w2}\n", "m.a", "z"), "m: {a: z, b: w2}\n");
    assert_eq!(set("m: {a: x, b: w2}\n", "m.a", "p,q"), "m: {a: \"p,q\", b: w2}\n");
    assert_eq!(set("m: {a: x, c: w2}\n", "m.b", "z"), "m: {a: x, b: z, c: w2}\n");
    assert_eq!(set("m: { a: x }\n", "m.b", "z"), "m: { a: x, b: z }\n");
    assert_eq!(set("m: [{a: {}}]\n", "m[0].a.b", "z"), "m: [{a: {\"b\": \"z\"}}]\n");
    assert_eq!(
        set("m: {\n  a: x, # c\n  b: w2, # d\n}\n", "m.c", "z"),
        "m: {\n  a: x, # c\n  b: w2, # d\n  c: z,\n}\n"
    );
    assert_eq!(remove("m: {a: x, b: w2}\n", "m.a"), "m: {b: w2}\n");
    assert_eq!(remove("m: {a: x, b: w2}\n", "m.b"), "m: {a: x}\n");
    assert_eq!(remove("m: { a: x, }\n", "m.a"), "m: {}\n");
    assert_eq!(remove("m: {a: x , b: w2,}\n", "m.b"), "m: {a: x ,}\n");
    assert_eq!(remove("m: {\n  a: x ,\n  b: w2 ,\n}\n", "m.b"), "m: {\n  a: x ,\n}\n");
}

#[test]
fn json_keeps_its_odd_spacing() {
    let text = "{\n\t\"a\" : \"x\",\n\t\"b\":{\"c\" :\"w2\"}\n}";
    assert_eq!(set(text, "b.c", "z"), "{\n\t\"a\" : \"x\",\n\t\"b\":{\"c\" :\"z\"}\n}");
    assert_eq!(set(text, "b.d", "z"), "{\n\t\"a\" : \"x\",\n\t\"b\":{\"c\" :\"w2\", \"d\" :\"z\"}\n}");
    assert_eq!(set(text, "c", "z"), "{\n\t\"a\" : \"x\",\n\t\"b\":{\"c\" :\"w2\"},\n\t\"c\" : \"z\"\n}");
    assert_eq!(set(text, "aa", "z"), "{\n\t\"a\" : \"x\",\n\t\"aa\" : \"z\",\n\t\"b\":{\"c\" :\"w2\"}\n}");
    assert_eq!(remove(text, "a"), "{\n\t\"b\":{\"c\" :\"w2\"}\n}");
    assert_eq!(remove(text, "b"), "{\n\t\"a\" : \"x\"\n}");
    assert_eq!(set("{\"a\":{},\"b\":1}\n", "a.x", "é<\n"), "{\"a\":{\"x\": \"é\\u003c\\n\"},\"b\":1}\n");
    assert_eq!(set("{\"a\":1,\"b\":1}\n", "c", "z"), "{\"a\":1,\"b\":1,\"c\":\"z\"}\n");
}

#[test]
fn what_is_missing_in_indented_json_is_indented_too() {
    let text = "{\n    \"metadata\": {\n        \"name\": \"n\"\n    },\n    \"spec\": {}\n}\n";
    assert_eq!(
        set(text, "metadata.annotations.x", "w2"),
        "{\n    \"metadata\": {\n        \"annotations\": {\n            \"x\": \"w2\"\n        },\n        \"name\": \"n\"\n    },\n    \"spec\": {}\n}\n"
    );
    assert_eq!(
        set(text, "spec.encryptedData.x", "w2"),
        "{\n    \"metadata\": {\n        \"name\": \"n\"\n    },\n    \"spec\": {\n        \"encryptedData\": {\n            \"x\": \"w2\"\n        }\n    }\n}\n"
    );
}

#[test]
fn one_document_of_many_is_edited_and_a_template_beside_it_stays() {
    let text = "# top\n---\n{{- if .x }}\na: {{ .b }}\n{{- end }}\n---\n# Source: b.yaml\nb: 2\n...\n---\nc: 3\n";
    let edited = edited_at(1, text, &Edit::set(path("b"), "x")).unwrap();
    assert_eq!(edited, text.replace("b: 2", "b: x"));
    assert!(matches!(edited_at(0, text, &Edit::set(path("a"), "x")), Err(EditErrorKind::Unreadable(_))));
    assert_eq!(edited_at(9, text, &Edit::set(path("a"), "x")), Err(EditErrorKind::NoDocument));
    assert_eq!(edited_at(0, "# nothing\n", &Edit::set(path("a"), "x")), Err(EditErrorKind::NoDocument));
}

#[test]
fn items_of_a_list_are_edited_where_they_stand() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- kind: SealedSecret\n  spec:\n    encryptedData:\n      a: Old\n- kind: Other\n";
    let mut editor = Editor::open(text.as_bytes(), "x.yaml").unwrap();
    let at = editor.items(0)[0].path.clone().join(&path("spec.encryptedData.a"));
    editor.apply(0, &Edit::set(at, "New")).unwrap();
    assert_eq!(editor.text(), text.replace("Old", "New"));
    assert_eq!(set(text, "items[1].spec.x", "w2"), format!("{text}  spec:\n    x: w2\n"));
}

#[test]
fn wide_characters_and_a_byte_order_mark_before_the_value_do_not_move_the_edit() {
    assert_eq!(set("\u{feff}ä🔑: {日本: x, b: w2} # 🔑\n", "ä🔑.b", "z"), "\u{feff}ä🔑: {日本: x, b: z} # 🔑\n");
    assert_eq!(set("\u{feff}b: x\n", "a", "z"), "\u{feff}a: z\nb: x\n");
}

#[test]
fn an_anchor_that_nobody_uses_is_kept() {
    assert_eq!(set("a: &x v # c\nb: w\n", "a", "z"), "a: &x z # c\nb: w\n");
    assert_eq!(set("a: &x |-\n  v\nb: w\n", "a", "z"), "a: &x |-\n  z\nb: w\n");
    assert_eq!(
        set("base: &b\n  k: v\nuse:\n  <<: *b\n  j: w\n", "use.j", "z"),
        "base: &b\n  k: v\nuse:\n  <<: *b\n  j: z\n"
    );
}

#[test]
fn aliases_anchors_in_use_and_merged_values_are_left_to_people() {
    assert!(
        matches!(refusal("a: &x v\nb: *x\n", &Edit::set(path("b"), "z")), EditErrorKind::Alias { anchor } if anchor.line == 1)
    );
    assert!(matches!(refusal("a: &x {k: v}\nb: *x\n", &Edit::set(path("b.k"), "z")), EditErrorKind::Alias { .. }));
    assert!(
        matches!(refusal("a: &x v\nb: *x\n", &Edit::set(path("a"), "z")), EditErrorKind::AnchorInUse { alias } if alias.line == 2)
    );
    assert!(matches!(refusal("a: &x v\nb: *x\n", &Edit::remove(path("a"))), EditErrorKind::AnchorInUse { .. }));
    assert!(matches!(refusal("a:\n  k: &x v\nb: *x\n", &Edit::set(path("a"), "z")), EditErrorKind::AnchorInUse { .. }));
    for text in ["a: &x {k: v}\nb: *x\n", "a: &x\n  k: v\nb: *x\n", "a: &x\n  k: v\nb:\n  <<: *x\n"] {
        for edit in [Edit::set(path("a.k"), "z"), Edit::set(path("a.new"), "z"), Edit::remove(path("a.k"))] {
            assert!(matches!(refusal(text, &edit), EditErrorKind::AnchorInUse { .. }), "{text}");
        }
    }
    let merge = "base: &b\n  k: v\nuse:\n  <<: *b\n  j: w\n";
    assert!(
        matches!(refusal(merge, &Edit::set(path("use.k"), "z")), EditErrorKind::Merged { origin } if origin.line == 2)
    );
    assert_eq!(set(merge, "use.p", "z"), format!("{merge}  p: z\n"));
    assert_eq!(refusal("a: !!binary aGk=\n", &Edit::set(path("a"), "z")), EditErrorKind::Tagged);
    assert_eq!(set("a: !!str 12\n", "a", "13"), "a: !!str \"13\"\n");
}

#[test]
fn a_key_goes_where_its_mapping_begins() {
    assert_eq!(set("? y\n? e\n", "a.b", "v"), "? y\n? e\na:\n  b: v\n");
    assert_eq!(set("  ? y\n  : 1\n  ? e # c\n", "a", "v"), "  ? y\n  : 1\n  ? e # c\n  a: v\n");
    assert_eq!(set("y: 1\n? e\n# d\n:\n", "z", "v"), "y: 1\n? e\n# d\n:\nz: v\n");
    assert_eq!(set("m:\n  ? e\n\n# c\nz: 1\n", "m.f", "v"), "m:\n  ? e\n  f: v\n\n# c\nz: 1\n");
    assert_eq!(set("? y\r\n? e", "a", "v"), "? y\r\n? e\r\na: v");
    assert_eq!(set("\n\u{feff}b:\n", "a", "v"), "\n\u{feff}a: v\nb:\n");
    assert_eq!(set("?\n y\n", "z", "v"), "?\n y\nz: v\n");
    assert_eq!(set("m:\n- ?\n    y\n  : 1\n", "m[0].z", "v"), "m:\n- ?\n    y\n  : 1\n  z: v\n");
}

#[test]
fn a_collection_goes_below_the_marker_that_its_document_starts_with() {
    assert_eq!(set("--- {}\n", "m.n", "v"), "---\nm:\n  \"n\": v\n");
    assert_eq!(set("---   {} # c\n# d\n", "m", "v"), "--- # c\nm: v\n# d\n");
    assert_eq!(set("%YAML 1.2\r\n--- {}\r\n...\r\n", "m", "v"), "%YAML 1.2\r\n---\r\nm: v\r\n...\r\n");
    assert_eq!(set("---\n{}\n", "m", "v"), "---\nm: v\n");
    let mut editor = Editor::open(b"--- |\n  x\n", "x.yaml").unwrap();
    editor.apply(0, &Edit::set(Path::root(), json!(["v"]))).unwrap();
    assert_eq!(editor.text(), "---\n- v\n");
}

#[test]
fn a_key_without_quotes_gets_a_blank_behind_its_colon() {
    assert_eq!(set("{\"\":$,x}\n", "spec.k", "v"), "{\"\":$,spec: {k: v},x}\n");
    assert_eq!(set("{\"b\":\"c\"}\n", "d", "v"), "{\"b\":\"c\",\"d\":\"v\"}\n");
}

#[test]
fn a_key_that_yaml_would_not_take_for_one_is_refused() {
    // With quotes and escapes, this and no more may a key have.
    for (character, most) in [("a", 1022), ("\u{1e}", 255), ("😀", 102)] {
        for text in ["a:\n", "{a: 1}\n", "b:\n  c: 1\n"] {
            let edit = |length: usize| Edit::set(Path::root().key(character.repeat(length)), "v");
            let mut editor = Editor::open(text.as_bytes(), "x.yaml").unwrap();
            editor.apply(0, &edit(most)).unwrap();
            assert_eq!(refusal(text, &edit(most + 1)), EditErrorKind::LongKey);
        }
    }
    let long = "x".repeat(2000);
    assert_eq!(refusal("a: 1\n", &Edit::set(path("a"), json!([{ &long: 1 }]))), EditErrorKind::LongKey);
    let mut editor = Editor::open(b"{\"a\": 1}\n", "x.json").unwrap();
    editor.apply(0, &Edit::set(Path::root().key(&long), "v")).unwrap();
}

#[test]
fn a_value_takes_the_place_of_an_anchor_or_a_tag_without_one() {
    assert_eq!(set("a: &n\n", "a", "v"), "a: v\n");
    assert_eq!(set("a: !!str # c\nb: 1\n", "a", "12"), "a: \"12\" # c\nb: 1\n");
    assert_eq!(set("a: &n !!str\n", "a", ""), "a: \"\"\n");
    assert_eq!(set("a: &n # c\n", "a.b", "v"), "a: # c\n  b: v\n");
    assert_eq!(set("- &n\n- 1\n", "[0]", "v"), "- v\n- 1\n");
    assert_eq!(set("{a: &n, b: 1}\n", "a", "v"), "{a: v, b: 1}\n");
    assert_eq!(refusal("a:\n  # c\n  &n\n", &Edit::set(path("a"), "v")), EditErrorKind::Notation);
    let used = refusal("a: &n\nb: *n\n", &Edit::set(path("a"), "v"));
    assert!(matches!(used, EditErrorKind::AnchorInUse { alias } if alias.line == 2));
}

#[test]
fn nothing_is_nested_deeper_than_can_be_read() {
    let nested = |levels: usize| Edit::set((0..levels).fold(Path::root(), |path, _| path.key("k")), json!({}));
    for text in ["a: 1\n", "{a: 1}\n", "{\"a\": 1}\n"] {
        let mut editor = Editor::open(text.as_bytes(), "x").unwrap();
        editor.apply(0, &nested(MAX_DEPTH - 1)).unwrap();
        assert_eq!(refusal(text, &nested(MAX_DEPTH)), EditErrorKind::TooDeep);
    }
}

#[test]
fn what_cannot_be_edited_says_so() {
    assert_eq!(refusal("a: 1\n", &Edit::set(path("a.b"), "z")), EditErrorKind::NotAMapping);
    assert_eq!(refusal("a: [1]\n", &Edit::set(path("a[1]"), "z")), EditErrorKind::NoSuchItem);
    assert_eq!(refusal("a: 1\n", &Edit::remove(path("b"))), EditErrorKind::NotFound);
    assert_eq!(refusal("? a\n: 1\n", &Edit::remove(path("a"))), EditErrorKind::Notation);
    assert_eq!(refusal("m: {a, b: 1}\n", &Edit::set(path("m.a"), json!({"x": 1}))), EditErrorKind::Notation);
    assert_eq!(refusal("m: {a: 1, # c\n  b: 2}\n", &Edit::remove(path("m.a"))), EditErrorKind::CommentInFlow);
    let mut editor = Editor::open(b"a:\n  b: 1\n", "x.yaml").unwrap();
    let error = editor.apply(0, &Edit::set(path("a.b.c"), "CANARY")).unwrap_err();
    assert_eq!(error.to_string(), "x.yaml:2:6: a.b.c: the value here is not a mapping, so it cannot have this key");
}

#[test]
fn collections_replace_and_are_replaced() {
    assert_eq!(
        set("a: x # c\nb: 1\n", "a", json!({"k": "v", "l": ["p", {"q": "r", "s": []}]})),
        "a: # c\n  k: v\n  l:\n  - p\n  - q: r\n    s: []\nb: 1\n"
    );
    assert_eq!(set("a: # c\n  k: v\n  # d\n  l: w\nb: 1\n", "a", "x"), "a: x # c\nb: 1\n");
    assert_eq!(set("a:\n- 1\n- 2\nb: 1\n", "a", json!(["x"])), "a:\n- x\nb: 1\n");
    assert_eq!(set("a: {k: v}\nb: 1\n", "a", json!(["x"])), "a:\n- x\nb: 1\n");
    assert_eq!(
        set("l:\n  - x\n  - w2\n", "l[1]", json!({"k": "v", "m": {"p": "o"}})),
        "l:\n  - x\n  - k: v\n    m:\n      p: o\n"
    );
    assert_eq!(
        set("a: 1\n", "b", json!({"t": "x\nw2\n", "u": true, "p": null, "f": 1.5})),
        "a: 1\nb:\n  t: |\n    x\n    w2\n  u: true\n  p: null\n  f: 1.5\n"
    );
    assert_eq!(set("a: {k: [1, 2]}\n", "a.k", json!({"x": "w2"})), "a: {k: {\"x\": \"w2\"}}\n");
    assert_eq!(set("a: yes\n", "a", false), "a: false\n");
}

#[test]
fn reconciling_touches_only_what_differs() {
    let text = "apiVersion: bitnami.com/v1alpha1 # api\nkind: SealedSecret\nmetadata:\n    name: \"n\"\n    # scope\n    annotations: {sealedsecrets.bitnami.com/cluster-wide: 'true'}\nspec:\n    encryptedData:\n        keep: AgKeep # stays\n        change: >-\n            AgOld\n        go: AgGone\n";
    let mut editor = Editor::open(text.as_bytes(), "x.yaml").unwrap();
    let mut value = editor.value(0).unwrap().clone();
    value["spec"]["encryptedData"] = json!({"keep": "AgKeep", "change": "AgNew", "new": "AgAdded"});
    value["metadata"]["annotations"] = json!({});
    value["spec"]["template"] = json!({"type": "Opaque"});
    editor.reconcile(0, &Path::root(), &value).unwrap();
    let expected = text
        .replace("AgOld", "AgNew")
        .replace("        go: AgGone\n", "        new: AgAdded\n    template:\n        type: Opaque\n")
        .replace("{sealedsecrets.bitnami.com/cluster-wide: 'true'}", "{}");
    assert_eq!(editor.text(), expected);
    let before = editor.text();
    editor.reconcile(0, &Path::root(), &value).unwrap();
    assert_eq!(editor.text(), before);
}

#[test]
fn changes_of_one_document_are_all_made_or_none() {
    let text = "a: 1\nb: 2\n---\nc: 3\n";
    let mut editor = Editor::open(text.as_bytes(), "x.yaml").unwrap();
    let edits = [Edit::set(path("a"), "x"), Edit::remove(path("nothing"))];
    assert_eq!(editor.apply_all(0, &edits).unwrap_err().path, path("nothing"));
    assert_eq!(editor.text(), text);
    editor.apply_all(0, &edits[..1]).unwrap();
    assert_eq!(editor.text(), text.replace("a: 1", "a: x"));
}

#[test]
fn many_new_keys_each_go_to_their_own_place() {
    let mut editor = Editor::open(b"d:\n  b: 1\n  e: 2\n", "x.yaml").unwrap();
    let edits: Vec<_> = ["z", "c", "a", "d"].iter().map(|key| Edit::set(Path::from(["d", *key]), "v")).collect();
    editor.apply_all(0, &edits).unwrap();
    assert_eq!(editor.text(), "d:\n  a: v\n  b: 1\n  c: v\n  d: v\n  e: 2\n  z: v\n");
}

#[test]
fn a_text_without_a_last_line_break_gets_no_block_scalar_that_needs_one() {
    assert_eq!(set("a: |\n  x", "b", "z"), "a: |\n  x\nb: z");
    assert_eq!(set("a: |\n  x", "a", "z\n"), "a: \"z\\n\"");
    assert_eq!(set("a: |\n  x", "a", "z"), "a: |-\n  z");
    assert_eq!(set("a: x", "b", "p\nq\n"), "a: x\nb: \"p\\nq\\n\"");
    assert_eq!(set("a: |- # c\n  x\nb: 1\n", "a", ""), "a: \"\" # c\nb: 1\n");
}

#[test]
fn a_comment_behind_what_becomes_a_block_scalar_stays_a_comment() {
    assert_eq!(set("a: {x: 1} # why\nb: 1\n", "a", "#1\n\n2"), "a: |- # why\n  #1\n\n  2\nb: 1\n");
    assert_eq!(set("a: # why\n  {x: 1}\nb: 1\n", "a", "p\nq"), "a: |- # why\n  p\n  q\nb: 1\n");
    assert_eq!(set("a: {x: 1,\n  y: 2} # why\n", "a", "p\nq"), "a: |- # why\n  p\n  q\n");
    assert_eq!(set("- {x: 1} # why\n- 2\n", "[0]", "p\nq"), "- \"p\\nq\" # why\n- 2\n");
}

#[test]
fn a_document_without_anything_in_it_stays_so_when_an_edit_of_it_fails() {
    for text in ["", "# nothing\n", "a: 1\n---\n# nothing\n"] {
        let mut editor = Editor::open(text.as_bytes(), "-").unwrap();
        let last = editor.len() - 1;
        for _ in 0..2 {
            let error = editor.apply(last, &Edit::set(Path::from(["a"]), "b")).unwrap_err();
            assert_eq!(error.kind, EditErrorKind::NoDocument, "{text:?}");
            assert_eq!(editor.value(last), None, "{text:?}");
        }
    }
}

#[test]
fn a_block_scalar_that_becomes_a_mapping_leaves_no_indicator_behind() {
    assert_eq!(set("a: >-\n  A\n\n# end\n", "a", json!({ "b": "B" })), "a:\n  b: B\n\n# end\n");
    assert_eq!(set("a: >- # why\n  A\n\n# end\n", "a", json!({ "b": "B" })), "a: # why\n  b: B\n\n# end\n");
    assert_eq!(set("a:\n  >- # why\n  A\n", "a", json!({ "b": "B" })), "a:\n  b: B\n");
    assert_eq!(set("a: &x !!str >- # why\n  A\n", "a", json!({ "b": "B" })), "a: # why\n  b: B\n");
    assert_eq!(set("a: # c\nb: 1\n", "a", "p\nq"), "a: |- # c\n  p\n  q\nb: 1\n");
    assert_eq!(set("- # c\n- 1\n", "[0]", json!({ "b": "B", "c": "C" })), "- b: B # c\n  c: C\n- 1\n");
    assert_eq!(set("a: >- # why\n  A\n", "a", json!(["B"])), "a: # why\n- B\n");
    assert_eq!(set("- >- # why\n  A\n- C\n", "[0]", json!({ "b": "B", "c": "C" })), "- b: B # why\n  c: C\n- C\n");
}

#[test]
fn a_comment_behind_what_becomes_a_mapping_is_not_taken_into_its_last_text() {
    let new = json!({ "b": "p\nq" });
    assert_eq!(set("a:\n  k: v # of k\nc: 1\n", "a", new.clone()), "a:\n  b: |-\n    p\n    q\nc: 1\n");
    assert_eq!(set("a:\n  {k: v} # why\nc: 1\n", "a", new.clone()), "a: # why\n  b: |-\n    p\n    q\nc: 1\n");
    assert_eq!(set("a: {k: v} # why\nc: 1\n", "a", new), "a: # why\n  b: |-\n    p\n    q\nc: 1\n");
}
