//! One input, a file for each of several clusters.

use std::collections::BTreeMap;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::keep::{Keeper, Witnesses};
use super::previous::Previous;
use super::{manifests, nothing_found, seal_all};
use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{Input, Inputs, Origin};
use crate::output::{Format, Output, replace_all};
use crate::printer::Printer;
use crate::resources::{documents, is_secret};
use crate::rules::Cluster;
use crate::sealing::{Job, Sealing};
use crate::settings::Settings;

/// Seals for clusters of `.waxseal.yaml`. All files are written, or none.
pub(crate) struct SealForClusters {
    pub(crate) inputs: Inputs,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    /// Their names, or `all`.
    pub(crate) clusters: Vec<String>,
    pub(crate) name: Option<String>,
    pub(crate) allow_empty: bool,
    /// Whether SealedSecrets say which key sealed them.
    pub(crate) hints: bool,
    pub(crate) witnesses: Witnesses,
}

/// A file, and what is to be in it.
#[derive(Default)]
struct Target {
    cluster: String,
    jobs: Vec<Job>,
}

impl SealForClusters {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let clusters = Cluster::chosen(self.settings.clusters()?, &self.clusters)?;
        let inputs = self.inputs.read(printer)?;
        let certificates = Certificates::new(&self.connection, printer);
        let keeper = Keeper::new(&self.witnesses, &self.connection)?;
        let mut texts = Vec::new();
        let mut lines = Vec::new();
        let mut taken: BTreeMap<PathBuf, String> = BTreeMap::new();
        for cluster in clusters {
            let connection = self.connection.to(cluster);
            let keeper = keeper.with_cluster(&connection);
            for (file, target) in self.targets(cluster, &inputs, &certificates, printer)? {
                if let Some(other) = taken.insert(file.clone(), target.cluster.clone()) {
                    return Err(Failure::usage(format_args!("{other} and {} would both write it", cluster.name))
                        .about(file.display())
                        .remedy("put {cluster} into the output of .waxseal.yaml"));
                }
                self.settings.explain(Some(&file), printer)?;
                let (text, more) =
                    text(&file, &target.jobs, &keeper).map_err(|failure| failure.about(&cluster.name))?;
                texts.push((file, text));
                lines.extend(more);
            }
        }
        if texts.is_empty() {
            return Err(nothing_found());
        }
        let files: Vec<_> = texts.iter().map(|(file, text)| (file.as_path(), text.as_bytes())).collect();
        let written = replace_all(&files)?;
        for line in lines {
            printer.talk(line);
        }
        printer.talk(format_args!("{written} of {} files written", files.len()));
        Ok(Exit::Done)
    }

    fn targets(
        &self,
        cluster: &Cluster,
        inputs: &[Input],
        certificates: &Certificates<'_>,
        printer: Printer,
    ) -> Result<BTreeMap<PathBuf, Target>> {
        let sealing = Sealing {
            settings: &self.settings,
            connection: &self.connection,
            certificates,
            name: self.name.as_deref(),
            namespace: None,
            allow_empty: self.allow_empty,
            unquoted: None,
            hints: self.hints,
            cluster: Some(cluster),
        };
        let mut targets: BTreeMap<PathBuf, Target> = BTreeMap::new();
        for input in inputs {
            for document in documents(input, printer)? {
                for item in document.items() {
                    if input.origin == Origin::Found && !is_secret(item.value) {
                        continue;
                    }
                    let job = sealing.prepare(&document, &item, input.path())?;
                    let file = cluster.file(job.secret.namespace(), job.secret.name())?;
                    let target = targets.entry(file).or_default();
                    target.cluster.clone_from(&cluster.name);
                    target.jobs.push(job);
                }
            }
        }
        Ok(targets)
    }
}

/// What the file becomes, and what there is to be said about it.
fn text(file: &std::path::Path, jobs: &[Job], keeper: &Keeper<'_>) -> Result<(Zeroizing<String>, Vec<String>)> {
    let format = Format::of(file).unwrap_or(Format::Yaml);
    let mut sealed = seal_all(jobs)?;
    let mut lines = Vec::new();
    if let Some(previous) = Previous::open(file, format) {
        let update = previous.update(file, jobs, &mut sealed, keeper)?;
        lines = update.lines;
        if let Some(text) = update.text {
            return Ok((text, lines));
        }
    }
    let mut output = Output::new(format, None);
    manifests(jobs, &sealed)?.iter().for_each(|manifest| output.resource(manifest));
    Ok((output.into_text(), lines))
}
