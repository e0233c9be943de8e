//! Findings of one file, as the rules make them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use waxseal_documents::Position;

use crate::text::counted;
use crate::{Finding, ObjectName, Rule, Severity};

/// How many findings of one rule a file may have; a hostile object has 64,000 keys. The rest is counted.
const MOST_PER_RULE: usize = 100;

/// What a rule has to say, without the place.
pub(crate) struct Problem {
    rule: Rule,
    severity: Severity,
    message: String,
    remedy: Cow<'static, str>,
    /// What stands for `KEY` in the remedy.
    key: Option<String>,
}

/// A place from its first character to the one after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// Collects the findings of one file.
pub(crate) struct Findings {
    file: Arc<str>,
    list: Vec<Finding>,
    counts: BTreeMap<Rule, usize>,
}

impl Problem {
    pub(crate) fn new(rule: Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            message: message.into(),
            remedy: Cow::Borrowed(rule.remedy()),
            key: None,
        }
    }

    /// A problem with one value of the data, so that the remedy can name its key.
    pub(crate) fn of_key(rule: Rule, key: &str, message: impl Into<String>) -> Self {
        Self { key: Some(key.to_owned()), ..Self::new(rule, message) }
    }

    /// Less severe than the rule is as a rule.
    pub(crate) fn only(self, severity: Severity) -> Self {
        Self { severity: severity.min(self.severity), ..self }
    }

    pub(crate) fn remedy(self, remedy: impl Into<Cow<'static, str>>) -> Self {
        Self { remedy: remedy.into(), ..self }
    }
}

impl Span {
    /// A place of which only the beginning is known.
    pub(crate) fn point(start: Position) -> Self {
        Self { start, end: start }
    }

    /// `characters` on one line.
    pub(crate) fn of(start: Position, characters: usize) -> Self {
        Self { start, end: Position { line: start.line, column: start.column + characters } }
    }

    /// Characters of one line, by its number and the text before them on it.
    pub(crate) fn in_line(line: usize, before: &str, text: &str) -> Self {
        Self::of(Position { line, column: before.chars().count() + 1 }, text.chars().count())
    }
}

impl Findings {
    pub(crate) fn new(file: Arc<str>) -> Self {
        Self { file, list: Vec::new(), counts: BTreeMap::new() }
    }

    /// `place` is asked only where the finding is kept: finding it takes time.
    pub(crate) fn add(&mut self, problem: Problem, object: Option<&ObjectName>, place: impl FnOnce() -> Span) {
        let count = self.counts.entry(problem.rule).or_default();
        *count += 1;
        if *count > MOST_PER_RULE {
            return;
        }
        let Span { start, end } = place();
        let Problem { rule, severity, message, remedy, key } = problem;
        let remedy = filled_in(remedy, &self.file, key.as_deref());
        let file = Arc::clone(&self.file);
        self.list.push(Finding { rule, severity, file, start, end, object: object.cloned(), message, remedy });
    }

    pub(crate) fn into_list(mut self) -> Vec<Finding> {
        for (rule, count) in self.counts {
            let more = count.saturating_sub(MOST_PER_RULE);
            if more > 0
                && let Some(last) = self.list.iter().rfind(|finding| finding.rule == rule)
            {
                let message = format!("and {} of this rule in this file", counted(more, "more finding"));
                self.list.push(Finding { message, object: None, ..last.clone() });
            }
        }
        self.list
    }
}

/// The remedy as a command that can be typed, with the file and the key in their places, if a shell takes them as they are.
fn filled_in(remedy: Cow<'static, str>, file: &str, key: Option<&str>) -> Cow<'static, str> {
    let is_plain = |text: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b'-');
        !text.is_empty() && !text.starts_with('-') && text.bytes().all(plain)
    };
    let mut remedy = remedy;
    for (placeholder, text) in [("FILE", Some(file)), ("KEY", key)] {
        if let Some(text) = text.filter(|text| is_plain(text) && remedy.contains(placeholder)) {
            remedy = Cow::Owned(remedy.replace(placeholder, text));
        }
    }
    remedy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remedy_names_the_file_and_the_key_where_that_is_safe() {
        let remedy = |file, key| filled_in(Cow::Borrowed("`waxseal set FILE KEY`"), file, key).into_owned();
        assert_eq!(remedy("a/b.yaml", Some("tls.key")), "`waxseal set a/b.yaml tls.key`");
        assert_eq!(remedy("-", Some("a; rm")), "`waxseal set FILE KEY`");
        assert_eq!(remedy("a b", None), "`waxseal set FILE KEY`");
    }
}
