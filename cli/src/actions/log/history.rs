//! The versions of one file, as Git has them.

use std::ffi::OsStr;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::git;

/// How much of a commit's name is shown.
const SHOWN: usize = 12;

/// Begins a commit in Git's output: no name, date or path begins so.
const COMMIT: char = '\u{1}';

/// A commit that changed the file.
pub(super) struct Commit {
    name: String,
    parents: usize,
    pub(super) date: String,
    pub(super) author: String,
    pub(super) subject: String,
    /// From each parent that had another version.
    pub(super) steps: Vec<Step>,
}

/// The names of the two versions.
pub(super) struct Step {
    pub(super) old: String,
    pub(super) new: String,
}

impl Commit {
    /// Whether the file differs from every parent's. A merge that took one side's has changed nothing.
    pub(super) fn is_a_change(&self) -> bool {
        self.steps.len() >= self.parents.max(1)
    }

    pub(super) fn short(&self) -> &str {
        self.name.get(..SHOWN).unwrap_or(&self.name)
    }
}

/// The commits that changed the file, the newest first. Its earlier names are followed.
pub(super) fn history(file: &Path) -> Result<Vec<Commit>> {
    let name = file.file_name().ok_or_else(|| Failure::usage("is no file").about(file.display()))?;
    let before = [OsStr::new("--literal-pathspecs"), OsStr::new("-C"), git::folder_of(file).as_os_str()];
    let format = format!("--format={COMMIT}%H%x00%P%x00%as%x00%an%x00%s");
    let log = ["log", "--follow", "-m", "--raw", "--no-abbrev", "--no-color", "-z", &format, "--"].map(OsStr::new);
    let output = git::output(before.into_iter().chain(log).chain([name]));
    let output = output.map_err(|failure| {
        Failure::input(format_args!("git has no history of it: {}", failure.what()))
            .about(file.display())
            .remedy("name a file that is committed in a Git repo")
    })?;
    Ok(parsed(&String::from_utf8_lossy(&output)))
}

/// Reads fields that end with NUL: those of a commit, then for each file its versions and its path.
fn parsed(output: &str) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    let mut fields = output.split('\0');
    while let Some(field) = fields.next() {
        let field = field.trim_start_matches('\n');
        if let Some(name) = field.strip_prefix(COMMIT) {
            let mut next = || fields.next().unwrap_or_default().to_owned();
            let (parents, date, author, subject) = (next(), next(), next(), next());
            let parents = parents.split_whitespace().count();
            // A merge comes once for each parent.
            if commits.last().is_none_or(|last| last.name != name) {
                commits.push(Commit { name: name.to_owned(), parents, date, author, subject, steps: Vec::new() });
            }
        } else if let Some(columns) = field.strip_prefix(':') {
            let columns: Vec<_> = columns.split(' ').collect();
            if let ([_, _, old, new, status], Some(commit)) = (columns.as_slice(), commits.last_mut()) {
                commit.steps.push(Step { old: (*old).to_owned(), new: (*new).to_owned() });
                let paths = if status.starts_with(['R', 'C']) { 2 } else { 1 };
                fields.by_ref().take(paths).for_each(drop);
            }
        }
    }
    commits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_renames_and_odd_names_are_told_apart() {
        let output = "\u{1}m\0p q\0d\0a\0merge\0\n:1 1 x z M\0:f\0\u{1}m\0p q\0d\0a\0merge\0\n:1 1 y z M\0:f\0\
                      \u{1}r\0p\0d\0a\0moved\0\n:1 1 w x R100\0\u{1}old\0:f\0";
        let commits = parsed(output);
        let shown: Vec<_> = commits
            .iter()
            .map(|commit| {
                let steps: Vec<_> = commit.steps.iter().map(|step| format!("{}-{}", step.old, step.new)).collect();
                format!("{} {}: {}", commit.short(), commit.subject, steps.join(" "))
            })
            .collect();
        assert_eq!(shown, ["m merge: x-z y-z", "r moved: w-x"]);
    }
}
