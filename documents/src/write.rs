use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// How many symbolic links are followed, as Linux does.
const MAX_LINKS: usize = 40;

/// Why a file was not written. It is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The path names a directory.
    #[error("{} is a directory; name a file in it", path.display())]
    IsADirectory {
        /// The directory.
        path: PathBuf,
    },
    /// The directory that the file would be in is not there.
    #[error("{} does not exist; create it first", directory.display())]
    NoDirectory {
        /// The directory.
        directory: PathBuf,
    },
    /// No file may be made beside the one that is replaced.
    #[error("{} cannot be written: no permission to create a file in {}", path.display(), directory.display())]
    DirectoryNotWritable {
        /// The file.
        path: PathBuf,
        /// Its directory.
        directory: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The disk is full, or a quota or a limit on sizes is reached.
    #[error("{} cannot be written: no space is left; it is unchanged", path.display())]
    NoSpace {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// More symbolic links than the system follows, or a loop of them.
    #[error("{} leads through too many symbolic links", path.display())]
    TooManyLinks {
        /// The first link.
        path: PathBuf,
    },
    /// Anything else.
    #[error("{} cannot be written", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Replaces a file as a whole: whoever reads it, or looks after a crash, finds the old bytes or the new ones.
///
/// A file that exists keeps its mode and owner (the owner where that is allowed); a new one gets `new_mode`. Symbolic
/// links stay, and what they lead to is replaced. Devices and pipes, such as `/dev/stdout`, are written to.
pub fn write_atomically(path: &Path, bytes: &[u8], new_mode: u32) -> Result<(), WriteError> {
    let target = resolve_links(path)?;
    let existing = match fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => return Err(WriteError::IsADirectory { path: target }),
        Ok(metadata) if !metadata.is_file() => {
            return write_through(&target, bytes).map_err(|source| failure(&target, source));
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(source) => return Err(failure(&target, source)),
    };
    let mut temporary = beside(&target)?;
    let written = temporary
        .write_all(bytes)
        .and_then(|()| copy_attributes(temporary.as_file(), existing.as_ref(), new_mode))
        .and_then(|()| temporary.as_file().sync_all());
    written.map_err(|source| failure(&target, source))?;
    temporary.persist(&target).map_err(|error| failure(&target, error.error))?;
    sync_directory(directory_of(&target)).map_err(|source| failure(&target, source))
}

/// Checks that [`write_atomically`] finds a place to write to, and changes nothing. For work that would be lost otherwise.
pub fn check_writable(path: &Path) -> Result<(), WriteError> {
    let target = resolve_links(path)?;
    match fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => Err(WriteError::IsADirectory { path: target }),
        Ok(metadata) if !metadata.is_file() => Ok(()),
        _ => beside(&target).map(drop),
    }
}

fn directory_of(file: &Path) -> &Path {
    match file.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    }
}

/// A new file in the same directory. Owner-only from the start: the mode is widened, never narrowed, once bytes are in it.
fn beside(target: &Path) -> Result<NamedTempFile, WriteError> {
    let directory = directory_of(target);
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(target.file_name().unwrap_or_default());
    tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempfile_in(directory).map_err(|source| {
        match source.kind() {
            io::ErrorKind::NotFound if !directory.exists() => {
                WriteError::NoDirectory { directory: directory.to_owned() }
            }
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                WriteError::DirectoryNotWritable { path: target.to_owned(), directory: directory.to_owned(), source }
            }
            _ => failure(target, source),
        }
    })
}

fn resolve_links(path: &Path) -> Result<PathBuf, WriteError> {
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&target) {
            // Relative to where the link lies. An absolute path replaces what it is joined to.
            Ok(link) => target = target.parent().unwrap_or(Path::new("")).join(link),
            Err(_) => return Ok(target),
        }
    }
    Err(WriteError::TooManyLinks { path: path.to_owned() })
}

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(bytes)?;
    file.flush()
}

#[cfg(unix)]
fn copy_attributes(file: &File, existing: Option<&Metadata>, new_mode: u32) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};

    let mode = match existing {
        Some(existing) => {
            let own = file.metadata()?;
            if (own.uid(), own.gid()) != (existing.uid(), existing.gid()) {
                // Only root may give a file away. The new file is then the user's, as with any editor.
                let _ = fchown(file, Some(existing.uid()), Some(existing.gid()));
            }
            existing.permissions().mode() & 0o7777
        }
        None => new_mode,
    };
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn copy_attributes(file: &File, existing: Option<&Metadata>, _new_mode: u32) -> io::Result<()> {
    existing.map_or(Ok(()), |existing| file.set_permissions(existing.permissions()))
}

/// Makes the new name last through a crash of the machine.
#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    match File::open(directory).and_then(|directory| directory.sync_all()) {
        // Some file systems cannot, and a directory may be writable and not readable. The file itself is whole.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}

#[cfg(not(unix))]
fn sync_directory(_directory: &Path) -> io::Result<()> {
    Ok(())
}

fn failure(path: &Path, source: io::Error) -> WriteError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            WriteError::NoSpace { path, source }
        }
        _ => WriteError::Io { path, source },
    }
}
