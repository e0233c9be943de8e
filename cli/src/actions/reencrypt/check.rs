//! What is due, by what the objects say about their sealing keys: without a private key.

use waxseal_crypto::Fingerprint;

use super::summary::{Summary, values};
use super::{Outcome, opened, read};
use crate::actions::in_place::Target;
use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{Input, Inputs};
use crate::printer::Printer;
use crate::settings::Settings;

/// Believes hints. Whoever does not writes the files' hints, or has a private key.
pub(crate) struct CheckByHints {
    pub(crate) inputs: Inputs,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
}

impl CheckByHints {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let (inputs, unread) = read(&self.inputs, printer)?;
        let certificates = Certificates::new(&self.connection, printer);
        let mut summary = Summary::default();
        for failure in &unread {
            printer.failure(failure);
            summary.add_failed_file(failure);
        }
        for input in &inputs {
            self.settings.explain(input.path(), printer)?;
            let certificate = certificates.usable(&self.settings.certificate(input.path())?.value)?;
            let mut outcome = Outcome::default();
            if let Err(failure) = check(input, certificate.fingerprint(), &mut outcome) {
                outcome.failures.push(failure.about(&input.name));
            }
            for failure in &outcome.failures {
                printer.failure(failure);
            }
            if outcome.changed > 0 {
                printer.line(format_args!("{}: due: {}", input.name, values(outcome.changed)))?;
            }
            summary.add(&outcome);
        }
        summary.conclude(true, printer)
    }
}

fn check(input: &Input, to: &Fingerprint, outcome: &mut Outcome) -> Result<()> {
    let (_, targets) = opened(input, outcome)?;
    for target in targets {
        match target {
            Ok(target) => judge(&target, to, &input.name, outcome),
            Err(failure) => outcome.failures.push(failure.about(&input.name)),
        }
    }
    Ok(())
}

fn judge(target: &Target, to: &Fingerprint, file: &str, outcome: &mut Outcome) {
    let hints = target.sealed.hints();
    let mut unknown = 0;
    for key in target.sealed.spec.encrypted_data.keys() {
        match hints.get(key) {
            None => unknown += 1,
            Some(key) if key == to => outcome.kept += 1,
            Some(_) => outcome.changed += 1,
        }
    }
    unknown += usize::from(target.sealed.spec.data.is_some());
    if unknown > 0 {
        outcome.failed += unknown;
        let failure = Failure::key(format_args!("does not say what key sealed {}", values(unknown)));
        let failure = failure.remedy("give the private key (--private-key); `waxseal reencrypt` then writes it down");
        outcome.failures.push(failure.about(&target.title).about(file));
    }
}
