//! Values sealed to another key of the same cluster, offline, in place.

mod by_controller;
mod check;
mod progress;
mod summary;

use std::sync::Arc;

use waxseal_crypto::{Certificate, KeyRing, Sealer, StableKey};
use waxseal_documents::Editor;
use zeroize::Zeroizing;

use super::in_place::{Target, Unmoved, reseal, targets, unreadable};
use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{Input, Inputs, Origin, read_file, read_stdin};
use crate::output::replace;
use crate::parallel;
use crate::printer::Printer;
use crate::private_keys::KeySources;
use crate::settings::Settings;

pub(crate) use by_controller::ReencryptFilesByController;
pub(crate) use check::CheckByHints;
use progress::Progress;
use summary::Summary;

/// Re-encrypts the values that another key sealed. What else is in the files stays byte for byte.
pub(crate) struct Reencrypt {
    pub(crate) inputs: Inputs,
    pub(crate) keys: KeySources,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    /// Whether to tell what is due, and change nothing.
    pub(crate) check: bool,
    /// Whether objects say which key sealed them.
    pub(crate) hints: bool,
}

/// A file, and the certificate that holds for it.
struct Job {
    input: Input,
    certificate: Arc<Certificate>,
    stable_key: Option<Arc<StableKey>>,
    check: bool,
    hints: bool,
}

/// What came of one file.
#[derive(Default)]
struct Outcome {
    changed: usize,
    kept: usize,
    failed: usize,
    failures: Vec<Failure>,
    /// The new text, if it is for standard output.
    text: Option<Zeroizing<String>>,
}

impl Reencrypt {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let ring = self.keys.ring()?;
        let (inputs, mut unread) = read(&self.inputs, printer)?;
        let certificates = Certificates::new(&self.connection, printer);
        let mut jobs = Vec::new();
        for input in inputs {
            self.settings.explain(input.path(), printer)?;
            let certificate = certificates.usable(&self.settings.certificate(input.path())?.value)?;
            let stable_key = self.settings.stable_key()?;
            jobs.push(Job { input, certificate, stable_key, check: self.check, hints: self.hints });
        }
        let progress = Progress::new(jobs.len());
        let outcomes = parallel::map(&jobs, |job| {
            let outcome = job.run(&ring);
            progress.done(&job.input.name, (!self.check).then_some(outcome.changed), printer);
            outcome
        });
        progress.finish();
        let mut summary = Summary::default();
        for failure in unread.drain(..) {
            printer.failure(&failure);
            summary.add_failed_file(&failure);
        }
        for (job, outcome) in jobs.iter().zip(outcomes) {
            for failure in &outcome.failures {
                printer.failure(failure);
            }
            if self.check && outcome.changed > 0 {
                printer.line(format_args!("{}: due: {}", job.input.name, summary::values(outcome.changed)))?;
            }
            if let Some(text) = &outcome.text {
                printer.data(text.as_bytes())?;
            }
            summary.add(&outcome);
        }
        summary.conclude(self.check, printer)
    }
}

impl Job {
    fn run(&self, ring: &KeyRing) -> Outcome {
        let mut outcome = Outcome::default();
        if let Err(failure) = self.reencrypt(ring, &mut outcome) {
            outcome.failures.push(failure);
        }
        outcome
    }

    fn reencrypt(&self, ring: &KeyRing, outcome: &mut Outcome) -> Result<()> {
        let name = &self.input.name;
        let (mut editor, targets) = opened(&self.input, outcome)?;
        for target in targets {
            match target.and_then(|target| self.reencrypt_one(&target, &mut editor, ring, outcome)) {
                Ok(()) => {}
                Err(failure) => outcome.failures.push(failure.about(name)),
            }
        }
        let text = Zeroizing::new(editor.text());
        match self.input.path() {
            _ if self.check => {}
            None => outcome.text = Some(text),
            Some(_) if outcome.changed == 0 && text.as_bytes() == self.input.text.as_slice() => {}
            Some(path) => replace(path, text.as_bytes())?,
        }
        Ok(())
    }

    fn reencrypt_one(&self, target: &Target, editor: &mut Editor, ring: &KeyRing, outcome: &mut Outcome) -> Result<()> {
        let label = target.sealed.label();
        let sealer = Sealer::new(self.certificate.public_key(), self.stable_key.as_deref());
        match reseal(target, ring, sealer, &label, self.hints) {
            Ok(moved) => {
                editor.apply_all(target.document, &moved.edits).map_err(|error| {
                    outcome.failed += moved.changed;
                    Failure::input(error)
                })?;
                outcome.changed += moved.changed;
                outcome.kept += moved.kept;
                Ok(())
            }
            Err(Unmoved { failure, values }) => {
                outcome.failed += values;
                Err(failure)
            }
        }
    }
}

/// The file and its SealedSecrets. What cannot be read of it is among the failures, and keeps the rest from nothing.
fn opened(input: &Input, outcome: &mut Outcome) -> Result<(Editor, Vec<Result<Target>>)> {
    let mut editor = Editor::open(&input.text, &input.name).map_err(Failure::input)?;
    outcome.failures.extend(unreadable(&mut editor));
    let targets = targets(&editor);
    if targets.is_empty() && input.origin != Origin::Found && outcome.failures.is_empty() {
        return Err(Failure::input("holds no SealedSecret").about(&input.name));
    }
    Ok((editor, targets))
}

/// The texts in which there may be a SealedSecret, and what could not be read.
fn read(inputs: &Inputs, printer: Printer) -> Result<(Vec<Input>, Vec<Failure>)> {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    for (path, origin) in inputs.files()? {
        let text = match origin {
            Origin::Stdin => read_stdin(inputs.expectation, printer),
            Origin::Named | Origin::Found => read_file(&path),
        };
        match text {
            Err(failure) => unread.push(failure),
            // Charts and everything else that lies in a repo is not this command's business.
            Ok(text) if origin == Origin::Found && !mentions_kind(&text) => {}
            Ok(text) => found.push(Input { name: path.display().to_string(), text, origin }),
        }
    }
    if found.is_empty() && unread.is_empty() {
        return Err(Failure::input("no SealedSecret found").remedy("name the file that holds it"));
    }
    Ok((found, unread))
}

pub(super) fn mentions_kind(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.contains(waxseal_api::names::KIND))
}
