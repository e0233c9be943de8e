//! JUnit's XML, as Jenkins' xUnit plugin (`junit-10.xsd`) and GitLab read it: a suite with a case for each finding and for
//! each file without one. What fails the gate is a failure, and nothing else is.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::{Finding, Report};

pub(super) fn render(report: &Report) -> String {
    let found: BTreeSet<&str> = report.findings.iter().map(|finding| &*finding.file).collect();
    let clean: Vec<&str> = report.checked.iter().map(|file| &**file).filter(|file| !found.contains(file)).collect();
    let tests = report.findings.len() + clean.len();
    let failures = report.findings.iter().filter(|finding| report.fails_for(finding)).count();
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"");

    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<testsuites name=\"waxseal lint\" {counts}>");
    let _ = writeln!(xml, "  <testsuite name=\"waxseal lint\" {counts}>");
    for finding in &report.findings {
        write_finding(&mut xml, finding, report.fails_for(finding));
    }
    for file in clean {
        let _ = writeln!(xml, "    <testcase classname=\"{0}\" name=\"{0}\"/>", escaped(file));
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

fn write_finding(xml: &mut String, finding: &Finding, fails: bool) {
    let name = format!("{} at {}:{}", finding.rule, finding.file, finding.start);
    let headline = escaped(&finding.headline());
    let body = escaped(&format!("{}:{}: {}\n{}", finding.file, finding.start, finding.headline(), finding.remedy));
    let _ = writeln!(xml, "    <testcase classname=\"{}\" name=\"{}\">", escaped(&finding.file), escaped(&name));
    let severity = finding.severity;
    let _ = if fails {
        writeln!(xml, "      <failure type=\"{severity}\" message=\"{headline}\">{body}</failure>")
    } else {
        writeln!(xml, "      <system-out>{severity}: {body}</system-out>")
    };
    xml.push_str("    </testcase>\n");
}

/// Text for content and attributes. What XML 1.0 cannot say at all (most control characters) becomes U+FFFD.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\n' | '\r' | '\t' => {
                let _ = write!(xml, "&#{};", u32::from(character));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => xml.push('\u{fffd}'),
            _ => xml.push(character),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_control_characters_are_escaped() {
        assert_eq!(escaped("<a b=\"&\">\n\u{1b}é"), "&lt;a b=&quot;&amp;&quot;&gt;&#10;\u{fffd}é");
    }
}
