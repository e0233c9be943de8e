//! Which key sealed what, as an annotation of the SealedSecret tells.

use std::collections::BTreeMap;
use std::fmt;

use waxseal_crypto::Fingerprint;

/// The sealing keys that an object's author says were used: a default, and exceptions by key of the data.
///
/// Written as `SHA256:…` for all values, followed by `,KEY=SHA256:…` for each value that another key sealed. A hint is
/// not trusted: a wrong one costs one RSA operation, and one that cannot be read is as good as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    default: Option<Fingerprint>,
    exceptions: BTreeMap<String, Fingerprint>,
}

impl Hints {
    /// Reads the annotation; what is no hint in it is skipped.
    pub fn parse(text: &str) -> Self {
        let mut hints = Self::default();
        for entry in text.split(',').map(str::trim) {
            match entry.split_once('=') {
                None => hints.default = entry.parse().ok().or(hints.default),
                Some((key, fingerprint)) => {
                    if let Ok(fingerprint) = fingerprint.parse() {
                        hints.exceptions.insert(key.to_owned(), fingerprint);
                    }
                }
            }
        }
        hints
    }

    /// The shortest hints for these values.
    pub fn of<'a>(keys: impl IntoIterator<Item = (&'a str, Fingerprint)>) -> Self {
        let mut all: BTreeMap<String, Fingerprint> =
            keys.into_iter().map(|(key, fingerprint)| (key.to_owned(), fingerprint)).collect();
        let mut counts: BTreeMap<Fingerprint, usize> = BTreeMap::new();
        for fingerprint in all.values() {
            *counts.entry(*fingerprint).or_default() += 1;
        }
        let default = counts.into_iter().max_by_key(|(_, count)| *count).map(|(fingerprint, _)| fingerprint);
        all.retain(|_, fingerprint| Some(*fingerprint) != default);
        Self { default, exceptions: all }
    }

    /// The key that is said to have sealed the value of `key`.
    pub fn get(&self, key: &str) -> Option<&Fingerprint> {
        self.exceptions.get(key).or(self.default.as_ref())
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.default.is_none() && self.exceptions.is_empty()
    }
}

impl fmt::Display for Hints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let default = self.default.map(|fingerprint| fingerprint.to_string());
        let exceptions = self.exceptions.iter().map(|(key, fingerprint)| format!("{key}={fingerprint}"));
        f.write_str(&default.into_iter().chain(exceptions).collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const B: &str = "SHA256:C9l7ndzR62KBVJPRLgBCLwpe23auHd7HIx0wuo/riRg";

    #[test]
    fn one_key_for_all_values_is_named_once_and_others_as_exceptions() {
        let (a, b) = (A.parse().unwrap(), B.parse().unwrap());
        assert_eq!(Hints::of([("x", a), ("y", a)]).to_string(), A);
        let mixed = Hints::of([("x", a), ("y", b), ("z", a)]);
        assert_eq!(mixed.to_string(), format!("{A},y={B}"));
        assert_eq!(Hints::parse(&mixed.to_string()), mixed);
        assert_eq!((mixed.get("x"), mixed.get("y"), mixed.get("new")), (Some(&a), Some(&b), Some(&a)));
    }

    #[test]
    fn what_is_no_hint_is_skipped() {
        assert!(Hints::parse("").is_empty());
        assert!(Hints::parse("SHA256:short,=,==,y=,y=x,,\u{0}").is_empty());
        assert_eq!(Hints::parse(&format!("junk, {B} ,y=junk")).get("y"), B.parse().ok().as_ref());
    }
}
