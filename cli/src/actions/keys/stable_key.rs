//! A stable key, made.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use waxseal_crypto::StableKey;
use zeroize::Zeroizing;

use crate::exit::Exit;
use crate::failure::{Failure, Result, plain};
use crate::printer::Printer;
use crate::stable_key::user_file;

/// Makes a stable key.
pub(crate) struct GenerateStableKey {
    pub(crate) to: To,
}

/// Where it goes.
pub(crate) enum To {
    Stdout,
    File(PathBuf),
    /// Where it is found without being named.
    UserFolder,
}

impl GenerateStableKey {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let key = StableKey::generate().map_err(Failure::key)?;
        let text = Zeroizing::new(format!("{}\n", *key.expose_base64()));
        let path = match self.to {
            To::Stdout => {
                printer.data(text.as_bytes())?;
                return Ok(Exit::Done);
            }
            To::File(path) => path,
            To::UserFolder => {
                let path = user_file().ok_or_else(|| {
                    Failure::usage("there is no configuration folder").remedy("set HOME, or name a file with -w")
                })?;
                if let Some(folder) = path.parent() {
                    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
                    made.map_err(|error| Failure::input(plain(&error)).about(folder.display()))?;
                }
                path
            }
        };
        write_new(&path, text.as_bytes()).map_err(|error| {
            let failure = Failure::input(plain(&error)).about(path.display());
            match error.kind() {
                io::ErrorKind::AlreadyExists => failure.remedy("use that one: another key changes every value once"),
                _ => failure,
            }
        })?;
        printer.talk(format_args!(
            "{}: made. Share it with those who seal with you, and never commit it.",
            path.display()
        ));
        Ok(Exit::Done)
    }
}

/// Its owner's only, from the first moment on.
fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text).and_then(|()| file.sync_all()).inspect_err(|_| {
        // Half a key is none.
        let _ = std::fs::remove_file(path);
    })
}
