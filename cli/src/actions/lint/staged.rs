//! What Git would commit: the index, which may differ from the files.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use waxseal_documents::MAX_INPUT_BYTES;
use waxseal_lint::Linter;
use zeroize::Zeroizing;

use super::files::Text;
use crate::failure::{Failure, Result, plain};

/// A staged file: its path from the root of the repo, and the name of its content.
struct Entry {
    path: String,
    blob: String,
}

/// The staged contents of the files that the linter wants. Findings name them from the root of the repo.
pub(super) fn texts(paths: &[PathBuf]) -> Result<Vec<Text>> {
    // Outside of a repo, `git diff` compares files and complains about its arguments.
    let root = git(&["rev-parse", "--show-toplevel"], &[])?;
    let root = PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches('\n'));
    let changed = ["diff", "--cached", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=ACMT", "-z", "--"];
    let mut entries = entries(&git(&changed, paths)?);
    entries.retain(|entry| Linter::wants(&entry.path));
    contents(entries, &root).map_err(|error| failed(&plain(&error)))
}

fn git(arguments: &[&str], paths: &[PathBuf]) -> Result<Vec<u8>> {
    let output = Command::new("git").args(arguments).args(paths).output().map_err(|error| failed(&plain(&error)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(said.lines().next().unwrap_or_default().trim_start_matches("fatal: ")))
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

/// One question and one answer at a time, so that neither side waits for the other with a full pipe.
fn contents(entries: Vec<Entry>, root: &Path) -> std::io::Result<Vec<Text>> {
    let mut git = Command::new("git")
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(mut questions), Some(answers)) = (git.stdin.take(), git.stdout.take()) else {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    };
    let mut answers = BufReader::new(answers);
    let mut texts = Vec::with_capacity(entries.len());
    for entry in entries {
        questions.write_all(format!("{}\n", entry.blob).as_bytes())?;
        questions.flush()?;
        let mut head = String::new();
        answers.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or(std::io::ErrorKind::InvalidData)?;
        let kept = size.min(MAX_INPUT_BYTES as u64 + 1);
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(kept).unwrap_or(0)));
        (&mut answers).take(kept).read_to_end(&mut bytes)?;
        // The rest of it, and the line break behind it.
        std::io::copy(&mut (&mut answers).take(size - kept + 1), &mut std::io::sink())?;
        texts.push(Text::staged(entry.path, root, bytes));
    }
    drop(questions);
    git.wait()?;
    Ok(texts)
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
