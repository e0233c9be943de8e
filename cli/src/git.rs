//! Questions to Git.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use waxseal_documents::MAX_INPUT_BYTES;
use zeroize::Zeroizing;

use crate::failure::{Failure, Result, plain};

/// What a command of Git prints, or why it does not.
pub(crate) fn output<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Vec<u8>> {
    let output = Command::new("git")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::input(format_args!("git cannot be run: {}", plain(&error))))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::input(said.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ")))
}

/// The root of the repo that the current directory is in.
pub(crate) fn root() -> Result<PathBuf> {
    let root = output(["rev-parse", "--show-toplevel"])?;
    Ok(PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches('\n')))
}

/// The folder that the file lies in.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether the file is part of a repo. Where there is no Git, nobody commits anything.
pub(crate) fn tracks(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    let mut question = Command::new("git");
    question
        .arg("-C")
        .arg(folder_of(path))
        .args(["-c", "core.fsmonitor=false", "ls-files", "--error-unmatch", "--"])
        .arg(name);
    question.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    question.status().is_ok_and(|status| status.success())
}

/// Reads blobs by their names.
pub(crate) struct Blobs {
    git: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    /// Of the repo that `folder` is in.
    pub(crate) fn open(folder: &Path) -> std::io::Result<Self> {
        let mut git = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(questions), Some(answers)) = (git.stdin.take(), git.stdout.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self { git, questions: Some(questions), answers: BufReader::new(answers) })
    }

    /// The blob's bytes; of a huge one as many as tell that it is too large.
    ///
    /// One question and one answer at a time, so that neither side waits for the other with a full pipe.
    pub(crate) fn read(&mut self, blob: &str) -> std::io::Result<Zeroizing<Vec<u8>>> {
        let questions = self.questions.as_mut().ok_or(std::io::ErrorKind::BrokenPipe)?;
        questions.write_all(format!("{blob}\n").as_bytes())?;
        questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or(std::io::ErrorKind::InvalidData)?;
        let kept = size.min(MAX_INPUT_BYTES as u64 + 1);
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(kept).unwrap_or(0)));
        (&mut self.answers).take(kept).read_to_end(&mut bytes)?;
        // The rest of it, and the line break behind it.
        std::io::copy(&mut (&mut self.answers).take(size - kept + 1), &mut std::io::sink())?;
        Ok(bytes)
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        drop(self.questions.take());
        let _ = self.git.wait();
    }
}
