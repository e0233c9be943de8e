//! Private keys, wherever in a file they stand.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use waxseal_documents::Position;

use crate::Rule;
use crate::collect::{Findings, Problem, Span};

static BEGIN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(BEGIN_MARK));
static AGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(AGE_MARK));

const BEGIN_MARK: &str = "-----BEGIN ";
const AGE_MARK: &str = "AGE-SECRET-KEY-1";

/// Characters after `AGE-SECRET-KEY-1`: 32 bytes and a checksum in bech32.
const AGE_DATA: usize = 58;

/// How far behind its first line a block is searched for the key. PGP's has a few lines of its own.
const WINDOW: usize = 400;

/// So many characters of base64 in a row are a key. The constants of programs that look for keys have none.
const KEY_RUN: usize = 32;

/// `openssh-key-v1`, and then `none` for its cipher: a key without a passphrase.
const OPENSSH: &[u8] = b"b3BlbnNzaC1rZXktdjE";
const OPENSSH_UNENCRYPTED: &[u8] = b"b3BlbnNzaC1rZXktdjEAAAAABG5vbmU";

pub(crate) fn check(bytes: &[u8], findings: &mut Findings) {
    for at in BEGIN.find_iter(bytes) {
        let block = &bytes[at..];
        if let Some(label) = label(block).filter(|label| holds_key(label, block)) {
            let message = format!("a private key (PEM block {label}) stands in the file");
            findings.add(Problem::new(Rule::PrivateKey, message), None, || {
                Span::of(position(bytes, at), BEGIN_MARK.len() + label.len() + "-----".len())
            });
        }
    }
    for at in AGE.find_iter(bytes) {
        let data = &bytes[at + AGE_MARK.len()..];
        let length = data.iter().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).count();
        if length == AGE_DATA {
            findings.add(Problem::new(Rule::PrivateKey, "a secret key of age stands in the file"), None, || {
                Span::of(position(bytes, at), AGE_MARK.len() + AGE_DATA)
            });
        }
    }
}

/// What the block says that it is, if that is a private key in the clear.
fn label(block: &[u8]) -> Option<&'static str> {
    let rest = block.strip_prefix(BEGIN_MARK.as_bytes())?;
    let labels = [
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "DSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
    ];
    labels.into_iter().find(|label| rest.strip_prefix(label.as_bytes()).is_some_and(|rest| rest.starts_with(b"-----")))
}

fn holds_key(label: &str, block: &[u8]) -> bool {
    let start = BEGIN_MARK.len() + label.len() + "-----".len();
    let window = &block[start..block.len().min(start + WINDOW)];
    // `Proc-Type: 4,ENCRYPTED` (RFC 1421): what follows needs a passphrase.
    if memchr::memmem::find(window, b",ENCRYPTED").is_some() {
        return false;
    }
    let is_key = |run: &&[u8]| run.len() >= KEY_RUN;
    let Some(run) = window.split(|byte| !is_base64(*byte)).map(without_escapes).find(is_key) else { return false };
    !run.starts_with(OPENSSH) || run.starts_with(OPENSSH_UNENCRYPTED)
}

/// Inside of JSON the line break before the key is written `\n`, and its `n` looks like a part of it.
fn without_escapes(run: &[u8]) -> &[u8] {
    run.strip_prefix(b"n").unwrap_or(run)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

fn position(bytes: &[u8], at: usize) -> Position {
    let text = String::from_utf8_lossy(&bytes[..at]);
    Position::of(&text, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MaC5f";

    fn found(text: &str) -> Vec<(usize, usize)> {
        let mut findings = Findings::new("x".into());
        check(text.as_bytes(), &mut findings);
        findings.into_list().iter().map(|finding| (finding.start.line, finding.start.column)).collect()
    }

    #[test]
    fn a_key_is_found_alone_indented_in_json_and_among_certificates() {
        assert_eq!(found(&format!("-----BEGIN RSA PRIVATE KEY-----\n{KEY}\n")), [(1, 1)]);
        assert_eq!(found(&format!("a: |\n  -----BEGIN PRIVATE KEY-----\r\n  {KEY}\n")), [(2, 3)]);
        assert_eq!(found(&format!("{{\"k\": \"-----BEGIN EC PRIVATE KEY-----\\n{KEY}\"}}")), [(1, 8)]);
        assert_eq!(found(&format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\n{KEY}\n")), [(1, 1)]);
        assert_eq!(found(&format!("# key\nAGE-SECRET-KEY-1{}\n", "Q".repeat(58))), [(2, 1)]);
        assert_eq!(
            found(&format!("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ{KEY}\n")),
            [(1, 1)]
        );
    }

    #[test]
    fn what_is_no_key_or_needs_a_passphrase_is_not_reported() {
        for text in [
            "if text.contains(\"-----BEGIN RSA PRIVATE KEY-----\") {",
            &format!("-----BEGIN CERTIFICATE-----\n{KEY}\n"),
            &format!("-----BEGIN PUBLIC KEY-----\n{KEY}\n"),
            &format!("-----BEGIN ENCRYPTED PRIVATE KEY-----\n{KEY}\n"),
            &format!("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\n{KEY}\n"),
            &format!("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIA{KEY}\n"),
            "AGE-SECRET-KEY-1QQQQ",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
