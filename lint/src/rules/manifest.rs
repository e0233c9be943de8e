//! Documents that could not be read: damaged ones, and templates, of which the text alone must do.

use waxseal_documents::{ParseError, ParseErrorKind, Position};

use crate::Rule;
use crate::collect::{Findings, Problem, Span};
use crate::linter::beginning;
use crate::text::{counted, listed};
use crate::value::is_placeholder;

/// A file that is no text or too large for anything to be found in it.
pub(crate) fn check_unreadable(error: &ParseError, bytes: &[u8], findings: &mut Findings) {
    report(error, findings);
    // What can be read of it may still be a leak.
    let text = String::from_utf8_lossy(bytes);
    Lines::new(&text, 1).check(findings);
}

/// One document of a file that could not be read. The others are whole.
/// `bytes` are the document's, and `first_line` is the line of the file on which they begin.
pub(crate) fn check_broken(error: &ParseError, bytes: &[u8], first_line: usize, findings: &mut Findings) {
    let text = String::from_utf8_lossy(bytes);
    let lines = Lines::new(&text, first_line);
    let Some((line, kind)) = lines.kind() else {
        // JSON on few lines, or YAML in the style of JSON.
        if ["\"Secret\"", "\"SealedSecret\""].iter().any(|kind| text.contains(kind)) {
            report(error, findings);
        }
        return;
    };
    if text.contains("{{") && text.contains("}}") {
        let message = format!("this {kind} is made by a template; only its text was checked");
        let problem = Problem::new(Rule::TemplatedManifest, message);
        findings.add(problem, None, || Span::point(Position { line, column: 1 }));
    } else {
        report(error, findings);
    }
    lines.check(findings);
}

fn report(error: &ParseError, findings: &mut Findings) {
    let rule = match error.kind {
        ParseErrorKind::DuplicateKey { .. } => Rule::DuplicateKey,
        _ => Rule::MalformedManifest,
    };
    findings
        .add(Problem::new(rule, error.kind.to_string()), None, || error.position.map_or_else(beginning, Span::point));
}

/// A document as lines, for want of anything better.
struct Lines<'t> {
    first_line: usize,
    lines: Vec<&'t str>,
}

/// An entry of a mapping of data that holds something in the clear.
struct Clear<'t> {
    key: &'t str,
    span: Span,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, first_line: usize) -> Self {
        Self { first_line, lines: text.lines().collect() }
    }

    /// The first line that says that it is a Secret or a SealedSecret.
    fn kind(&self) -> Option<(usize, &'static str)> {
        self.lines.iter().enumerate().find_map(|(at, line)| {
            let (key, value) = entry(line.trim_start().trim_start_matches("- "))?;
            let kind = ["Secret", "SealedSecret"].into_iter().find(|kind| *kind == unquoted(value))?;
            (key == "kind").then_some((self.first_line + at, kind))
        })
    }

    fn check(&self, findings: &mut Findings) {
        if !matches!(self.kind(), Some((_, "Secret"))) {
            return;
        }
        let clear = self.clear();
        if let Some(first) = clear.first() {
            let keys: Vec<&str> = clear.iter().map(|entry| entry.key).collect();
            let message = format!("a Secret with {} in the clear: {}", counted(clear.len(), "value"), listed(&keys));
            findings.add(Problem::new(Rule::PlaintextSecret, message), None, || first.span);
        }
    }

    fn clear(&self) -> Vec<Clear<'t>> {
        let mut clear = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let Some((field @ ("data" | "stringData"), value)) = entry(line.trim_start()) else { continue };
            if value.is_empty() {
                self.entries(at + 1, indent(line), &mut clear);
            } else if !is_empty_or_placeholder(value) {
                clear.push(Clear { key: field, span: self.span(at, field) });
            }
        }
        clear
    }

    /// The entries below a line that is indented by `parent`.
    fn entries(&self, from: usize, parent: usize, clear: &mut Vec<Clear<'t>>) {
        let mut open: Option<(usize, Clear<'t>, bool)> = None;
        for (at, line) in self.lines.iter().enumerate().skip(from) {
            let text = line.trim();
            if text.is_empty() || text.starts_with('#') || text.starts_with("{{") {
                continue;
            }
            if indent(line) <= parent {
                break;
            }
            match &mut open {
                // What is indented further belongs to the entry above, such as the lines of a block.
                Some((indentation, _, is_clear)) if indent(line) > *indentation => {
                    *is_clear |= !is_empty_or_placeholder(text);
                }
                _ => {
                    clear.extend(open.take().filter(|open| open.2).map(|open| open.1));
                    if let Some((key, value)) = entry(text) {
                        let key = unquoted(key);
                        let is_clear = !is_block_header(value) && !is_empty_or_placeholder(value);
                        open = Some((indent(line), Clear { key, span: self.span(at, key) }, is_clear));
                    }
                }
            }
        }
        clear.extend(open.filter(|open| open.2).map(|open| open.1));
    }

    fn span(&self, at: usize, text: &str) -> Span {
        Span::of(Position { line: self.first_line + at, column: indent(self.lines[at]) + 1 }, text.chars().count())
    }
}

/// `key: value`, the value without a comment behind it.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    if !value.is_empty() && !value.starts_with([' ', '\t']) {
        return None;
    }
    let value = value.split_once(" #").map_or(value, |(value, _)| value);
    Some((key.trim(), value.trim()))
}

fn unquoted(text: &str) -> &str {
    ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(text)
}

fn is_block_header(value: &str) -> bool {
    value.starts_with(['|', '>']) && value.len() <= 3
}

fn is_empty_or_placeholder(value: &str) -> bool {
    let value = unquoted(value);
    matches!(value, "" | "{}" | "null" | "~") || is_placeholder(value)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
