//! Regular expressions as Go's package regexp takes them: its syntax, its leftmost-first matches, its Unicode tables,
//! and one rune U+FFFD for each byte that is no UTF-8.
//!
//! Matching is a simulation of the automaton, so that it takes time in proportion to the text and the size of the
//! expression, and each step is accounted for.

mod class;
mod compile;
mod escape;
mod names;
mod parse;
mod replace;
mod run;
mod set;

use std::ops::Range;

pub(crate) use replace::{quote_meta, replace_all, replace_all_literal};

use crate::go::utf8;
use crate::limits::Meter;
use crate::reason::{Reason, Res};
use compile::Program;

/// A compiled expression.
pub(crate) struct Regex {
    program: Program,
    /// The names of the groups; the first is the whole match.
    names: Vec<Option<String>>,
    /// Whether the expression is the empty string.
    is_empty: bool,
}

/// The places of a match and its groups, as pairs of start and end.
pub(crate) type Places = Vec<Option<usize>>;

/// The place of the group `index`.
pub(crate) fn group(places: &Places, index: usize) -> Option<Range<usize>> {
    let (start, end) = (*places.get(2 * index)?, *places.get(2 * index + 1)?);
    Some(start?..end?)
}

impl Regex {
    /// regexp.Compile
    pub(crate) fn new(meter: &Meter, pattern: &[u8]) -> Res<Self> {
        let text = std::str::from_utf8(pattern).map_err(|_| Reason::BadRegex)?;
        meter.work(4 + 4 * pattern.len())?;
        let (tree, names) = parse::parse(meter, text)?;
        let program = compile::compile(meter, &tree)?;
        Ok(Self { program, names, is_empty: pattern.is_empty() })
    }

    pub(crate) fn is_match(&self, meter: &Meter, text: &[u8]) -> Res<bool> {
        Ok(run::search(meter, &self.program, text, 0, 0)?.is_some())
    }

    /// The first match.
    pub(crate) fn find(&self, meter: &Meter, text: &[u8]) -> Res<Option<Range<usize>>> {
        Ok(run::search(meter, &self.program, text, 0, 2)?.and_then(|places| group(&places, 0)))
    }

    /// The first match with its groups.
    pub(crate) fn captures(&self, meter: &Meter, text: &[u8]) -> Res<Option<Places>> {
        run::search(meter, &self.program, text, 0, 2 * self.names.len())
    }

    /// At most `count` matches that do not overlap; all of them if it is negative.
    pub(crate) fn find_all(&self, meter: &Meter, text: &[u8], count: i64) -> Res<Vec<Places>> {
        self.matches(meter, text, count, 2)
    }

    /// All matches that do not overlap, with their groups.
    pub(crate) fn captures_all(&self, meter: &Meter, text: &[u8]) -> Res<Vec<Places>> {
        self.matches(meter, text, -1, 2 * self.names.len())
    }

    fn matches(&self, meter: &Meter, text: &[u8], count: i64, slots: usize) -> Res<Vec<Places>> {
        let most = usize::try_from(count).unwrap_or(usize::MAX);
        let mut found = Vec::new();
        let (mut at, mut previous_end) = (0, None);
        while found.len() < most && at <= text.len() {
            let Some(places) = run::search(meter, &self.program, text, at, slots)? else { break };
            let Some(range) = group(&places, 0) else { break };
            let mut accepted = true;
            if range.end == at {
                // An empty match right after a match does not count.
                accepted = previous_end != Some(range.start);
                at += utf8::first(&text[at..]).1.max(1);
            } else {
                at = range.end;
            }
            previous_end = Some(range.end);
            if accepted {
                meter.take(16 * slots + 32)?;
                found.push(places);
            }
        }
        Ok(found)
    }

    /// Regexp.Split; no parts at all for a count of zero.
    pub(crate) fn split<'t>(&self, meter: &Meter, text: &'t [u8], count: i64) -> Res<Vec<&'t [u8]>> {
        if count == 0 {
            return Ok(Vec::new());
        }
        if !self.is_empty && text.is_empty() {
            return Ok(vec![text]);
        }
        let most = usize::try_from(count).unwrap_or(usize::MAX);
        let mut parts = Vec::new();
        let (mut start, mut end) = (0, 0);
        for places in self.find_all(meter, text, count)? {
            if parts.len() + 1 == most {
                break;
            }
            let Some(range) = group(&places, 0) else { break };
            end = range.start;
            if range.end != 0 {
                parts.push(&text[start..end]);
            }
            start = range.end;
        }
        if end != text.len() {
            parts.push(&text[start..]);
        }
        Ok(parts)
    }
}
