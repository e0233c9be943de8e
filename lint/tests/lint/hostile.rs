//! Input that wants the linter to fail, to hang or to talk.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;

use waxseal_lint::{Colour, Config, Format, Linter, Report, Rule};

use crate::rules::archive;
use crate::tokens::{expanded, sealed};

fn lint(name: &str, bytes: &[u8]) -> Report {
    let linter = Linter::new(Config::new("2027-01-01T00:00:00Z".parse().unwrap()));
    linter.finish([linter.lint_file(name, bytes)])
}

fn rules(report: &Report) -> Vec<Rule> {
    report.findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn sixty_thousand_bad_keys_are_a_hundred_findings_and_a_count() {
    let mut text = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: a, namespace: b}\nspec:\n  encryptedData:\n".to_owned();
    for at in 0..64_000 {
        text.push_str(&format!("    bad key {at}: x\n"));
    }
    let start = Instant::now();
    let report = lint("x.yaml", text.as_bytes());
    assert!(start.elapsed() < Duration::from_secs(30), "took {:?}", start.elapsed());
    for rule in [Rule::InvalidKey, Rule::UnsealedValue] {
        let of_rule: Vec<_> = report.findings.iter().filter(|finding| finding.rule == rule).collect();
        assert_eq!(of_rule.len(), 101, "{rule}");
        assert_eq!(of_rule[100].message, "and 63900 more findings of this rule in this file");
    }
}

#[test]
fn many_sealed_values_in_one_object_take_little_time() {
    let mut text = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: a, namespace: b}\nspec:\n  encryptedData:\n".to_owned();
    for at in 0..10_000 {
        text.push_str(&format!("    k{at}: {}\n", sealed(2048, at)));
    }
    let start = Instant::now();
    assert!(lint("x.yaml", text.as_bytes()).findings.is_empty());
    assert!(start.elapsed() < Duration::from_secs(30), "took {:?}", start.elapsed());
}

#[test]
fn names_cannot_steer_the_terminal_the_workflow_or_the_report() {
    let name = "\\u001b[31m\\n::error::x\\u202e<&\\\"";
    let text = format!(
        "{{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {{\"name\": \"{name}\"}}, \"data\": {{\"{name}\": \"eA==\"}}}}"
    );
    let report = lint("a\u{1b}]0;,:%\n.json", text.as_bytes());
    assert_eq!(rules(&report), [Rule::PlaintextSecret]);
    for format in [Format::Text, Format::Github] {
        let printed = report.render(format, Colour::Never);
        assert!(!printed.contains('\u{202e}'), "{printed:?}");
        assert!(printed.lines().all(|line| !line.starts_with("::error::")), "{printed:?}");
    }
    assert!(!report.render(Format::Text, Colour::Never).contains('\u{1b}'));
    assert_eq!(report.render(Format::Github, Colour::Never).lines().count(), 1);
}

#[test]
fn a_secret_that_a_shell_wrote_as_utf_16_is_found() {
    let text = "apiVersion: v1\r\nkind: Secret\r\nmetadata:\r\n  name: db\r\nstringData:\r\n  password: CANARY\r\n";
    let bytes: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let report = lint("x.yaml", &bytes);
    assert_eq!(rules(&report), [Rule::MalformedManifest, Rule::PlaintextSecret]);
    assert_eq!(report.findings[1].start.line, 6);
}

#[test]
fn bytes_that_are_no_text_are_a_finding_and_what_is_readable_is_still_searched() {
    let report = lint("x.yaml", b"apiVersion: v1\nkind: Secret\nstringData:\n  password: CANARY\nbad: \xff\n");
    assert_eq!(rules(&report), [Rule::PlaintextSecret, Rule::MalformedManifest]);
}

#[test]
fn depth_and_aliases_are_bounded() {
    let deep = format!("kind: Secret\nx: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(rules(&lint("x.yaml", deep.as_bytes())), [Rule::MalformedManifest]);
    let mut bomb = "kind: Secret\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for at in 1..9 {
        bomb.push_str(&format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(",")));
    }
    assert_eq!(rules(&lint("x.yaml", bomb.as_bytes())), [Rule::MalformedManifest]);
}

#[test]
fn a_thousand_broken_documents_take_little_time() {
    let text = "kind: Secret\ndata: {\n---\n".repeat(20_000);
    let start = Instant::now();
    let report = lint("x.yaml", text.as_bytes());
    assert!(start.elapsed() < Duration::from_secs(30), "took {:?}", start.elapsed());
    assert!(report.fails());
}

/// A change to a text: at a place, some characters give way to others.
fn edits() -> impl Strategy<Value = Vec<(Index, usize, String)>> {
    let strange = proptest::string::string_regex(
        "[ \\t\r\n:#{}\\[\\]|>&*!%@`'\"\\-?,~<$\\\\\u{0}\u{85}\u{2028}\u{feff}é=A]{0,6}",
    )
    .unwrap();
    prop::collection::vec((any::<Index>(), 0..40_usize, strange), 1..6)
}

proptest! {
    /// Whatever is wrong with a file, there is an answer, and every format can say it.
    #[test]
    fn no_damage_to_a_file_makes_the_linter_fail(rule in any::<Index>(), file in any::<Index>(), edits in edits()) {
        let archive = archive(*rule.get(Rule::ALL));
        let files = archive.below("wrong/");
        let (name, text) = file.get(&files);
        let mut text: Vec<char> = expanded(text).chars().collect();
        for (at, removed, inserted) in edits {
            let at = at.index(text.len() + 1);
            text.splice(at..text.len().min(at + removed), inserted.chars());
        }
        let text: String = text.into_iter().collect();
        let report = lint(name, text.as_bytes());
        for format in Format::ALL {
            report.render(format, Colour::Never);
        }
        let lines = text.lines().count().max(1) + 1;
        // A lone `\r` and its like end lines too.
        let lines = lines + text.matches(['\r', '\u{85}', '\u{2028}']).count();
        for finding in &report.findings {
            prop_assert!((1..=lines).contains(&finding.start.line), "{finding:?}");
            prop_assert!(finding.start <= finding.end && finding.start.column >= 1, "{finding:?}");
        }
    }

    #[test]
    fn no_bytes_make_the_linter_fail(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0..5_usize) {
        let heads: [&[u8]; 5] = [b"", b"kind: Secret\n", b"{\"kind\": \"Secret\",", b"\xff\xfe", b"-----BEGIN PRIVATE KEY-----\n"];
        for name in ["x.yaml", "x.pem", "x"] {
            lint(name, &[heads[head], &bytes].concat());
        }
    }
}
