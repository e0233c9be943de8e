//! The sealed values themselves.

use std::collections::HashMap;

use serde_json::Value;
use waxseal_crypto::SealedValue;

use crate::collect::{Findings, Problem};
use crate::file::{Index, IndexedValue, Resource, Role};
use crate::linter::Context;
use crate::object::Object;
use crate::sealed_secret::SealedSecret;
use crate::text::Shown;
use crate::value::{Looks, is_sealed, looks};
use crate::{NamedCertificate, Rule};

/// From this many values on, the place of each is that of the field which holds them all: finding the place of one
/// takes time that grows with their number.
const PLACED_ONE_BY_ONE: usize = 1000;

const FIELD: [&str; 2] = ["spec", "encryptedData"];

pub(crate) fn check(sealed: &SealedSecret<'_, '_>, context: &Context<'_>, index: &mut Index, findings: &mut Findings) {
    let object = sealed.object;
    let resource = index.resources.len();
    index.resources.push(Resource {
        object: object.name.clone(),
        span: object.span(&["metadata", "name"]),
        role: if object.is_applied { Role::SealedSecret } else { Role::Bystander },
    });
    let label = sealed.label();
    let many = sealed.encrypted_data.is_some_and(|values| values.len() > PLACED_ONE_BY_ONE);
    let shared_span = object.span(&FIELD);
    let mut seen = HashMap::new();
    for (key, text) in sealed.encrypted() {
        let problem = match looks(text) {
            Looks::Placeholder => continue,
            Looks::Sealed(value) => {
                check_key_size(object, key, &value, context.certificate, findings);
                let Some(id) = id(&value) else { continue };
                if let Some(first) = seen.insert(id, key) {
                    let message = format!("{} is the same sealed value as {}", at(key), Shown(first));
                    object.report(
                        findings,
                        &[&FIELD[..], &[key]].concat(),
                        Problem::of_key(Rule::RepeatedValue, key, message),
                    );
                    continue;
                }
                let span = if many { shared_span } else { object.span(&[&FIELD[..], &[key]].concat()) };
                index.values.push(IndexedValue { id, label: label.clone(), resource, key: key.clone(), span });
                continue;
            }
            Looks::Empty => Problem::of_key(Rule::UnsealedValue, key, format!("{} is empty", at(key))),
            Looks::Plain => {
                let message = format!("{} is no sealed value and looks like plaintext", at(key));
                Problem::of_key(Rule::UnsealedValue, key, message)
            }
            Looks::NotBase64 => Problem::of_key(Rule::NotBase64, key, format!("{} is not valid base64", at(key))),
            Looks::Truncated => Problem::of_key(
                Rule::TruncatedValue,
                key,
                format!("{} is shorter than its own length prefix says", at(key)),
            ),
            Looks::BadPrefix => Problem::of_key(
                Rule::BadLengthPrefix,
                key,
                format!("{} has a length prefix that fits no RSA key", at(key)),
            ),
        };
        object.report(findings, &[&FIELD[..], &[key]].concat(), problem);
    }
    check_misplaced(sealed, findings);
}

fn at(key: &str) -> String {
    format!("spec.encryptedData.{}", Shown(key))
}

fn check_key_size(
    object: &Object<'_>,
    key: &str,
    value: &SealedValue,
    certificate: Option<&NamedCertificate>,
    findings: &mut Findings,
) {
    let Some(NamedCertificate { name, certificate }) = certificate else { return };
    let (sealed_to, bits) = (value.modulus_bytes(), certificate.public_key().bits());
    if sealed_to != certificate.public_key().modulus_bytes() {
        let message =
            format!("{} was sealed to a key of {} bits; the key of {} has {bits}", at(key), sealed_to * 8, Shown(name));
        object.report(findings, &[&FIELD[..], &[key]].concat(), Problem::of_key(Rule::WrongKeySize, key, message));
    }
}

/// Sealed values where nothing opens them, and the field that came before `encryptedData`.
fn check_misplaced(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    let object = sealed.object;
    for (key, value) in sealed.template_data.into_iter().flatten() {
        if value.as_str().is_some_and(is_sealed) {
            let message = format!("spec.template.data.{} is a sealed value, which nothing opens there", Shown(key));
            let fields = ["spec", "template", "data", key];
            object.report(findings, &fields, Problem::of_key(Rule::MisplacedValue, key, message));
        }
    }
    match object.get(&["spec", "data"]) {
        Some(Value::String(_)) if sealed.encrypted_data.is_some_and(|values| !values.is_empty()) => {
            let message = "spec.data stands beside spec.encryptedData; the controller refuses both together";
            let problem = Problem::new(Rule::DeprecatedData, message).remedy("remove the deprecated spec.data");
            object.report(findings, &["spec", "data"], problem);
        }
        Some(Value::String(_)) => {
            let message = "spec.data is deprecated; newer controllers do not read it";
            object.report(findings, &["spec", "data"], Problem::new(Rule::DeprecatedData, message));
        }
        Some(Value::Object(values)) => {
            for (key, value) in values {
                if value.as_str().is_some_and(is_sealed) {
                    let message = format!("spec.data.{} is a sealed value, which nothing opens there", Shown(key));
                    object.report(
                        findings,
                        &["spec", "data", key],
                        Problem::of_key(Rule::MisplacedValue, key, message),
                    );
                }
            }
        }
        _ => {}
    }
}

fn id(value: &SealedValue) -> Option<[u8; 32]> {
    value.as_bytes().get(2..34)?.try_into().ok()
}
