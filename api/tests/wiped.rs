//! What the memory of a process holds after its secrets are gone: read from `/proc/self/mem`, so on Linux.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use serde_json::json;
use waxseal_api::{PlainSecret, SealOptions, SealedSecret, SealedSecretSpec, UnsealOptions, seal, unseal};
use waxseal_crypto::{Backend, KeyRing, PrivateKey};
use zeroize::{Zeroize as _, Zeroizing};

/// What is searched for lies in memory under this mask only, or the search would find itself.
const MASK: u8 = 0xa5;

const LENGTH: usize = 32;

/// One at a time: another test's live secrets are not this one's dead ones.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A secret that is nowhere else.
struct Needle([u8; LENGTH]);

impl Needle {
    /// A new one, of letters: what `Needle` holds is it, masked.
    fn fresh() -> Self {
        let mut random = [0; LENGTH];
        File::open("/dev/urandom").unwrap().read_at(&mut random, 0).unwrap();
        Self(random.map(|byte| (b'a' + byte % 26) ^ MASK))
    }

    /// A part of something that is there already.
    fn of(bytes: &[u8]) -> Self {
        Self(std::array::from_fn(|at| bytes[at] ^ MASK))
    }

    fn reversed(&self) -> Self {
        let mut bytes = self.0;
        bytes.reverse();
        Self(bytes)
    }

    /// It behind a few bytes, because the allocator writes over the first ones of what is freed.
    fn plain(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([b'.'; 16].into_iter().chain(self.0.iter().map(|byte| byte ^ MASK)).collect())
    }

    /// Where it is in the writable memory of this process.
    fn places(&self) -> Vec<String> {
        let memory = File::open("/proc/self/mem").unwrap();
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        // One buffer, whose own place is left out, wiped each time.
        let mut buffer = vec![0; 1 << 16];
        let own = buffer.as_ptr().addr()..buffer.as_ptr().addr() + buffer.len();
        let mut places = Vec::new();
        for line in maps.lines() {
            let mut words = line.split_ascii_whitespace();
            let (range, rights) = (words.next().unwrap(), words.next().unwrap());
            let name = words.nth(3).unwrap_or("anonymous");
            if !rights.starts_with("rw") || name.starts_with('/') || name.starts_with("[v") {
                continue;
            }
            let (start, end) = range.split_once('-').unwrap();
            let [mut at, end] = [start, end].map(|number| usize::from_str_radix(number, 16).unwrap());
            while at < end {
                let length = buffer.len().min(end - at);
                let read = memory.read_at(&mut buffer[..length], at as u64).unwrap_or(0);
                for place in self.in_bytes(&buffer[..read]) {
                    if !own.contains(&(at + place)) {
                        places.push(format!("{name} at {:x}", at + place));
                    }
                }
                buffer.as_mut_slice().zeroize();
                // Pieces overlap, or one that lies across a border would not be seen.
                at += if at + length < end { length - (LENGTH - 1) } else { length };
            }
        }
        places
    }

    fn in_bytes(&self, bytes: &[u8]) -> Vec<usize> {
        let is_it = |at: &usize| {
            let window = bytes.get(*at..*at + LENGTH);
            window.is_some_and(|window| window.iter().zip(&self.0).all(|(byte, masked)| byte ^ MASK == *masked))
        };
        memchr::memchr_iter(self.0[0] ^ MASK, bytes).filter(is_it).collect()
    }

    fn is_gone(&self, what: &str) {
        let places = self.places();
        assert!(places.is_empty(), "{what} is still in memory, {} times: {places:?}", places.len());
    }
}

fn vector(name: &str) -> Zeroizing<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
    // `read` asks for the size first and allocates once: no buffer of another size stays behind.
    Zeroizing::new(fs::read(path).unwrap())
}

fn sealed(needle: &Needle, ring: &KeyRing) -> SealedSecret {
    let manifest = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "n", "namespace": "ns" } });
    let mut secret = PlainSecret::from_manifest(&manifest).unwrap();
    secret.data.insert("k".to_owned(), needle.plain().into());
    seal(&secret, ring.keys()[0].public_key(), SealOptions::default()).unwrap()
}

#[test]
fn the_search_finds_what_is_there() {
    let _alone = alone();
    let needle = Needle::fresh();
    assert_eq!(needle.places(), Vec::<String>::new());
    let live = needle.plain();
    assert_eq!(needle.places().len(), 1);
    drop(live);
    needle.is_gone("a wiped buffer");
    let leaked = needle.plain().to_vec();
    assert_eq!(needle.places().len(), 1);
    drop(leaked);
}

#[test]
fn a_plaintext_that_was_sealed_opened_and_made_a_secret_of_is_nowhere_in_memory_once_it_is_dropped() {
    let _alone = alone();
    let ring = KeyRing::new([PrivateKey::from_pem(&vector("b.key")).unwrap()]);
    for backend in [Backend::default(), Backend::PureRust] {
        let ring = KeyRing::new([ring.keys()[0].on(backend).unwrap()]);
        let needle = Needle::fresh();
        let object = sealed(&needle, &ring);
        needle.is_gone("a plaintext after it was sealed");
        let (secret, opened) = unseal(&object, &ring, UnsealOptions::default()).unwrap();
        assert!(!needle.places().is_empty(), "the plaintext is not where it has to be");
        drop((secret, opened));
        needle.is_gone("a plaintext after it was opened and dropped");
    }
}

#[test]
fn the_secret_of_the_deprecated_field_is_nowhere_in_memory_once_it_is_dropped() {
    let _alone = alone();
    let ring = KeyRing::new([PrivateKey::from_pem(&vector("b.key")).unwrap()]);
    let needle = Needle::fresh();
    let mut object = SealedSecret::new("n", SealedSecretSpec::default());
    object.metadata.namespace = Some("ns".to_owned());
    let mut inner = Zeroizing::new(Vec::with_capacity(200));
    inner.extend_from_slice(br#"{"apiVersion":"v1","kind":"Secret","stringData":{"k":""#);
    inner.extend_from_slice(&needle.plain());
    inner.extend_from_slice(br#""}}"#);
    object.spec.data = Some(ring.keys()[0].public_key().seal(&object.label(), &inner).unwrap().to_base64());
    drop(inner);
    let (secret, opened) = unseal(&object, &ring, UnsealOptions::default()).unwrap();
    assert!(!needle.places().is_empty(), "the plaintext is not where it has to be");
    drop((secret, opened));
    needle.is_gone("the Secret of the deprecated field");
}

#[test]
fn a_value_that_a_template_was_rendered_with_is_nowhere_in_memory_once_it_is_dropped() {
    let _alone = alone();
    let ring = KeyRing::new([PrivateKey::from_pem(&vector("b.key")).unwrap()]);
    let needle = Needle::fresh();
    let mut object = sealed(&needle, &ring);
    for (key, template) in
        [("file", "password = {{ .k }}\n"), ("upper", "{{ .k | upper }}"), ("fails", "{{ .k }}{{ fail .k }}")]
    {
        object.spec.template.data = [(key.to_owned(), Some(template.to_owned()))].into();
        drop(unseal(&object, &ring, UnsealOptions::default()));
        needle.is_gone(key);
    }
}

#[test]
fn the_text_of_a_private_key_and_its_exponent_are_nowhere_in_memory_once_it_is_dropped() {
    let _alone = alone();
    // Of the file's text, and of the private exponent as it is written and as it is computed with. Of the primes the
    // crate `rsa` (0.10) leaves copies behind when it takes a key; SECURITY.md says so.
    let pem = vector("b.key");
    let text = Needle::of(&pem[600..]);
    let der = der_of(&pem);
    let exponent = Needle::of(&der[400..]);
    let parts = [("little endian", exponent.reversed()), ("big endian", exponent)];
    drop((pem, der));
    text.is_gone("the text that was read");

    for backend in [Backend::default(), Backend::PureRust] {
        let key = PrivateKey::from_pem(&vector("b.key")).unwrap().on(backend).unwrap();
        let ring = KeyRing::new([key]);
        let needle = Needle::fresh();
        let object = sealed(&needle, &ring);
        drop(unseal(&object, &ring, UnsealOptions::default()).unwrap());
        assert!(parts.iter().any(|(_, part)| !part.places().is_empty()), "the key is not where it has to be");
        drop(ring);
        text.is_gone("the text of the key");
        let left: Vec<_> =
            parts.iter().map(|(what, part)| (what, part.places())).filter(|(_, places)| !places.is_empty()).collect();
        assert!(left.is_empty(), "of the key ({backend:?}) is still in memory: {left:?}");
    }
}

fn der_of(pem: &[u8]) -> Zeroizing<Vec<u8>> {
    let text = std::str::from_utf8(pem).unwrap();
    let body: Zeroizing<String> = Zeroizing::new(text.lines().filter(|line| !line.starts_with("--")).collect());
    Zeroizing::new(waxseal_crypto::base64::decode(&body).unwrap())
}
