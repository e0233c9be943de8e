//! Every value that the original sealed opens to what it sealed, and every broken one fails for its own reason.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use waxseal_crypto::{
    Backend, Certificate, KeyRing, Label, OpenError, ParseValueError, PrivateKey, Scope, SealedValue,
};

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    key: String,
    scope: String,
    namespace: String,
    name: String,
    sealed: String,
    plaintext: Option<String>,
    expect: Expectation,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename_all = "kebab-case")]
enum Expectation {
    Ok,
    Truncated,
    DoesNotOpen,
    NotBase64,
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Parse(#[from] ParseValueError),
    #[error(transparent)]
    Open(#[from] OpenError),
}

#[test]
fn all_69_values_of_the_original_come_out_as_recorded_on_every_backend() {
    let vectors: Vectors = serde_json::from_slice(&read("raw.json")).unwrap();
    assert_eq!(vectors.cases.len(), 69);

    for backend in Backend::ALL {
        let keys: BTreeMap<_, _> = ["a", "b", "c"].map(|name| (name, private_key(name).on(*backend).unwrap())).into();
        for case in &vectors.cases {
            let ring = KeyRing::new([keys[&*case.key].clone()]);
            let came_out = open(&ring, case);
            let expected = match &case.expect {
                Expectation::Ok => Ok(BASE64_STANDARD.decode(case.plaintext.as_deref().unwrap()).unwrap()),
                failure => Err(failure),
            };
            let came_out = came_out.map_err(|error| classify(&error));
            assert_eq!(came_out.as_ref(), expected.as_ref().map_err(|e| *e), "{} on {backend:?}", case.id);
        }
    }
}

#[test]
fn a_ring_of_all_three_keys_opens_every_value_and_says_which_key_did() {
    let vectors: Vectors = serde_json::from_slice(&read("raw.json")).unwrap();
    let ring = KeyRing::new(["a", "b", "c"].map(private_key));
    for case in vectors.cases.iter().filter(|case| case.expect == Expectation::Ok) {
        let value = SealedValue::from_base64(&case.sealed).unwrap();
        let mut opener = ring.opener();
        let opened = opener.open(&value, &label(case)).unwrap_or_else(|error| panic!("{}: {error}", case.id));
        assert_eq!(opened.key.fingerprint(), private_key(&case.key).fingerprint(), "{}", case.id);
        assert_eq!(opener.operations(), 1, "{}: keys of another size are not tried", case.id);
    }
}

#[test]
fn each_certificate_names_the_key_that_it_belongs_to() {
    for name in ["a", "b", "c"] {
        let certificate = Certificate::from_pem(&read(&format!("{name}.crt"))).unwrap();
        assert_eq!(certificate.fingerprint(), private_key(name).fingerprint());
    }
    // As `ssh-keygen -lf` prints it for the same key.
    let shown = private_key("b").fingerprint().to_string();
    assert_eq!(shown, "SHA256:C9l7ndzR62KBVJPRLgBCLwpe23auHd7HIx0wuo/riRg");
}

fn open(ring: &KeyRing, case: &Case) -> Result<Vec<u8>, Failure> {
    let value = SealedValue::from_base64(&case.sealed)?;
    Ok(ring.opener().open(&value, &label(case))?.plaintext.expose().to_vec())
}

fn label(case: &Case) -> Label {
    Label::new(case.scope.parse::<Scope>().unwrap(), &case.namespace, &case.name)
}

fn classify(failure: &Failure) -> Expectation {
    match failure {
        Failure::Parse(ParseValueError::NotBase64) => Expectation::NotBase64,
        Failure::Parse(_) => Expectation::Truncated,
        Failure::Open(_) => Expectation::DoesNotOpen,
    }
}

fn private_key(name: &str) -> PrivateKey {
    PrivateKey::from_pem(&read(&format!("{name}.key"))).unwrap()
}

fn read(name: &str) -> Vec<u8> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
