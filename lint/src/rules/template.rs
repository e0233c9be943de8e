//! `spec.template.data`: what is rendered when the values are open.

use crate::Rule;
use crate::collect::{Findings, Problem};
use crate::sealed_secret::SealedSecret;
use crate::text::Shown;

const FIELD: [&str; 3] = ["spec", "template", "data"];

pub(crate) fn check(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    for (key, value) in sealed.template_data.into_iter().flatten() {
        let hidden = sealed.encrypted_data.is_some_and(|data| data.contains_key(key));
        // Null is the way to keep an encrypted value for the templates only.
        if hidden && !value.is_null() {
            let message =
                format!("spec.template.data.{} is never used: the encrypted value of that name wins", Shown(key));
            let problem = Problem::new(Rule::ShadowedTemplateKey, message);
            sealed.object.report(findings, &[&FIELD[..], &[key]].concat(), problem);
        }
    }
}
