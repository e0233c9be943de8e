//! Which key sealed what, as an annotation of the SealedSecret tells.

use std::collections::BTreeMap;
use std::fmt;

use waxseal_crypto::Fingerprint;

/// The longest hints that are written, in bytes. All annotations of an object together may have 256 KiB.
const MAX_BYTES: usize = 16 * 1024;

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

    /// The shortest hints for these values. While nobody knows what key sealed one of them (`None`), there is no default:
    /// it would speak of that one, too. Hints that would be longer than 16 KiB are none at all.
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a str, Option<Fingerprint>)>) -> Self {
        let mut exceptions = BTreeMap::new();
        let mut counts: BTreeMap<Fingerprint, usize> = BTreeMap::new();
        let mut all_known = true;
        for (key, fingerprint) in values {
            // No Secret has such a key, and here it would read as something else.
            match fingerprint.filter(|_| !key.contains([',', '='])) {
                None => all_known = false,
                Some(fingerprint) => {
                    *counts.entry(fingerprint).or_default() += 1;
                    exceptions.insert(key.to_owned(), fingerprint);
                }
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count).map(|(fingerprint, _)| fingerprint);
        let default = most.filter(|_| all_known);
        exceptions.retain(|_, fingerprint| Some(*fingerprint) != default);
        let hints = Self { default, exceptions };
        if hints.to_string().len() > MAX_BYTES { Self::default() } else { hints }
    }

    /// Reads the annotation, and what in it is no hint.
    pub fn parse_strictly(text: &str) -> (Self, Vec<&str>) {
        let is_hint = |entry: &&str| match entry.split_once('=') {
            None => entry.parse::<Fingerprint>().is_ok(),
            Some((key, fingerprint)) => !key.is_empty() && fingerprint.parse::<Fingerprint>().is_ok(),
        };
        let junk = text.split(',').map(str::trim).filter(|entry| !is_hint(entry)).collect();
        (Self::parse(text), junk)
    }

    /// The keys of values that are named one by one.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.exceptions.keys().map(String::as_str)
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
        assert_eq!(Hints::of([("x", Some(a)), ("y", Some(a))]).to_string(), A);
        let mixed = Hints::of([("x", Some(a)), ("y", Some(b)), ("z", Some(a))]);
        assert_eq!(mixed.to_string(), format!("{A},y={B}"));
        assert_eq!(Hints::parse(&mixed.to_string()), mixed);
        assert_eq!((mixed.get("x"), mixed.get("y"), mixed.get("new")), (Some(&a), Some(&b), Some(&a)));
    }

    #[test]
    fn of_a_value_that_nobody_knows_about_nothing_is_said() {
        let a = A.parse().ok();
        let hints = Hints::of([("x", a), ("y", None)]);
        assert_eq!(hints.to_string(), format!("x={A}"));
        assert_eq!((hints.get("x"), hints.get("y")), (a.as_ref(), None));
        assert!(!hints.is_empty() && !Hints::of([("x", a)]).is_empty());
        assert!(Hints::of([("x", None)]).is_empty());
        assert_eq!(Hints::of([("x=y", a), ("z", a)]).to_string(), format!("z={A}"));
    }

    #[test]
    fn hints_that_would_not_fit_beside_other_annotations_are_left_out() {
        let (a, b) = (A.parse().ok(), B.parse().ok());
        let keys: Vec<String> = (0..1000).map(|at| format!("key-{at}")).collect();
        let one = Hints::of(keys.iter().map(|key| (key.as_str(), a)));
        assert_eq!(one.to_string(), A);
        let many = Hints::of(keys.iter().enumerate().map(|(at, key)| (key.as_str(), if at % 2 == 0 { a } else { b })));
        assert!(many.is_empty());

        // Exceptions alone, because of the one that nobody knows, of so many bytes together.
        let written = |length: usize| {
            let rest = length - 200 * (10 + 1 + A.len() + 1) - (1 + A.len());
            let keys: Vec<String> = (0..200).map(|at| format!("key-{at:06}")).chain(["x".repeat(rest)]).collect();
            Hints::of(keys.iter().map(|key| (key.as_str(), a)).chain([("unknown", None)])).to_string().len()
        };
        assert_eq!([MAX_BYTES - 1, MAX_BYTES, MAX_BYTES + 1].map(written), [MAX_BYTES - 1, MAX_BYTES, 0]);
        assert_eq!(MAX_BYTES, 16_384, "as the documentation has it");
    }

    #[test]
    fn what_is_no_hint_is_told_apart_from_what_is() {
        let text = format!("{A}, y={B},junk,=x,z=");
        let (hints, junk) = Hints::parse_strictly(&text);
        assert_eq!(hints, Hints::parse(&text));
        assert_eq!(junk, ["junk", "=x", "z="]);
        assert_eq!(hints.named().collect::<Vec<_>>(), ["y"]);
    }

    #[test]
    fn what_is_no_hint_is_skipped() {
        assert!(Hints::parse("").is_empty());
        assert!(Hints::parse("SHA256:short,=,==,y=,y=x,,\u{0}").is_empty());
        assert_eq!(Hints::parse(&format!("junk, {B} ,y=junk")).get("y"), B.parse().ok().as_ref());
    }
}
