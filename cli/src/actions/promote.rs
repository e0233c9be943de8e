//! SealedSecrets for another cluster or another namespace.

use std::path::{Path as FilePath, PathBuf};

use waxseal_crypto::{Certificate, KeyRing, Label, Scope};
use waxseal_documents::{Edit, Editor};
use zeroize::Zeroizing;

use super::in_place::{Target, reseal, targets, unreadable};
use super::reencrypt::mentions_kind;
use crate::certificate::{Certificates, Source};
use crate::cluster::{Connection, Controller, Overrides};
use crate::exit::Exit;
use crate::failure::{Failure, Result, plain};
use crate::inputs::{Input, Inputs, Origin};
use crate::output::replace;
use crate::parallel;
use crate::printer::Printer;
use crate::private_keys::KeySources;

/// Promotes. What else is in the texts comes out as it went in. Either all of them go through or none.
pub(crate) struct Promote {
    pub(crate) inputs: Inputs,
    pub(crate) keys: KeySources,
    pub(crate) certificate: Source,
    pub(crate) to_namespace: Option<String>,
    /// The namespace that values were sealed for, where the object names none.
    pub(crate) from_namespace: Option<String>,
    /// A file for one text, or a directory for several.
    pub(crate) out: Option<PathBuf>,
}

/// What all texts have in common.
struct Move<'a> {
    ring: &'a KeyRing,
    certificate: &'a Certificate,
    to_namespace: Option<&'a str>,
    from_namespace: Option<&'a str>,
}

impl Promote {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let ring = self.keys.ring()?;
        let nowhere = Connection::new(Overrides::default(), Controller::default());
        let certificate = Certificates::new(&nowhere, printer).usable(&self.certificate)?;
        let mut inputs = self.inputs.read(printer)?;
        inputs.retain(|input| input.origin != Origin::Found || mentions_kind(&input.text));
        let moving = Move {
            ring: &ring,
            certificate: &certificate,
            to_namespace: self.to_namespace.as_deref(),
            from_namespace: self.from_namespace.as_deref(),
        };
        let mut done = Vec::new();
        let mut failures = Vec::new();
        for (input, result) in inputs.iter().zip(parallel::map(&inputs, |input| moving.text(input))) {
            match result {
                Ok(Some(text)) => done.push((input, text)),
                Ok(None) => {}
                Err(failure) => failures.push(failure.about(&input.name)),
            }
        }
        // All or none: half a cluster's Secrets would be promoted otherwise.
        if let Some(last) = failures.pop() {
            if inputs.len() > 1 {
                for failure in &failures {
                    printer.failure(failure);
                }
                printer.talk(format_args!(
                    "{} of {} files failed, so nothing was written",
                    failures.len() + 1,
                    inputs.len()
                ));
            }
            return Err(last);
        }
        if done.is_empty() {
            return Err(Failure::input("no SealedSecret found").remedy("name the file that holds it"));
        }
        self.deliver(&done, printer)?;
        Ok(Exit::Done)
    }

    fn deliver(&self, done: &[(&Input, Zeroizing<String>)], printer: Printer) -> Result<()> {
        let Some(out) = &self.out else {
            let mut all = Zeroizing::new(String::new());
            for (_, text) in done {
                if !all.is_empty() && !all.ends_with('\n') {
                    all.push('\n');
                }
                if !all.is_empty() && !text.starts_with("---") {
                    all.push_str("---\n");
                }
                all.push_str(text);
            }
            return printer.data(all.as_bytes());
        };
        if !self.is_directory(out, done.len()) {
            let [(_, text)] = done else { return Ok(()) };
            return replace(out, text.as_bytes());
        }
        for (input, text) in done {
            let file = out.join(self.relative(input)?);
            if let Some(directory) = file.parent() {
                std::fs::create_dir_all(directory)
                    .map_err(|error| Failure::input(plain(&error)).about(directory.display()))?;
            }
            replace(&file, text.as_bytes())?;
        }
        Ok(())
    }

    fn is_directory(&self, out: &FilePath, texts: usize) -> bool {
        let searched = self.inputs.paths.iter().any(|path| path.is_dir());
        texts > 1 || searched || out.is_dir() || out.as_os_str().to_string_lossy().ends_with('/')
    }

    /// The file's place in the directory that was searched, else its name.
    fn relative(&self, input: &Input) -> Result<PathBuf> {
        let path = input.path().ok_or_else(|| {
            Failure::usage("standard input has no name that a file in a directory could get")
                .remedy("name a file with -w")
        })?;
        let below = match input.origin {
            Origin::Found => self.inputs.paths.iter().find_map(|root| path.strip_prefix(root).ok()),
            _ => path.file_name().map(FilePath::new),
        };
        Ok(below.unwrap_or(path).to_owned())
    }
}

impl Move<'_> {
    /// The text with its SealedSecrets moved; nothing where it has none and was merely found.
    fn text(&self, input: &Input) -> Result<Option<Zeroizing<String>>> {
        let mut editor = Editor::open(&input.text, &input.name).map_err(Failure::input)?;
        if let Some(failure) = unreadable(&mut editor) {
            return Err(failure);
        }
        let targets = targets(&editor).into_iter().collect::<Result<Vec<_>>>()?;
        if targets.is_empty() {
            return match input.origin {
                Origin::Found => Ok(None),
                _ => Err(Failure::input("holds no SealedSecret")),
            };
        }
        for target in targets {
            let document = target.document;
            let edits = self.object(target)?;
            editor.apply_all(document, &edits).map_err(Failure::input)?;
        }
        Ok(Some(Zeroizing::new(editor.text())))
    }

    fn object(&self, mut target: Target) -> Result<Vec<Edit>> {
        if target.namespace().is_empty()
            && target.sealed.scope() != Scope::ClusterWide
            && let Some(namespace) = self.from_namespace
        {
            target.sealed.metadata.namespace = Some(namespace.to_owned());
        }
        // What it lacks keeps it from opening, too.
        target.label(None)?;
        let namespace = self.to_namespace.unwrap_or(target.namespace());
        let label = Label::new(target.sealed.scope(), namespace, target.name());
        let resealed = reseal(&target, self.ring, self.certificate.public_key(), &label);
        let mut edits = resealed.map_err(|unmoved| unmoved.failure)?.edits;
        if let Some(namespace) = self.to_namespace {
            edits.push(Edit::set(target.field(["metadata", "namespace"]), namespace));
            if target.sealed.spec.template.metadata.namespace.is_some() {
                edits.push(Edit::set(target.field(["spec", "template", "metadata", "namespace"]), namespace));
            }
        }
        Ok(edits)
    }
}
