//! Values sealed to the controller's newest key, by the controller, in place.

use serde_json::Value;
use waxseal_documents::{Editor, Wiped};
use zeroize::Zeroizing;

use super::summary::{Summary, values};
use super::{Outcome, opened, read};
use crate::actions::in_place::Target;
use crate::actions::reencrypt_by_controller::changes;
use crate::certificate::{Certificates, Source};
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{Input, Inputs};
use crate::output::replace;
use crate::printer::Printer;

/// Asks the controller for each SealedSecret. One after the other: it is the controller that does the work.
pub(crate) struct ReencryptFilesByController {
    pub(crate) inputs: Inputs,
    pub(crate) connection: Connection,
}

impl ReencryptFilesByController {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let (inputs, unread) = read(&self.inputs, printer)?;
        let mut summary = Summary::default();
        for failure in &unread {
            printer.failure(failure);
            summary.add_failed_file(failure);
        }
        for input in &inputs {
            let mut outcome = Outcome::default();
            match self.file(input, &mut outcome, printer) {
                // The next question would not be answered either.
                Err(failure) if failure.exit() == Exit::Cluster => return Err(failure.about(&input.name)),
                Err(failure) => outcome.failures.push(failure.about(&input.name)),
                Ok(()) if outcome.changed > 0 => {
                    printer.talk(format_args!("{}: re-encrypted: {}", input.name, values(outcome.changed)));
                }
                Ok(()) => {}
            }
            for failure in &outcome.failures {
                printer.failure(failure);
            }
            if let Some(text) = &outcome.text {
                printer.data(text.as_bytes())?;
            }
            summary.add(&outcome);
        }
        summary.conclude(false, printer)
    }

    fn file(&self, input: &Input, outcome: &mut Outcome, printer: Printer) -> Result<()> {
        let (mut editor, targets) = opened(input, outcome)?;
        for target in targets {
            let target = match target {
                Ok(target) => target,
                Err(failure) => {
                    outcome.failures.push(failure.about(&input.name));
                    continue;
                }
            };
            match self.object(&target, &mut editor, printer) {
                Ok(changed) => {
                    outcome.changed += changed;
                    outcome.kept += target.sealed.spec.encrypted_data.len().saturating_sub(changed);
                }
                Err(failure) if failure.exit() == Exit::Cluster => return Err(failure.about(target.title)),
                Err(failure) => {
                    outcome.failed += target.sealed.spec.encrypted_data.len().max(1);
                    outcome.failures.push(failure.about(target.title).about(&input.name));
                }
            }
        }
        let text = Zeroizing::new(editor.text());
        match input.path() {
            None => outcome.text = Some(text),
            Some(_) if outcome.changed == 0 => {}
            Some(path) => replace(path, text.as_bytes())?,
        }
        Ok(())
    }

    /// How many values are new.
    fn object(&self, target: &Target, editor: &mut Editor, printer: Printer) -> Result<usize> {
        let at = target.field([]);
        let before = editor.items(target.document).into_iter().find(|item| item.path == at);
        let before = Wiped::new(before.map_or(Value::Null, |item| item.value.clone()));
        let after = self.connection.cluster()?.reencrypt(&self.connection.controller, &before)?;
        let mut edits = changes(&at, &before, &after);
        let changed = edits.len();
        if changed > 0 && target.has_hint() {
            let certificate = Certificates::new(&self.connection, printer).usable(&Source::Cluster)?;
            edits.extend(target.hint_of_all(*certificate.fingerprint(), true));
        }
        editor.apply_all(target.document, &edits).map_err(Failure::input)?;
        Ok(changed)
    }
}
