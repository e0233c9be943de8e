//! The public testkit, `tests/testkit`, run over this implementation. `docs/testkit.md` says what a case is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};
use waxseal_api::{Owner, SealedSecret, UnsealError, UnsealOptions, ValueError, unseal};
use waxseal_crypto::{KeyRing, OpenError, ParseValueError, PrivateKey};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Case {
    id: String,
    about: String,
    keys: Vec<String>,
    #[serde(default)]
    options: Options,
    sealed_secret: Value,
    expect: Expectation,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Options {
    accept_deprecated_data: bool,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Expectation {
    Secret(Value),
    Failure {
        class: String,
        #[serde(default)]
        key: Option<String>,
    },
}

#[test]
fn every_case_of_the_testkit_ends_as_it_says() {
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for path in cases() {
        let case: Case = serde_json::from_slice(&fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(path.file_stem().unwrap(), case.id.as_str());
        assert_eq!(outcome(&case), case.expect, "{}: {}", case.id, case.about);
        let class = match case.expect {
            Expectation::Secret(_) => "opens".to_owned(),
            Expectation::Failure { class, .. } => class,
        };
        *classes.entry(class).or_default() += 1;
    }
    let described = fs::read_to_string(root().join("docs/testkit.md")).unwrap();
    for class in classes.keys().filter(|class| *class != "opens") {
        assert!(described.contains(&format!("| `{class}` |")), "docs/testkit.md does not say what {class} is");
    }
}

fn outcome(case: &Case) -> Expectation {
    let Ok(sealed) = serde_json::from_value::<SealedSecret>(case.sealed_secret.clone()) else {
        return failure("malformed", None);
    };
    let ring = KeyRing::new(
        case.keys
            .iter()
            .map(|key| PrivateKey::from_pem(&fs::read(root().join("tests/testkit").join(key)).unwrap()).unwrap()),
    );
    let options = UnsealOptions {
        accept_deprecated_data: case.options.accept_deprecated_data,
        owner: Owner::Nobody,
        ..UnsealOptions::default()
    };
    match unseal(&sealed, &ring, options) {
        Ok((secret, _)) => Expectation::Secret(as_described(serde_json::to_value(secret.expose()).unwrap())),
        Err(UnsealError::Values(failed)) => {
            assert_eq!(failed.len(), 1, "a case has one failure");
            failure(class_of(failed[0].reason), Some(&failed[0].key))
        }
        Err(UnsealError::Template(failed)) => {
            assert_eq!(failed.len(), 1, "a case has one failure");
            failure("template", Some(&failed[0].failure().template))
        }
        Err(UnsealError::DeprecatedData) => failure("deprecated-data", None),
        Err(other) => panic!("{}: no class for {other:?}", case.id),
    }
}

fn class_of(reason: ValueError) -> &'static str {
    match reason {
        ValueError::Parse(ParseValueError::NotBase64) => "not-base64",
        ValueError::Parse(ParseValueError::Truncated) => "truncated",
        ValueError::Open(OpenError::NoKeyOpens) => "does-not-open",
        ValueError::Open(OpenError::NoKeyOfThatSize { .. }) => "no-key-of-that-size",
        other => panic!("no class for {other:?}"),
    }
}

fn failure(class: &str, key: Option<&str>) -> Expectation {
    Expectation::Failure { class: class.to_owned(), key: key.map(str::to_owned) }
}

/// What a case describes of a Secret: not what every Secret has, and empty is as good as absent.
fn as_described(mut secret: Value) -> Value {
    let fields = secret.as_object_mut().unwrap();
    fields.retain(|field, value| !["apiVersion", "kind"].contains(&field.as_str()) && !value.is_null());
    fields.entry("data").or_insert_with(|| json!({}));
    secret
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/testkit/cases")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 30, "{} cases", paths.len());
    paths
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
