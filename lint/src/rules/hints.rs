//! What the object says about the keys that sealed its values.

use std::collections::{BTreeMap, BTreeSet};

use waxseal_api::{Hints, names};
use waxseal_crypto::Fingerprint;

use crate::Rule;
use crate::collect::{Findings, Problem};
use crate::linter::Context;
use crate::sealed_secret::SealedSecret;
use crate::text::{Shown, counted, listed};
use crate::value::{Looks, looks};

const FIELD: [&str; 3] = ["metadata", "annotations", names::SEALING_KEYS];

/// Without a key, a hint is known to be wrong where it cannot be true: one key has one size, and values that are gone
/// were sealed by nobody.
pub(crate) fn check(sealed: &SealedSecret<'_, '_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(text) = sealed.object.text(&FIELD) else { return };
    let (hints, junk) = Hints::parse_strictly(text);
    let mut stale = |message: String| sealed.object.report(findings, &FIELD, Problem::new(Rule::StaleHint, message));
    if let Some(first) = junk.first() {
        stale(format!("the hint {:?} names no key", Shown(first).to_string()));
    }
    let values: BTreeMap<&str, &str> = sealed.encrypted().map(|(key, text)| (key.as_str(), text)).collect();
    let gone: Vec<_> = hints.named().filter(|key| !values.contains_key(key)).collect();
    if !gone.is_empty() {
        stale(format!("the hint speaks of values that are not there: {}", listed(&gone)));
    }
    let mut sizes: BTreeMap<Fingerprint, BTreeSet<usize>> = BTreeMap::new();
    let mut older = Vec::new();
    let certificate = context.certificate.map(|named| named.certificate.public_key());
    for (key, text) in &values {
        let (Some(hint), Looks::Sealed(value)) = (hints.get(key), looks(text)) else { continue };
        sizes.entry(*hint).or_default().insert(value.modulus_bytes());
        if certificate.is_some_and(|certificate| certificate.fingerprint() != hint) {
            older.push(*key);
        }
    }
    if let Some(certificate) = certificate
        && let Some(found) = sizes.get_mut(certificate.fingerprint())
    {
        found.insert(certificate.modulus_bytes());
    }
    for (key, sizes) in sizes.iter().filter(|(_, sizes)| sizes.len() > 1) {
        let bits: Vec<_> = sizes.iter().map(|bytes| (bytes * 8).to_string()).collect();
        let what = "so at least one of the values was sealed with another";
        stale(format!("the hint claims keys of {} bits for {key}, {what}", bits.join(" and ")));
    }
    if let (Some(certificate), false) = (context.certificate, older.is_empty()) {
        let count = counted(older.len(), "value");
        let message =
            format!("{count} sealed with another key than that of {}: {}", Shown(&certificate.name), listed(&older));
        sealed.object.report(findings, &FIELD, Problem::new(Rule::OlderKey, message));
    }
}
