//! Whatever fails, and with whatever in hand, the error says nothing of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use waxseal_template::{Limits, render};

const CANARY: &str = "CANARY-7f3a";

/// Values in many shapes, each with the canary in it where the shape allows.
const SHAPES: [&str; 22] = [
    ".c",
    "(list .c)",
    "(dict \"k\" .c)",
    "(dict .c .c)",
    "nil",
    ".missing",
    ".",
    "1",
    "-1",
    "0",
    "1.5",
    "true",
    "now",
    "(semver \"1.2.3\")",
    "(until 3)",
    "(splitList \"-\" .c)",
    "(split \"-\" .c)",
    "(list nil .c)",
    "(printf \"(%s\" .c)",
    "(printf \"%%zz%s\" .c)",
    "(chunk 1 (list .c))",
    "(float64 \"inf\")",
];

fn functions() -> Vec<String> {
    let sprig = include_str!("../../tests/gotemplate/golden/functions.json");
    let mut names: Vec<String> = serde_json::from_str(sprig).unwrap();
    names.extend(
        ["and", "call", "html", "index", "js", "len", "not", "or", "print", "printf", "println", "urlquery"]
            .map(str::to_owned),
    );
    names.extend(["eq", "ge", "gt", "le", "lt", "ne"].map(str::to_owned));
    // Slow on purpose, and tested with fewer arguments below.
    names.retain(|name| !name.starts_with("gen") && !["bcrypt", "htpasswd", "derivePassword"].contains(&&**name));
    names
}

/// Renders, and returns whether it failed; panics if the failure gives the canary away.
fn fails(source: &str) -> bool {
    let data = BTreeMap::from([("c".to_owned(), CANARY.to_owned())]);
    let Err(error) = render("canary", source, &data, &Limits::default()) else { return false };
    for shown in [error.to_string(), format!("{error:?}"), format!("{error:#?}"), format!("{}", error.failure())] {
        let lower = shown.to_lowercase();
        for form in [CANARY, "Q0FOQVJZLTdmM2E", "43414e4152592d37663361", "7f3a"] {
            assert!(!lower.contains(&form.to_lowercase()), "{source}: {shown}");
        }
    }
    true
}

#[test]
fn no_function_gives_away_its_arguments_when_it_fails() {
    let mut failures = 0;
    for name in functions() {
        for first in SHAPES {
            failures += usize::from(fails(&format!("{{{{ {name} {first} }}}}")));
            failures += usize::from(fails(&format!("{{{{ {first} | {name} }}}}")));
            for second in SHAPES {
                failures += usize::from(fails(&format!("{{{{ {name} {first} {second} }}}}")));
            }
            for others in [".c .c", "1 .c", ".c 1", "nil .c", "(list .c) .c", "(dict \"a\" .c) .c", ".c (list .c)"] {
                failures += usize::from(fails(&format!("{{{{ {name} {first} {others} }}}}")));
            }
        }
        failures += usize::from(fails(&format!("{{{{ {name} }}}}")));
        failures += usize::from(fails(&format!("{{{{ {name} .c .c .c .c }}}}")));
    }
    assert!(failures > 10_000, "only {failures} calls failed, so little was tried");
}

#[test]
fn the_slow_functions_do_not_either() {
    for source in [
        "{{ htpasswd .c }}",
        "{{ bcrypt (list .c) }}",
        "{{ derivePassword .c .c .c .c .c }}",
        "{{ derivePassword 1 (list .c) .c .c .c }}",
        "{{ genPrivateKey (list .c) }}",
        "{{ genCA .c .c }}",
        "{{ genCAWithKey .c 1 .c }}",
        "{{ genCAWithKey .c 1 (printf \"-----BEGIN EC PRIVATE KEY-----\\n%s\\n-----END EC PRIVATE KEY-----\\n\" (b64enc .c)) }}",
        "{{ genSelfSignedCert .c (list .c) nil 1 }}",
        "{{ genSelfSignedCert .c nil (list (list .c)) 1 }}",
        "{{ genSelfSignedCertWithKey .c nil nil 1 .c }}",
        "{{ genSignedCert .c nil nil 1 (dict \"Cert\" .c \"Key\" .c) }}",
        "{{ genSignedCertWithKey .c nil nil 1 .c .c }}",
        "{{ buildCustomCert .c .c }}",
        "{{ buildCustomCert (b64enc .c) (b64enc .c) }}",
        "{{ $ca := genCAWithKey .c 1 (genPrivateKey \"ecdsa\") }}{{ genSignedCertWithKey .c (list .c) nil 1 $ca .c }}",
        "{{ encryptAES .c .c | decryptAES \"other\" }}{{ fail .c }}",
        "{{ decryptAES .c .c }}",
    ] {
        assert!(fails(source), "{source}");
    }
}

#[test]
fn neither_syntax_nor_fields_nor_limits_give_anything_away() {
    for source in [
        "{{ .c.field }}",
        "{{ (list .c).x }}",
        "{{ $x := .c }}{{ $x.y }}",
        "{{ range .c }}{{ end }}",
        "{{ with .c }}{{ .x }}{{ end }}",
        "{{ .c .c }}",
        "{{ \"CANARY-7f3a",
        "{{ \"CANARY-7f3a\\q\" }}",
        "{{ if \"CANARY-7f3a\" }}",
        "{{ template \"CANARY-7f3a\" . }}",
        "{{ define \"CANARY-7f3a\" }}x{{ end }}{{ define \"CANARY-7f3a\" }}y{{ end }}",
        "{{ 7f3a }}",
        "{{ .c | repeat 1000000000 }}",
        "{{ $s := .c }}{{ range 100 }}{{ $s = print $s $s }}{{ end }}",
        "{{ range 1000000000 }}{{ $.c }}{{ end }}",
        "{{ fail .c }}",
        "{{ fail (printf \"%s\" .c) }}",
        "{{ upper (fail .c) }}",
        "{{ index .c 99 }}",
        "{{ index . .c .c }}",
        "{{ slice (list .c) 5 9 }}",
    ] {
        assert!(fails(source), "{source}");
    }
}
