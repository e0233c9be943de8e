//! The names of new key Secrets. See docs/adr/0006-key-names.md.

use waxseal_crypto::Fingerprint;

/// Letters and digits of generated names, as Kubernetes has them: no vowels, so that no words come out.
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// How many of them a name ends with: 27^10 is about 2^47.
const LENGTH: usize = 10;

/// What stands for the parent of the first key.
const NO_PARENT: &[u8; 32] = b"the first sealing key of a ring ";

/// The name of the key that comes after `parent`, or of the first. Where that name is taken by a Secret that is no key
/// any more, `attempt` gives another.
///
/// It depends on nothing else, no clock and no chance: whoever wants to make a successor of the same key wants the
/// same name, and a name can be created once.
pub(super) fn successor(prefix: &str, parent: Option<&Fingerprint>, attempt: u8) -> String {
    // A fingerprint is a hash: any part of it is as good as any other.
    let bytes = parent.map_or(NO_PARENT, Fingerprint::as_bytes);
    let mut number = bytes[..16].iter().fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
    number = number.wrapping_add(u128::from(attempt));
    let mut name = prefix.to_owned();
    for _ in 0..LENGTH {
        let base = ALPHABET.len() as u128;
        let index = usize::try_from(number % base).unwrap_or_default();
        name.push(char::from(ALPHABET[index]));
        number /= base;
    }
    name
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn fingerprint(text: &str) -> Fingerprint {
        text.parse().unwrap()
    }

    #[test]
    fn a_key_has_one_successor_whoever_makes_it_and_whenever() {
        let a = fingerprint("SHA256:C9l7ndzR62KBVJPRLgBCLwpe23auHd7HIx0wuo/riRg");
        let b = fingerprint("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        // Pinned: two versions of the controller must agree.
        assert_eq!(successor("sealed-secrets-key", Some(&a), 0), PINNED);
        let names: HashSet<String> = [None, Some(&a), Some(&b)]
            .into_iter()
            .flat_map(|parent| (0..50).map(move |attempt| successor("k", parent, attempt)))
            .collect();
        assert_eq!(names.len(), 150);
    }

    #[test]
    fn a_name_is_one_that_kubernetes_takes() {
        let name = successor("sealed-secrets-key", None, 0);
        assert_eq!(name.len(), "sealed-secrets-key".len() + LENGTH);
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
    }

    const PINNED: &str = "sealed-secrets-keyb5kz2m2rhk";
}
