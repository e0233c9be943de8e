//! Our own format, for scripts. `lint/tests/schemas/report.schema.json` describes it; `version` grows when a field changes
//! its meaning or goes.

use serde::Serialize;

use crate::{Finding, Report, Severity};

#[derive(Serialize)]
struct Log<'a> {
    version: u32,
    findings: Vec<Entry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    rule: &'a str,
    severity: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<Object<'a>>,
    message: &'a str,
    remedy: &'a str,
}

#[derive(Serialize)]
struct Object<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    checked: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    suppressed: usize,
    excluded: usize,
}

pub(super) fn render(report: &Report) -> String {
    let log = Log {
        version: 1,
        findings: report.findings.iter().map(entry).collect(),
        summary: Summary {
            files: report.files,
            checked: report.checked.len(),
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            suppressed: report.suppressed.len(),
            excluded: report.excluded,
        },
    };
    // Texts and numbers: there is nothing in it that JSON could not say.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn entry(finding: &Finding) -> Entry<'_> {
    Entry {
        rule: finding.rule.id(),
        severity: finding.severity.as_str(),
        file: &finding.file,
        line: finding.start.line,
        column: finding.start.column,
        end_line: finding.end.line,
        end_column: finding.end.column,
        object: finding.object.as_ref().map(|object| Object {
            kind: object.kind,
            namespace: object.namespace.as_deref(),
            name: object.name.as_deref(),
        }),
        message: &finding.message,
        remedy: &finding.remedy,
    }
}
