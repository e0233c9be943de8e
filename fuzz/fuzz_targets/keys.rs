//! Any bytes as a private key, a certificate, a key Secret in a watch, a backup of key Secrets: taken or refused, and
//! what is taken works.
#![no_main]

use libfuzzer_sys::fuzz_target;
use waxseal_crypto::{Certificate, KeyRing, Label, PrivateKey, Scope};

fuzz_target!(|input: &[u8]| {
    if let Ok(keys) = PrivateKey::all_from_pem(input) {
        assert!(!keys.is_empty());
        for key in keys {
            works(key);
        }
    }
    if let Ok(certificate) = Certificate::from_pem(input) {
        let again = Certificate::from_pem(certificate.to_pem().as_bytes()).expect("it is read back");
        assert_eq!(again.fingerprint(), certificate.fingerprint());
        let _ = certificate.validity().check(certificate.validity().not_before());
    }
    waxseal_controller::fuzzing::key_secret(input);
    for key in waxseal::fuzzing::private_keys(input) {
        works(key);
    }
});

/// What the public half seals, the private half opens.
fn works(key: PrivateKey) {
    let label = Label::new(Scope::Strict, "namespace", "name");
    let Ok(value) = key.public_key().seal(&label, b"plaintext") else { return };
    let ring = KeyRing::new([key]);
    if let Ok(opened) = ring.opener().open(&value, &label) {
        assert_eq!(opened.plaintext.expose(), b"plaintext");
    }
}
