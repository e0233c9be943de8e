//! Sets of characters.

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use crate::go::chars;
use crate::reason::{Reason, Res};

/// Sorted ranges that do not touch.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Set(Vec<(char, char)>);

impl Set {
    pub(super) fn of(ranges: &[(char, char)]) -> Self {
        let mut set = ClassUnicode::empty();
        for &(low, high) in ranges {
            set.push(ClassUnicodeRange::new(low, high));
        }
        Self::from_class(&set)
    }

    pub(super) fn one(c: char) -> Self {
        Self(vec![(c, c)])
    }

    fn from_class(class: &ClassUnicode) -> Self {
        Self(class.iter().map(|range| (range.start(), range.end())).collect())
    }

    fn class(&self) -> ClassUnicode {
        ClassUnicode::new(self.0.iter().map(|&(low, high)| ClassUnicodeRange::new(low, high)))
    }

    pub(super) fn ranges(&self) -> &[(char, char)] {
        &self.0
    }

    pub(super) fn contains(&self, c: char) -> bool {
        chars::contains(&self.0, c)
    }

    pub(super) fn negated(&self) -> Self {
        let mut class = self.class();
        class.negate();
        Self::from_class(&class)
    }

    /// With all characters that differ from one of these in case only, of those that Go knows.
    pub(super) fn folded(&self) -> Res<Self> {
        let mut folded = self.class();
        folded.try_case_fold_simple().map_err(|_| Reason::Internal)?;
        let mut added = folded.clone();
        added.difference(&self.class());
        let kept = added.iter().flat_map(|range| range.start()..=range.end()).filter(|&c| chars::is_assigned(c));
        let mut all = self.class();
        for c in kept {
            all.push(ClassUnicodeRange::new(c, c));
        }
        Ok(Self::from_class(&all))
    }
}
