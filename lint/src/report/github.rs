//! Workflow commands of GitHub Actions: `::error file=…,line=…,col=…,title=…::message`.
//!
//! The escapes are those that the runner undoes (`ActionCommand` in actions/runner, `toCommandValue` in actions/toolkit).

use std::fmt::Write as _;

use crate::{Report, Severity};

pub(super) fn render(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let _ = writeln!(
            text,
            "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            property(&finding.file),
            finding.start.line,
            finding.start.column,
            finding.end.line,
            finding.end.column,
            property(&format!("waxseal lint: {}", finding.rule)),
            data(&format!("{}\n{}", finding.headline(), finding.remedy)),
        );
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_property_or_a_command_is_escaped() {
        assert_eq!(property("a:b,c%\r\nd"), "a%3Ab%2Cc%25%0D%0Ad");
        assert_eq!(data("100%: a,b\n::error::x"), "100%25: a,b%0A::error::x");
    }
}
