//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>), as GitHub's code scanning reads it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{Finding, Report, Rule, Severity};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const RULES_PAGE: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/lint.md");

pub(super) fn render(report: &Report) -> String {
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "waxseal lint",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": Rule::ALL.iter().map(|rule| descriptor(*rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            // What the root is, only whoever reads the log knows.
            "originalUriBaseIds": { "SRCROOT": { "description": { "text": "The root of the repo" } } },
            "results": report.findings.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: Rule) -> Value {
    json!({
        "id": rule.id(),
        "name": rule.name(),
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": format!("{}. Remedy: {}.", rule.summary(), rule.remedy()) },
        "help": { "text": rule.explain(), "markdown": rule.explain() },
        "helpUri": format!("{RULES_PAGE}#{rule}"),
        "defaultConfiguration": { "level": level(rule.severity()) },
        "properties": { "tags": ["security"], "problem.severity": problem(rule.severity()) },
    })
}

fn result(finding: &Finding) -> Value {
    let mut region = json!({ "startLine": finding.start.line, "startColumn": finding.start.column });
    if finding.end > finding.start {
        region["endLine"] = finding.end.line.into();
        region["endColumn"] = finding.end.column.into();
    }
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&finding.file), "uriBaseId": "SRCROOT" },
        "region": region,
    }});
    if let Some(object) = &finding.object {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": object.to_string(), "kind": "resource" }]);
    }
    json!({
        "ruleId": finding.rule.id(),
        "ruleIndex": Rule::ALL.iter().position(|rule| *rule == finding.rule),
        "level": level(finding.severity),
        "message": { "text": format!("{}. Remedy: {}.", finding.headline(), finding.remedy) },
        "locations": [location],
    })
}

fn level(severity: Severity) -> &'static str {
    severity.as_str()
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

/// A path as a relative reference (RFC 3986): what is not unreserved is escaped, and `\` divides on Windows only, where
/// it cannot stand in a name.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_relative_reference() {
        assert_eq!(uri("./a b/ü:#?%.yaml"), "a%20b/%C3%BC%3A%23%3F%25.yaml");
    }
}
