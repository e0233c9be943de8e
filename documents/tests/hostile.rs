//! Input made to break the reader: each a clear error with a place, and soon.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use waxseal_documents::{MAX_INPUT_BYTES, ParseErrorKind, parse, parse_each};

fn refusal(text: impl AsRef<[u8]>) -> (String, ParseErrorKind) {
    let error = parse(text.as_ref(), "x.yaml").err().expect("the text is refused");
    let position = error.position.map(|position| position.to_string()).unwrap_or_default();
    (position, error.kind)
}

#[test]
fn an_alias_bomb_is_refused_before_it_goes_off() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{below}]");
    }
    assert_eq!(refusal(text).1, ParseErrorKind::AliasesExpandTooMuch);
}

#[test]
fn aliases_of_one_long_text_are_refused_too() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 1000].join(","));
    assert_eq!(refusal(text).1, ParseErrorKind::AliasesExpandTooMuch);
}

#[test]
fn merges_of_merges_are_refused_when_they_grow() {
    let mut text = String::from("a0: &a0 {k0: 1}\n");
    for level in 1..40 {
        let _ = writeln!(text, "a{level}: &a{level} {{<<: [*a{0}, *a{0}], k{level}: 1}}", level - 1);
    }
    assert_eq!(refusal(text).1, ParseErrorKind::AliasesExpandTooMuch);
}

#[test]
fn an_alias_inside_of_its_own_anchor_is_refused() {
    assert_eq!(refusal("a: &a\n  b: *a\n"), ("2:6".to_owned(), ParseErrorKind::RecursiveAlias));
    assert_eq!(refusal("a: &a [*a]\n"), ("1:8".to_owned(), ParseErrorKind::RecursiveAlias));
    assert_eq!(refusal("a: &a\n  <<: *a\n").1, ParseErrorKind::RecursiveAlias);
}

#[test]
fn ten_thousand_levels_are_refused_in_every_notation() {
    let depth = 10_000;
    assert_eq!(refusal("[".repeat(depth)).1, ParseErrorKind::TooDeep);
    assert_eq!(refusal("{\"a\":".repeat(depth)).1, ParseErrorKind::TooDeep);
    assert_eq!(refusal("{a: ".repeat(depth)).1, ParseErrorKind::TooDeep);
    assert_eq!(refusal("- ".repeat(depth) + "a").1, ParseErrorKind::TooDeep);
    let nested: Vec<String> = (0..1000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_eq!(refusal(nested.concat()).1, ParseErrorKind::TooDeep);
    let chained: Vec<String> = (1..depth).map(|level| format!("a{level}: &a{level} [*a{}]\n", level - 1)).collect();
    assert_eq!(refusal(format!("a0: &a0 x\n{}", chained.concat())).1, ParseErrorKind::TooDeep);
}

#[test]
fn too_large_an_input_is_refused_before_it_is_read() {
    assert_eq!(refusal(vec![b' '; MAX_INPUT_BYTES + 1]), (String::new(), ParseErrorKind::TooLarge));
}

#[test]
fn too_many_nodes_are_refused() {
    assert_eq!(refusal(format!("[{}1]", "1,".repeat(2_100_000))).1, ParseErrorKind::TooManyNodes);
}

#[test]
fn what_is_not_text_is_refused_where_it_stands() {
    assert_eq!(refusal(b"a: 1\nb: \xff\n"), ("2:4".to_owned(), ParseErrorKind::NotUtf8));
    assert_eq!(refusal(b"a: 1\nb: x\0y\n"), ("2:5".to_owned(), ParseErrorKind::ControlCharacter));
    assert_eq!(refusal(b"\xff\xfea\0:\0").1, ParseErrorKind::Utf16);
    assert_eq!(refusal(b"a\0:\0 \x001\0").1, ParseErrorKind::Utf16);
}

#[test]
fn a_duplicate_key_names_both_places() {
    let text = "a:\n  b: 1\n  c: 2\n  b: 3\n";
    let error = parse(text.as_bytes(), "x.yaml").err().unwrap();
    assert_eq!(error.to_string(), "x.yaml:4:3: duplicate key; it is first set on line 2");
    assert!(matches!(refusal("{\"b\": 1,\n \"b\": 2}").1, ParseErrorKind::DuplicateKey { .. }));
}

#[test]
fn columns_are_right_after_wide_characters_and_tabs() {
    assert_eq!(refusal("ä🔑:\t{a: 1, a: 2}\n").0, "1:12");
    assert_eq!(refusal("{\"ä🔑\": 1,\t\"ä🔑\": 2}").0, "1:11");
}

#[test]
fn the_lines_of_later_documents_count_from_the_start_of_the_file() {
    let text = "\u{feff}a: 1\r\n---\r\nb: 1\r\n---\r\nc: [\r\n---\r\nd: 1\r\n";
    let chunks = parse_each(text.as_bytes(), "x.yaml").unwrap();
    let error = chunks[2].document.as_ref().err().unwrap();
    assert_eq!(error.position.unwrap().line, 5);
    assert_eq!(chunks[3].document.as_ref().ok().unwrap().as_ref().unwrap().line(), 7);
}

#[test]
fn no_error_repeats_a_word_of_the_document() {
    let broken = [
        "p: CANARY: CANARY\n",
        "p: 'CANARY\n",
        "p: [CANARY\n",
        "p: {CANARY\n",
        "p: @CANARY\n",
        "p: *CANARY\n",
        "p: !!int CANARY\n",
        "p: !!binary CANARY\n",
        "CANARY: 1\nCANARY: 2\n",
        "p: \"\\CANARY\"\n",
        "%CANARY\np: 1\n",
        "p: !CANARY!x 1\n",
        "{\"p\": CANARY",
        "{\"p\": \"CANARY}",
        "{\"CANARY\": 1, \"CANARY\": 2}",
        "p:\n  CANARY\n q: 1\n",
        "<<: CANARY\n",
        "p: |9CANARY\n",
    ];
    for text in broken {
        let error = parse(text.as_bytes(), "x.yaml").err().unwrap_or_else(|| panic!("{text:?} is refused"));
        assert!(!error.to_string().contains("CANARY"), "{error}");
        assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
        assert!(error.position.is_some(), "{text:?}: {error}");
    }
}

#[test]
fn separators_that_end_a_comment_for_kubectl_alone_are_refused() {
    for separator in ["\u{85}", "\u{2028}", "\u{2029}"] {
        let text = format!("b: 1\n---\na: 1 # ü{separator}hidden: 2\n");
        assert_eq!(refusal(&text), ("3:9".to_owned(), ParseErrorKind::AmbiguousBreak));
        assert!(parse(format!("{{\"a\": \"{separator}\"}}").as_bytes(), "-").is_ok());
    }
}
