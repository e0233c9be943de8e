//! Any source on any data: an error or a result within the limits, and no error with a piece of the data.
//!
//! `cargo xtask fuzz render`. The address sanitizer moves variables off the stack, whose depth the engine
//! watches, so that with it everything is nested too deeply; there is no unsafe code here that it could find wrong.
#![no_main]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use waxseal_template::{FindingKind, Limits, RenderError, check, render};

/// Stands for a secret. No error may have it in it.
const SECRET: &str = "s3cr3t-c4n4ry-8d1f";

/// The data that the corpus of the differential test is rendered on, which is where the seeds come from.
static DATA: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let sets = include_str!("../../tests/gotemplate/corpus/data.json");
    let sets: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(sets).expect("the data is JSON");
    let texts = sets.into_values().flatten().map(|(key, value)| (key, value.into_bytes()));
    let others = [("password", SECRET.as_bytes()), ("raw", b"\x00\xff\xfe\x80abc\xe2\x82")];
    texts.chain(others.map(|(key, value)| (key.to_owned(), value.to_owned()))).collect()
});

fuzz_target!(|input: &[u8]| {
    // The source ends with the first NUL; what follows is the value of one key.
    let end = input.iter().position(|&byte| byte == 0).unwrap_or(input.len());
    let Ok(source) = std::str::from_utf8(&input[..end]) else { return };
    let mut data = DATA.clone();
    data.insert("input".to_owned(), input.get(end + 1..).unwrap_or_default().to_owned());

    // Time is what differs from run to run, and passwords and keys are slow on purpose.
    let limits = Limits { steps: 200_000, slow_calls: 0, time: Duration::from_secs(20), ..Limits::default() };
    let rendered = render("fuzz", source, &data, &limits);
    let findings = check("fuzz", source, Some(&BTreeSet::new()));
    match &rendered {
        Ok(output) => assert!(output.len() <= limits.output),
        Err(error) => assert!(source.contains(SECRET) || !error.to_string().contains(SECRET)),
    }
    let parses = !matches!(rendered, Err(RenderError::Syntax(_)));
    let is_syntax = |kind: &FindingKind| matches!(kind, FindingKind::Syntax(_) | FindingKind::UnknownFunction(_));
    let limited = rendered.is_err_and(|error| error.failure().reason.is_limit());
    assert!(limited || parses != findings.iter().any(|finding| is_syntax(&finding.kind)));
    let lines = 1 + source.matches('\n').count();
    assert!(
        findings.iter().all(|finding| finding.position.line <= lines && finding.position.column <= source.len() + 1)
    );
});
