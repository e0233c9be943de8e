//! What a text in a manifest is: a sealed value, a damaged one, a placeholder, or plaintext.

use waxseal_crypto::{MAX_KEY_BITS, MIN_KEY_BITS, ParseValueError, SealedValue, base64};
use zeroize::Zeroizing;

/// Base64 of the shortest value that there is: a prefix, the ciphertext of the smallest key, and a tag.
const SHORTEST_SEALED: usize = (2 + MIN_KEY_BITS / 8 + 16).div_ceil(3) * 4;

/// How base64 of a length prefix begins: keys of 2048, 3072, 4096 and 8192 bits.
const USUAL_BEGINNINGS: [&str; 4] = ["AQ", "AY", "Ag", "BA"];

/// What a text under `encryptedData` is.
pub(crate) enum Looks {
    /// Something that another tool replaces before the cluster sees it.
    Placeholder,
    /// A sealed value, as far as can be told without the key.
    Sealed(SealedValue),
    /// Nothing.
    Empty,
    /// Meant to be a sealed value, with characters in it that base64 does not have, or with some missing.
    NotBase64,
    /// Shorter than its length prefix says.
    Truncated,
    /// Its length prefix fits no key.
    BadPrefix,
    /// Nothing that was ever sealed.
    Plain,
}

/// What a text under `encryptedData` is.
pub(crate) fn looks(text: &str) -> Looks {
    if is_placeholder(text) {
        return Looks::Placeholder;
    }
    if text.trim().is_empty() {
        return Looks::Empty;
    }
    match SealedValue::from_base64(text) {
        Ok(value) if fits_a_key(value.modulus_bytes()) => Looks::Sealed(value),
        Ok(_) | Err(ParseValueError::Truncated) => {
            let bytes = Zeroizing::new(base64::decode(text).unwrap_or_default());
            let prefix = bytes.first_chunk().map(|prefix| usize::from(u16::from_be_bytes(*prefix)));
            match prefix {
                Some(prefix) if fits_a_key(prefix) => Looks::Truncated,
                _ if text.len() >= SHORTEST_SEALED => Looks::BadPrefix,
                _ => Looks::Plain,
            }
        }
        Err(_) if meant_as_sealed(text) => Looks::NotBase64,
        Err(_) => Looks::Plain,
    }
}

/// Whether a text outside of `encryptedData` is a sealed value. Stricter than [`looks`]: other things are base64 too.
pub(crate) fn is_sealed(text: &str) -> bool {
    USUAL_BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
        && text.len() >= SHORTEST_SEALED
        && SealedValue::from_base64(text).is_ok_and(|value| matches!(value.modulus_bytes(), 256 | 384 | 512 | 1024))
}

/// Whether the whole text stands for a value that another tool puts there: a template action, a variable of Flux,
/// a path of argocd-vault-plugin or vals, a value that SOPS encrypted.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let between = |start: &str, end: &str| {
        text.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some_and(|inside| !inside.is_empty())
    };
    (text.contains("{{") && text.contains("}}"))
        || (between("${", "}") && text.matches("${").count() == 1)
        || (between("<", ">") && !text.contains(char::is_whitespace))
        || between("ENC[AES256_GCM,", "]")
        || text.starts_with("ref+")
}

fn fits_a_key(modulus_bytes: usize) -> bool {
    (MIN_KEY_BITS / 8..=MAX_KEY_BITS / 8).contains(&modulus_bytes)
}

/// Begins like a sealed value, or is long and made of base64's characters but for a few.
fn meant_as_sealed(text: &str) -> bool {
    let begins = USUAL_BEGINNINGS.iter().any(|beginning| text.starts_with(beginning));
    let foreign = text.bytes().filter(|byte| !is_base64(*byte)).count();
    (begins && text.len() >= 16) || (text.len() >= SHORTEST_SEALED && foreign * 20 <= text.len())
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(prefix: u16, bytes: usize) -> String {
        base64::encode(&[&prefix.to_be_bytes()[..], &vec![7; bytes]].concat())
    }

    #[test]
    fn a_sealed_value_is_told_from_a_damaged_one_and_from_plaintext() {
        assert!(matches!(looks(&sealed(256, 272)), Looks::Sealed(_)));
        assert!(matches!(looks(&sealed(512, 272)), Looks::Truncated));
        assert!(matches!(looks(&sealed(512, 4)), Looks::Truncated));
        assert!(matches!(looks(&sealed(0, 300)), Looks::BadPrefix));
        assert!(matches!(looks(&sealed(9000, 300)), Looks::BadPrefix));
        assert!(matches!(looks(&format!("{}!", sealed(256, 272))), Looks::NotBase64));
        assert!(matches!(looks(&sealed(256, 274)[..367]), Looks::NotBase64));
        assert!(matches!(looks("AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq..."), Looks::NotBase64));
        for plain in ["hunter2", "hunter22", "aHVudGVyMg==", "a pass phrase", "postgres://u:p@host/db"] {
            assert!(matches!(looks(plain), Looks::Plain), "{plain}");
        }
        assert!(matches!(looks(" \n"), Looks::Empty));
    }

    #[test]
    fn only_a_whole_sealed_value_is_one_outside_of_encrypted_data() {
        assert!(is_sealed(&sealed(512, 600)));
        assert!(!is_sealed(&sealed(512, 300)));
        assert!(!is_sealed(&sealed(300, 600)));
        assert!(!is_sealed("hunter2"));
    }

    #[test]
    fn placeholders_of_other_tools_are_known() {
        for text in [
            "{{ .Values.x }}",
            "${DB_PASSWORD}",
            "<path:kv/data/db#password>",
            "ENC[AES256_GCM,data:x]",
            "ref+vault://x",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["hunter2", "${a}b${c}", "pa${ss}", "<a b>", "<>", "{{", "ENC[]"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
