//! What one value costs. Run with `cargo bench -p waxseal-crypto`.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use divan::{Bencher, counter::BytesCount};
use waxseal_crypto::{Backend, KeyRing, Label, PrivateKey, Scope};

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [2048, 3072, 4096];

#[divan::bench(args = SIZES)]
fn seal_on_aws_lc(bencher: Bencher<'_, '_>, bits: usize) {
    seal(bencher, Backend::default(), bits);
}

#[divan::bench(args = SIZES)]
fn seal_on_pure_rust(bencher: Bencher<'_, '_>, bits: usize) {
    seal(bencher, Backend::PureRust, bits);
}

#[divan::bench(args = SIZES)]
fn open_on_aws_lc(bencher: Bencher<'_, '_>, bits: usize) {
    open(bencher, Backend::default(), bits);
}

#[divan::bench(args = SIZES)]
fn open_on_pure_rust(bencher: Bencher<'_, '_>, bits: usize) {
    open(bencher, Backend::PureRust, bits);
}

/// The oldest key of the ring sealed the value, and nothing says so: the worst case.
#[divan::bench(args = [1, 10, 60], sample_count = 10)]
fn open_with_the_oldest_of_a_ring(bencher: Bencher<'_, '_>, keys: usize) {
    let keys: Vec<_> = (0..keys).map(|_| PrivateKey::generate(2048).unwrap()).collect();
    let label = Label::new(Scope::Strict, "namespace", "name");
    let value = keys.last().unwrap().public_key().seal(&label, b"hunter2").unwrap();
    // A ring of its own for each call: one ring would remember the hit.
    bencher
        .with_inputs(|| KeyRing::new(keys.iter().cloned()))
        .bench_values(|ring| ring.opener().open(&value, &label).unwrap().plaintext);
}

/// What is left beside RSA when the value is large.
#[divan::bench(args = [1 << 10, 1 << 20])]
fn seal_a_large_value(bencher: Bencher<'_, '_>, bytes: usize) {
    let key = PrivateKey::generate(2048).unwrap();
    let plaintext = vec![0x5a; bytes];
    let label = Label::new(Scope::Strict, "namespace", "name");
    bencher.counter(BytesCount::new(bytes)).bench(|| key.public_key().seal(&label, &plaintext).unwrap());
}

fn seal(bencher: Bencher<'_, '_>, backend: Backend, bits: usize) {
    let key = PrivateKey::generate(bits).unwrap();
    let public = key.public_key().on(backend).unwrap();
    let label = Label::new(Scope::Strict, "namespace", "name");
    bencher.bench(|| public.seal(&label, b"hunter2").unwrap());
}

fn open(bencher: Bencher<'_, '_>, backend: Backend, bits: usize) {
    let key = PrivateKey::generate(bits).unwrap();
    let label = Label::new(Scope::Strict, "namespace", "name");
    let value = key.public_key().seal(&label, b"hunter2").unwrap();
    let ring = KeyRing::new([key.on(backend).unwrap()]);
    bencher.bench(|| ring.opener().open(&value, &label).unwrap().plaintext);
}
