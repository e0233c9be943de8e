//! Keys and certificates that must not be used, and a ring of those that may.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;

use waxseal_crypto::{Certificate, CertificateError, KeyError, KeyRing, PrivateKey};

/// Made with `openssl genrsa -traditional 1024`, `openssl ecparam -name prime256v1 -genkey`, `openssl pkcs8 -topk8
/// -nocrypt` and `openssl req -x509`.
fn refused(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refused").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_private_key_that_is_too_small_or_of_another_algorithm_is_refused_with_the_reason() {
    let good = PrivateKey::generate(2048).unwrap().to_pkcs8_pem().unwrap();
    for (name, reason) in [
        ("rsa-1024-pkcs1.key", KeyError::Size { bits: 1024 }),
        ("rsa-1024-pkcs8.key", KeyError::Size { bits: 1024 }),
        ("ec-sec1.key", KeyError::NotRsa),
        ("ec-pkcs8.key", KeyError::NotRsa),
    ] {
        let pem = refused(name);
        assert_eq!(PrivateKey::from_pem(&pem).err(), Some(reason.clone()), "{name}");
        // Behind one that is good.
        let both = [good.expose(), &pem].concat();
        assert!(PrivateKey::from_pem(&both).is_ok(), "{name}");
        assert_eq!(PrivateKey::all_from_pem(&both).err(), Some(reason), "{name}");
    }
}

#[test]
fn a_certificate_whose_key_is_too_small_or_of_another_algorithm_is_refused_with_the_reason() {
    for (name, reason) in [("rsa-1024.crt", KeyError::Size { bits: 1024 }), ("ec.crt", KeyError::NotRsa)] {
        assert_eq!(Certificate::from_pem(&refused(name)).err(), Some(CertificateError::Key(reason)), "{name}");
    }
}

#[test]
fn a_ring_knows_its_keys_by_name_and_each_of_them_once() {
    let [one, two, three] = [(); 3].map(|()| PrivateKey::generate(2048).unwrap());
    let ring = KeyRing::new([&one, &two, &one].map(PrivateKey::clone));
    assert_eq!((ring.len(), ring.is_empty()), (2, false));
    assert!(ring.keys().iter().map(PrivateKey::fingerprint).eq([&one, &two].map(PrivateKey::fingerprint)));
    assert_eq!(ring.get(two.fingerprint()).map(PrivateKey::fingerprint), Some(two.fingerprint()));
    assert!(ring.get(three.fingerprint()).is_none());
    let empty = KeyRing::new([]);
    assert_eq!((empty.len(), empty.is_empty()), (0, true));
}
