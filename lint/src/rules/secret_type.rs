//! The type of the Secret that comes of it, and the keys that the type asks for.

use waxseal_api::names::SERVICE_ACCOUNT_TOKEN;

use crate::collect::{Findings, Problem};
use crate::sealed_secret::SealedSecret;
use crate::text::{Shown, listed};
use crate::{Rule, suggest};

/// The types that the API server looks into, with the keys that it asks for
/// (`ValidateSecret` in Kubernetes' `pkg/apis/core/validation`).
const TYPES: [(&str, Needs); 5] = [
    ("kubernetes.io/tls", Needs::All(&["tls.crt", "tls.key"])),
    ("kubernetes.io/dockerconfigjson", Needs::All(&[".dockerconfigjson"])),
    ("kubernetes.io/dockercfg", Needs::All(&[".dockercfg"])),
    ("kubernetes.io/ssh-auth", Needs::All(&["ssh-privatekey"])),
    ("kubernetes.io/basic-auth", Needs::One(&["username", "password"])),
];

const FIELD: [&str; 3] = ["spec", "template", "type"];

#[derive(Clone, Copy)]
enum Needs {
    All(&'static [&'static str]),
    One(&'static [&'static str]),
}

pub(crate) fn check(sealed: &SealedSecret<'_, '_>, findings: &mut Findings) {
    let object = sealed.object;
    let Some(type_) = object.text(&FIELD) else { return };
    if type_ == SERVICE_ACCOUNT_TOKEN {
        let message =
            format!("makes a Secret of type {SERVICE_ACCOUNT_TOKEN}: whoever can write it acts as that account");
        return object.report(findings, &FIELD, Problem::new(Rule::ForbiddenType, message));
    }
    match TYPES.iter().find(|(name, _)| *name == type_) {
        Some((_, needs)) => check_keys(sealed, type_, *needs, findings),
        None if type_.starts_with("kubernetes.io/") => {
            let message = format!("{} is no type that Kubernetes has", Shown(type_));
            let mut problem = Problem::new(Rule::UnknownType, message);
            if let Some(meant) = suggest::closest(type_, TYPES.iter().map(|(name, _)| *name)) {
                problem = problem.remedy(format!("did you mean {meant}?"));
            }
            object.report(findings, &FIELD, problem);
        }
        None => {}
    }
}

fn check_keys(sealed: &SealedSecret<'_, '_>, type_: &str, needs: Needs, findings: &mut Findings) {
    // What the deprecated field holds, only the key can tell.
    if sealed.object.get(&["spec", "data"]).is_some() {
        return;
    }
    let has = |key: &str| {
        let template = sealed.template_data.and_then(|data| data.get(key));
        let encrypted = sealed.encrypted_data.is_some_and(|data| data.contains_key(key));
        // A template key that is null takes the encrypted value out.
        template.map_or(encrypted, |value| !value.is_null())
    };
    let message = match needs {
        Needs::All(keys) => {
            let missing: Vec<&str> = keys.iter().copied().filter(|key| !has(key)).collect();
            (!missing.is_empty()).then(|| format!("a Secret of type {type_} must have the key {}", listed(&missing)))
        }
        Needs::One(keys) => (!keys.iter().any(|key| has(key)))
            .then(|| format!("a Secret of type {type_} must have one of the keys {}", listed(keys))),
    };
    if let Some(message) = message {
        sealed.object.report(findings, &FIELD, Problem::new(Rule::MissingTypeKey, message));
    }
}
