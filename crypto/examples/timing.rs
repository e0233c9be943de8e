//! How long opening takes for a value that opens and for values that do not, each for another reason: whether an
//! attacker who sees the time could tell the reasons apart. Reported, not asserted; the method is that of dudect
//! (Reparaz, Balasch, Verbauwhede: "Dude, is my code constant time?", 2017).
//!
//! `cargo run --release -p waxseal-crypto --example timing [ROUNDS]`
//!
//! Classes take turns in an order of chance, so that what the machine does meanwhile meets all of them alike. Welch's t
//! compares each with the class `random`; above 4.5 in size, the two are told apart.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example prints, and fails by panicking")]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use rand::RngExt as _;
use waxseal_crypto::{Backend, KeyRing, Label, PrivateKey, Scope, SealedValue};

/// The slowest part of each class is cut off: interrupts, and not the code.
const KEPT_PERCENT: usize = 90;

struct Class {
    name: &'static str,
    /// Many values of the class: one alone could be fast or slow for what it happens to be.
    values: Vec<SealedValue>,
    nanoseconds: Vec<u64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = std::env::args().nth(1).map_or(Ok(20_000), |text| text.parse())?;
    for (name, backend) in [("AWS-LC", Backend::default()), ("pure Rust", Backend::PureRust)] {
        let rounds = if backend == Backend::PureRust { rounds / 10 } else { rounds };
        let key = PrivateKey::generate(2048)?.on(backend)?;
        let mut classes = classes(&key)?;
        let ring = KeyRing::new([key]);
        measure(&ring, &mut classes, rounds);
        report(name, rounds, &classes);
    }
    Ok(())
}

fn label() -> Label {
    Label::new(Scope::Strict, "namespace", "name")
}

fn classes(key: &PrivateKey) -> Result<Vec<Class>, Box<dyn Error>> {
    let public = key.public_key();
    let elsewhere = Label::new(Scope::Strict, "namespace", "elsewhere");
    let mut classes = ["random", "other label", "wrong tag", "opens"].map(|name| Class {
        name,
        values: Vec::new(),
        nanoseconds: Vec::new(),
    });
    let [random, other, tag, opens] = &mut classes;
    for _ in 0..100 {
        let value = public.seal(&label(), b"hunter2")?;
        let mut bytes = value.as_bytes().to_vec();
        opens.values.push(value);
        // The padding is right, and the payload is not.
        *bytes.last_mut().ok_or("an empty value")? ^= 1;
        tag.values.push(SealedValue::from_bytes(bytes.clone())?);
        // The padding is right but for the hash of the label.
        other.values.push(public.seal(&elsewhere, b"hunter2")?);
        // No padding at all. The first byte stays, so that the number is below the modulus.
        rand::rng().fill(&mut bytes[3..258]);
        random.values.push(SealedValue::from_bytes(bytes)?);
    }
    Ok(classes.into())
}

fn measure(ring: &KeyRing, classes: &mut [Class], rounds: usize) {
    let label = label();
    for round in 0..rounds * classes.len() {
        let class = rand::random_range(0..classes.len());
        let value = &classes[class].values[round % 100];
        let start = Instant::now();
        let _ = black_box(ring.opener().open(black_box(value), &label));
        let took = start.elapsed();
        classes[class].nanoseconds.push(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX));
    }
}

fn report(backend: &str, rounds: usize, classes: &[Class]) {
    println!("{backend}, RSA-2048, about {rounds} values each, fastest {KEPT_PERCENT}%");
    println!("{:<12} {:>12} {:>10} {:>12} {:>8}", "class", "mean", "deviation", "to random", "t");
    let kept: Vec<Vec<f64>> = classes.iter().map(|class| kept(&class.nanoseconds)).collect();
    let base = moments(&kept[0]);
    for (class, kept) in classes.iter().zip(&kept) {
        let (mean, variance, count) = moments(kept);
        let t = (mean - base.0) / (variance / count + base.1 / base.2).sqrt();
        let name = class.name;
        let deviation = variance.sqrt();
        println!("{name:<12} {mean:>9.0} ns {deviation:>7.0} ns {:>9.0} ns {t:>8.1}", mean - base.0);
    }
    println!();
}

#[expect(clippy::cast_precision_loss, reason = "nanoseconds of milliseconds")]
fn kept(nanoseconds: &[u64]) -> Vec<f64> {
    let mut sorted = nanoseconds.to_vec();
    sorted.sort_unstable();
    sorted.truncate(sorted.len() * KEPT_PERCENT / 100);
    sorted.into_iter().map(|one| one as f64).collect()
}

/// Mean, variance and number.
#[expect(clippy::cast_precision_loss, reason = "some thousands")]
fn moments(values: &[f64]) -> (f64, f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, variance, count)
}
