//! Secrets in, SealedSecrets out.

mod clusters;
mod keep;
mod live;
mod plan;
mod previous;

use std::path::{Path as FilePath, PathBuf};

use waxseal_api::{SealOptions, SealedSecret};

use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::Inputs;
use crate::output::{Format, Output, replace};
use crate::parallel;
use crate::printer::Printer;
use crate::sealing::{Job, Sealing};
use crate::settings::Settings;

pub(crate) use clusters::SealForClusters;
use keep::Keeper;
pub(crate) use keep::Witnesses;
use plan::Plan;
use previous::Previous;

/// Seals.
pub(crate) struct Seal {
    pub(crate) inputs: Inputs,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    pub(crate) name: Option<String>,
    pub(crate) options: SealOptions,
    /// Whether documents that are no Secrets go through untouched.
    pub(crate) passthrough: bool,
    /// Whether numbers count as text where a Secret wants text, as kubeseal has it.
    pub(crate) unquoted: bool,
    /// Who can tell which values of the file that is written over have not changed. Nobody is asked, and nothing of it
    /// stays, where kubeseal writes.
    pub(crate) witnesses: Option<Witnesses>,
    pub(crate) format: Format,
    pub(crate) file: Option<PathBuf>,
}

impl Seal {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let certificates = Certificates::new(&self.connection, printer);
        let sealing = Sealing {
            settings: &self.settings,
            connection: &self.connection,
            certificates: &certificates,
            name: self.name.as_deref(),
            namespace: None,
            allow_empty: self.options.allow_empty,
            unquoted: self.unquoted.then_some(printer),
            hints: self.options.hints,
            cluster: None,
        };
        let mut plan = Plan::default();
        for input in self.inputs.read(printer)? {
            let file = input.path().or(self.file.as_deref());
            self.settings.explain(file, printer)?;
            if self.passthrough {
                plan.pass_through(&input, &sealing, file)?;
            } else {
                plan.seal_all(&input, &sealing, file, printer)?;
            }
        }
        if plan.jobs.is_empty() && !self.passthrough {
            return Err(nothing_found());
        }
        let mut sealed = seal_all(&plan.jobs)?;
        let mut lines = Vec::new();
        if let (Some(witnesses), Some(file)) = (&self.witnesses, &self.file)
            && let Some(previous) = Previous::open(file, self.format)
        {
            let keeper = Keeper::new(witnesses, &self.connection)?;
            let update = previous.update(file, &plan.jobs, &mut sealed, &keeper)?;
            if let (false, Some(text)) = (self.passthrough, update.text) {
                write_changed(file, text.as_bytes())?;
                for line in update.lines {
                    printer.talk(line);
                }
                return Ok(Exit::Done);
            }
            lines = update.lines;
        }
        let manifests = manifests(&plan.jobs, &sealed)?;
        let mut output = Output::new(self.format, self.file);
        plan.print(&manifests, &mut output);
        output.deliver(printer)?;
        for line in lines {
            printer.talk(line);
        }
        Ok(Exit::Done)
    }
}

fn nothing_found() -> Failure {
    Failure::input("no secrets found. Ensure the input is valid and UTF-8 encoded")
}

fn seal_all(jobs: &[Job]) -> Result<Vec<SealedSecret>> {
    parallel::map(jobs, Job::seal).into_iter().collect()
}

fn manifests(jobs: &[Job], sealed: &[SealedSecret]) -> Result<Vec<serde_json::Value>> {
    jobs.iter().zip(sealed).map(|(job, sealed)| job.manifest(sealed)).collect()
}

/// A file that would be the same is not touched.
fn write_changed(file: &FilePath, text: &[u8]) -> Result<()> {
    if std::fs::read(file).is_ok_and(|before| before == text) { Ok(()) } else { replace(file, text) }
}
