//! Files, directories and standard input.

use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};

use waxseal_documents::MAX_INPUT_BYTES;
use zeroize::Zeroizing;

use crate::failure::{Failure, Result, plain};
use crate::printer::Printer;

/// The name of standard input, on the command line and in messages.
pub(crate) const STDIN: &str = "-";

/// What a command was asked to read.
pub(crate) struct Inputs {
    /// Files, directories or `-`; none is standard input.
    pub(crate) paths: Vec<PathBuf>,
    /// What a person who is asked to type it should type, such as `a Secret as YAML or JSON`.
    pub(crate) expectation: &'static str,
}

/// One text. It may hold plaintext and is wiped.
pub(crate) struct Input {
    /// The path as it was given or found, or `-`.
    pub(crate) name: String,
    pub(crate) text: Zeroizing<Vec<u8>>,
    pub(crate) origin: Origin,
}

/// How a text was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Standard input.
    Stdin,
    /// A file that was named.
    Named,
    /// A file that lay in a directory that was named: not everything in it need be for the command.
    Found,
}

impl Input {
    /// Where it lies, if it is a file.
    pub(crate) fn path(&self) -> Option<&Path> {
        (self.origin != Origin::Stdin).then(|| Path::new(&self.name))
    }
}

impl Inputs {
    /// Every file that is named or lies in a directory that is, in a stable order.
    pub(crate) fn files(&self) -> Result<Vec<(PathBuf, Origin)>> {
        if self.paths.is_empty() {
            return Ok(vec![(PathBuf::from(STDIN), Origin::Stdin)]);
        }
        let mut files = Vec::new();
        for path in &self.paths {
            if path == Path::new(STDIN) {
                files.push((path.clone(), Origin::Stdin));
            } else if path.is_dir() {
                files.extend(search(path)?.into_iter().map(|file| (file, Origin::Found)));
            } else {
                files.push((path.clone(), Origin::Named));
            }
        }
        Ok(files)
    }

    /// Reads all of it.
    pub(crate) fn read(&self, printer: Printer) -> Result<Vec<Input>> {
        let read = |(path, origin): (PathBuf, Origin)| {
            let text = match origin {
                Origin::Stdin => read_stdin(self.expectation, printer)?,
                Origin::Named | Origin::Found => read_file(&path)?,
            };
            Ok(Input { name: path.display().to_string(), text, origin })
        };
        self.files()?.into_iter().map(read).collect()
    }
}

/// Reads a file of at most [`MAX_INPUT_BYTES`].
pub(crate) fn read_file(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    let fail = |error: io::Error| Failure::input(format_args!("{}: {}", path.display(), plain(&error)));
    let file = std::fs::File::open(path).map_err(fail)?;
    // Room for all of it at once: a buffer that grows leaves pieces behind that nobody wipes.
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    read_limited(file, usize::try_from(size).unwrap_or(0)).map_err(fail)
}

/// Reads standard input; to a person at a terminal it says what it waits for.
pub(crate) fn read_stdin(expectation: &str, printer: Printer) -> Result<Zeroizing<Vec<u8>>> {
    if io::stdin().is_terminal() {
        printer.talk(format_args!("Type or paste {expectation}, then press Ctrl-D."));
    }
    read_limited(io::stdin().lock(), 64 * 1024)
        .map_err(|error| Failure::input(format_args!("standard input: {}", plain(&error))))
}

/// One byte more than the limit is enough for the parser to say that it is too much.
fn read_limited(reader: impl Read, size: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(Vec::with_capacity(size.min(MAX_INPUT_BYTES) + 1));
    reader.take(MAX_INPUT_BYTES as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// The YAML and JSON files below `directory`; hidden ones and those that Git ignores are left out.
fn search(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let walk = ignore::WalkBuilder::new(directory).require_git(false).sort_by_file_path(Path::cmp).build();
    for entry in walk {
        let entry = entry.map_err(|error| Failure::input(format_args!("{}: {error}", directory.display())))?;
        let is_manifest = entry
            .path()
            .extension()
            .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known)));
        if is_manifest && entry.file_type().is_some_and(|kind| kind.is_file()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
