//! As much of DER as keys and certificates need.

use zeroize::Zeroizing;

/// DER bytes, wiped because they may be of a private key.
pub(crate) type Der = Zeroizing<Vec<u8>>;

pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;
pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
pub(crate) const UTF8_STRING: u8 = 0x0C;
pub(crate) const PRINTABLE_STRING: u8 = 0x13;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;

/// The tag of a constructed element that the context gives a meaning.
pub(crate) const fn context(number: u8) -> u8 {
    0xA0 | number
}

/// The tag of a primitive element that the context gives a meaning.
pub(crate) const fn primitive_context(number: u8) -> u8 {
    0x80 | number
}

/// An element of the parts one after the other.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Der {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = Zeroizing::new(Vec::with_capacity(length + 10));
    out.push(tag);
    let bytes = length.to_be_bytes();
    let significant = &bytes[bytes.iter().take_while(|&&byte| byte == 0).count()..];
    match significant {
        [] => out.push(0),
        [short @ ..0x80] => out.push(*short),
        _ => {
            out.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
            out.extend_from_slice(significant);
        }
    }
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// An element of tag `tag` at the start: its contents, and what follows it.
pub(crate) fn read(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = bytes.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first & 0x80 != 0 {
        let (digits, after) = rest.split_at_checked(usize::from(first & 0x7F))?;
        if digits.is_empty() || digits.len() > 4 {
            return None;
        }
        length = digits.iter().fold(0, |length, &byte| length << 8 | usize::from(byte));
        rest = after;
    }
    (found == tag).then(|| rest.split_at_checked(length))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_any_length_read_back() {
        for length in [0, 1, 127, 128, 255, 256, 70_000] {
            let content = vec![7; length];
            let bytes = element(OCTET_STRING, &[&content, b""]);
            assert_eq!(read(OCTET_STRING, &bytes), Some((&content[..], &b""[..])));
            assert_eq!(read(SEQUENCE, &bytes), None);
            assert_eq!(read(OCTET_STRING, &bytes[..bytes.len() - 1]), None);
        }
    }
}
