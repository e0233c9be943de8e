//! What differs from run to run.

/// Fingerprints of the keys that lie in `tests/vectors`, by the key's letter.
const KNOWN_KEYS: [&str; 3] = [
    "SHA256:/Vd0v5dKhg2RGG2vUH560WxjbPa7KhRQ5b2b2QuQhEc",
    "SHA256:C9l7ndzR62KBVJPRLgBCLwpe23auHd7HIx0wuo/riRg",
    "SHA256:O4MXIMbZ5D6kDmb/i7juT9I7RfJC/nzTxSGeQTPGCwE",
];

/// Years in which only a test's own key begins or ends.
const FIXED_YEARS: [&str; 5] = ["2020-", "2021-", "2100-", "2110-", "2126-"];

/// A sealed value is at least this long in base64: 2 bytes, the RSA ciphertext of a 2048-bit key, the tag.
const SEALED_LENGTH: usize = 360;

/// The text without sealed values, new fingerprints and moments.
pub(crate) fn redacted(text: &str) -> String {
    text.split_inclusive('\n').map(line).collect()
}

fn line(line: &str) -> String {
    // The word that a line of PEM or a sealed value is, and nothing else that long.
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let mut out = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let length = rest.find(|c: char| !is_base64(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        out.push_str(if length >= SEALED_LENGTH { "[SEALED]" } else { word });
        let other = after.find(is_base64).unwrap_or(after.len());
        out.push_str(&after[..other]);
        rest = &after[other..];
    }
    moments(&fingerprints(&out))
}

fn fingerprints(line: &str) -> String {
    let Some(at) = line.find("SHA256:").filter(|at| line.len() >= at + 50) else { return line.to_owned() };
    let (before, after) = line.split_at(at);
    let (fingerprint, after) = after.split_at(50);
    let shown = if KNOWN_KEYS.contains(&fingerprint) { fingerprint } else { "SHA256:[FINGERPRINT]" };
    format!("{before}{shown}{}", fingerprints(after))
}

/// RFC 3339 to the second, of a year that is not fixed.
fn moments(line: &str) -> String {
    let shape = |text: &str| {
        text.bytes().zip("dddd-dd-ddTdd:dd:dd".bytes()).all(|(byte, shape)| match shape {
            b'd' => byte.is_ascii_digit(),
            other => byte == other,
        })
    };
    let mut out = String::new();
    let mut at = 0;
    while at < line.len() {
        let Some(here) = line.get(at..at + 19).filter(|here| shape(here)) else {
            let next = line[at..].chars().next().map_or(1, char::len_utf8);
            out.push_str(&line[at..at + next]);
            at += next;
            continue;
        };
        let is_fixed = FIXED_YEARS.iter().any(|year| here.starts_with(year)) || here.starts_with("2026-11-23");
        out.push_str(if is_fixed { here } else { "[MOMENT]" });
        at += 19;
    }
    out
}
