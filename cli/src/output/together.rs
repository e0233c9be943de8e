//! Several files at once.

use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::replace;
use crate::failure::{Failure, Result, plain};

/// What was done, to be undone.
#[derive(Default)]
struct Journal {
    /// Files with what was in them before, if they were there.
    files: Vec<(PathBuf, Option<Zeroizing<Vec<u8>>>)>,
    directories: Vec<PathBuf>,
}

/// Puts each text into its file, or changes nothing when one cannot be written. Directories that are missing are made;
/// a file that would be the same is not touched. Tells how many were written.
pub(crate) fn replace_all(files: &[(&Path, &[u8])]) -> Result<usize> {
    let mut journal = Journal::default();
    for (path, text) in files {
        if let Err(failure) = journal.write(path, text) {
            return Err(match journal.undo() {
                Ok(()) => failure.about("nothing was written"),
                Err(also) => failure.about(format_args!("{} cannot be put back as it was", also.display())),
            });
        }
    }
    Ok(journal.files.len())
}

impl Journal {
    fn write(&mut self, path: &Path, text: &[u8]) -> Result<()> {
        let before = match std::fs::read(path) {
            Ok(before) => Some(Zeroizing::new(before)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Failure::input(plain(&error)).about(path.display())),
        };
        if before.as_ref().is_some_and(|before| before.as_slice() == text) {
            return Ok(());
        }
        self.make_directories(path.parent().unwrap_or(Path::new("")))?;
        replace(path, text)?;
        self.files.push((path.to_owned(), before));
        Ok(())
    }

    fn make_directories(&mut self, directory: &Path) -> Result<()> {
        let missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
        let missing: Vec<_> = directory.ancestors().take_while(missing).map(Path::to_owned).collect();
        for directory in missing.into_iter().rev() {
            std::fs::create_dir(&directory)
                .map_err(|error| Failure::input(plain(&error)).about(directory.display()))?;
            self.directories.push(directory);
        }
        Ok(())
    }

    /// The latest first. Goes on where something does not work, and tells what that was.
    fn undo(self) -> std::result::Result<(), PathBuf> {
        let mut result = Ok(());
        for (path, before) in self.files.into_iter().rev() {
            let undone = match before {
                Some(before) => replace(&path, &before).is_ok(),
                None => std::fs::remove_file(&path).is_ok(),
            };
            if !undone {
                result = Err(path);
            }
        }
        for directory in self.directories.into_iter().rev() {
            // One that others have put something into stays.
            let _ = std::fs::remove_dir(directory);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_one_file_cannot_be_written_none_is() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        std::fs::write(path("old"), "before").unwrap();
        std::fs::create_dir(path("directory")).unwrap();
        let files = [path("old"), path("new/deep/file"), path("directory")];
        let texts: Vec<_> = files.iter().map(|file| (file.as_path(), &b"after"[..])).collect();
        assert!(replace_all(&texts).is_err());
        assert_eq!(std::fs::read_to_string(path("old")).unwrap(), "before");
        assert!(!path("new").exists());

        assert_eq!(replace_all(&texts[..2]).ok(), Some(2));
        assert_eq!(std::fs::read_to_string(path("new/deep/file")).unwrap(), "after");
        assert_eq!(replace_all(&texts[..2]).ok(), Some(0), "nothing is written twice");
    }
}
