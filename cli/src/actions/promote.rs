//! SealedSecrets for another cluster or another namespace.

mod moving;

use std::path::{Path as FilePath, PathBuf};

use waxseal_crypto::Sealer;
use zeroize::Zeroizing;

use super::reencrypt::mentions_kind;
use crate::certificate::{Certificates, Source};
use crate::cluster::{Connection, Controller, Overrides};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{Input, Inputs, Origin};
use crate::output::{replace, replace_all};
use crate::parallel;
use crate::printer::Printer;
use crate::private_keys::KeySources;
use crate::rules::Cluster;
use crate::settings::Settings;
use moving::{Move, Moved};

/// Promotes. What else is in the texts comes out as it went in. Either all of them go through or none.
pub(crate) struct Promote {
    pub(crate) inputs: Inputs,
    pub(crate) keys: KeySources,
    pub(crate) to: Destination,
    /// Says where a stable key is, and what clusters there are.
    pub(crate) settings: Settings,
    /// Whether objects say which key sealed them.
    pub(crate) hints: bool,
    pub(crate) to_namespace: Option<String>,
    /// The namespace that values were sealed for, where the object names none.
    pub(crate) from_namespace: Option<String>,
    /// A file for one text, or a directory for several.
    pub(crate) out: Option<PathBuf>,
}

/// What it is sealed for.
pub(crate) enum Destination {
    Certificate(Source),
    /// A cluster of `.waxseal.yaml`: its certificate, its names of namespaces, its files.
    Cluster(String),
}

impl Promote {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let ring = self.keys.ring()?;
        let nowhere = Connection::new(Overrides::default(), Controller::default());
        let (source, to_cluster) = self.destination()?;
        let certificate = Certificates::new(&nowhere, printer).usable(&source)?;
        let stable = self.settings.stable_key()?;
        let mut inputs = self.inputs.read(printer)?;
        inputs.retain(|input| input.origin != Origin::Found || mentions_kind(&input.text));
        let moving = Move {
            ring: &ring,
            sealer: Sealer::new(certificate.public_key(), stable.as_deref()),
            hints: self.hints,
            to_namespace: self.to_namespace.as_deref(),
            from_namespace: self.from_namespace.as_deref(),
            to_cluster,
        };
        let mut jobs = Vec::new();
        for input in &inputs {
            jobs.push((input, self.settings.cluster_of(input.path())?));
        }
        let mut done = Vec::new();
        let mut failures = Vec::new();
        let moved = parallel::map(&jobs, |(input, from)| moving.text(input, *from));
        for (input, result) in inputs.iter().zip(moved) {
            match result {
                Ok(Some(moved)) => done.push((input, moved)),
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

    fn destination(&self) -> Result<(Source, Option<&Cluster>)> {
        match &self.to {
            Destination::Certificate(source) => Ok((source.clone(), None)),
            Destination::Cluster(name) => {
                let chosen = Cluster::chosen(self.settings.clusters()?, std::slice::from_ref(name))?;
                let [cluster] = chosen.as_slice() else {
                    return Err(Failure::usage("a SealedSecret goes to one cluster at a time")
                        .remedy("`waxseal seal --clusters` seals for several"));
                };
                Ok((Source::File(cluster.certificate.clone()), Some(cluster)))
            }
        }
    }

    fn deliver(&self, done: &[(&Input, Moved)], printer: Printer) -> Result<()> {
        let mut files = Vec::new();
        match &self.out {
            None if matches!(self.to, Destination::Certificate(_)) => {
                let all = one_stream(done.iter().map(|(_, moved)| moved.text.as_str()));
                return printer.data(all.as_bytes());
            }
            None => files.extend(done.iter().filter_map(|(_, moved)| moved.file.clone())),
            Some(out) if !self.is_directory(out, done.len()) => {
                let [(_, moved)] = done else { return Ok(()) };
                return replace(out, moved.text.as_bytes());
            }
            Some(out) => {
                for (input, _) in done {
                    files.push(out.join(self.relative(input)?));
                }
            }
        }
        let texts = done.iter().map(|(_, moved)| moved.text.as_bytes());
        let all: Vec<_> = files.iter().map(PathBuf::as_path).zip(texts).collect();
        let mut sorted = files.clone();
        sorted.sort_unstable();
        if let Some(twice) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Failure::input("two of the files would be written there").about(twice[0].display()));
        }
        let written = replace_all(&all)?;
        if self.out.is_none() {
            files.iter().try_for_each(|file| printer.line(file.display()))?;
            printer.talk(format_args!("{written} of {} files written", files.len()));
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

/// The texts as one, each document behind its `---`.
fn one_stream<'t>(texts: impl Iterator<Item = &'t str>) -> Zeroizing<String> {
    let mut all = Zeroizing::new(String::new());
    for text in texts {
        if !all.is_empty() && !all.ends_with('\n') {
            all.push('\n');
        }
        if !all.is_empty() && !text.starts_with("---") {
            all.push_str("---\n");
        }
        all.push_str(text);
    }
    all
}
