//! Numbers at the ends of their ranges, as arguments of every function: an error or a result, never a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use waxseal_template::{Limits, render};

const ARGUMENTS: [&str; 10] = [
    "-9223372036854775808",
    "9223372036854775807",
    "-1",
    "8",
    "1e308",
    "\"\"",
    "\"a,\\xffé12 to b, and longer\"",
    "(list 1 \"a\")",
    "(dict \"a\" 1)",
    "now",
];

/// Slow on purpose, or slow because of what they make.
const SLOW: [&str; 12] = [
    "bcrypt",
    "buildCustomCert",
    "derivePassword",
    "genCA",
    "genCAWithKey",
    "genPrivateKey",
    "genSelfSignedCert",
    "genSelfSignedCertWithKey",
    "genSignedCert",
    "genSignedCertWithKey",
    "htpasswd",
    "encryptAES",
];

fn functions() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/gotemplate/golden/functions.json");
    let names: Vec<String> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    names.into_iter().filter(|name| !SLOW.contains(&name.as_str())).collect()
}

/// The calls of `name` with up to three of the arguments.
fn calls(name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    let mut shorter = all.clone();
    for _ in 0..3 {
        let with_one_more = |call: &String| ARGUMENTS.map(|argument| format!("{call} {argument}"));
        shorter = shorter.iter().flat_map(with_one_more).collect();
        all.extend_from_slice(&shorter);
    }
    all
}

fn panicking(calls: &[String]) -> Vec<String> {
    let data = BTreeMap::<String, Vec<u8>>::new();
    let limits = Limits::default();
    let panics = |call: &&String| {
        let source = format!("{{{{ {call} }}}}");
        catch_unwind(|| drop(render("extremes", &source, &data, &limits))).is_err()
    };
    calls.iter().filter(panics).cloned().collect()
}

#[test]
fn no_function_panics_at_the_ends_of_the_range() {
    let mut panicked = Vec::new();
    for name in functions() {
        panicked.extend(panicking(&calls(&name)));
    }
    assert!(panicked.is_empty(), "{}", panicked.join("\n"));
}

#[test]
fn no_method_panics_at_the_ends_of_the_range() {
    let spans = ["(now.Sub (now.AddDate 900000000 0 0))", "((now.AddDate 900000000 0 0).Sub now)", "(now.Sub now)"];
    let moments = ["now", "(now.AddDate 900000000 0 0)", "(now.AddDate -900000 0 0)", "(toDate \"2006\" \"x\")"];
    let mut all = Vec::new();
    for span in spans {
        for name in ["Truncate", "Round", "Abs", "String", "Hours", "Minutes", "Seconds", "Microseconds"] {
            all.extend(calls(&format!("{span}.{name}")));
        }
    }
    for moment in moments {
        for name in
            ["Add", "AddDate", "Truncate", "Round", "Sub", "Compare", "Format", "UnixNano", "YearDay", "ISOWeek"]
        {
            all.extend(calls(&format!("{moment}.{name}")));
        }
        all.extend(spans.map(|span| format!("({moment}.Add {span}).String")));
        all.extend(calls(&format!("(printf \"%#v %v %d\" {moment})")));
    }
    // So far that the seconds leave their range.
    let far = "$t = $t.AddDate 999999999 999999999 999999999";
    all.push(format!("$t := now }}}}{{{{ range 1000 }}}}{{{{ {far} }}}}{{{{ end }}}}{{{{ $t"));
    let panicked = panicking(&all);
    assert!(panicked.is_empty(), "{}", panicked.join("\n"));
}
