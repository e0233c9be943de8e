//! The files that a linter looks at: more kinds than other commands read, for keys lie about in all of them.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rustix::fs::{FileType, fstat};
use waxseal_documents::MAX_INPUT_BYTES;
use waxseal_lint::Linter;
use zeroize::Zeroizing;

use crate::failure::{Failure, Result, plain};
use crate::inputs::{STDIN, read_file};

/// A text, read or still to be read.
pub(super) struct Text {
    /// What findings call it.
    pub(super) name: String,
    content: Content,
}

enum Content {
    Named(PathBuf),
    /// A file that lay in a directory.
    Found(PathBuf),
    /// What stands in standard input.
    Stdin(Zeroizing<Vec<u8>>),
    /// What is to be committed as this file.
    Staged(PathBuf, Zeroizing<Vec<u8>>),
}

impl Text {
    /// A staged text, with the file's name from the root of the repo.
    pub(super) fn staged(name: String, root: &Path, bytes: Zeroizing<Vec<u8>>) -> Self {
        let path = root.join(&name);
        Self { name, content: Content::Staged(path, bytes) }
    }

    fn stdin(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self { name: STDIN.to_owned(), content: Content::Stdin(bytes) }
    }

    fn file(path: PathBuf, content: fn(PathBuf) -> Content) -> Self {
        // `./a.yaml` is what a search of `.` calls it.
        let name = path.strip_prefix(".").unwrap_or(&path).display().to_string();
        Self { name, content: content(path) }
    }

    /// Where it lies, if it has a place.
    pub(super) fn path(&self) -> Option<&Path> {
        match &self.content {
            Content::Stdin(_) => None,
            Content::Named(path) | Content::Found(path) | Content::Staged(path, _) => Some(path),
        }
    }

    pub(super) fn was_found(&self) -> bool {
        matches!(self.content, Content::Found(_))
    }

    pub(super) fn read(&self) -> Result<Zeroizing<Vec<u8>>> {
        match &self.content {
            Content::Stdin(bytes) | Content::Staged(_, bytes) => Ok(bytes.clone()),
            Content::Named(path) | Content::Found(path) => read_file(path),
        }
    }
}

/// The files that are named, and those in directories that the linter wants. Without any it is what is piped in, and
/// without that the current directory: a gate that looks at nothing would always be open.
pub(super) fn texts(paths: &[PathBuf]) -> Result<Vec<Text>> {
    if paths.is_empty() {
        return match piped_in()? {
            Some(bytes) => Ok(vec![Text::stdin(bytes)]),
            None => search(Path::new(".")),
        };
    }
    let mut texts = Vec::new();
    for path in paths {
        if path == Path::new(STDIN) {
            texts.push(Text::stdin(stdin()?));
        } else if path.is_dir() {
            texts.extend(search(path)?);
        } else {
            texts.push(Text::file(path.clone(), Content::Named));
        }
    }
    Ok(texts)
}

/// Hidden files are looked at: they are committed like any other. What Git ignores is not.
fn search(directory: &Path) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    let walk = ignore::WalkBuilder::new(directory)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| Failure::input(format_args!("{}: {error}", directory.display())))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && Linter::wants(&entry.path().to_string_lossy()) {
            texts.push(Text::file(entry.into_path(), Content::Found));
        }
    }
    Ok(texts)
}

/// What comes through a pipe or from a file; nothing where a terminal or `/dev/null` stands there, or nothing came.
fn piped_in() -> Result<Option<Zeroizing<Vec<u8>>>> {
    let kind = fstat(io::stdin()).map(|stat| FileType::from_raw_mode(stat.st_mode));
    if !matches!(kind, Ok(FileType::Fifo | FileType::RegularFile | FileType::Socket)) {
        return Ok(None);
    }
    let bytes = stdin()?;
    Ok((!bytes.is_empty()).then_some(bytes))
}

fn stdin() -> Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    io::stdin()
        .lock()
        .take(MAX_INPUT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::input(format_args!("standard input: {}", plain(&error))))?;
    Ok(bytes)
}
