//! For people: what, where, and what to do.

use std::fmt::Write as _;

use crate::text::{Shown, counted};
use crate::{Colour, Finding, Report, Severity};

pub(super) fn render(report: &Report, colour: Colour) -> String {
    let paint = Paint(colour);
    let mut text = String::new();
    for finding in &report.findings {
        write_finding(&mut text, finding, paint);
    }
    let _ = writeln!(text, "{}", summary(report, paint));
    text
}

fn write_finding(text: &mut String, finding: &Finding, paint: Paint) {
    let label = paint.severity(finding.severity, &format!("{}[{}]", finding.severity, finding.rule));
    let arrow = paint.dim("-->");
    let help = paint.dim("=");
    let _ = writeln!(text, "{label}: {}", paint.bold(&finding.headline()));
    let _ = writeln!(text, "  {arrow} {}:{}", Shown(&finding.file), finding.start);
    let _ = writeln!(text, "   {help} help: {}\n", finding.remedy);
}

fn summary(report: &Report, paint: Paint) -> String {
    let mut found = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = report.count(severity);
        if count > 0 {
            found.push(paint.severity(severity, &counted(count, severity.as_str())));
        }
    }
    let files = format!("{} of {} checked", report.checked.len(), counted(report.files, "file"));
    let excluded = match report.excluded {
        0 => String::new(),
        count => format!(", {count} left out by .waxseal.yaml"),
    };
    let files = format!("{files}{excluded}");
    let accepted = match report.suppressed.len() {
        0 => String::new(),
        count => format!(", {count} accepted by comments"),
    };
    if found.is_empty() {
        return format!("nothing found{accepted}; {files}");
    }
    format!("{}{accepted}; {files}; `waxseal lint --explain RULE` says more", found.join(", "))
}

#[derive(Clone, Copy)]
struct Paint(Colour);

impl Paint {
    fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.with(code, text)
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.with("1;34", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        match self.0 {
            Colour::Never => text.to_owned(),
            Colour::Always => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}
