//! PEM (RFC 7468), read as leniently as Go's `pem.Decode` is used upstream: what stands between the blocks is skipped.
//!
//! Read here and not by a library: those that are lenient leave the text of private keys behind in freed memory.

use std::iter;

use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

/// What a block says it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// X.509.
    Certificate,
    /// SEC 1.
    EcPrivateKey,
    /// PKCS#8.
    PrivateKey,
    /// PKCS#1.
    RsaPrivateKey,
    /// Something that is not looked at here.
    Other,
}

/// The blocks of a PEM text, in order. A block that cannot be read is skipped, as Go skips it.
pub(crate) fn blocks(text: &[u8]) -> impl Iterator<Item = (Kind, Zeroizing<Vec<u8>>)> {
    let mut lines = text.split(|byte| matches!(byte, b'\n' | b'\r'));
    iter::from_fn(move || next(&mut lines))
}

fn next<'a>(lines: &mut impl Iterator<Item = &'a [u8]>) -> Option<(Kind, Zeroizing<Vec<u8>>)> {
    let mut label: Option<&[u8]> = None;
    let mut body: Vec<&[u8]> = Vec::new();
    for line in lines {
        if let Some(rest) = line.strip_prefix(b"-----BEGIN ") {
            // A block that begins within another is the one that counts: that other has no end.
            label = begun(rest);
            body.clear();
        } else if let Some(open) = label {
            if !ends(line, open) {
                body.push(line);
                continue;
            }
            if let Some(bytes) = decoded(&body) {
                return Some((Kind::of(open), bytes));
            }
            label = None;
        }
    }
    None
}

/// The label of a block that begins, of what follows `-----BEGIN `.
fn begun(rest: &[u8]) -> Option<&[u8]> {
    rest.trim_ascii_end().strip_suffix(b"-----").filter(|label| !label.ends_with(b"-"))
}

fn ends(line: &[u8], label: &[u8]) -> bool {
    let rest = line.strip_prefix(b"-----END ").and_then(|rest| rest.strip_prefix(label));
    rest.is_some_and(|rest| rest.starts_with(b"-----"))
}

/// Decodes in constant time: it may be a private key.
fn decoded(body: &[&[u8]]) -> Option<Zeroizing<Vec<u8>>> {
    // Of its full size from the start: a buffer that grows leaves its former self behind.
    let mut text = Zeroizing::new(Vec::with_capacity(body.iter().map(|line| line.len()).sum()));
    for line in body {
        text.extend(line.iter().filter(|byte| !byte.is_ascii_whitespace()));
    }
    let mut bytes = Zeroizing::new(vec![0; text.len() / 4 * 3]);
    let length = Base64::decode(text.as_slice(), bytes.as_mut_slice()).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

impl Kind {
    fn of(label: &[u8]) -> Self {
        match label {
            b"CERTIFICATE" => Self::Certificate,
            b"EC PRIVATE KEY" => Self::EcPrivateKey,
            b"PRIVATE KEY" => Self::PrivateKey,
            b"RSA PRIVATE KEY" => Self::RsaPrivateKey,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Kind, Vec<u8>)> {
        blocks(text.as_bytes()).map(|(kind, bytes)| (kind, bytes.to_vec())).collect()
    }

    #[test]
    fn blocks_are_found_in_whatever_stands_around_them() {
        let text = "junk\n-----BEGIN CERTIFICATE-----\nAAEC\r\nAwQ=\r\n-----END CERTIFICATE-----\n# more\n\
                    -----BEGIN X-----\nAAAA\n-----END X-----\n-----BEGIN PRIVATE KEY-----  \n AA EC \n-----END PRIVATE KEY-----";
        let expected =
            [(Kind::Certificate, vec![0, 1, 2, 3, 4]), (Kind::Other, vec![0; 3]), (Kind::PrivateKey, vec![0, 1, 2])];
        assert_eq!(read(text), expected);
    }

    #[test]
    fn a_block_that_cannot_be_read_is_skipped_and_the_next_is_not() {
        let good = "-----BEGIN RSA PRIVATE KEY-----\nAAEC\n-----END RSA PRIVATE KEY-----\n";
        for bad in [
            "-----BEGIN CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nAAEC\n",
            "-----BEGIN CERTIFICATE-----\nno base64!\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nAAE\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE----\nAAEC\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE------\nAAEC\n-----END CERTIFICATE-----\n",
            "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAEC\n-----END EC PRIVATE KEY-----\n",
        ] {
            assert_eq!(read(&format!("{bad}{good}")), [(Kind::RsaPrivateKey, vec![0, 1, 2])], "{bad}");
        }
        assert_eq!(read("-----BEGIN CERTIFICATE-----\nAAEC\n-----END PRIVATE KEY-----\n"), []);
    }
}
