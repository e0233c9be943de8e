//! Stable sealing: the same in, the same out, for ever; anything else, bytes that look fresh.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use waxseal_crypto::{Backend, Certificate, KeyRing, Label, PrivateKey, Scope, SealedValue, StableKey, StableKeyError};

static KEYS: LazyLock<[PrivateKey; 2]> = LazyLock::new(|| [(); 2].map(|()| PrivateKey::generate(2048).unwrap()));

/// What the vectors are sealed with: the bytes 0 to 31.
const STABLE_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// SHA-256 of the sealed value; a program that shares no code with this one gave the same. If one of them changes, every repository that uses stable sealing gets a diff of all
/// its values: then the construction is another, and needs another name.
#[test]
fn the_construction_is_pinned_for_ever() {
    let pinned = [
        ("a", Scope::Strict, "password", "hunter2", "103f20e86d26a7d1560b4c9f849b6482543167066be5c1b8143ffa04085e1890"),
        (
            "b",
            Scope::NamespaceWide,
            "password",
            "hunter2",
            "13605ee1d034e70ff83b31d857ddcfdb7b4edf2625777aef9e6a22a2c577a2da",
        ),
        ("c", Scope::ClusterWide, "empty", "", "dde38086233cd83b45dcf19acd3d7d9711e1c413efcf08322cc7f78a037bc909"),
    ];
    let stable = StableKey::from_base64(STABLE_KEY).unwrap();
    for (key, scope, name, plaintext, expected) in pinned {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/vectors/{key}.crt"));
        let certificate = Certificate::from_pem(&std::fs::read(path).unwrap()).unwrap();
        let label = Label::new(scope, "team-a", "database");
        let value = certificate.public_key().seal_stable(&stable, &label, name, plaintext.as_bytes()).unwrap();
        let hash = hex(&Sha256::digest(value.as_bytes()));
        assert_eq!(hash, expected, "{key} {scope} {name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_same_value_at_the_same_place_is_the_same_bytes_and_opens_anywhere(
        plaintext in prop::collection::vec(any::<u8>(), 0..300), name in "[-._a-zA-Z0-9]{1,20}",
    ) {
        let stable = StableKey::generate().unwrap();
        let label = Label::new(Scope::Strict, "ns", "name");
        let seal = |backend| {
            let key = KEYS[0].public_key().on(backend).unwrap();
            key.seal_stable(&stable, &label, &name, &plaintext).unwrap()
        };
        let value = seal(Backend::default());
        for backend in Backend::ALL {
            prop_assert_eq!(&seal(*backend), &value);
            let ring = KeyRing::new([KEYS[0].on(*backend).unwrap()]);
            let opened = ring.opener().open(&value, &label).unwrap();
            prop_assert_eq!(opened.plaintext.expose(), &plaintext[..]);
        }
    }

    /// The regions are the RSA ciphertext and the tag; the AES ciphertext is as long as the value and may be empty.
    #[test]
    fn any_change_of_any_input_changes_every_region(changed in 0..6usize, plaintext in prop::collection::vec(any::<u8>(), 32..99)) {
        let stable = StableKey::from_base64(STABLE_KEY).unwrap();
        let place = Label::new(Scope::Strict, "ns", "name");
        let value = KEYS[0].public_key().seal_stable(&stable, &place, "key", &plaintext).unwrap();

        let mut other_plaintext = plaintext.clone();
        other_plaintext[0] ^= 1;
        let other_stable = StableKey::generate().unwrap();
        let elsewhere = Label::new(Scope::Strict, "ns", "name2");
        let widened = Label::new(Scope::NamespaceWide, "ns", "name");
        let [one, two] = [KEYS[0].public_key(), KEYS[1].public_key()];
        let other = match changed {
            0 => one.seal_stable(&other_stable, &place, "key", &plaintext),
            1 => two.seal_stable(&stable, &place, "key", &plaintext),
            2 => one.seal_stable(&stable, &elsewhere, "key", &plaintext),
            3 => one.seal_stable(&stable, &widened, "key", &plaintext),
            4 => one.seal_stable(&stable, &place, "key2", &plaintext),
            _ => one.seal_stable(&stable, &place, "key", &other_plaintext),
        }
        .unwrap();
        let regions = |value: &SealedValue| {
            let bytes = value.as_bytes();
            let (rsa, rest) = bytes[2..].split_at(256);
            let (payload, tag) = rest.split_at(rest.len() - 16);
            [rsa.to_vec(), payload.to_vec(), tag.to_vec()]
        };
        for (before, after) in regions(&value).iter().zip(&regions(&other)) {
            prop_assert_ne!(before, after);
            // Fresh bytes agree with others in one of 256 places; half of them agreeing is no chance.
            let same = before.iter().zip(after).filter(|(a, b)| a == b).count();
            prop_assert!(same < before.len() / 2);
        }
    }
}

/// Fields are bound by their lengths: a character that moves from one to the next is another input.
#[test]
fn neighbouring_fields_cannot_be_shifted_into_each_other() {
    let stable = StableKey::from_base64(STABLE_KEY).unwrap();
    let seal = |namespace: &str, name: &str, plaintext: &[u8]| {
        let label = Label::new(Scope::NamespaceWide, namespace, "");
        KEYS[0].public_key().seal_stable(&stable, &label, name, plaintext).unwrap()
    };
    assert_ne!(seal("ab", "c", b"d"), seal("a", "bc", b"d"));
    assert_ne!(seal("a", "bc", b"d"), seal("a", "b", b"cd"));
}

#[test]
fn a_stable_key_reads_back_and_what_is_none_says_why() {
    let key = StableKey::generate().unwrap();
    let text = key.expose_base64();
    assert_eq!(*StableKey::from_base64(&format!(" {}\n", *text)).unwrap().expose_base64(), *text);
    assert_eq!(StableKey::from_base64("CANARY!").err(), Some(StableKeyError::NotBase64));
    assert_eq!(StableKey::from_base64("AAAA").err(), Some(StableKeyError::Length { bytes: 3 }));
    assert_eq!(StableKey::from_base64("").err(), Some(StableKeyError::Length { bytes: 0 }));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
