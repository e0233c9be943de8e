//! Where plaintext lies while an editor has it: in memory where there is such a place, for its owner only, and wiped
//! whatever happens.
//!
//! An editor replaces files, and writes swap files and backups beside them, so what is hidden is a directory. A second
//! process, the guard, waits for the end of a pipe that this one holds: however this one ends, by SIGKILL too, the guard
//! then wipes the directory. If both are killed at once, the next run wipes what they left.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, getuid, test_kill_process};

use crate::exit::Exit;
use crate::failure::{Failure, Result, plain};
use crate::printer::Printer;

/// What directories of this kind are called; the process follows, and something that nobody can guess.
const PREFIX: &str = "waxseal-edit.";

/// A directory for plaintext.
pub(super) struct Hideout {
    directory: PathBuf,
    guard: Child,
}

impl Hideout {
    pub(super) fn new(printer: Printer) -> Result<Self> {
        let fail = |what: &str, error: &io::Error| {
            Failure::input(format_args!("no safe place for the values: {what}: {}", plain(error)))
        };
        let roots = memory();
        for root in &roots {
            sweep(root);
        }
        let prefix = format!("{PREFIX}{}.", std::process::id());
        let make = |root: &Path| {
            tempfile::Builder::new().prefix(&prefix).permissions(Permissions::from_mode(0o700)).tempdir_in(root)
        };
        let directory = if let Some(directory) = roots.iter().find_map(|root| make(root).ok()) {
            directory
        } else {
            let root = std::env::temp_dir();
            sweep(&root);
            printer.warn(format_args!(
                "there is no memory-backed directory here: while you edit, the values lie in {}, which may be a disk",
                root.display()
            ));
            make(&root).map_err(|error| fail(&root.display().to_string(), &error))?
        };
        let guard = watched(directory.path()).map_err(|error| fail("the process that wipes it", &error))?;
        Ok(Self { directory: directory.keep(), guard })
    }

    pub(super) fn path(&self) -> &Path {
        &self.directory
    }
}

impl Drop for Hideout {
    fn drop(&mut self) {
        wipe(&self.directory);
        // The end of the pipe, on which the guard finds nothing left to do.
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// What the guard does: it waits until nobody holds the other end of its standard input, and wipes.
pub(crate) fn guard(directory: &Path) -> Exit {
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    if is_ours(directory) {
        wipe(directory);
    }
    Exit::Done
}

/// Starts the guard, in a process group of its own: what ends the others at the keyboard must not end it.
fn watched(directory: &Path) -> io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .args(["edit", "--guard"])
        .arg(directory)
        .current_dir("/")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

/// Directories that lie in memory.
fn memory() -> Vec<PathBuf> {
    let named = std::env::var_os("XDG_RUNTIME_DIR").filter(|path| !path.is_empty()).map(PathBuf::from);
    named.into_iter().chain([PathBuf::from("/dev/shm")]).filter(|path| is_memory(path)).collect()
}

#[cfg(target_os = "linux")]
fn is_memory(path: &Path) -> bool {
    // TMPFS_MAGIC and RAMFS_MAGIC of linux/magic.h.
    rustix::fs::statfs(path).is_ok_and(|found| found.f_type == 0x0102_1994 || found.f_type == 0x8584_58f6)
}

#[cfg(not(target_os = "linux"))]
fn is_memory(_path: &Path) -> bool {
    false
}

/// Wipes what runs left behind that were killed together with their guards.
fn sweep(root: &Path) {
    let Ok(entries) = fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if is_ours(&path) && !is_alive(&path) {
            wipe(&path);
        }
    }
}

/// Whether it is a directory of this kind, and of this user.
fn is_ours(path: &Path) -> bool {
    let is_named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
    is_named && fs::symlink_metadata(path).is_ok_and(|found| found.is_dir() && found.uid() == getuid().as_raw())
}

/// Whether the process that made it still runs. If in doubt, it does.
fn is_alive(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let process = name.strip_prefix(PREFIX).and_then(|rest| rest.split('.').next()).and_then(|pid| pid.parse().ok());
    let Some(process) = process.and_then(Pid::from_raw) else { return true };
    test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

/// Overwrites every file in the directory and removes it. What cannot be overwritten is removed all the same.
fn wipe(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => wipe(&path),
            Ok(kind) => {
                if kind.is_file() {
                    let _ = overwrite(&path);
                }
                let _ = fs::remove_file(&path);
            }
            Err(_) => {}
        }
    }
    let _ = fs::remove_dir(directory);
}

fn overwrite(path: &Path) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).open(path)?;
    let size = file.metadata()?.len();
    io::copy(&mut io::Read::take(io::repeat(0), size), &mut file)?;
    file.flush()?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(root: &Path, process: u32) -> PathBuf {
        let directory = root.join(format!("{PREFIX}{process}.x"));
        fs::create_dir(&directory).unwrap();
        fs::create_dir(directory.join("backups")).unwrap();
        fs::write(directory.join("values.yaml"), "CANARY").unwrap();
        fs::write(directory.join("backups/values.yaml~"), "CANARY").unwrap();
        directory
    }

    #[test]
    fn what_a_dead_process_left_is_wiped_and_what_a_live_one_has_is_not() {
        let root = tempfile::tempdir().unwrap();
        let mut child = Command::new("true").spawn().unwrap();
        let dead = made(root.path(), child.id());
        child.wait().unwrap();
        let live = made(root.path(), std::process::id());
        let other = root.path().join("waxseal-edit");
        fs::create_dir(&other).unwrap();
        sweep(root.path());
        assert_eq!((dead.exists(), live.exists(), other.exists()), (false, true, true));
    }

    #[test]
    fn wiping_overwrites_what_others_still_have_open() {
        let root = tempfile::tempdir().unwrap();
        let directory = made(root.path(), 1);
        let mut open = File::open(directory.join("values.yaml")).unwrap();
        wipe(&directory);
        let mut left = Vec::new();
        io::Read::read_to_end(&mut open, &mut left).unwrap();
        assert_eq!((left, directory.exists()), (vec![0; 6], false));
    }
}
