//! Base64 as Go's `base64.StdEncoding` reads and writes it, which is what Kubernetes and upstream use.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Padding is required; stray bits in the last character are not looked at.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// The bytes that `text` stands for; line breaks in it are skipped. `None` if it is not base64.
///
/// Where the bytes are secret, the caller wipes them.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    if text.contains(['\r', '\n']) {
        BASE64.decode(zeroize::Zeroizing::new(text.replace(['\r', '\n'], "")).as_str()).ok()
    } else {
        BASE64.decode(text).ok()
    }
}

/// `bytes` as standard base64 with padding.
pub fn encode(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_as_go_reads_it() {
        let text = encode(&[0; 19]);
        for same in [text.clone(), format!("{}\r\n{}\n", &text[..8], &text[8..]), text.replace("AA==", "AB==")] {
            assert_eq!(decode(&same), Some(vec![0; 19]), "{same:?}");
        }
        for wrong in [text.trim_end_matches('='), &format!(" {text}"), &text.replace('A', "-"), "=", "A==="] {
            assert_eq!(decode(wrong), None, "{wrong:?}");
        }
    }
}
