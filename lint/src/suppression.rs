//! Findings that somebody accepts, with a reason: `# waxseal-lint: allow(RULE) reason="…"`.

use std::sync::Arc;

use crate::collect::{Findings, Problem, Span};
use crate::markers::suppression_marks;
use crate::{Finding, Rule};

/// A comment that accepts findings on one line.
pub(crate) struct Suppression {
    /// The line that it speaks about.
    pub(crate) target: usize,
    /// What it accepts there, and whether there was any of it.
    pub(crate) rules: Vec<(Rule, bool)>,
    pub(crate) reason: String,
    span: Span,
}

/// Every suppression of a file. What cannot be taken is a finding.
pub(crate) fn read(bytes: &[u8], findings: &mut Findings) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    let mut line = 1;
    let mut counted_to = 0;
    for mark in suppression_marks(bytes) {
        line += newlines(&bytes[counted_to..mark]);
        counted_to = mark;
        let start = bytes[..mark].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let before = String::from_utf8_lossy(&bytes[start..mark]);
        let after = String::from_utf8_lossy(up_to_newline(&bytes[mark..]));
        let Some(code) = before.trim_end().strip_suffix('#') else { continue };
        let Some(comment) = comment(&after) else { continue };
        let span = Span::in_line(line, &before, after.trim_end());
        let target = if code.trim().is_empty() { next_line_of_code(bytes, mark, line) } else { line };
        match parse(comment) {
            Ok((rules, reason)) => {
                suppressions.push(Suppression {
                    target,
                    rules: rules.into_iter().map(|rule| (rule, false)).collect(),
                    reason,
                    span,
                });
            }
            Err(problem) => findings.add(problem, None, || span),
        }
    }
    suppressions
}

/// A finding for each rule that a suppression accepts and that did not occur.
pub(crate) fn unused(file: &Arc<str>, suppressions: &[Suppression]) -> Vec<Finding> {
    let mut findings = Findings::new(Arc::clone(file));
    for suppression in suppressions {
        for (rule, _) in suppression.rules.iter().filter(|(_, used)| !used) {
            let message = format!("nothing of the rule {rule} is found on line {}", suppression.target);
            findings.add(Problem::new(Rule::UnusedSuppression, message), None, || suppression.span);
        }
    }
    findings.into_list()
}

/// What stands after `waxseal-lint:`. Prose that mentions the tool is no suppression.
fn comment(after: &str) -> Option<&str> {
    let rest = after.strip_prefix("waxseal-lint")?;
    match rest.strip_prefix(':') {
        Some(rest) => Some(rest.trim()),
        None => rest.trim_start().starts_with("allow").then(|| rest.trim()),
    }
}

fn parse(comment: &str) -> Result<(Vec<Rule>, String), Problem> {
    let malformed = |what: &str| Problem::new(Rule::MalformedSuppression, what);
    let list = comment.strip_prefix("allow").map(str::trim_start).and_then(|rest| rest.strip_prefix('('));
    let Some(list) = list else { return Err(malformed("expected allow(RULE) after `waxseal-lint:`")) };
    let Some((ids, rest)) = list.split_once(')') else { return Err(malformed("the list of rules has no `)`")) };
    let rules = ids.split(',').map(|id| rule(id.trim())).collect::<Result<Vec<_>, _>>()?;
    let rest = rest.trim_start_matches([' ', '\t', ',']);
    if rest.is_empty() || rest.starts_with("*/") {
        return Err(Problem::new(Rule::SuppressionWithoutReason, "the suppression gives no reason"));
    }
    let quoted = rest.strip_prefix("reason").map(str::trim_start).and_then(|rest| rest.strip_prefix('='));
    let Some(quoted) = quoted.map(str::trim_start) else {
        return Err(malformed("expected reason=\"…\" after the rules"));
    };
    let Some(quote) = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else {
        return Err(malformed("the reason needs quotes"));
    };
    match quoted[1..].split_once(quote) {
        None => Err(malformed("the reason has no closing quote")),
        Some((reason, _)) if reason.trim().is_empty() => {
            Err(Problem::new(Rule::SuppressionWithoutReason, "the suppression's reason is empty"))
        }
        Some((reason, _)) => Ok((rules, reason.trim().to_owned())),
    }
}

fn rule(id: &str) -> Result<Rule, Problem> {
    let unknown = |message| Problem::new(Rule::SuppressionOfUnknownRule, message);
    match id.parse::<Rule>() {
        Ok(rule) if rule.guards_suppressions() => {
            Err(unknown(format!("the rule {rule} watches over suppressions and cannot be suppressed")))
        }
        Ok(rule) => Ok(rule),
        Err(error) => Err(match error.suggestion {
            Some(suggestion) => unknown(format!("a rule in the list does not exist; did you mean {suggestion}?")),
            None => unknown("a rule in the list does not exist".to_owned()),
        }),
    }
}

/// The line after the one at `mark` that is more than a comment. A blank line ends the search: a comment speaks about
/// what it stands at.
fn next_line_of_code(bytes: &[u8], mark: usize, line: usize) -> usize {
    let mut target = line + 1;
    let mut rest = &bytes[mark..];
    while let Some(newline) = memchr::memchr(b'\n', rest) {
        rest = &rest[newline + 1..];
        if !up_to_newline(rest).trim_ascii_start().starts_with(b"#") {
            break;
        }
        target += 1;
    }
    target
}

fn up_to_newline(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(b'\n', bytes).unwrap_or(bytes.len())]
}

fn newlines(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A suppression's target, rules and reason.
    type Read = (usize, Vec<Rule>, String);

    fn read_all(text: &str) -> (Vec<Read>, Vec<(Rule, usize)>) {
        let mut findings = Findings::new("x.yaml".into());
        let read = read(text.as_bytes(), &mut findings);
        (
            read.into_iter()
                .map(|one| (one.target, one.rules.into_iter().map(|(rule, _)| rule).collect(), one.reason))
                .collect(),
            findings.into_list().into_iter().map(|finding| (finding.rule, finding.start.line)).collect(),
        )
    }

    #[test]
    fn a_comment_speaks_about_its_own_line_or_the_next_one_that_is_no_comment() {
        let text = "a: 1 # waxseal-lint: allow(invalid-key) reason=\"old\"\n\
                    # waxseal-lint: allow(plaintext-secret, private-key) reason='a test key'\n\
                    # more\n\
                    b: 2\n";
        let (read, findings) = read_all(text);
        assert_eq!(
            read,
            [
                (1, vec![Rule::InvalidKey], "old".to_owned()),
                (4, vec![Rule::PlaintextSecret, Rule::PrivateKey], "a test key".to_owned()),
            ]
        );
        assert!(findings.is_empty());
    }

    #[test]
    fn what_is_no_suppression_with_a_reason_is_a_finding() {
        for (comment, rule) in [
            ("allow(invalid-key)", Rule::SuppressionWithoutReason),
            ("allow(invalid-key) reason=\" \"", Rule::SuppressionWithoutReason),
            ("allow(invalid-keys) reason=\"x\"", Rule::SuppressionOfUnknownRule),
            ("allow(unused-suppression) reason=\"x\"", Rule::SuppressionOfUnknownRule),
            ("allow() reason=\"x\"", Rule::SuppressionOfUnknownRule),
            ("allow(invalid-key reason=\"x\"", Rule::MalformedSuppression),
            ("allow(invalid-key) because", Rule::MalformedSuppression),
            ("allow(invalid-key) reason=x", Rule::MalformedSuppression),
            ("allow(invalid-key) reason=\"x", Rule::MalformedSuppression),
            ("ignore invalid-key", Rule::MalformedSuppression),
        ] {
            let (read, findings) = read_all(&format!("\n# waxseal-lint: {comment}\n"));
            assert_eq!((read.len(), findings), (0, vec![(rule, 2)]), "{comment}");
        }
    }

    #[test]
    fn prose_and_other_tools_settings_are_left_alone() {
        let (read, findings) = read_all("# waxseal-lint runs in CI\n- id: waxseal-lint\n  name: 'x waxseal-lint: y'\n");
        assert!(read.is_empty() && findings.is_empty());
    }
}
