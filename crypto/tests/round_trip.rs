//! What is sealed opens at its place with its key, on either backend, and nowhere else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::LazyLock;
use std::time::Duration;

use proptest::prelude::*;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey as _;
use rsa::signature::Verifier as _;
use sha2::{Digest as _, Sha256};
use waxseal_crypto::{
    Backend, Certificate, CertificateError, Fingerprint, KeyError, KeyRing, Label, OpenError, Plaintext, PrivateKey,
    Scope, SealedValue, Validity,
};
use x509_cert::der::{DecodePem as _, Encode as _};
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, SubjectKeyIdentifier};

static KEYS: LazyLock<[PrivateKey; 3]> = LazyLock::new(|| [(); 3].map(|()| PrivateKey::generate(2048).unwrap()));

fn scope() -> impl Strategy<Value = Scope> {
    prop::sample::select(Scope::ALL.to_vec())
}

fn backend() -> impl Strategy<Value = Backend> {
    prop::sample::select(Backend::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn either_backend_opens_what_either_sealed(
        plaintext in prop::collection::vec(any::<u8>(), 0..600), scope in scope(), sealer in backend(),
        opener in backend(), namespace in "[a-z]{1,9}", name in "[a-z]{1,9}",
    ) {
        let label = Label::new(scope, &namespace, &name);
        let sealed = KEYS[0].public_key().on(sealer).unwrap().seal(&label, &plaintext).unwrap();
        prop_assert_eq!(sealed.plaintext_bytes(), plaintext.len());

        let read_back = SealedValue::from_base64(&sealed.to_base64()).unwrap();
        let ring = KeyRing::new([KEYS[0].on(opener).unwrap()]);
        let opened = ring.opener().open(&read_back, &label).unwrap();
        prop_assert_eq!(opened.plaintext.expose(), &plaintext[..]);
    }

    #[test]
    fn a_value_opens_elsewhere_exactly_if_its_scope_lets_it(scope in scope(), backend in backend()) {
        let sealed = KEYS[0].public_key().seal(&Label::new(scope, "ns", "name"), b"CANARY").unwrap();
        let ring = KeyRing::new([KEYS[0].on(backend).unwrap()]);
        let opens = |scope, namespace, name| ring.opener().open(&sealed, &Label::new(scope, namespace, name)).is_ok();
        prop_assert!(opens(scope, "ns", "name"));
        prop_assert_eq!(opens(scope, "ns", "other"), scope != Scope::Strict);
        prop_assert_eq!(opens(scope, "other", "name"), scope == Scope::ClusterWide);
        for other in Scope::ALL.into_iter().filter(|other| *other != scope) {
            prop_assert!(!opens(other, "ns", "name"));
        }
    }

    #[test]
    fn one_changed_bit_anywhere_is_noticed(at in any::<prop::sample::Index>(), bit in 0..8u8, backend in backend()) {
        let label = Label::new(Scope::Strict, "ns", "name");
        let mut bytes = KEYS[0].public_key().seal(&label, b"CANARY").unwrap().as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let ring = KeyRing::new([KEYS[0].on(backend).unwrap()]);
        let outcome = SealedValue::from_bytes(bytes).ok().and_then(|value| ring.opener().open(&value, &label).ok());
        prop_assert!(outcome.is_none());
    }

    #[test]
    fn hostile_bytes_never_open_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..1200), backend in backend()) {
        let ring = KeyRing::new([KEYS[0].on(backend).unwrap()]);
        if let Ok(value) = SealedValue::from_bytes(bytes.clone()) {
            prop_assert!(ring.opener().open(&value, &Label::new(Scope::ClusterWide, "", "")).is_err());
        }
        let _ = SealedValue::from_base64(&String::from_utf8_lossy(&bytes));
        prop_assert!(PrivateKey::from_pem(&bytes).is_err());
        prop_assert!(Certificate::from_pem(&bytes).is_err());
    }
}

#[test]
fn sealing_twice_gives_two_ciphertexts() {
    let label = Label::new(Scope::Strict, "ns", "name");
    let [one, two] = [(); 2].map(|()| KEYS[0].public_key().seal(&label, b"same").unwrap());
    assert_ne!(one.as_bytes(), two.as_bytes());
    assert_eq!(one.digest().as_slice(), Sha256::digest(one.as_bytes()).as_slice());
}

#[test]
fn a_ring_tries_the_hinted_key_then_the_last_hit_then_newest_to_oldest() {
    let label = Label::new(Scope::Strict, "ns", "name");
    let ring = KeyRing::new(KEYS.iter().cloned());
    let by_oldest = KEYS[2].public_key().seal(&label, b"x").unwrap();

    let mut opener = ring.opener();
    opener.open(&by_oldest, &label).unwrap();
    assert_eq!(opener.operations(), 3, "newest first");
    opener.open(&by_oldest, &label).unwrap();
    assert_eq!(opener.operations(), 4, "then the key of the value before");

    let mut next_object = ring.opener();
    next_object.open(&by_oldest, &label).unwrap();
    assert_eq!(next_object.operations(), 1, "also across objects");

    let by_newest = KEYS[0].public_key().seal(&label, b"x").unwrap();
    let mut hinted = ring.opener();
    hinted.hint(KEYS[0].fingerprint());
    hinted.open(&by_newest, &label).unwrap();
    assert_eq!(hinted.operations(), 1, "a hint beats the memory");

    let mut misled = ring.opener();
    misled.hint(KEYS[1].fingerprint());
    misled.open(&by_newest, &label).unwrap();
    assert_eq!(misled.operations(), 2, "a wrong hint costs one try");

    let elsewhere = Label::new(Scope::Strict, "ns", "elsewhere");
    let mut vain = ring.opener();
    vain.hint(KEYS[1].fingerprint());
    assert_eq!(vain.open(&by_newest, &elsewhere).err(), Some(OpenError::NoKeyOpens));
    assert_eq!(vain.operations(), 3, "no key is tried twice");
}

#[test]
fn a_plaintext_says_how_long_it_is() {
    let lengths = ["", "x", "longer"].map(|text| Plaintext::new(text.into())).map(|text| (text.len(), text.is_empty()));
    assert_eq!(lengths, [(0, true), (1, false), (6, false)]);
}

#[test]
fn a_ring_says_why_nothing_opens() {
    let label = Label::new(Scope::Strict, "ns", "name");
    let sealed = KEYS[0].public_key().seal(&label, b"x").unwrap();
    let outcome = |ring: KeyRing| ring.opener().open(&sealed, &label).err();
    assert_eq!(outcome(KeyRing::default()), Some(OpenError::NoKeys));
    assert_eq!(outcome(KeyRing::new([KEYS[1].clone()])), Some(OpenError::NoKeyOpens));
    let larger = PrivateKey::generate(3072).unwrap();
    assert_eq!(outcome(KeyRing::new([larger])), Some(OpenError::NoKeyOfThatSize { bits: 2048 }));
}

#[test]
fn a_key_reads_back_from_both_of_its_pem_forms_with_junk_around() {
    let key = &KEYS[0];
    for (pem, marker) in [(key.to_pkcs1_pem(), "BEGIN RSA PRIVATE KEY"), (key.to_pkcs8_pem(), "BEGIN PRIVATE KEY")] {
        let pem = String::from_utf8(pem.unwrap().expose().to_vec()).unwrap();
        assert!(pem.contains(marker));
        for text in [pem.clone(), pem.replace('\n', "\r\n"), format!("a note\n\n{pem}\nanother\n")] {
            assert_eq!(PrivateKey::from_pem(text.as_bytes()).unwrap().fingerprint(), key.fingerprint());
        }
        assert_eq!(PrivateKey::all_from_pem(pem.repeat(2).as_bytes()).unwrap().len(), 2);
    }
}

#[test]
fn keys_of_any_size_from_2048_to_8192_bits_can_be_made_and_no_others() {
    for bits in [2048, 2176, 3072] {
        assert_eq!(PrivateKey::generate(bits).unwrap().public_key().bits(), bits);
    }
    for bits in [0, 1024, 2047, 8193, 1 << 20] {
        assert_eq!(PrivateKey::generate(bits).err(), Some(KeyError::Size { bits }));
    }
}

#[test]
fn a_certificate_made_for_a_key_says_so_and_holds_as_long_as_it_says() {
    let validity = Validity::new("2026-11-29T12:00:00.7Z".parse().unwrap(), Duration::from_mins(1)).unwrap();
    let made = Certificate::self_signed(&KEYS[0], "CN=odd, name+\"", &validity).unwrap();
    let read = Certificate::from_pem(made.to_pem().as_bytes()).unwrap();
    assert_eq!(read.fingerprint(), KEYS[0].fingerprint());
    assert_eq!(read.validity().not_before().to_string(), "2026-11-29T12:00:00Z");
    assert_eq!(read.validity().not_after().to_string(), "2026-11-29T12:01:00Z");

    let at = |moment: &str| read.validity().check(moment.parse().unwrap());
    assert!(matches!(at("2026-11-29T11:54:59.9Z"), Err(CertificateError::NotYetValid { .. })));
    assert_eq!(at("2026-11-29T11:55:00Z"), Ok(()), "clocks differ");
    assert_eq!(at("2026-11-29T12:00:00Z"), Ok(()));
    assert_eq!(at("2026-11-29T12:01:00.9Z"), Ok(()));
    assert!(matches!(at("2026-11-29T12:01:01Z"), Err(CertificateError::Expired { .. })));
}

#[test]
fn a_certificate_is_signed_by_its_own_key_and_is_its_own_authority() {
    let validity = Validity::from_now(Duration::from_mins(1)).unwrap();
    for (name, shown) in [("sealed, \"secrets\"", Some("CN=sealed\\, \\\"secrets\\\"")), ("", None)] {
        let made = Certificate::self_signed(&KEYS[0], name, &validity).unwrap();
        let read = x509_cert::Certificate::from_pem(made.to_pem()).unwrap();
        let tbs = read.tbs_certificate();
        assert_eq!(tbs.subject().to_string(), shown.unwrap_or_default());
        assert_eq!(tbs.issuer(), tbs.subject());
        let (_, constraints) = tbs.get_extension::<BasicConstraints>().unwrap().unwrap();
        assert!(constraints.ca);
        let (_, own) = tbs.get_extension::<SubjectKeyIdentifier>().unwrap().unwrap();
        let (_, issuers) = tbs.get_extension::<AuthorityKeyIdentifier>().unwrap().unwrap();
        assert_eq!(issuers.key_identifier, Some(own.0));

        let key = rsa::PublicKey::from_public_key_der(&tbs.subject_public_key_info().to_der().unwrap()).unwrap();
        let signature = Signature::try_from(read.signature().raw_bytes()).unwrap();
        VerifyingKey::<Sha256>::new(key).verify(&tbs.to_der().unwrap(), &signature).unwrap();
    }
}

#[test]
fn a_certificate_beyond_2050_and_one_without_a_name_can_be_made() {
    let century = Validity::from_now(Duration::from_hours(100 * 365 * 24)).unwrap();
    let made = Certificate::self_signed(&KEYS[0], "", &century).unwrap();
    assert_eq!(made.validity(), &century);
    assert!(Validity::from_now(Duration::from_secs(u64::from(u32::MAX) * 100)).is_err());
}

#[test]
fn a_fingerprint_reads_back_and_nothing_else_does() {
    let shown = KEYS[0].fingerprint().to_string();
    assert_eq!(shown.parse::<Fingerprint>().unwrap(), *KEYS[0].fingerprint());
    assert_eq!(format!("{:?}", KEYS[0].fingerprint()), shown);
    for wrong in ["", "SHA256:", &shown[7..], &shown[..shown.len() - 1], &format!("{shown}=")] {
        assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
    }
}
