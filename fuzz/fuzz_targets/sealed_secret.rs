//! Any JSON as a SealedSecret that a watch brings: it becomes a Secret or a message, it never stops the watch, and no
//! message has a piece of what was sealed or of a template in it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use waxseal_crypto::{KeyRing, PrivateKey};

/// The key that the seeds were sealed with.
static RING: LazyLock<KeyRing> = LazyLock::new(|| {
    let pem = include_bytes!("../../tests/vectors/b.key");
    KeyRing::new([PrivateKey::from_pem(pem).expect("the key is sound")])
});

/// What the seeds' values begin with once they are open.
const CANARY: &str = "CANARY-";

fuzz_target!(|input: &[u8]| {
    if let Some(message) = waxseal_controller::fuzzing::sealed_secret(input, &RING) {
        let said = std::str::from_utf8(input).is_ok_and(|input| input.contains(CANARY));
        assert!(said || !message.contains(CANARY), "a message with a value in it");
        assert!(!message.is_empty());
    }
});
