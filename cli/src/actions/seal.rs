//! Secrets in, SealedSecrets out.

use std::path::PathBuf;

use serde_json::Value;
use waxseal_documents::Document;

use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{Input, Inputs, Origin};
use crate::output::{Format, Output};
use crate::parallel;
use crate::printer::Printer;
use crate::resources::{chunks, documents, is_secret};
use crate::sealing::{Job, Sealing};
use crate::settings::Settings;

/// Seals.
pub(crate) struct Seal {
    pub(crate) inputs: Inputs,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    pub(crate) name: Option<String>,
    pub(crate) allow_empty: bool,
    /// Whether documents that are no Secrets go through untouched.
    pub(crate) passthrough: bool,
    /// Whether numbers count as text where a Secret wants text, as kubeseal has it.
    pub(crate) unquoted: bool,
    pub(crate) format: Format,
    pub(crate) file: Option<PathBuf>,
}

/// A part of the output, in its order.
enum Piece {
    /// Text that goes through as it came.
    Verbatim(String),
    /// The sealed form of this job, with a line of comment.
    Sealed(usize, Option<String>),
    /// A list with items to be replaced by the sealed forms of these jobs.
    List(Value, Vec<(String, usize)>),
}

#[derive(Default)]
struct Plan {
    pieces: Vec<Piece>,
    jobs: Vec<Job>,
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
            allow_empty: self.allow_empty,
            unquoted: self.unquoted.then_some(printer),
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
            return Err(Failure::input("no secrets found. Ensure the input is valid and UTF-8 encoded"));
        }
        let sealed = parallel::map(&plan.jobs, Job::seal).into_iter().collect::<Result<Vec<_>>>()?;
        let mut output = Output::new(self.format, self.file);
        for piece in plan.pieces {
            match piece {
                Piece::Verbatim(text) => output.verbatim(&text),
                Piece::Sealed(job, comment) => output.commented_resource(comment.as_deref(), &sealed[job]),
                Piece::List(mut list, jobs) => {
                    for (pointer, job) in jobs {
                        if let Some(item) = list.pointer_mut(&pointer) {
                            item.clone_from(&sealed[job]);
                        }
                    }
                    output.resource(&list);
                }
            }
        }
        output.deliver(printer)?;
        Ok(Exit::Done)
    }
}

impl Plan {
    fn seal_all(
        &mut self,
        input: &Input,
        sealing: &Sealing<'_>,
        file: Option<&std::path::Path>,
        printer: Printer,
    ) -> Result<()> {
        for document in documents(input, printer)? {
            for item in document.items() {
                // A directory holds much that is no Secret.
                if input.origin == Origin::Found && !is_secret(item.value) {
                    continue;
                }
                self.pieces.push(Piece::Sealed(self.jobs.len(), None));
                self.jobs.push(sealing.prepare(&document, &item, file)?);
            }
        }
        Ok(())
    }

    fn pass_through(&mut self, input: &Input, sealing: &Sealing<'_>, file: Option<&std::path::Path>) -> Result<()> {
        for chunk in chunks(input)? {
            // Nobody knows what a document is that cannot be read; it may be a Secret.
            let document = chunk.document.map_err(Failure::input)?;
            let text = String::from_utf8_lossy(&input.text[chunk.span.clone()]).into_owned();
            match document {
                Some(document) if document.items().iter().any(|item| is_secret(item.value)) => {
                    self.replace(&document, &text, sealing, file)?;
                }
                _ => self.pieces.push(Piece::Verbatim(text)),
            }
        }
        Ok(())
    }

    fn replace(
        &mut self,
        document: &Document,
        text: &str,
        sealing: &Sealing<'_>,
        file: Option<&std::path::Path>,
    ) -> Result<()> {
        let items = document.items();
        if let [item] = items.as_slice()
            && item.path.segments().is_empty()
        {
            // Helm's word on which template this is; other comments may hold what is to be sealed.
            let source = text.lines().find(|line| line.starts_with("# Source: ")).map(str::to_owned);
            self.pieces.push(Piece::Sealed(self.jobs.len(), source));
            self.jobs.push(sealing.prepare(document, item, file)?);
            return Ok(());
        }
        let mut replaced = Vec::new();
        for item in items.iter().filter(|item| is_secret(item.value)) {
            replaced.push((pointer(&item.path), self.jobs.len()));
            self.jobs.push(sealing.prepare(document, item, file)?);
        }
        let mut list = document.value().clone();
        for (pointer, _) in &replaced {
            // The values in the clear end here.
            if let Some(item) = list.pointer_mut(pointer) {
                drop(waxseal_documents::Wiped::new(item.take()));
            }
        }
        self.pieces.push(Piece::List(list, replaced));
        Ok(())
    }
}

/// The path as a JSON pointer (RFC 6901). Paths of items are made of `items` and numbers only.
fn pointer(path: &waxseal_documents::Path) -> String {
    use waxseal_documents::Segment;
    path.segments()
        .iter()
        .map(|segment| match segment {
            Segment::Key(key) => format!("/{key}"),
            Segment::Index(index) => format!("/{index}"),
        })
        .collect()
}
