//! Project Wycheproof's attacks on RSA-OAEP and AES-GCM, against what this crate uses of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use waxseal_crypto::{Backend, KeyRing, Label, PrivateKey, Scope, SealedValue};
use wycheproof::TestResult;
use wycheproof::rsa_oaep::{TestName, TestSet};
use wycheproof::{HashFunction, aead};

/// The crate seals 32-byte session keys and no other message, so an OAEP vector is put to the test inside a sealed
/// value: its message becomes a session key where it has 32 bytes, and must be refused where it has not.
#[test]
fn rsa_oaep_answers_as_wycheproof_says_on_every_backend() {
    let sets = [
        TestName::Rsa2048Sha256Mgf1Sha256,
        TestName::Rsa3072Sha256Mgf1Sha256,
        TestName::Rsa4096Sha256Mgf1Sha256,
        TestName::RsaMisc,
    ];
    let (mut opened, mut refused) = (0, 0);
    for set in sets {
        for group in TestSet::load(set).unwrap().test_groups {
            if group.hash != HashFunction::Sha2_256 || group.mgf_hash != HashFunction::Sha2_256 {
                continue;
            }
            let Ok(key) = PrivateKey::from_pem(group.pem.as_bytes()) else {
                assert!(group.key_size < 2048, "{set:?}: a key of {} bits is refused", group.key_size);
                continue;
            };
            for backend in Backend::ALL {
                let ring = KeyRing::new([key.on(*backend).unwrap()]);
                for test in &group.tests {
                    // Only labels that are text can be a place in a cluster.
                    let Ok(label) = std::str::from_utf8(&test.label) else { continue };
                    let label = Label::new(Scope::NamespaceWide, label, "");
                    let valid = test.result != TestResult::Invalid && test.pt.len() == 32;
                    let payload = seal_with(&test.pt, b"plaintext");
                    let bytes = [&u16::try_from(test.ct.len()).unwrap().to_be_bytes()[..], &test.ct, &payload].concat();
                    let value = SealedValue::from_bytes(bytes).unwrap();
                    let outcome = ring.opener().open(&value, &label);
                    assert_eq!(outcome.is_ok(), valid, "{set:?} test {} on {backend:?}: {}", test.tc_id, test.comment);
                    if valid { opened += 1 } else { refused += 1 }
                }
            }
        }
    }
    let backends = Backend::ALL.len();
    assert!(refused > 100 * backends, "only {refused} vectors were refused");
    assert!(opened >= 3 * backends, "only {opened} vectors opened");
}

#[test]
fn aes_256_gcm_answers_as_wycheproof_says() {
    let mut tried = 0;
    for group in aead::TestSet::load(aead::TestName::AesGcm).unwrap().test_groups {
        if group.key_size != 256 || group.nonce_size != 96 {
            continue;
        }
        for test in group.tests {
            let cipher = Aes256Gcm::new_from_slice(&test.key).unwrap();
            let sealed = [&test.ct[..], &test.tag].concat();
            let nonce = Nonce::try_from(&test.nonce[..]).unwrap();
            let outcome = cipher.decrypt(&nonce, Payload { msg: &sealed, aad: &test.aad });
            let expected = (test.result == TestResult::Valid).then(|| test.pt.to_vec());
            assert_eq!(outcome.ok(), expected, "test {}: {}", test.tc_id, test.comment);
            tried += 1;
        }
    }
    assert!(tried > 50, "only {tried} vectors were tried");
}

fn seal_with(session_key: &[u8], plaintext: &[u8]) -> Vec<u8> {
    match Aes256Gcm::new_from_slice(session_key) {
        Ok(cipher) => cipher.encrypt(&Nonce::from([0; 12]), plaintext).unwrap(),
        Err(_) => vec![0; 64],
    }
}
