//! `spec.template.data`: what is rendered when the values are open.

use std::collections::BTreeSet;

use waxseal_documents::Position;
use waxseal_template::{Finding, FindingKind, check as check_template};

use crate::Rule;
use crate::collect::{Findings, Problem, Span};
use crate::sealed_secret::SealedSecret;
use crate::text::Shown;

const FIELD: [&str; 3] = ["spec", "template", "data"];

pub(crate) fn check(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    let templates = || sealed.template_data.into_iter().flatten();
    // A template sees what is sealed, and the other templates as they are written.
    let written = || templates().filter(|(_, value)| value.is_string());
    let known: Option<BTreeSet<String>> =
        sealed.encrypted_data.map(|data| data.keys().chain(written().map(|(key, _)| key)).cloned().collect());
    for (key, value) in templates() {
        let hidden = sealed.encrypted_data.is_some_and(|data| data.contains_key(key));
        // Null is the way to keep an encrypted value for the templates only.
        if hidden && !value.is_null() {
            let message =
                format!("spec.template.data.{} is never used: the encrypted value of that name wins", Shown(key));
            let problem = Problem::new(Rule::ShadowedTemplateKey, message);
            sealed.object.report(findings, &[&FIELD[..], &[key]].concat(), problem);
        } else if let Some(source) = value.as_str().filter(|source| source.contains("{{")) {
            for finding in check_template(key, source, known.as_ref()) {
                report(sealed, key, source, &finding, findings);
            }
        }
    }
}

fn report(sealed: &SealedSecret<'_, '_>, key: &str, source: &str, finding: &Finding, findings: &mut Findings) {
    let rule = match finding.kind {
        FindingKind::UnknownField(_) => Rule::TemplateField,
        _ => Rule::TemplateSyntax,
    };
    let what = finding.to_string();
    let problem = Problem::new(rule, format!("spec.template.data.{}, {}", Shown(key), Shown(&what)));
    findings.add(problem, Some(&sealed.object.name), || {
        let fields = [&FIELD[..], &[key]].concat();
        let at = Position { line: finding.position.line, column: finding.position.column };
        sealed.object.inside_text(&fields, source, at).map_or_else(|| sealed.object.span(&fields), Span::point)
    });
}
