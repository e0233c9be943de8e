//! Any text as a sealed value: it is one or it is not, it reads back as it was written, and nothing that was not
//! sealed for a place opens there.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use waxseal_crypto::{KeyRing, Label, OpenError, PrivateKey, Scope, SealedValue};

/// The key that a part of the seeds was sealed with.
static RING: LazyLock<KeyRing> = LazyLock::new(|| {
    let pem = include_bytes!("../../tests/vectors/b.key");
    KeyRing::new([PrivateKey::from_pem(pem).expect("the key is sound")])
});

fuzz_target!(|input: &[u8]| {
    let from_text = std::str::from_utf8(input).ok().and_then(|text| SealedValue::from_base64(text).ok());
    let from_bytes = SealedValue::from_bytes(input.to_owned()).ok();
    for value in from_text.into_iter().chain(from_bytes) {
        let again = SealedValue::from_base64(&value.to_base64());
        assert!(again.as_ref() == Ok(&value), "it reads back otherwise than it was written");
        assert_eq!(value.as_bytes().len(), 2 + value.modulus_bytes() + value.plaintext_bytes() + 16);

        // No vector was sealed for this place.
        let mut opener = RING.opener();
        let label = Label::new(Scope::Strict, "of-nobody", "nothing");
        match opener.open(&value, &label) {
            Ok(_) => panic!("it opens in a place that it was not sealed for"),
            Err(OpenError::NoKeyOpens) => assert_eq!((value.modulus_bytes(), opener.operations()), (256, 1)),
            Err(_) => assert_eq!(opener.operations(), 0, "a key of another size was tried"),
        }
    }
});
