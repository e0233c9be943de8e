//! What Git would commit: the index, which may differ from the files.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use waxseal_lint::Linter;

use super::files::Text;
use crate::failure::{Failure, Result, plain};
use crate::git::{self, Blobs};

/// A staged file: its path from the root of the repo, and the name of its content.
struct Entry {
    path: String,
    blob: String,
}

/// The staged contents of the files that the linter wants. Findings name them from the root of the repo.
pub(super) fn texts(paths: &[PathBuf]) -> Result<Vec<Text>> {
    // Outside of a repo, `git diff` compares files and complains about its arguments.
    let root = git::root().map_err(|failure| failed(failure.what()))?;
    let changed = ["diff", "--cached", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=ACMT", "-z", "--"];
    let arguments = changed.iter().map(OsStr::new).chain(paths.iter().map(|path| path.as_os_str()));
    let mut entries = entries(&git::output(arguments).map_err(|failure| failed(failure.what()))?);
    entries.retain(|entry| Linter::wants(&entry.path));
    contents(entries, &root).map_err(|error| failed(&plain(&error)))
}

/// The output of `git diff --raw -z`: `:old-mode new-mode old-blob new-blob status`, NUL, path, NUL.
/// Links and submodules have no text of their own.
fn entries(raw: &[u8]) -> Vec<Entry> {
    let text = String::from_utf8_lossy(raw);
    let mut fields = text.split('\0');
    let mut entries = Vec::new();
    while let (Some(head), Some(path)) = (fields.next(), fields.next()) {
        let columns: Vec<_> = head.split(' ').collect();
        if let [_, mode, _, blob, _] = columns.as_slice()
            && mode.starts_with("100")
        {
            entries.push(Entry { path: path.to_owned(), blob: (*blob).to_owned() });
        }
    }
    entries
}

fn contents(entries: Vec<Entry>, root: &Path) -> std::io::Result<Vec<Text>> {
    let mut blobs = Blobs::open(Path::new("."))?;
    let mut read = |entry: Entry| Ok(Text::staged(entry.path, root, blobs.read(&entry.blob)?));
    entries.into_iter().map(&mut read).collect()
}

fn failed(why: &str) -> Failure {
    Failure::input(format_args!("git cannot tell what is staged: {why}"))
        .remedy("--staged works in a Git repo; without it the files themselves are looked at")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_submodules_are_left_out_and_names_may_be_odd() {
        let raw =
            b":000000 100644 00 aa A\0a b\n.yaml\0:000000 120000 00 bb A\0link.yaml\0:000000 160000 00 cc A\0sub\0\
                    :100644 100755 00 dd M\0d.yaml\0";
        let found: Vec<_> = entries(raw).into_iter().map(|entry| (entry.path, entry.blob)).collect();
        assert_eq!(found, [("a b\n.yaml".to_owned(), "aa".to_owned()), ("d.yaml".to_owned(), "dd".to_owned())]);
    }
}
