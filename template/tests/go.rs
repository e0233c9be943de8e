//! What Go's own text/template and sprig give for a corpus of templates, this engine gives byte for byte.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use waxseal_template::{Limits, render};

/// What a template gives in Go: text, bytes in base64 where they are no text, or an error.
#[derive(Debug, Default, Deserialize, PartialEq)]
struct Outcome {
    out: Option<String>,
    bytes: Option<String>,
    #[serde(default)]
    error: bool,
}

struct Case {
    name: String,
    data: String,
    source: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/gotemplate")
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

fn from_base64(text: &str) -> Vec<u8> {
    let data = BTreeMap::from([("text".to_owned(), text.to_owned())]);
    render("decode", "{{ .text | b64dec }}", &data, &Limits::default()).unwrap().to_vec()
}

/// The data sets by name. A key `b64:x` gives the key `x` bytes in base64.
fn data_sets() -> BTreeMap<String, BTreeMap<String, Vec<u8>>> {
    let sets: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(&read(folder().join("corpus/data.json"))).unwrap();
    let value = |(key, value): (String, String)| match key.strip_prefix("b64:") {
        Some(name) => (name.to_owned(), from_base64(&value)),
        None => (key, value.into_bytes()),
    };
    sets.into_iter().map(|(name, set)| (name, set.into_iter().map(value).collect())).collect()
}

/// The corpus files by name, in order.
fn files() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder().join("corpus"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str().unwrap().strip_suffix(".txt").map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// The cases of a corpus file: blocks of one template a line, and blocks that are one template.
fn cases(file: &str) -> Vec<Case> {
    let source = format!("\n{}", read(folder().join(format!("corpus/{file}.txt"))));
    let mut cases = Vec::new();
    for block in source.split("\n=== ").skip(1) {
        let (header, body) = block.split_once('\n').unwrap_or((block, ""));
        let words: Vec<&str> = header.split_whitespace().collect();
        let data = words.get(2).unwrap_or(&"plain").to_string();
        match words[0] {
            "file" => cases.push(Case { name: words[1].to_owned(), data, source: body.to_owned() }),
            "lines" => {
                for (number, line) in (1..).zip(body.split('\n')).filter(|(_, line)| !line.is_empty()) {
                    let name = format!("{}/{number:02}", words[1]);
                    cases.push(Case { name, data: data.clone(), source: line.to_owned() });
                }
            }
            other => panic!("{file}: unknown block {other}"),
        }
    }
    cases
}

/// The cases that differ by decision, with the reason for each.
fn differences() -> BTreeMap<String, String> {
    let mut reasons = BTreeMap::new();
    for line in read(folder().join("differences.txt")).lines().filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (case, reason) = line.split_once(": ").expect("each difference is a case and a reason");
        assert!(reasons.insert(case.to_owned(), reason.to_owned()).is_none(), "{case} is listed twice");
    }
    reasons
}

#[test]
fn every_template_of_the_corpus_renders_to_the_bytes_of_go() {
    let data = data_sets();
    let mut differing = differences();
    assert!(differing.len() < 10, "fewer than ten differences are allowed");
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files() {
        let golden: BTreeMap<String, Outcome> =
            serde_json::from_str(&read(folder().join(format!("golden/{file}.json")))).unwrap();
        let cases = cases(&file);
        assert_eq!(cases.len(), golden.len(), "{file}: run the Go program again");
        for case in cases {
            count += 1;
            let expected = &golden[&case.name];
            let rendered = render(&case.name, &case.source, &data[&case.data], &Limits::default());
            let equal = match (&rendered, expected) {
                (Ok(out), Outcome { out: Some(text), .. }) => out[..] == *text.as_bytes(),
                (Ok(out), Outcome { bytes: Some(bytes), .. }) => **out == from_base64(bytes),
                (Err(error), Outcome { error: true, .. }) => !error.failure().reason.is_limit(),
                _ => false,
            };
            let listed = differing.remove(&format!("{file}:{}", case.name)).is_some();
            if equal == listed {
                let shown = rendered.map(|out| String::from_utf8_lossy(&out).into_owned()).map_err(|e| e.to_string());
                wrong.push(format!("{file}:{}\n  {}\n  go:   {expected:?}\n  here: {shown:?}", case.name, case.source));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(differing.is_empty(), "no such cases: {differing:?}");
    assert!(count >= 1_000, "only {count} cases");
}

#[test]
#[ignore = "needs Go and its module proxy; `cargo xtask test` runs it where Go is at hand"]
fn the_golden_files_are_what_go_gives_today() {
    let folder = folder();
    let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gotemplate");
    fs::create_dir_all(&fresh).unwrap();
    let status = Command::new("go")
        .args(["run", ".", "corpus", fresh.to_str().unwrap()])
        .current_dir(&folder)
        .status()
        .expect("Go can be started");
    assert!(status.success());
    for file in files() {
        let name = format!("{file}.json");
        assert!(read(fresh.join(&name)) == read(folder.join("golden").join(&name)), "{name} has changed");
    }
}
