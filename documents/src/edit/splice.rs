use std::ops::Range;

use zeroize::{Zeroize, Zeroizing};

/// A piece of text and what comes in its place.
pub(crate) struct Splice {
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

impl Splice {
    pub(crate) fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }

    pub(crate) fn remove(range: Range<usize>) -> Self {
        Self::replace(range, "")
    }
}

impl Drop for Splice {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// The text with all splices made. `None` if two of them overlap.
pub(crate) fn splice(text: &str, mut splices: Vec<Splice>) -> Option<Zeroizing<String>> {
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let added: usize = splices.iter().map(|splice| splice.text.len()).sum();
    // Large enough from the start, so that no copy is left behind as it grows.
    let mut out = Zeroizing::new(String::with_capacity(text.len() + added));
    let mut copied = 0;
    for splice in &splices {
        out.push_str(text.get(copied..splice.range.start)?);
        out.push_str(&splice.text);
        copied = splice.range.end;
    }
    out.push_str(text.get(copied..)?);
    Some(out)
}

/// Whether no two splices begin at one offset.
pub(crate) fn starts_are_distinct(splices: &[Splice]) -> bool {
    let mut starts: Vec<_> = splices.iter().map(|splice| splice.range.start).collect();
    starts.sort_unstable();
    starts.windows(2).all(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices_may_come_in_any_order_but_not_overlap() {
        let splices = vec![Splice::remove(4..5), Splice::insert(0, "<"), Splice::replace(1..3, "-")];
        assert_eq!(splice("abcdef", splices).unwrap().as_str(), "<a-df");
        assert!(splice("abcdef", vec![Splice::remove(1..4), Splice::remove(2..3)]).is_none());
    }
}
