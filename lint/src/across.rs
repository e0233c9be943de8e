//! What is wrong between objects, in one file or in several.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use waxseal_api::names::{MANAGED, PATCH};

use crate::collect::{Findings, Problem, Span};
use crate::file::{FileReport, IndexedValue, Resource, Role};
use crate::text::Shown;
use crate::{Finding, Rule};

/// Takes back what a kustomization answers: the namespace of what lies beside it and below.
pub(crate) fn forgive(reports: &mut [FileReport]) {
    let kustomized: BTreeSet<String> = reports
        .iter()
        .filter(|report| report.index.sets_namespace)
        .map(|report| directory(&report.file).to_owned())
        .collect();
    if kustomized.is_empty() {
        return;
    }
    for report in reports {
        let mut above =
            std::iter::successors(Some(directory(&report.file)), |path| (!path.is_empty()).then(|| directory(path)));
        if above.any(|path| kustomized.contains(path)) {
            report.findings.retain(|finding| finding.rule != Rule::MissingNamespace);
        }
    }
}

/// The findings of each report, in the order of the reports.
pub(crate) fn check(reports: &[FileReport]) -> Vec<Vec<Finding>> {
    let mut findings: Vec<Findings> = reports.iter().map(|report| Findings::new(report.file.clone())).collect();
    check_resources(reports, &mut findings);
    check_values(reports, &mut findings);
    findings.into_iter().map(Findings::into_list).collect()
}

/// Two objects of which one overwrites the other, or stands in its way, in one directory. In different directories it is
/// how a repo keeps clusters and overlays apart.
fn check_resources(reports: &[FileReport], findings: &mut [Findings]) {
    let mut sealed: BTreeMap<Identity<'_>, Place<'_>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        for resource in of_role(report, Role::SealedSecret) {
            let Some(identity) = identity(report, resource) else { continue };
            if let Some(first) = sealed.get(&identity) {
                let message = format!("the same object stands at {first}; which of the two is applied last wins");
                let problem = Problem::new(Rule::DuplicateResource, message);
                findings[at].add(problem, Some(&resource.object), || resource.span);
            } else {
                sealed.insert(identity, Place { file: &report.file, span: resource.span });
            }
        }
    }
    for (at, report) in reports.iter().enumerate() {
        for resource in of_role(report, Role::ForeignSecret) {
            if let Some(place) = identity(report, resource).and_then(|identity| sealed.get(&identity)) {
                let message = format!(
                    "the SealedSecret at {place} makes a Secret of this name, and leaves one alone that it did not make"
                );
                let problem = Problem::new(Rule::DuplicateResource, message).remedy(format!(
                    "remove this Secret, or let the SealedSecret write to it with the annotation {MANAGED} or {PATCH}"
                ));
                findings[at].add(problem, Some(&resource.object), || resource.span);
            }
        }
    }
}

/// Directory, namespace and name.
type Identity<'a> = (&'a str, Option<&'a str>, &'a str);

fn identity<'a>(report: &'a FileReport, resource: &'a Resource) -> Option<Identity<'a>> {
    let object = &resource.object;
    Some((directory(&report.file), object.namespace.as_deref(), object.name.as_deref()?))
}

fn of_role(report: &FileReport, role: Role) -> impl Iterator<Item = &Resource> {
    report.index.resources.iter().filter(move |resource| resource.role == role)
}

/// The same ciphertext in two places of which it opens in one at most.
fn check_values(reports: &[FileReport], findings: &mut [Findings]) {
    let mut seen: HashMap<&[u8; 32], (Place<'_>, &IndexedValue, &Resource)> = HashMap::new();
    for (at, report) in reports.iter().enumerate() {
        for value in &report.index.values {
            let resource = &report.index.resources[value.resource];
            let place = Place { file: &report.file, span: value.span };
            let Some((first, original, owner)) = seen.get(&value.id) else {
                seen.insert(&value.id, (place, value, resource));
                continue;
            };
            let both = value.label.as_ref().zip(original.label.as_ref());
            if both.is_some_and(|(one, other)| one != other) {
                let message = format!(
                    "spec.encryptedData.{} is a copy of a value of {} at {first}; it can open in one of the two places only",
                    Shown(&value.key),
                    owner.object
                );
                findings[at].add(
                    Problem::of_key(Rule::CopiedValue, &value.key, message),
                    Some(&resource.object),
                    || value.span,
                );
            }
        }
    }
}

struct Place<'a> {
    file: &'a str,
    span: Span,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", Shown(self.file), self.span.start)
    }
}

fn directory(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(directory, _)| directory)
}
