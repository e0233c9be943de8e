//! What a list that is under way has had so far.

use std::collections::{HashMap, HashSet};

use crate::observed::Name;
use crate::watch::Source;

/// The lists of both kinds.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) sealed: Seen,
    pub(super) secrets: Seen,
}

/// Names by the watch that lists them.
#[derive(Default)]
pub(super) struct Seen(HashMap<Source, HashSet<Name>>);

impl Seen {
    pub(super) fn begin(&mut self, source: Source) {
        self.0.insert(source, HashSet::new());
    }

    pub(super) fn saw(&mut self, source: Source, name: &Name) {
        if let Some(seen) = self.0.get_mut(&source) {
            seen.insert(name.clone());
        }
    }

    pub(super) fn end(&mut self, source: Source) -> Option<HashSet<Name>> {
        self.0.remove(&source)
    }
}
