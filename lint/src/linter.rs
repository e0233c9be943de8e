//! From files to a report.

use std::sync::Arc;

use waxseal_documents::parse_each;
use zeroize::Zeroizing;

use crate::collect::{Findings, Problem, Span};
use crate::file::{FileReport, Index};
use crate::markers::{FileKind, Markers};
use crate::object::{self, Kind};
use crate::report::{Report, Suppressed};
use crate::sealed_secret::SealedSecret;
use crate::suppression::{self, Suppression};
use crate::{Config, Finding, NamedCertificate, Position, Rule, across, rules};

/// Lints files. It holds no state of theirs: one linter serves many threads.
pub struct Linter {
    config: Config,
}

/// What the rules need beside the object that they look at.
pub(crate) struct Context<'a> {
    pub(crate) config: &'a Config,
    pub(crate) certificate: Option<&'a NamedCertificate>,
}

impl Linter {
    /// A linter that measures files against `config`.
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// Whether a search of a directory should hand over a file of this name: YAML, JSON, templates of them, keys and
    /// certificates. Any other file can be linted too, when somebody names it.
    pub fn wants(path: &str) -> bool {
        FileKind::of(path).is_searched(path)
    }

    /// Looks at one file. `path` is what findings call it, with `/` between its parts for those who read SARIF.
    pub fn lint_file(&self, path: &str, bytes: &[u8]) -> FileReport {
        self.lint_file_with(path, bytes, self.config.certificate.as_ref())
    }

    /// The same, with the certificate that the values of this very file must fit.
    pub fn lint_file_with(&self, path: &str, bytes: &[u8], certificate: Option<&NamedCertificate>) -> FileReport {
        let file: Arc<str> = path.into();
        let mut findings = Findings::new(Arc::clone(&file));
        let decoded = utf16(bytes);
        if decoded.as_ref().is_some_and(|text| Markers::of(text.as_bytes()).secret) {
            let problem = Problem::new(Rule::MalformedManifest, "the file is UTF-16, which Kubernetes does not read")
                .remedy("save it as UTF-8 (in PowerShell: `Out-File -Encoding utf8`)");
            findings.add(problem, None, beginning);
        }
        let bytes = decoded.as_ref().map_or(bytes, |text| text.as_bytes());
        let mut markers = Markers::of(bytes);
        // It may answer what is asked of the files beside it.
        markers.secret |= rules::kustomization::is_kustomization(path);
        if !markers.any() {
            return FileReport::irrelevant(file);
        }
        let context = Context { config: &self.config, certificate };
        let kind = FileKind::of(path);
        let mut index = Index::default();
        if markers.key_or_certificate {
            rules::private_key::check(bytes, &mut findings);
            if kind == FileKind::Pem {
                rules::certificate::check_file(bytes, &context, &mut findings);
            }
        }
        if markers.secret && kind == FileKind::Manifest {
            lint_manifest(path, bytes, &context, &mut index, &mut findings);
        }
        let suppressions = match kind {
            _ if !markers.suppression => Vec::new(),
            // Prose and programs may speak about suppressions without meaning one.
            FileKind::Other => suppression::read(bytes, &mut Findings::new(Arc::clone(&file))),
            FileKind::Manifest | FileKind::Pem => suppression::read(bytes, &mut findings),
        };
        let checked = kind != FileKind::Other && (markers.secret || markers.key_or_certificate);
        FileReport { file, checked, findings: findings.into_list(), suppressions, index }
    }

    /// Looks at a certificate that seals, such as one that a configuration names. The linter's own is looked at anyway.
    pub fn lint_certificate(&self, certificate: &NamedCertificate) -> FileReport {
        let file: Arc<str> = certificate.name.as_str().into();
        let mut findings = Findings::new(Arc::clone(&file));
        rules::certificate::check(&certificate.certificate, &self.config, &mut findings);
        FileReport { checked: true, findings: findings.into_list(), ..FileReport::irrelevant(file) }
    }

    /// Looks at what the files say together, takes out what is suppressed, and puts the rest in order.
    pub fn finish(&self, reports: impl IntoIterator<Item = FileReport>) -> Report {
        let mut reports: Vec<FileReport> = reports.into_iter().collect();
        reports.extend(self.config.certificate.as_ref().map(|certificate| self.lint_certificate(certificate)));
        // The order in which threads were done must not show.
        reports.sort_by(|one, other| one.file.cmp(&other.file));
        across::forgive(&mut reports);
        let mut across = across::check(&reports);
        // A certificate that was given may also lie among the files.
        let files = reports.chunk_by(|one, other| one.file == other.file).count();
        let mut report = Report { files, fails_from: self.config.fails_from, ..Report::default() };
        for (mut file, more) in reports.into_iter().zip(&mut across) {
            file.findings.append(more);
            if file.checked {
                report.checked.push(Arc::clone(&file.file));
            }
            for finding in std::mem::take(&mut file.findings) {
                match accepting(&mut file.suppressions, &finding) {
                    Some(reason) => report.suppressed.push(Suppressed { finding, reason }),
                    None => report.findings.push(finding),
                }
            }
            if FileKind::of(&file.file) != FileKind::Other {
                report.findings.extend(suppression::unused(&file.file, &file.suppressions));
            }
        }
        report.checked.dedup();
        report.findings.sort_by(|one, other| order(one).cmp(&order(other)));
        // A certificate that was given may also lie among the files.
        report.findings.dedup();
        report
    }
}

fn order(finding: &Finding) -> (&str, Position, Rule) {
    (&finding.file, finding.start, finding.rule)
}

/// The reason of the suppression that accepts the finding, if one does.
fn accepting(suppressions: &mut [Suppression], finding: &Finding) -> Option<String> {
    if finding.rule.guards_suppressions() {
        return None;
    }
    let mut reason = None;
    for suppression in suppressions {
        if suppression.target == finding.start.line
            && let Some((_, used)) = suppression.rules.iter_mut().find(|(rule, _)| *rule == finding.rule)
        {
            *used = true;
            reason.get_or_insert_with(|| suppression.reason.clone());
        }
    }
    reason
}

fn lint_manifest(path: &str, bytes: &[u8], context: &Context<'_>, index: &mut Index, findings: &mut Findings) {
    let chunks = match parse_each(bytes, path) {
        Ok(chunks) => chunks,
        Err(error) => return rules::manifest::check_unreadable(&error, bytes, findings),
    };
    // What is no UTF-8 has no documents.
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let mut line = 1;
    for chunk in chunks {
        let first_line = line;
        line += memchr::memchr_iter(b'\n', &bytes[chunk.span.clone()]).count();
        match chunk.document {
            Ok(None) => {}
            Ok(Some(document)) => {
                rules::kustomization::check(&document, index, findings);
                for (kind, object) in object::find(&document, text) {
                    match kind {
                        Kind::Secret => rules::secret::check(&object, index, findings),
                        Kind::SealedSecret => {
                            rules::check_sealed_secret(&SealedSecret::new(&object), context, index, findings);
                        }
                    }
                }
            }
            Err(error) => rules::manifest::check_broken(&error, &bytes[chunk.span], first_line, findings),
        }
    }
}

/// The text of a file that begins with UTF-16's byte order mark, as PowerShell writes with `>`.
fn utf16(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let unit: fn([u8; 2]) -> u16 = match bytes.first_chunk()? {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, _) = bytes[2..].as_chunks();
    let units = Zeroizing::new(pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>());
    Some(Zeroizing::new(String::from_utf16_lossy(&units)))
}

pub(crate) fn beginning() -> Span {
    Span::point(Position { line: 1, column: 1 })
}
