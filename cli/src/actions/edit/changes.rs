//! What somebody changed.

use std::collections::BTreeMap;

use waxseal_crypto::Plaintext;

use super::Values;
use crate::actions::set::check_key;
use crate::failure::Result;

/// The values to seal, and the keys that are gone.
pub(super) struct Changes {
    pub(super) set: BTreeMap<String, Plaintext>,
    added: Vec<String>,
    pub(super) removed: Vec<String>,
}

impl Changes {
    /// A value that was not opened stays, unless there is a new one.
    pub(super) fn between(old: &Values, new: BTreeMap<String, Plaintext>) -> Result<Self> {
        let removed = old.open.keys().filter(|key| !new.contains_key(*key)).cloned().collect();
        let is_same =
            |key: &str, value: &Plaintext| old.open.get(key).is_some_and(|old| old.expose() == value.expose());
        let set: BTreeMap<_, _> = new.into_iter().filter(|(key, value)| !is_same(key, value)).collect();
        set.keys().try_for_each(|key| check_key(key))?;
        let is_there = |key: &String| old.open.contains_key(key) || old.closed.contains(key);
        let added = set.keys().filter(|key| !is_there(key)).cloned().collect();
        Ok(Self { set, added, removed })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.set.is_empty() && self.removed.is_empty()
    }

    /// Keys, and never values.
    pub(super) fn lines(&self) -> Vec<String> {
        let set =
            self.set.keys().map(|key| format!("{key}: {}", if self.added.contains(key) { "added" } else { "changed" }));
        set.chain(self.removed.iter().map(|key| format!("{key}: removed"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(all: &[(&str, &str)]) -> BTreeMap<String, Plaintext> {
        all.iter().map(|(key, value)| ((*key).to_owned(), Plaintext::new(value.as_bytes().to_vec()))).collect()
    }

    #[test]
    fn only_what_changed_is_sealed_and_what_did_not_open_stays() {
        let old = Values { open: values(&[("a", "1"), ("b", "2"), ("c", "3")]), closed: vec!["d".into(), "e".into()] };
        let changes = Changes::between(&old, values(&[("a", "1"), ("b", "20"), ("d", "4"), ("f", "6")])).unwrap();
        assert_eq!(changes.lines(), ["b: changed", "d: changed", "f: added", "c: removed"]);
        assert!(Changes::between(&old, values(&[("a", "1"), ("b", "2"), ("c", "3")])).unwrap().is_empty());
        assert!(Changes::between(&old, values(&[("no key", "")])).is_err());
    }
}
