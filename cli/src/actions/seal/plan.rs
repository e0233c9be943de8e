//! What is to be sealed, and what stands around it.

use std::path::Path as FilePath;

use serde_json::Value;
use waxseal_documents::Document;

use crate::failure::{Failure, Result};
use crate::inputs::{Input, Origin};
use crate::output::Output;
use crate::printer::Printer;
use crate::resources::{chunks, documents, is_secret};
use crate::sealing::{Job, Sealing};

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
pub(super) struct Plan {
    pieces: Vec<Piece>,
    pub(super) jobs: Vec<Job>,
}

impl Plan {
    pub(super) fn seal_all(
        &mut self,
        input: &Input,
        sealing: &Sealing<'_>,
        file: Option<&FilePath>,
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

    pub(super) fn pass_through(&mut self, input: &Input, sealing: &Sealing<'_>, file: Option<&FilePath>) -> Result<()> {
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

    /// Adds everything to the output, with these sealed forms of the jobs.
    pub(super) fn print(self, sealed: &[Value], output: &mut Output) {
        for piece in self.pieces {
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
    }

    fn replace(
        &mut self,
        document: &Document,
        text: &str,
        sealing: &Sealing<'_>,
        file: Option<&FilePath>,
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
